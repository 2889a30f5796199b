#pragma once

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/graph.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// Moves every `If` to where CloudFormation allows it and reports what stays where it is not
/// allowed (decision 5: one table of positions). `op(If(c,a,b))` becomes `If(c, op a, op b)`,
/// `Equals(If(c,a,b), d)` becomes `Or(And(c, a==d), And(Not c, b==d))`, folded.
void hoist(Template& t, Sink& sink);

/// Gives every anonymous condition expression its derived name (decision 14) and its entry in
/// `Conditions`; afterwards `If` and `condition` hold only `Condition` references. A condition that
/// folds to true or false disappears with what it decides. Declared conditions keep their order;
/// derived ones follow in order of first use.
void name_conditions(Template& t, Sink& sink);

/// Adds the `DependsOn` that CloudFormation does not infer, where the template shows the need: a
/// route, an elastic IP and a NAT gateway wait for their internet gateway to be attached, an ECS
/// service for the listeners of its target groups and the capacity providers of its cluster. Only
/// what the graph does not imply already, never a cycle, never on something that exists under
/// another condition. To be called after `name_conditions`. The graph is the one that this was decided by: it
/// lacks what was added, which is on no cycle.
Graph add_dependencies(Template& t);

}  // namespace stackc::ir
