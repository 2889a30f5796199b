#include "compiler/doc/markdown_text.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::doc {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string row_text(const std::vector<std::string>& cells, const std::vector<bool>& shown) {
  std::string line = "|";
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (shown[k]) line += cells[k].empty() ? " |" : fmt::format(" {} |", cells[k]);
  }
  return line + "\n";
}

}  // namespace

std::string code(std::string_view text) {
  if (text.find('`') == std::string_view::npos) return fmt::format("`{}`", escaped(text));
  return fmt::format("`` {} ``", escaped(text));
}

std::string cell(std::string_view text) { return escaped(text); }

std::pair<std::string_view, std::string_view> first_paragraph(std::string_view text) {
  const std::size_t end = text.find("\n\n");
  if (end == std::string_view::npos) return {text, {}};
  std::string_view rest = text.substr(end);
  rest.remove_prefix(std::min(rest.find_first_not_of('\n'), rest.size()));
  return {text.substr(0, end), rest};
}

std::string first_sentence(std::string_view text) {
  const std::string paragraph = escaped(first_paragraph(text).first);
  std::size_t end = paragraph.find(". ");
  end = end == std::string::npos ? paragraph.size() : end + 1;
  std::string sentence = paragraph.substr(0, end);
  if (sentence.ends_with(':')) sentence.back() = '.';
  return sentence;
}

std::string anchor(std::string_view heading) {
  std::string out;
  for (const char c : heading) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '-';
    }
  }
  return out;
}

std::string Table::text() const {
  if (rows_.empty()) return {};
  std::vector<bool> shown(heads_.size());
  for (std::size_t k = 0; k < heads_.size(); ++k) {
    shown[k] = k == 0 || k + 1 == heads_.size() ||
               std::ranges::any_of(rows_, [&](const auto& row) { return !row[k].empty(); });
  }
  std::string out = "\n" + row_text(heads_, shown);
  out += row_text(std::vector<std::string>(heads_.size(), "---"), shown);
  for (const auto& row : rows_) out += row_text(row, shown);
  return out;
}

}  // namespace stackc::doc
