#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/import/import.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc {

/// One template of a folder that is imported as a project.
struct ProjectTemplate {
  std::string output;  // where its source goes
  const ir::Template* tmpl = nullptr;
  cfn::SourceOptions* options = nullptr;  // gets `upstreams` and `imports`
};

/// Finds which template imports what another one exports, where exactly one exports it: by a name that both
/// say (`shared-vpc`), or by the name of a stack that a parameter holds (`${NetworkStack}-VPC` of
/// `${AWS::StackName}-VPC`). Tells the options, and returns the order in which stacks come before those that
/// import from them; of stacks that need each other, the later one imports by name.
std::vector<std::size_t> connect(const std::vector<ProjectTemplate>& templates);

/// The way from the folder of `from` to `to`: `../net/vpc.stack`.
std::string path_between(std::string_view from, std::string_view to);

}  // namespace stackc
