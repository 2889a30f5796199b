#pragma once

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/graph.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::analysis {

/// All checks on a finished template: duplicate logical IDs and namespaces, references that do not
/// resolve, cycles between resources (with the whole path), limits of CloudFormation (an error past
/// the limit, a warning from 80 %). One file a concern.
void analyse(const ir::Template& t, Sink& sink);
/// The same, by a graph of the template that there is already.
void analyse(const ir::Template& t, const ir::Graph& graph, Sink& sink);

/// Checks on a template that was read, in which nothing has been checked yet: types, properties and values against
/// the schema, functions and where they stand, parameters, conditions, outputs, attributes of resources. What is an
/// error is wrong by AWS's documentation; what a later schema might know is a warning. Templates that a macro may
/// rewrite are looked at leniently. To be called beside `analyse`.
void check_template(const ir::Template& t, schema::Schema schema, Sink& sink);

/// The limit on a template's text, once it has been written: `bytes` is its size.
void check_body_size(const ir::Template& t, std::size_t bytes, Sink& sink);

}  // namespace stackc::analysis
