#pragma once

#include <memory>

#include "compiler/sema/checked.hpp"

namespace stackc::sema {

/// Checks names, types, stages and presence of every module, used or not, in the order of the graph.
/// What is wrong goes to `sink`; the result is complete all the same, with `Kind::Error` where
/// nothing better is known. `patches`: types as a project corrects them, before AWS's; may be null.
std::unique_ptr<CheckedProgram> check(const ModuleGraph& graph, const SourceMap& sources, Sink& sink,
                                      const schema::OwnedBlob* patches = nullptr);

}  // namespace stackc::sema
