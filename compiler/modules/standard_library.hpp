#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The modules that are in the binary: `std/network` and its siblings.
namespace stackc::standard_library {

/// Is this the path of a standard module, or of the whole library (`std`)?
bool is_standard(std::string_view path);
/// The text of a module, by `std/network`; nothing when there is none.
std::optional<std::string_view> text(std::string_view module);
/// All modules' names.
std::vector<std::string_view> names();
/// The module that declares `name` at its top level; nothing when none does.
std::optional<std::string_view> module_of(std::string_view name);
/// All names that some module declares.
std::vector<std::string_view> all_names();

}  // namespace stackc::standard_library
