#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/eval/eval.hpp"
#include "compiler/import/import.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/sema/sema.hpp"

/// What the benchmarks of the stages work on: the pair of stacks of bench/workload/stack, finished up to the
/// stage before the one that is measured. Everything ends the program when the pair does not compile.
namespace stackc::bench {

/// `network.stack` and `app.stack`, in memory.
const MemoryFileSystem& pair_files();
const std::vector<std::string>& pair_paths();
/// Bytes of both.
std::int64_t pair_bytes();

/// The pair with the standard library, loaded and checked.
class Checked {
 public:
  Checked();

  /// The templates of network and app, as evaluation makes them, in this order.
  [[nodiscard]] std::vector<std::unique_ptr<ir::Template>> evaluate() const;
  [[nodiscard]] const ModuleGraph& graph() const { return graph_; }
  [[nodiscard]] const SourceMap& sources() const { return sources_; }

 private:
  SourceMap sources_;
  ModuleGraph graph_;
  std::unique_ptr<sema::CheckedProgram> program_;
};

/// From evaluation to what CloudFormation takes.
void lower(ir::Template& t);

/// The two templates, finished; they live as long as this does.
struct Finished {
  Finished();
  Checked checked;
  std::vector<std::unique_ptr<ir::Template>> templates;
};

/// The JSON of the app's template, and a second version of it with some differences.
const std::string& app_json();
const std::string& changed_app_json();

/// A template that was read from JSON.
struct Imported {
  explicit Imported(const std::string& json);
  SourceMap sources;
  std::unique_ptr<cfn::Document> document;
  std::unique_ptr<ir::Template> tmpl;
};

}  // namespace stackc::bench
