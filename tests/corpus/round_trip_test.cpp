// Every valid template of the corpus as stack source, and back: the same JSON.
//
// Prints a table by source. What is rejected has errors of its own: it cannot be read, or names what is not
// there. STACKC_CORPUS_LOG names a file that gets a line for each template.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <thread>

#include "compiler/analysis/analysis.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/round_trip.hpp"
#include "tests/corpus/corpus.hpp"

namespace stackc::tests {
namespace {

enum class Verdict { Exact, Rejected, NoTemplate, Differs };

struct Row {
  Verdict verdict = Verdict::NoTemplate;
  std::string reason;
  std::size_t values = 0, exact = 0, raw = 0;
  std::size_t resources = 0;
  double milliseconds = 0;
  std::vector<std::string> history;
};

Row lift(const CorpusFile& file) {
  Row row;
  const auto start = std::chrono::steady_clock::now();
  const auto read = tests::read(file);
  if (read->document != nullptr && !cfn::is_template(*read->document)) return row;
  if (read->tmpl != nullptr) analysis::analyse(*read->tmpl, read->sink);
  row.reason = first_error(*read);
  row.verdict = Verdict::Rejected;
  if (!row.reason.empty()) return row;
  cfn::SourceOptions options;
  options.stack_name = "imported";
  const RoundTrip result = round_trip(*read->tmpl, *read->document, options);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  row.milliseconds = took.count();
  row.resources = read->tmpl->resources.size();
  row.verdict = result.text.empty() ? Verdict::Differs : Verdict::Exact;
  if (result.text.empty()) {
    analysis::check_template(*read->tmpl, schema::Schema::aws(), read->sink);
    row.reason = first_error(*read);
    row.verdict = row.reason.empty() ? Verdict::Differs : Verdict::Rejected;
    if (!row.reason.empty()) return row;
  }
  if (!result.differs.empty()) row.reason = result.differs.front() + " differs";
  if (!result.errors.empty()) row.reason = result.errors.front().message;
  row.values = result.values;
  for (const RoundTrip::Piece& piece : result.pieces) {
    ++(piece.faith == cfn::Faith::Raw ? row.raw : row.exact);
    row.history.push_back(
        fmt::format("{} {}", piece.faith == cfn::Faith::Raw ? "raw" : "exact", piece.pointer));
  }
  row.history.insert(row.history.end(), result.history.begin(), result.history.end());
  return row;
}

/// All rows, on all processors.
std::vector<Row> lift_all() {
  std::vector<Row> rows(corpus().size());
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < rows.size(); i = next++) rows[i] = lift(corpus()[i]);
  };
  std::vector<std::thread> others;
  while (others.size() + 1 < std::thread::hardware_concurrency()) others.emplace_back(run);
  run();
  for (std::thread& thread : others) thread.join();
  return rows;
}

struct Sum {
  std::size_t files = 0, exact = 0, rejected = 0, none = 0, differs = 0, values = 0, by_name = 0, raw = 0;
  void add(const Row& row) {
    ++files;
    exact += row.verdict == Verdict::Exact;
    rejected += row.verdict == Verdict::Rejected;
    none += row.verdict == Verdict::NoTemplate;
    differs += row.verdict == Verdict::Differs;
    values += row.values;
    by_name += row.exact;
    raw += row.raw;
  }
  void print(const std::string& name) const {
    std::printf("%-50s %6zu %6zu %8zu %6zu %7zu %9zu %8zu %6zu\n", name.substr(0, 50).c_str(), files, exact,
                rejected, none, differs, values, by_name, raw);
  }
};

void print(const std::vector<Row>& rows) {
  const auto& files = corpus();
  std::map<std::string, Sum> by_source;
  Sum all;
  double slowest = 0, total = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    by_source[files[i].source].add(rows[i]);
    all.add(rows[i]);
    slowest = std::max(slowest, rows[i].milliseconds);
    total += rows[i].milliseconds;
  }
  std::printf("%-50s %6s %6s %8s %6s %7s %9s %8s %6s\n", "source", "files", "exact", "rejected", "no",
              "differs", "pieces", "by name", "raw");
  for (const auto& [name, sum] : by_source) sum.print(name);
  all.print("all");
  std::printf("%.0f ms in all, the slowest takes %.0f ms\n", total, slowest);
}

void write_log(const char* path, const std::vector<Row>& rows) {
  constexpr const char* kVerdicts[] = {"exact", "rejected", "no template", "differs"};
  std::ofstream out(path);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    out << fmt::format("{}\t{}\t{}\t{} pieces, {} by name, {} raw, {} resources, {:.1f} ms\n",
                       kVerdicts[static_cast<int>(row.verdict)], corpus()[i].path, row.reason, row.values,
                       row.exact, row.raw, row.resources, row.milliseconds);
    for (const std::string& line : row.history) out << "  " << line << "\n";
  }
}

TEST(Corpus, TemplatesComeBackFromSourceAsTheyWere) {
  if (corpus().empty()) GTEST_SKIP();
  const std::vector<Row> rows = lift_all();
  print(rows);
  if (const char* log = std::getenv("STACKC_CORPUS_LOG"); log != nullptr) write_log(log, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].verdict == Verdict::Differs) ADD_FAILURE() << corpus()[i].path << ": " << rows[i].reason;
  }
}

}  // namespace
}  // namespace stackc::tests
