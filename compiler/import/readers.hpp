#pragma once

#include <string>
#include <string_view>

#include "compiler/import/import.hpp"
#include "compiler/import/plain_builder.hpp"

/// The two forms of a document. Each reads `text` (UTF-8 without a byte order mark, of which `skipped`
/// bytes stand in the file) into `builder`.
namespace stackc::cfn {

/// Why a text could not be read, when that is not reported yet.
struct SyntaxError {
  std::string reason;
  Span at;
  [[nodiscard]] explicit operator bool() const { return !reason.empty(); }
};

SyntaxError read_json(std::string_view text, std::uint32_t skipped, PlainBuilder& builder);
SyntaxError read_yaml(std::string_view text, std::uint32_t skipped, PlainBuilder& builder,
                      std::vector<Comment>& comments);

/// The byte at which `text` stops being text in UTF-8 (a wrong sequence, a control character), or npos.
std::size_t first_bad_byte(std::string_view text);

}  // namespace stackc::cfn
