#pragma once

#include <optional>
#include <string_view>
#include <vector>

/// The standard library's modules, stdlib/std/*.stack, as they lie in the binary.
namespace stackc {

/// The text of a module, by `std/network`; nothing when there is none. Valid for ever.
std::optional<std::string_view> embedded_module(std::string_view name);
/// All modules' names, sorted.
std::vector<std::string_view> embedded_module_names();
/// The module that declares `name` (a component, type, function or `let` that is not private) at its
/// top level: what `use { Network } from "std"` means. No two modules declare one name.
std::optional<std::string_view> embedded_module_of(std::string_view name);
/// All names that `embedded_module_of` knows, sorted: for did-you-mean.
std::vector<std::string_view> embedded_names();

}  // namespace stackc
