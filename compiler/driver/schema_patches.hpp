#pragma once

#include <memory>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/modules/project.hpp"
#include "compiler/schema/blob.hpp"

namespace stackc {

/// The AWS types that the project's `schema:` file corrects, as docs/schema.md describes it; null when there
/// are none. Mistakes are reported at their places in the file.
std::unique_ptr<schema::OwnedBlob> read_schema_patches(const Project& project, const FileSystem& fs,
                                                       SourceMap& sources, Sink& sink);

}  // namespace stackc
