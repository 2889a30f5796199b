#include "compiler/iam/blob.hpp"
#include "compiler/iam/iam.hpp"

extern "C" const unsigned char stackc_iam_blob[];  // NOLINT: a symbol of the assembler

namespace stackc::iam {

static constexpr Blob kAws{stackc_iam_blob};

Iam Iam::aws() { return Iam(&kAws); }

}  // namespace stackc::iam
