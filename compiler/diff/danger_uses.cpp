#include <algorithm>
#include <iterator>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/group_rules.hpp"
#include "compiler/diff/identities.hpp"
#include "compiler/diff/policy_sets.hpp"
#include "compiler/diff/traffic_sets.hpp"

// What uses another role, or other security groups, than before.
namespace stackc::diff {
namespace {

using ir::ValueRef;

/// Something that a resource uses, by its ID in the new side; one that stands elsewhere by what names it.
struct Used {
  std::string key, shown, id;  // `id` empty: it stands elsewhere
  bool operator<(const Used& other) const { return key < other.key; }
};
using Uses = std::set<Used>;

Used used(const Scope& scope, ValueRef v, const Case& when) {
  const std::string_view id = scope.named_resource(v, when);
  if (!id.empty()) return {fmt::format("resource {}", id), std::string(id), std::string(id)};
  const Text text = scope.text(v, when);
  return {scope.key(text), scope.shown(text), {}};
}

/// What people name themselves.
constexpr std::string_view kOwnNames[] = {"Variables",   "Tags",         "Parameters",
                                          "Environment", "DockerLabels", "Options"};

/// Everything that stands below members of these names, anywhere in the properties.
template <std::size_t N>
void collect(const Scope& scope, ValueRef v, const std::string_view (&names)[N], const Case& when,
             Uses& out) {
  v = v == nullptr ? nullptr : scope.settled(v, when);
  if (v == nullptr) return;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ValueRef item : list->items) collect(scope, item, names, when, out);
  }
  const auto* object = v->get_if<ir::Object>();
  if (object == nullptr) return;
  for (const ir::Member& m : object->members) {
    if (std::find(std::begin(kOwnNames), std::end(kOwnNames), m.key) != std::end(kOwnNames)) continue;
    if (std::find(std::begin(names), std::end(names), m.key) == std::end(names)) {
      collect(scope, m.value, names, when, out);
      continue;
    }
    for (const Entry& e : scope.entries(m.value, when)) {
      if (e.value->get_if<ir::Object>() == nullptr) out.insert(used(scope, e.value, e.when));
    }
  }
}

Uses only(const Uses& these, const Uses& those) {
  Uses out;
  std::set_difference(these.begin(), these.end(), those.begin(), those.end(), std::inserter(out, out.end()));
  return out;
}

std::string names_of(const Uses& all) {
  std::vector<std::string> out;
  for (const Used& u : all) out.push_back(fmt::format("`{}`", u.shown));
  return fmt::format("{}", fmt::join(out, ", "));
}

bool elsewhere(const Uses& all) {
  return std::any_of(all.begin(), all.end(), [](const Used& u) { return u.id.empty(); });
}

/// `F` has the role `A` instead of `B`; gets one, or loses one.
std::string sentence(std::string_view id, std::string_view noun, const Uses& come, const Uses& go) {
  if (go.empty()) return fmt::format("`{}` gets the {} {}", id, noun, names_of(come));
  if (come.empty()) return fmt::format("`{}` loses the {} {}", id, noun, names_of(go));
  return fmt::format("`{}` has the {} {} instead of {}", id, noun, names_of(come), names_of(go));
}

/// What both sides have, read when the first change asks.
struct Known {
  explicit Known(const Search& search) : s(search) {}
  void read_roles() {
    if (!roles_before.empty() || !roles_after.empty()) return;
    roles_before = identities_of(s, s.before);
    roles_after = identities_of(s, s.after);
  }
  void read_groups() {
    if (!groups_before.empty() || !groups_after.empty()) return;
    groups_before = groups_of(s, s.before);
    groups_after = groups_of(s, s.after);
  }
  const Search& s;
  Holders roles_before, roles_after;
  Groups groups_before, groups_after;
};

// ---------------------------------------------------------------- roles

constexpr std::string_view kRoles[] = {"Role",
                                       "RoleArn",
                                       "RoleARN",
                                       "TaskRoleArn",
                                       "ExecutionRoleArn",
                                       "ServiceRole",
                                       "IamRoleArn",
                                       "IamInstanceProfile",
                                       "TaskRole",
                                       "ExecutionRole"};

/// The roles of an instance profile stand in it.
Uses roles_of(const Scope& scope, const ir::Resource& r) {
  Uses out;
  Uses named;
  collect(scope, r.properties, kRoles, {}, named);
  for (const Used& u : named) {
    const ir::Resource* profile = u.id.empty() ? nullptr : scope.renamed_resource(u.id);
    if (profile == nullptr || profile->type != "AWS::IAM::InstanceProfile") {
      out.insert(u);
      continue;
    }
    for (const Entry& e : scope.entries(scope.member(profile->properties, "Roles")))
      out.insert(used(scope, e.value, e.when));
  }
  return out;
}

std::vector<Statement> statements(const Holders& holders, const Uses& roles) {
  std::vector<Statement> out;
  for (const Used& u : roles) {
    const auto at = holders.find(u.key);
    if (at != holders.end()) out.insert(out.end(), at->second.may.begin(), at->second.may.end());
  }
  return out;
}

