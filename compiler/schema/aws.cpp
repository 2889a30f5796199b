#include "compiler/schema/blob.hpp"
#include "compiler/schema/schema.hpp"

extern "C" const unsigned char stackc_schema_blob[];  // NOLINT: a symbol of the assembler

namespace stackc::schema {

static constexpr Blob kAws{stackc_schema_blob};

Schema Schema::aws() { return Schema(&kAws); }

}  // namespace stackc::schema
