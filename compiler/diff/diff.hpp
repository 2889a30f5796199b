#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// What a deployment of one template over another would do, and why: offline, from the templates, AWS's
/// types and the values of the parameters.
namespace stackc::diff {

/// One template of a side, with the values that its parameters are given there. A parameter without one
/// is unknown; its default is part of it, so that changing a default is a change of what uses it.
struct Side {
  const ir::Template* tmpl = nullptr;
  std::vector<std::pair<std::string_view, std::string_view>> parameters = {};
  std::size_t bytes = 0;  // of the template's text as it is deployed; 0: not known
};

/// Compares two templates of one stack. Dangers are found too, those between stacks excepted.
StackDiff compare(const Side& before, const Side& after, const schema::Schema& schema);

/// Compares two projects, stack by stack (by stack name): moves between stacks, exports that others import,
/// the order of deployment.
ProjectDiff compare_all(const std::vector<Side>& before, const std::vector<Side>& after,
                        const schema::Schema& schema);

}  // namespace stackc::diff
