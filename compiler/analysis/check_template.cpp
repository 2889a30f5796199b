#include "compiler/analysis/analysis.hpp"

namespace stackc::analysis {

void check_template(const ir::Template& /*t*/, schema::Schema /*schema*/, Sink& /*sink*/) {}

}  // namespace stackc::analysis
