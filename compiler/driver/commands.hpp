#pragma once

#include "compiler/base/filesystem.hpp"
#include "compiler/driver/console.hpp"
#include "compiler/driver/options.hpp"
#include "compiler/driver/timings.hpp"

namespace stackc {

/// What the commands work with.
struct Session {
  Console console;
  FileSystem& fs;
  std::string working_folder;  // absolute
  bool verbose = false;
  Timings* timings = nullptr;  // null: nobody asked for them
};

// Each runs one command and returns the exit status.
int run_compile(const CompileOptions& options, Session& session);
int run_format(const FormatOptions& options, Session& session);
int run_explain(const ExplainOptions& options, Session& session);
int run_schema(const SchemaOptions& options, Session& session);
int run_import(const ImportOptions& options, Session& session);
int run_diff(const DiffOptions& options, Session& session);
int run_doc(const DocOptions& options, Session& session);
int run_policy(const PolicyOptions& options, Session& session);
int run_init(const InitOptions& options, Session& session);

}  // namespace stackc
