#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/import/import.hpp"

namespace stackc::tests {

/// A file of the corpus: real templates that other people wrote, kept outside of the repository.
struct CorpusFile {
  std::string path;    // below the corpus's `templates` folder, for messages
  std::string source;  // its first folder: where it came from
  std::string text;
};

/// All of them, sorted by path: from the folder that the environment variable STACKC_CORPUS names, else from
/// `../shared/corpus` beside the repository. Empty when there is none, which is said in one line.
const std::vector<CorpusFile>& corpus();
/// The same of its ECS definitions, from the folder `ecs`.
const std::vector<CorpusFile>& definitions();

/// A file as it was read.
struct ReadFile {
  SourceMap sources;
  Sink sink;
  std::unique_ptr<cfn::Document> document;  // null: refused, see `sink`
  std::unique_ptr<ir::Template> tmpl;       // null: refused, or no template
};
std::unique_ptr<ReadFile> read(const CorpusFile& file);

/// `3:7: error[E1002] …` of the first error; empty when there is none.
std::string first_error(const ReadFile& file);

/// Counts by source, printed as a table with a sum.
class Table {
 public:
  explicit Table(std::vector<std::string> columns) : columns_(std::move(columns)) {}
  void count(const std::string& source, const std::string& column) { ++counts_[source][column]; }
  [[nodiscard]] std::size_t sum(const std::string& column) const;
  void print(const std::string& title) const;

 private:
  std::vector<std::string> columns_;
  std::map<std::string, std::map<std::string, std::size_t>> counts_;
};

}  // namespace stackc::tests
