#include "compiler/driver/error_limit.hpp"

#include <map>

#include "compiler/base/text.hpp"

namespace stackc {

void limit_errors(std::vector<Diagnostic>& diagnostics, std::size_t most) {
  std::map<std::uint32_t, std::size_t> left_out;  // by file
  std::map<std::uint32_t, std::size_t> seen;
  std::vector<Diagnostic> kept;
  for (Diagnostic& d : diagnostics) {
    const Span at = d.labels.empty() ? Span{} : d.labels.front().span;
    if (d.severity == Severity::Error && d.code != Code::TooManyErrors && at.valid() && ++seen[at.file.value] > most) {
      if (left_out[at.file.value]++ > 0) continue;
      Sink sink;
      sink.report(Code::TooManyErrors, at, {});
      kept.push_back(std::move(sink.take().front()));
      continue;
    }
    kept.push_back(std::move(d));
  }
  for (Diagnostic& d : kept) {
    if (d.code != Code::TooManyErrors || !d.message.empty()) continue;
    const std::size_t count = left_out[d.labels.front().span.file.value];
    d.message = fmt::format("{} more error{} in this file {} not shown", count, count == 1 ? "" : "s", count == 1 ? "is" : "are");
  }
  diagnostics = std::move(kept);
}

}  // namespace stackc
