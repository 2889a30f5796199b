#include <nlohmann/json.hpp>

#include "compiler/import/readers.hpp"

namespace stackc::cfn {
namespace {

/// The reader's events come without places. Tokens follow each other, so each one is looked for behind
/// the one before it.
class JsonEvents {
 public:
  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  JsonEvents(std::string_view text, std::uint32_t skipped, PlainBuilder& builder)
      : text_(text), skipped_(skipped), builder_(builder) {}

  bool null() { return builder_.scalar({ir::Null{}, token(word())}); }
  bool boolean(bool v) { return builder_.scalar({v, token(word())}); }
  bool number_integer(number_integer_t v) {
    return builder_.scalar({static_cast<std::int64_t>(v), token(word())});
  }
  bool number_unsigned(number_unsigned_t v) {
    if (v <= static_cast<number_unsigned_t>(INT64_MAX))
      return number_integer(static_cast<number_integer_t>(v));
    return decimal(std::to_string(v));
  }
  bool number_float(number_float_t /*rounded*/, const string_t& exact) { return decimal(exact); }
  bool string(const string_t& v) { return builder_.scalar(builder_.text(v, token(quoted()))); }
  bool binary(const binary_t& /*never in JSON*/) { return false; }
  bool key(const string_t& v) { return builder_.key(v, token(quoted())); }
  bool start_object(std::size_t /*unknown*/) { return builder_.open_object(token(bracket())); }
  bool start_array(std::size_t /*unknown*/) { return builder_.open_list(token(bracket())); }
  bool end_object() { return builder_.close(token(bracket()).end); }
  bool end_array() { return builder_.close(token(bracket()).end); }

  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& e) {
    const std::size_t last = std::min(position > 0 ? position - 1 : 0, text_.size());
    const std::size_t first = std::min(first_unread(last), last);
    error_ = {reason_of(e.what()),
              builder_.span(first + skipped_, std::min(last + 1, text_.size()) + skipped_)};
    return false;
  }

  SyntaxError take_error() { return std::move(error_); }

 private:
  struct Range {
    std::size_t begin, end;
  };

  /// `syntax error while parsing object - unexpected '}'; expected string literal` says enough from
  /// "unexpected" on.
  static std::string reason_of(std::string_view what) {
    for (const std::string_view marker : {" - ", ": "}) {
      const std::size_t at = what.find(marker);
      if (at != std::string_view::npos) {
        what.remove_prefix(at + marker.size());
        break;
      }
    }
    const std::size_t last = what.find("; last read: ");
    std::string reason(what.substr(0, last));
    if (last != std::string_view::npos) {
      if (const std::size_t expected = what.find("; expected"); expected != std::string_view::npos) {
        reason += what.substr(expected);
      }
    }
    for (char& c : reason) {
      if (c == '\'') c = '`';
    }
    return reason;
  }

  /// Where the token begins that was read last, to `last`, and of which no event came.
  [[nodiscard]] std::size_t first_unread(std::size_t last) const {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text_.find_first_not_of(kSpace, at_);
    const bool separates = first < last && (text_[first] == ',' || text_[first] == ':');
    return separates ? text_.find_first_not_of(kSpace, first + 1) : first;
  }

  bool decimal(std::string_view exact) {
    return builder_.scalar({ir::Decimal{builder_.arena().copy(exact)}, token(word())});
  }

  [[nodiscard]] std::size_t begin_of_token() const {
    return std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size());
  }
  [[nodiscard]] Range bracket() const { return {begin_of_token(), begin_of_token() + 1}; }
  [[nodiscard]] Range word() const {
    const std::size_t begin = begin_of_token();
    return {begin, std::min(text_.find_first_of(" \t\r\n,:]}", begin), text_.size())};
  }
  [[nodiscard]] Range quoted() const {
    const std::size_t begin = begin_of_token();
    std::size_t at = begin + 1;
    while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
    return {begin, at + 1};
  }
  Span token(Range range) {
    at_ = range.end;
    return builder_.span(range.begin + skipped_, range.end + skipped_);
  }

  std::string_view text_;
  std::uint32_t skipped_;
  PlainBuilder& builder_;
  std::size_t at_ = 0;  // where the last token ended
  SyntaxError error_;
};

}  // namespace

SyntaxError read_json(std::string_view text, std::uint32_t skipped, PlainBuilder& builder) {
  JsonEvents events(text, skipped, builder);
  try {
    nlohmann::json::sax_parse(text.begin(), text.end(), &events);
  } catch (const nlohmann::json::exception& e) {
    return {e.what(), builder.span(skipped, skipped)};
  }
  return events.take_error();
}

}  // namespace stackc::cfn
