#include "compiler/diff/dangers.hpp"

#include <algorithm>
#include <iterator>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"

namespace stackc::diff {
namespace {

std::unordered_map<std::string_view, std::string_view> renamed_in(const StackDiff& diff) {
  std::unordered_map<std::string_view, std::string_view> out;
  for (const ResourceChange& r : diff.resources) {
    if (!r.old_id.empty() && r.old_id != r.id && r.old_stack.empty()) out.emplace(r.old_id, r.id);
  }
  return out;
}

Side or_none(Side side, const ir::Template& none) {
  if (side.tmpl == nullptr) side.tmpl = &none;
  return side;
}

/// What is lost for good first, then what is open to more, then what AWS will refuse, then news.
int rank(const Danger& d) {
  switch (d.kind) {
    case DangerKind::DeleteStateful:
      return d.mild ? 7 : 0;
    case DangerKind::ReplaceStateful:
      return d.mild ? 7 : 1;
    case DangerKind::SecurityWidening:
      return 2;
    case DangerKind::ExportInUse:
      return d.mild ? 7 : 3;
    case DangerKind::NameCollision:
      return 4;
    case DangerKind::SecurityUnknown:
      return 5;
    case DangerKind::Quota:
      return 6;
    case DangerKind::SecurityNarrowing:
      return 8;
  }
  return 9;
}

}  // namespace

Search::Search(const StackDiff& diff_, const Side& before_side_, const Side& after_side_,
               const schema::Schema& schema_)
    : diff(diff_),
      before_side(or_none(before_side_, none)),
      after_side(or_none(after_side_, none)),
      schema(schema_),
      before(before_side, after_side, false, schema_, symbols, renamed_in(diff_)),
      after(after_side, before_side, true, schema_, symbols, {}) {
  for (const ResourceChange& r : diff.resources) changes_.emplace(r.id, &r);
}

const ResourceChange* Search::change(std::string_view id) const {
  const auto at = changes_.find(id);
  return at == changes_.end() ? nullptr : at->second;
}

bool Search::changed(std::string_view id) const {
  const ResourceChange* r = change(id);
  return r != nullptr && r->action != Action::None;
}

Danger& Search::add(DangerKind kind, std::string_view resource, std::string message) {
  Danger& d = found.emplace_back();
  d.kind = kind;
  d.message = std::move(message);
  const ir::Resource* r = after.resource(resource);
  if (r == nullptr) r = before.renamed_resource(resource);
  if (r == nullptr) return d;  // it stands elsewhere
  d.resource = r->id;          // `resource` may be gone soon
  d.origin = r->origin;
  return d;
}

std::vector<std::string> shortened(std::vector<std::string> facts) {
  if (facts.size() <= kMaxFacts + 1) return facts;
  const std::size_t more = facts.size() - kMaxFacts;
  facts.resize(kMaxFacts);
  facts.push_back(fmt::format("… and {} more", more));
  return facts;
}

void worst_first(std::vector<Danger>& dangers) {
  std::stable_sort(dangers.begin(), dangers.end(),
                   [](const Danger& a, const Danger& b) { return rank(a) < rank(b); });
}

std::vector<Danger> find_dangers(const StackDiff& diff, const Side& before, const Side& after,
                                 const schema::Schema& schema) {
  if (diff.empty()) return {};
  Search s(diff, before, after, schema);
  find_stateful(s);
  find_collisions(s);
  find_identities(s);
  find_grants(s);
  find_groups(s);
  find_routes(s);
  find_acls(s);
  find_uses(s);
  find_flags(s);
  find_listeners(s);
  find_secrets(s);
  find_quotas(s);
  worst_first(s.found);
  return std::move(s.found);
}

}  // namespace stackc::diff
