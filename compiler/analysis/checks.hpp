#pragma once

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/graph.hpp"
#include "compiler/ir/ir.hpp"

/// The checks of `analyse`, one file each. All look at a finished template and change nothing.
namespace stackc::analysis {

/// Logical IDs: their form, and that one ID names one thing; export names likewise.
void check_identity(const ir::Template& t, Sink& sink);
/// `Ref`, `Fn::GetAtt`, conditions, mappings and `DependsOn` name something that exists.
void check_references(const ir::Template& t, const ir::Graph& graph, Sink& sink);
/// No resource needs itself: one error for every knot of resources, with its shortest cycle.
void check_cycles(const ir::Template& t, const ir::Graph& graph, Sink& sink);
/// The limits of CloudFormation that can be counted.
void check_quotas(const ir::Template& t, Sink& sink);
/// A security group has inline rules or rules of their own, not both.
void check_security_group_rules(const ir::Template& t, Sink& sink);
/// Actions and condition keys in policy documents are ones that IAM has.
void check_actions(const ir::Template& t, Sink& sink);

}  // namespace stackc::analysis
