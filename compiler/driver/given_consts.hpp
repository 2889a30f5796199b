#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/slice.hpp"
#include "compiler/eval/eval.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/modules/project.hpp"

namespace stackc {

/// The name that `stack` is deployed by in `environment`, which may be null.
std::string_view deployed_name(const Module& stack, const Environment* environment);

/// What a run gives its stacks from outside, for one slice: values of const params out of the project file and
/// of `--set`, names of upstream stacks. Remembers where each value stands, for messages.
class GivenConsts {
 public:
  struct From {
    const RunSettings& run;
    const ModuleGraph& graph;
    Sink& sink;
  };

  /// For the stack `m`; names that it does not have are reported.
  eval::StackSettings settings_of(const Module& m, const Environment* environment, From from);
  /// A value that does not fit its const param is wrong where it was given: adds that place.
  void point_to_settings(std::vector<Diagnostic>& diagnostics) const;

 private:
  /// A value of the project file on its way to a const param.
  struct Given {
    Span param;        // the name of the param
    std::string text;  // what it was turned into
    Span value;        // in the project file
  };

  void add(const Module& m, const ProjectSetting& setting, eval::StackSettings& into, Sink& sink);

  std::vector<Given> given_;
};

}  // namespace stackc
