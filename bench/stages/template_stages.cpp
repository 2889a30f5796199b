// Templates as input: `stackc check`, `import` and `diff` of the app's template, and look-ups of AWS types.
#include <benchmark/benchmark.h>

#include <array>
#include <string_view>

#include "bench/stages/workload.hpp"
#include "compiler/analysis/analysis.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/import/import.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::bench {
namespace {

/// JSON to template.
void read_template(benchmark::State& state) {
  const auto& json = app_json();
  for (auto _ : state) benchmark::DoNotOptimize(Imported{json});
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json.size()));
}
BENCHMARK(read_template)->Unit(benchmark::kMicrosecond);

/// What `stackc check` looks for in a template that was read.
void check_template(benchmark::State& state) {
  const Imported imported{app_json()};
  for (auto _ : state) {
    Sink sink;
    analysis::analyse(*imported.tmpl, sink);
    analysis::check_template(*imported.tmpl, schema::Schema::aws(), sink);
    benchmark::DoNotOptimize(sink);
  }
}
BENCHMARK(check_template)->Unit(benchmark::kMicrosecond);

/// Template to stack source, once: `stackc import` builds the source and asks again where it differs.
void import_template(benchmark::State& state) {
  const Imported imported{app_json()};
  const cfn::SourceOptions options{"acme-app", {}, {}};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        cfn::stack_source(*imported.tmpl, *imported.document, schema::Schema::aws(), options, {}));
  }
}
BENCHMARK(import_template)->Unit(benchmark::kMicrosecond);

void diff_equal(benchmark::State& state) {
  const Imported before{app_json()};
  const Imported after{app_json()};
  const auto schema = schema::Schema::aws();
  for (auto _ : state) {
    benchmark::DoNotOptimize(diff::compare({before.tmpl.get()}, {after.tmpl.get()}, schema));
  }
}
BENCHMARK(diff_equal)->Unit(benchmark::kMicrosecond);

void diff_changed(benchmark::State& state) {
  const Imported before{app_json()};
  const Imported after{changed_app_json()};
  const auto schema = schema::Schema::aws();
  for (auto _ : state) {
    benchmark::DoNotOptimize(diff::compare({before.tmpl.get()}, {after.tmpl.get()}, schema));
  }
}
BENCHMARK(diff_changed)->Unit(benchmark::kMicrosecond);

/// A type by its name, and one of its properties.
void schema_look_up(benchmark::State& state) {
  constexpr std::array<std::array<std::string_view, 2>, 4> kWanted{
      {{"AWS::EC2::Subnet", "VpcId"},
       {"AWS::RDS::DBInstance", "MultiAZ"},
       {"AWS::XRay::Group", "FilterExpression"},
       {"AWS::ACMPCA::Certificate", "Validity"}}};
  const auto schema = schema::Schema::aws();
  std::size_t i = 0;
  for (auto _ : state) {
    const auto& [type, property] = kWanted[i++ % kWanted.size()];
    const auto found = schema.find(type).properties().find(property);
    if (!found) state.SkipWithError("a property is not there");
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK(schema_look_up)->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace stackc::bench
