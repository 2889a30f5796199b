#include "compiler/sema/stage.hpp"

#include <algorithm>

#include "compiler/base/hash.hpp"
#include "compiler/base/text.hpp"

namespace stackc::sema {

Stages::Stages() : nodes_(1) { constant_ = arena_.make<StageTree>(); }

Stage Stages::leaf(Level level, const Why* why) {
  if (level == Level::Const) return constant_;
  auto* s = arena_.make<StageTree>(level, why);
  s->taints[static_cast<std::size_t>(Taint::Unheld)] = why;
  return s;
}

Stage Stages::with_element(Stage own, Stage element) {
  if (own == constant_ && element == constant_) return constant_;
  auto* s = arena_.make<StageTree>(*own);
  s->element = element;
  return bounded(s);
}

Stage Stages::with_fields(Stage own, std::vector<StageField> fields) {
  const bool constant = std::ranges::all_of(fields, [&](const StageField& f) { return f.stage == constant_; });
  if (own == constant_ && constant) return constant_;
  auto* s = arena_.make<StageTree>(*own);
  s->fields = arena_.copy(fields);
  return bounded(s);
}

Stage Stages::bounded(StageTree* s) {
  constexpr std::uint32_t kMaxSize = 10'000;
  s->size = 1 + (s->element != nullptr ? s->element->size : 0);
  for (const StageField& f : s->fields) s->size += f.stage->size;
  return s->size <= kMaxSize ? s : latest(s);
}

ParamNode Stages::child(ParamNode parent, std::string_view step) {
  const std::uint64_t hash = mixed(hash_of_text(step), parent);
  const std::uint32_t known = children_.find(
      hash, [&](ParamNode n) { return nodes_[n].parent == parent && nodes_[n].step == step; });
  if (known != HashIndex::kNone) return known;
  const auto id = static_cast<ParamNode>(nodes_.size());
  nodes_.push_back({nodes_[parent].root, parent, steps_.copy(step)});
  children_.add(hash, id);
  return id;
}

Stage Stages::own_of(Stage s) {
  if (s->level == Level::Const && is_clean(s)) return constant_;
  auto* own = arena_.make<StageTree>(s->level, s->why);
  own->taints = s->taints;
  return own;
}

std::span<const ParamNode> Stages::children(std::span<const ParamNode> parents, std::string_view step) {
  std::vector<ParamNode> nodes;
  for (ParamNode p : parents) nodes.push_back(child(p, step));
  return arena_.copy(nodes);
}

Stage Stages::element(Stage s) { return s->element != nullptr ? s->element : part(s, {}); }

Stage Stages::field(Stage s, std::string_view name) {
  for (const StageField& f : s->fields) {
    if (f.name == name) return f.stage;
  }
  return s->element != nullptr ? s->element : part(s, name);
}

/// A part that the tree does not list.
Stage Stages::part(Stage s, std::string_view step) {
  if (s->uniform) return s;
  if (s->deps.empty()) return s->fields.empty() ? s : own_of(s);
  auto* e = arena_.make<StageTree>(s->level, s->why);
  e->taints = s->taints;
  e->deps = children(s->deps, step);
  e->taint_deps = children(s->taint_deps, step);
  return e;
}

std::span<const ParamNode> Stages::joined(std::span<const ParamNode> a, std::span<const ParamNode> b) {
  if (b.empty()) return a;
  if (a.empty()) return b;
  std::vector<ParamNode> all(a.begin(), a.end());
  for (ParamNode n : b) {
    if (std::ranges::find(all, n) == all.end()) all.push_back(n);
  }
  return arena_.copy(all);
}

Stage Stages::join(Stage a, Stage b) {
  if (a == b || b == constant_) return a;
  if (a == constant_) return b;
  StageTree out;
  out.level = std::max(a->level, b->level);
  out.why = a->level >= b->level ? a->why : b->why;
  out.deps = joined(a->deps, b->deps);
  out.taint_deps = joined(a->taint_deps, b->taint_deps);
  for (std::size_t t = 0; t < out.taints.size(); ++t) out.taints[t] = a->taints[t] != nullptr ? a->taints[t] : b->taints[t];
  out.uniform = a->uniform || b->uniform;
  if (a->element != nullptr || b->element != nullptr) out.element = join(element(a), element(b));
  std::vector<StageField> fields;
  for (const StageField& f : a->fields) fields.push_back({f.name, join(f.stage, field(b, f.name))});
  for (const StageField& f : b->fields) {
    if (std::ranges::none_of(fields, [&](const StageField& g) { return g.name == f.name; })) {
      fields.push_back({f.name, join(field(a, f.name), f.stage)});
    }
  }
  out.fields = arena_.copy(fields);
  return bounded(arena_.make<StageTree>(out));
}

Stage Stages::flat(Stage s) {
  if (s->element == nullptr && s->fields.empty()) return s;
  auto* own = arena_.make<StageTree>(s->level, s->why);
  own->deps = s->deps;
  own->taints = s->taints;
  own->taint_deps = s->taint_deps;
  own->uniform = true;
  return own;
}

Stage Stages::latest(Stage s) {
  Stage result = flat(s);
  if (s->element != nullptr) result = join(result, latest(s->element));
  for (const StageField& f : s->fields) result = join(result, latest(f.stage));
  return result;
}

Stage Stages::parameter(std::uint32_t root) {
  ParamNode& node = roots_[root];
  if (node == 0) {
    node = static_cast<ParamNode>(nodes_.size());
    nodes_.push_back({root, 0, {}});
  }
  auto* s = arena_.make<StageTree>();
  s->deps = arena_.copy(std::vector<ParamNode>{node});
  s->taint_deps = s->deps;
  return s;
}

bool Stages::require(Stage s, const Demand& d) {
  if (s->level > d.at_most) return false;
  for (ParamNode node : s->deps) {
    auto& known = demands_[nodes_[node].root];
    const auto at = std::ranges::lower_bound(known, node, {}, &std::pair<ParamNode, Demand>::first);
    if (at == known.end() || at->first != node) {
      known.emplace(at, node, d);
    } else if (d.at_most < at->second.at_most) {
      at->second = d;
    }
  }
  return true;
}

std::vector<std::pair<ParamNode, Demand>> Stages::demands_of(std::uint32_t root) const {
  const auto* const found = demands_.find(root);
  return found == nullptr ? std::vector<std::pair<ParamNode, Demand>>{} : *found;
}

Stage Stages::at_path(Stage argument, ParamNode node) {
  const Node n = nodes_[node];  // a copy: asking for parts adds nodes
  if (n.parent == 0) return argument;
  Stage parent = at_path(argument, n.parent);
  return n.step.empty() ? element(parent) : field(parent, n.step);
}

std::string Stages::path_text(ParamNode node) const {
  const Node& n = nodes_[node];
  if (n.parent == 0) return {};
  return path_text(n.parent) + (n.step.empty() ? "[]" : "." + std::string(n.step));
}

std::vector<std::string_view> Stages::path_steps(ParamNode node) const {
  std::vector<std::string_view> steps;
  for (; nodes_[node].parent != 0; node = nodes_[node].parent) steps.push_back(nodes_[node].step);
  std::ranges::reverse(steps);
  return steps;
}

bool Stages::is_closed(Stage s) {
  if (!s->deps.empty()) return false;
  if (s->element != nullptr && !is_closed(s->element)) return false;
  return std::ranges::all_of(s->fields, [](const StageField& f) { return is_closed(f.stage); });
}

Stage Stages::through(Stage s, Span span, const char* before, std::string_view name, const char* after) {
  const bool leaf_const = s->level == Level::Const && s->element == nullptr && s->fields.empty() && is_clean(s);
  if (leaf_const) return s;
  return behind(s, {span, before, keep(name), after, nullptr});
}

Stage Stages::behind(Stage s, const Why& link) {
  const auto linked = [&](const Why* next) { return arena_.make<Why>(link.span, link.before, link.name, link.after, next); };
  auto* out = arena_.make<StageTree>(*s);
  if (s->level != Level::Const) out->why = linked(s->why);
  for (const Why*& taint : out->taints) {
    if (taint != nullptr) taint = linked(taint);
  }
  const auto part = [&](Stage p) {
    return p->level == Level::Const && p->element == nullptr && p->fields.empty() && is_clean(p) ? p : behind(p, link);
  };
  if (s->element != nullptr) out->element = part(s->element);
  std::vector<StageField> fields;
  fields.reserve(s->fields.size());
  for (const StageField& f : s->fields) fields.push_back({f.name, part(f.stage)});
  out->fields = arena_.copy(fields);
  return out;
}

const Why* Stages::because(Span span, std::string_view text, const Why* next) {
  return arena_.make<Why>(span, keep(text), std::string_view{}, std::string_view{}, next);
}

const Why* Stages::because_of(Span span, std::string_view name, const char* after) {
  return arena_.make<Why>(span, std::string_view{}, keep(name), std::string_view(after), nullptr);
}

std::string Why::str() const {
  return name.empty() ? std::string(before) : fmt::format("{}`{}`{}", before, name, after);
}

}  // namespace stackc::sema
