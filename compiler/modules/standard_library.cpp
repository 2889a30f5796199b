#include "compiler/modules/standard_library.hpp"

#include "stdlib/embed/embedded.hpp"

namespace stackc::standard_library {

bool is_standard(std::string_view path) { return path == "std" || path.starts_with("std/"); }
std::optional<std::string_view> text(std::string_view module) { return embedded_module(module); }
std::vector<std::string_view> names() { return embedded_module_names(); }
std::optional<std::string_view> module_of(std::string_view name) { return embedded_module_of(name); }
std::vector<std::string_view> all_names() { return embedded_names(); }

}  // namespace stackc::standard_library
