#include "compiler/driver/environment_notes.hpp"

#include <algorithm>
#include <iterator>

#include "compiler/base/text.hpp"

namespace stackc {

namespace {

bool is_same(const Diagnostic& a, const Diagnostic& b) {
  if (a.code != b.code || a.message != b.message || a.labels.size() != b.labels.size()) return false;
  return a.labels.empty() || a.labels[0].span == b.labels[0].span;
}

}  // namespace

void note_environments(std::vector<Diagnostic>& findings, const std::vector<EnvironmentRange>& ranges) {
  if (ranges.size() < 2) return;
  struct Kept {
    std::size_t index;
    std::vector<std::string_view> environments;
  };
  std::vector<Kept> kept;
  std::vector<bool> repeated(findings.size(), false);
  for (std::size_t r = 0; r < ranges.size(); ++r) {
    const auto end = r + 1 < ranges.size() ? ranges[r + 1].begin : findings.size();
    for (auto i = ranges[r].begin; i < end; ++i) {
      const auto known =
          std::ranges::find_if(kept, [&](const Kept& k) { return is_same(findings[k.index], findings[i]); });
      repeated[i] = known != kept.end();
      auto& entry = known != kept.end() ? *known : kept.emplace_back(Kept{i, {}});
      if (entry.environments.empty() || entry.environments.back() != ranges[r].environment) {
        entry.environments.push_back(ranges[r].environment);
      }
    }
  }
  for (const auto& [index, environments] : kept) {
    if (environments.size() == ranges.size()) continue;
    findings[index].note(fmt::format("in the environment{} `{}`", environments.size() == 1 ? "" : "s",
                                     fmt::join(environments, "`, `")));
  }
  std::vector<Diagnostic> left;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!repeated[i]) left.push_back(std::move(findings[i]));
  }
  findings = std::move(left);
}

}  // namespace stackc
