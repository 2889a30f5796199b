#pragma once

#include <string>
#include <string_view>

/// Text of templates in Markdown: none of it is taken for markup, and nobody is called by an `@name` in it.
namespace stackc::report {

/// A sentence: code stays in its backticks, what would be markup elsewhere is shown as it is. A backtick that
/// nothing closes is none.
std::string sentence_text(std::string_view message);

/// `text` as code, whatever is in it.
std::string code(std::string_view text);

/// The same inside of an HTML element.
std::string html(std::string_view text);

/// Backticks that begin and end a block around `text`: more than are anywhere in it.
std::string fence_for(std::string_view text);

}  // namespace stackc::report
