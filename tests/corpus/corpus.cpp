#include "tests/corpus/corpus.hpp"

#include <cstdio>
#include <cstdlib>

#include "compiler/base/text.hpp"
#include "compiler/diag/registry.hpp"
#include "tests/support/files.hpp"

namespace fs = std::filesystem;

namespace stackc::tests {
namespace {

std::vector<CorpusFile> read_corpus(const char* part) {
  std::vector<CorpusFile> files;
  const char* named = std::getenv("STACKC_CORPUS");
  const fs::path folder = (named != nullptr ? fs::path(named) : source_root().parent_path() / "shared/corpus") / part;
  for (const std::string& path : files_below(folder)) {
    files.push_back({path, path.substr(0, path.find('/')), read_file(folder / path)});
  }
  if (files.empty()) {
    std::fprintf(stderr, "no corpus of %s (STACKC_CORPUS, ../shared/corpus): its tests are skipped\n", part);
  }
  return files;
}

}  // namespace

const std::vector<CorpusFile>& corpus() {
  static const std::vector<CorpusFile> files = read_corpus("templates");
  return files;
}

const std::vector<CorpusFile>& definitions() {
  static const std::vector<CorpusFile> files = read_corpus("ecs");
  return files;
}

std::unique_ptr<ReadFile> read(const CorpusFile& file) {
  auto out = std::make_unique<ReadFile>();
  const FileId id = out->sources.add(file.path, file.text);
  out->document = cfn::read_document(id, out->sources, out->sink);
  if (out->document != nullptr && cfn::is_template(*out->document)) {
    out->tmpl = cfn::read_template(*out->document, out->sink);
  }
  return out;
}

std::string first_error(const ReadFile& file) {
  for (const Diagnostic& d : file.sink.all()) {
    if (d.severity != Severity::Error) continue;
    std::string place;
    if (!d.labels.empty() && d.labels[0].span.valid()) {
      const Position p = file.sources.position(d.labels[0].span.file, d.labels[0].span.begin);
      place = fmt::format("{}:{}: ", p.line, p.column);
    }
    return fmt::format("{}error[{}] {}", place, info(d.code).number, d.message);
  }
  return {};
}

std::size_t Table::sum(const std::string& column) const {
  std::size_t total = 0;
  for (const auto& [source, counts] : counts_) {
    const auto found = counts.find(column);
    if (found != counts.end()) total += found->second;
  }
  return total;
}

void Table::print(const std::string& title) const {
  std::string out = fmt::format("{:<48}", title);
  for (const std::string& column : columns_) out += fmt::format("{:>14}", column);
  out += '\n';
  for (const auto& [source, counts] : counts_) {
    out += fmt::format("{:<48}", source);
    for (const std::string& column : columns_) {
      const auto found = counts.find(column);
      out += fmt::format("{:>14}", found == counts.end() ? 0 : found->second);
    }
    out += '\n';
  }
  out += fmt::format("{:<48}", "sum");
  for (const std::string& column : columns_) out += fmt::format("{:>14}", sum(column));
  std::fprintf(stderr, "%s\n", out.c_str());
}

}  // namespace stackc::tests
