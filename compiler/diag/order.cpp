#include "compiler/diag/order.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace stackc {
namespace {

/// Where a finding stands in the list; without a place, before all files.
std::tuple<std::uint32_t, std::uint32_t> place(const Diagnostic& d) {
  if (d.labels.empty() || !d.labels.front().span.valid()) return {0, 0};
  const Span& span = d.labels.front().span;
  return {span.file.value + 1, span.begin};
}

bool same(const Diagnostic& a, const Diagnostic& b) {
  const auto same_label = [](const Label& x, const Label& y) { return x.span == y.span && x.text == y.text; };
  return a.code == b.code && a.severity == b.severity && a.message == b.message && a.notes == b.notes &&
         a.helps == b.helps &&
         std::equal(a.labels.begin(), a.labels.end(), b.labels.begin(), b.labels.end(), same_label);
}

}  // namespace

std::vector<Diagnostic> in_order(std::vector<Diagnostic> findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  std::vector<Diagnostic> kept;
  kept.reserve(findings.size());
  std::size_t here = 0;  // where the findings of the current place begin in `kept`
  for (Diagnostic& d : findings) {
    if (!kept.empty() && place(kept.back()) != place(d)) here = kept.size();
    const auto first = kept.begin() + static_cast<std::ptrdiff_t>(here);
    const bool repeated = std::any_of(first, kept.end(), [&](const Diagnostic& k) { return same(k, d); });
    if (!repeated) kept.push_back(std::move(d));
  }
  return kept;
}

void merge(std::vector<Diagnostic>& findings, SourceMap& sources, std::vector<Diagnostic> more,
           const SourceMap& more_sources) {
  std::map<FileId, FileId> moved;
  const auto move = [&](Span& span) {
    if (!span.valid()) return;
    auto [at, fresh] = moved.try_emplace(span.file);
    if (fresh) {
      for (std::uint32_t i = 0; i < sources.size() && !at->second.valid(); ++i) {
        const FileId file(i);
        const bool equal = sources.path(file) == more_sources.path(span.file) &&
                           sources.text(file) == more_sources.text(span.file);
        if (equal) at->second = file;
      }
      if (!at->second.valid()) {
        at->second =
            sources.add(std::string(more_sources.path(span.file)), std::string(more_sources.text(span.file)));
      }
    }
    span.file = at->second;
  };
  for (Diagnostic& d : more) {
    for (Label& label : d.labels) move(label.span);
    for (Fix& fix : d.fixes) move(fix.span);
    findings.push_back(std::move(d));
  }
}

}  // namespace stackc
