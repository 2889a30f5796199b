#pragma once

#include <string>

#include "compiler/ir/ir.hpp"
#include "compiler/sema/checked.hpp"

namespace stackc {

/// The names of a module with the types that checking found, one a line, in source order.
std::string dump_types(const sema::CheckedProgram& program, ModuleId module, const SourceMap& sources);

/// A template section by section, one entry a line, values as compact JSON.
std::string dump_ir(const ir::Template& t);

}  // namespace stackc
