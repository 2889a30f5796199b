#include "compiler/analysis/analysis.hpp"
#include "compiler/analysis/context.hpp"

namespace stackc::analysis {

void check_template(const ir::Template& t, schema::Schema schema, Sink& sink) {
  const Context c(t, schema, sink);
  check_sections(c);
  check_nulls(c);
  check_parameters(c);
  check_mappings(c);
  check_conditions(c);
  check_types(c);
  check_resource_attributes(c);
  check_functions(c);
  check_properties(c);
  check_attribute_names(c);
  check_outputs(c);
  check_identifiers(c);
  check_unused(c);
  check_missing_sub(c);
  check_conditional_references(c);
}

}  // namespace stackc::analysis
