#pragma once

#include <string>
#include <string_view>

namespace stackc::cfn {

/// Letters, digits and `_`, not starting with a digit: what needs no quotes as a key.
bool is_identifier(std::string_view text);

/// `"text"`, with escapes; also where only a single line may stand.
std::string quoted(std::string_view text);

/// Text in the form that reads best: quoted, raw (`r"…"`), or between triple quotes when it has several
/// lines.
std::string text_literal(std::string_view text);

/// The pieces of a text between `"` or `"""`: literal text that is escaped there.
enum class Quotes : unsigned char { Single, Triple };
/// `begins`: it stands at the beginning of a line; `ends`: nothing follows it on its last line.
std::string escaped(std::string_view text, Quotes quotes, bool begins = true, bool ends = true);
/// Whether text is better written between triple quotes: it has a line break before its end.
bool wants_lines(std::string_view text);
/// `content` (escaped, with its interpolations) between triple quotes, on lines of its own.
std::string in_triple_quotes(std::string_view content);

}  // namespace stackc::cfn
