#include "compiler/parse/skip.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "compiler/base/suggest.hpp"

namespace stackc::parsing {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Walks over text, knowing just enough of it: comments, strings with what is interpolated in them,
/// brackets. Never recurses.
class Skipper {
 public:
  Skipper(std::string_view text, const Skip& skip) : text_(text), at_(skip.begin), closer_(skip.closer) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] bool outside() const { return open_.empty(); }
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }

  /// One step. False at the bracket that closes the surroundings.
  bool step() {
    if (!open_.empty() && (open_.back() == '"' || open_.back() == 'm')) {
      step_string();
      return true;
    }
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else if (rest[0] == '"') {
      open_string();
    } else if (rest[0] == '(' || rest[0] == '[' || rest[0] == '{') {
      open_.push_back(rest[0]);
      ++at_;
    } else if (rest[0] == ')' || rest[0] == ']' || rest[0] == '}') {
      return close(rest[0]);
    } else {
      ++at_;
    }
    return true;
  }

 private:
  void open_string() {
    const bool raw = at_ > 0 && text_[at_ - 1] == 'r' && (at_ < 2 || !is_word(text_[at_ - 2]));
    const bool long_form = text_.substr(at_).starts_with("\"\"\"");
    if (raw) {
      const std::size_t end =
          long_form ? text_.find("\"\"\"", at_ + 3) : text_.find_first_of("\"\n", at_ + 1);
      at_ = end == std::string_view::npos ? text_.size() : end + (long_form ? 3 : text_[end] == '"' ? 1 : 0);
      return;
    }
    open_.push_back(long_form ? 'm' : '"');
    at_ += long_form ? 3 : 1;
  }

  void step_string() {
    const char quote = open_.back();
    const std::string_view rest = text_.substr(at_);
    if (rest[0] == '\\') {
      at_ = std::min(at_ + 2, text_.size());
    } else if (rest.starts_with("${")) {
      open_.push_back('$');
      at_ += 2;
    } else if (quote == '"' && (rest[0] == '"' || rest[0] == '\n')) {
      open_.pop_back();  // a line break ends a string that nobody closed
      at_ += rest[0] == '"' ? 1 : 0;
    } else if (quote == 'm' && rest.starts_with("\"\"\"")) {
      open_.pop_back();
      at_ += 3;
    } else {
      ++at_;
    }
  }

  // A bracket closes the nearest open one of its kind; those inside were forgotten by the writer.
  bool close(char closer) {
    for (std::size_t i = open_.size(); i > 0; --i) {
      const char opener = open_[i - 1];
      if ((closer == ')' && opener == '(') || (closer == ']' && opener == '[') ||
          (closer == '}' && (opener == '{' || opener == '$'))) {
        open_.resize(i - 1);
        ++at_;
        return true;
      }
      if (opener == '"' || opener == 'm') break;
    }
    if (closer == closer_) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  char closer_;
  std::vector<char> open_;
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t\r", at), text.size());
}

}  // namespace

std::size_t token_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  std::size_t end = at + 1;
  if (is_word(text[at])) {
    while (end < text.size() && is_word(text[end])) ++end;
  }
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end;
}

std::span<const std::string_view> declaration_words() {
  static constexpr std::array<std::string_view, 27> kWords = {
      "resource", "param",  "let",  "output",   "export",    "condition", "component", "if",    "for",
      "allow",    "const",  "type", "fn",       "mapping",   "use",       "upstream",  "stack", "tags",
      "document", "assert", "rule", "metadata", "transform", "raw",       "extern",    "id",    "private"};
  return kWords;
}

namespace {

/// The word at the start of the line, when a name, a string or a brace follows it, or, with `unnamed`, the `=` of
/// a declaration that forgot its name.
std::string_view leading_word(std::string_view text, std::size_t at, bool unnamed) {
  at = skip_blanks(text, at);
  const std::string_view word = text.substr(at, token_end(text, at) - at);
  const std::size_t next = skip_blanks(text, at + word.size());
  if (next >= text.size() || next == at + word.size()) return {};
  if (unnamed && text[next] == '=' && !text.substr(next).starts_with("==")) return word;
  return is_word(text[next]) || text[next] == '"' || text[next] == '{' ? word : std::string_view{};
}

}  // namespace

bool looks_like_declaration(std::string_view text, std::size_t at) {
  const auto words = declaration_words();
  return std::find(words.begin(), words.end(), leading_word(text, at, true)) != words.end();
}

bool may_be_declaration(std::string_view text, std::size_t at) {
  const std::size_t first = skip_blanks(text, at);
  if (first < text.size() && text[first] == '@') return true;
  const std::string_view word = leading_word(text, at, false);
  return looks_like_declaration(text, at) ||
         (!word.empty() && !did_you_mean(word, declaration_words()).empty());
}

std::size_t skip_line(std::string_view text, const Skip& skip) {
  Skipper skipper(text, skip);
  while (!skipper.done()) {
    const std::size_t at = skipper.at();
    if (at >= skip.error && text[at] == '\n') {
      const bool here = skipper.outside() && (!skip.declarations || may_be_declaration(text, at + 1));
      // A declaration at the very margin ends whatever was left open.
      const bool margin = skip.declarations && at + 1 < text.size() && is_word(text[at + 1]) &&
                          looks_like_declaration(text, at + 1);
      if (here || margin) return at + 1;
    }
    if (!skipper.step()) return skipper.at();
  }
  return text.size();
}

}  // namespace stackc::parsing
