#pragma once

#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::analysis {

/// All checks on a finished template: duplicate logical IDs and namespaces, references that do not
/// resolve, cycles between resources (with the whole path), limits of CloudFormation (an error past
/// the limit, a warning from 80 %). One file a concern.
void analyse(const ir::Template& t, Sink& sink);

/// Further checks on a template that was read, which no earlier stage has checked: types, properties and
/// attributes against `schema`, the forms of sections and functions.
void check_template(const ir::Template& t, schema::Schema schema, Sink& sink);

/// The limit on a template's text, once it has been written: `bytes` is its size.
void check_body_size(const ir::Template& t, std::size_t bytes, Sink& sink);

}  // namespace stackc::analysis
