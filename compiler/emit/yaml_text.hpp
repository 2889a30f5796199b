#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stackc::emit {

/// Where a YAML scalar stands: brackets and commas mean something in a flow collection.
enum class YamlPlace { Block, Flow };

/// `text` on one line such that every reader of YAML 1.1 takes it for this text: without quotes where that is
/// safe (`yes`, `012`, `1:30`, `2010-09-09` are not), else in quotes.
std::string yaml_text(std::string_view text, YamlPlace place);

/// A number in JSON's form as YAML 1.1 has it: `1e3` would be a text, `1.0e+3` is the number.
std::string yaml_number(std::string_view json);

/// Does a block scalar (`|`) hold `text` exactly, and is that worth it?
bool fits_block_scalar(std::string_view text);

/// Appends ` |` and the lines of `text`, each at `column`; there is no line break after the last.
void append_block_scalar(std::string& out, std::string_view text, std::size_t column);

}  // namespace stackc::emit
