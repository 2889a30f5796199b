// From source to bytes: the stages of `stackc build`, on the pair of stacks.
#include <benchmark/benchmark.h>

#include "bench/stages/workload.hpp"
#include "compiler/analysis/analysis.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc::bench {
namespace {

/// Lexing and parsing the two files, without the library that they use.
void parse_pair(benchmark::State& state) {
  for (auto _ : state) {
    SourceMap sources;
    Sink sink;
    for (const auto& [path, text] : pair_files().files) {
      benchmark::DoNotOptimize(parse(sources, sources.add(path, text), sink));
    }
  }
  state.SetBytesProcessed(state.iterations() * pair_bytes());
}
BENCHMARK(parse_pair)->Unit(benchmark::kMicrosecond);

/// With the modules of the standard library that it needs.
void load_pair(benchmark::State& state) {
  for (auto _ : state) {
    SourceMap sources;
    Sink sink;
    benchmark::DoNotOptimize(load_modules(pair_paths(), pair_files(), sources, sink));
  }
}
BENCHMARK(load_pair)->Unit(benchmark::kMicrosecond);

/// Names, types and stages, of the pair and of the modules that it needs.
void check_pair(benchmark::State& state) {
  SourceMap sources;
  Sink sink;
  const auto graph = load_modules(pair_paths(), pair_files(), sources, sink);
  for (auto _ : state) {
    Sink findings;
    benchmark::DoNotOptimize(sema::check(graph, sources, findings));
  }
}
BENCHMARK(check_pair)->Unit(benchmark::kMicrosecond);

void evaluate_pair(benchmark::State& state) {
  const Checked checked;
  for (auto _ : state) benchmark::DoNotOptimize(checked.evaluate());
}
BENCHMARK(evaluate_pair)->Unit(benchmark::kMicrosecond);

/// Choices to where CloudFormation allows them, names of conditions, dependencies; evaluation not counted.
void lower_pair(benchmark::State& state) {
  const Checked checked;
  for (auto _ : state) {
    state.PauseTiming();
    const auto templates = checked.evaluate();
    state.ResumeTiming();
    for (const auto& t : templates) lower(*t);
  }
}
BENCHMARK(lower_pair)->Unit(benchmark::kMicrosecond);

void analyse_pair(benchmark::State& state) {
  const Finished finished;
  for (auto _ : state) {
    Sink sink;
    for (const auto& t : finished.templates) analysis::analyse(*t, sink);
    benchmark::DoNotOptimize(sink);
  }
}
BENCHMARK(analyse_pair)->Unit(benchmark::kMicrosecond);

void emit_json(benchmark::State& state) {
  const Finished finished;
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const auto& t : finished.templates) bytes += emit::template_json(*t).size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(emit_json)->Unit(benchmark::kMicrosecond);

void emit_yaml(benchmark::State& state) {
  const Finished finished;
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const auto& t : finished.templates) bytes += emit::template_yaml(*t).size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(emit_yaml)->Unit(benchmark::kMicrosecond);

void format_pair(benchmark::State& state) {
  SourceMap sources;
  Sink sink;
  std::vector<std::unique_ptr<ast::Ast>> trees;
  for (const auto& [path, text] : pair_files().files)
    trees.push_back(parse(sources, sources.add(path, text), sink));
  for (auto _ : state) {
    for (const auto& tree : trees) benchmark::DoNotOptimize(format(*tree));
  }
}
BENCHMARK(format_pair)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace stackc::bench
