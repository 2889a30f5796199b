#include <algorithm>

#include "compiler/sema/stage.hpp"

/// Taints: what a value is beside late, and what must not reach where (decision 18).
namespace stackc::sema {

Stage Stages::tainted(Stage s, Taint taint, const Why* why) {
  auto* out = arena_.make<StageTree>(*s);
  out->taints[static_cast<std::size_t>(taint)] = why;
  if (s->element != nullptr) out->element = tainted(s->element, taint, why);
  std::vector<StageField> fields;
  for (const StageField& f : s->fields) fields.push_back({f.name, tainted(f.stage, taint, why)});
  out->fields = arena_.copy(fields);
  return out;
}

Stage Stages::untainted(Stage s) {
  const Stage whole = held(s);
  return whole->level == Level::Const ? whole : tainted(whole, Taint::Unheld, whole->why);
}

Stage Stages::held(Stage s) {
  const Stage whole = latest(s);
  auto* out = arena_.make<StageTree>(whole->level, whole->why);
  out->deps = whole->deps;
  out->uniform = true;
  return out;
}

bool Stages::is_clean(Stage s) {
  return std::ranges::all_of(s->taints, [](const Why* why) { return why == nullptr; });
}

const Why* Stages::taint_of(Stage s, Taint taint) {
  if (const Why* why = s->taints[static_cast<std::size_t>(taint)]) return why;
  if (s->element != nullptr) {
    if (const Why* why = taint_of(s->element, taint)) return why;
  }
  for (const StageField& f : s->fields) {
    if (const Why* why = taint_of(f.stage, taint)) return why;
  }
  return nullptr;
}

bool Stages::may_become(Stage s) {
  if (!s->taint_deps.empty()) return true;
  if (s->element != nullptr && may_become(s->element)) return true;
  return std::ranges::any_of(s->fields, [](const StageField& f) { return may_become(f.stage); });
}

const Why* Stages::refuse(Stage s, const Refusal& r) {
  if (const Why* why = taint_of(s, r.taint)) return why;
  const Stage whole = s->element == nullptr && s->fields.empty() ? s : latest(s);
  for (ParamNode node : whole->taint_deps) {
    auto& known = refusals_[nodes_[node].root];
    const auto same = [&](const auto& k) { return k.first == node && k.second.taint == r.taint; };
    if (std::ranges::none_of(known, same)) known.emplace_back(node, r);
  }
  return nullptr;
}

std::span<const std::pair<ParamNode, Refusal>> Stages::refusals_of(std::uint32_t root) const {
  const auto* const known = refusals_.find(root);
  return known == nullptr ? std::span<const std::pair<ParamNode, Refusal>>{} : *known;
}

bool Stages::taint_follows(Stage s, ParamNode node) {
  return std::ranges::find(s->taint_deps, node) != s->taint_deps.end();
}

}  // namespace stackc::sema