void roles(Search& s, const ResourceChange& r, Known& known) {
  const Uses was = roles_of(s.before, *r.before), will = roles_of(s.after, *r.after);
  const Uses come = only(will, was), go = only(was, will);
  if (come.empty() && go.empty()) return;
  // Of a role that is new with what uses it, what is said of the role is enough.
  const bool fresh =
      std::all_of(come.begin(), come.end(), [&](const Used& u) { return !u.id.empty() && !s.existed(u.id); });
  if (!come.empty() && fresh && go.empty()) return;
  Verdict v;
  if (elsewhere(come) || elsewhere(go)) {
    (come.empty() ? v.lost : v.gained_maybe) = true;
  } else {
    known.read_roles();
    const auto before = statements(known.roles_before, was), after = statements(known.roles_after, will);
    v = compare_policies({before, after, s.before, s.after, {}});
  }
  if (v.nothing()) return;
  const std::string what = sentence(r.id, "role", come, go);
  s.add(v.kind(), r.id,
        v.kind() == DangerKind::SecurityWidening ? what + ", and may do more"
        : v.kind() == DangerKind::SecurityNarrowing
            ? what + ", and may do less"
            : what + ", and the templates do not say whether it may do more")
      .facts = shortened(std::move(v.facts));
}

// ---------------------------------------------------------------- security groups

constexpr std::string_view kGroups[] = {
    "SecurityGroupIds", "SecurityGroups",        "VpcSecurityGroupIds",   "VPCSecurityGroups",
    "GroupSet",         "CacheSecurityGroupIds", "ClusterSecurityGroups", "SecurityGroupIdList"};

std::vector<Flow> incoming(const Groups& groups, const Uses& of) {
  std::vector<Flow> out;
  for (const Used& u : of) {
    const auto at = groups.find(u.key);
    if (at != groups.end()) out.insert(out.end(), at->second.in.flows.begin(), at->second.in.flows.end());
  }
  return out;
}

/// What lets in whoever is in one of these groups.
std::set<std::string> doors(const Scope& scope, const Groups& groups, const Uses& of) {
  std::set<std::string> out;
  for (const auto& [key, g] : groups) {
    for (const Flow& f : g.in.flows) {
      if (f.peer.kind != Peer::Kind::Group || f.peer.name.pieces.size() != 1 || f.peer.name.literal())
        continue;
      const std::string& peer = scope.symbols()[f.peer.name.pieces[0].symbol].resource;
      const bool one =
          std::any_of(of.begin(), of.end(), [&](const Used& u) { return !u.id.empty() && u.id == peer; });
      if (one) out.insert(fmt::format("{}, which lets it in on {}", g.shown, shown(f.ports)));
    }
  }
  return out;
}

void groups(Search& s, const ResourceChange& r, Known& known) {
  Uses was, will;
  collect(s.before, r.before->properties, kGroups, {}, was);
  collect(s.after, r.after->properties, kGroups, {}, will);
  const Uses come = only(will, was), go = only(was, will);
  if (come.empty() && go.empty()) return;
  known.read_groups();
  const auto before = incoming(known.groups_before, was), after = incoming(known.groups_after, will);
  Verdict v = compare_flows({before, after, s.before, s.after});
  const auto old_doors = doors(s.before, known.groups_before, was);
  const auto new_doors = doors(s.after, known.groups_after, will);
  for (const std::string& door : new_doors) {
    if (old_doors.contains(door)) continue;
    v.gained = true;
    v.facts.push_back("+ " + door);
  }
  for (const std::string& door : old_doors) {
    if (new_doors.contains(door)) continue;
    v.lost = true;
    v.facts.push_back("- " + door);
  }
  // What a group lets in that stands elsewhere, and who lets in its members, nobody says here.
  if (v.gained && elsewhere(was)) v.gained = false, v.gained_maybe = true;
  v.gained_maybe = v.gained_maybe || elsewhere(come);
  v.lost = v.lost || elsewhere(go);
  if (v.nothing()) return;
  const std::string what = sentence(r.id, "security group", come, go);
  s.add(v.kind(), r.id,
        v.kind() == DangerKind::SecurityWidening ? what + ", so that more reaches it or is reached"
        : v.kind() == DangerKind::SecurityNarrowing
            ? what + ", so that less reaches it or is reached"
            : what + ", and the templates do not say whether more reaches it")
      .facts = shortened(std::move(v.facts));
}

}  // namespace

void find_uses(Search& s) {
  Known known(s);
  for (const ResourceChange& r : s.diff.resources) {
    const bool stays =
        r.before != nullptr && r.after != nullptr && r.action != Action::None && r.old_stack.empty();
    if (!stays || r.type.starts_with("AWS::IAM::") || r.type.starts_with("AWS::EC2::SecurityGroup")) continue;
    roles(s, r, known);
    groups(s, r, known);
  }
}

}  // namespace stackc::diff
