#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/identities.hpp"
#include "compiler/diff/policy_sets.hpp"

// What roles, users and groups may do; permissions boundaries; who may take a role.
namespace stackc::diff {
namespace {

/// Actions that AWS lets nobody restrict to a resource and that read no data: `*` says nothing about them.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
constexpr std::string_view kPlain[] = {
    "ecr:getauthorizationtoken",      "ssmmessages:createcontrolchannel",   "ssmmessages:createdatachannel",
    "ssmmessages:opencontrolchannel", "ssmmessages:opendatachannel",        "cloudwatch:putmetricdata",
    "xray:puttracesegments",          "xray:puttelemetryrecords",           "xray:getsamplingrules",
    "xray:getsamplingtargets",        "xray:getsamplingstatisticsummaries",
};

// ---------------------------------------------------------------- what is said

/// Does what a new identity may do reach something that was there before, or is it plain?
bool reaches_existing(const Search& s, const Atom& a) {
  const Statement& st = *a.statement;
  if (!st.opaque.empty())
    return st.opaque.find("service-role/") == std::string::npos &&
           st.opaque.find("SSMManagedInstanceCore") == std::string::npos;
  if (a.resource != nullptr) {
    for (const Piece& piece : a.resource->text.pieces) {
      if (piece.literal()) continue;
      const std::string& id = s.symbols[piece.symbol].resource;
      if (!id.empty() && !s.existed(id)) return false;
    }
  }
  if (a.action == nullptr || a.resource == nullptr || !is_everything(a.resource->pattern)) return true;
  std::string action;
  for (const Token& t : a.action->pattern) action += t.kind == Token::Kind::Char ? t.ch : '*';
  return std::find(std::begin(kPlain), std::end(kPlain), action) == std::end(kPlain);
}

/// Is somebody let in who is neither a service of AWS nor a resource of this stack?
bool lets_outside(const Search& s, const Atom& a) {
  if (a.principal == nullptr) return true;
  if (a.principal->kind == "Service") return false;
  const Text& text = a.principal->text;
  for (const Piece& piece : text.pieces) {
    if (piece.literal()) continue;
    const Symbol& symbol = s.symbols[piece.symbol];
    if (!symbol.resource.empty() || symbol.key == "AWS::AccountId") return false;
  }
  return true;
}

void say(Search& s, const Holder& h, const Verdict& v, std::string_view more, std::string_view less,
         std::string_view changes) {
  if (v.nothing()) return;
  const DangerKind kind = v.kind();
  const std::string_view form = kind == DangerKind::SecurityWidening    ? more
                                : kind == DangerKind::SecurityNarrowing ? less
                                                                        : changes;
  const ir::Resource* r = h.id.empty() ? nullptr : s.after.resource(h.id);
  Danger& d =
      s.add(kind, r == nullptr ? std::string_view{} : r->id, fmt::format(fmt::runtime(form), h.shown));
  d.facts = shortened(v.facts);
}

void compare_boundary(Search& s, const Holder& before, const Holder& after) {
  if (!before.has_boundary && !after.has_boundary) return;
  Verdict v;
  if (before.has_boundary && after.has_boundary) {
    v = compare_policies({before.boundary, after.boundary, s.before, s.after, {}});
    // What no boundary allows is not lost by a boundary that cannot be read.
    if (v.gained && !after.boundary.empty() && !after.boundary[0].opaque.empty())
      v.gained = false, v.gained_maybe = true;
  } else {
    (before.has_boundary ? v.gained : v.lost) = true;
    v.facts = {before.has_boundary ? fmt::format("- boundary {}", before.boundary_shown)
                                   : fmt::format("+ boundary {}", after.boundary_shown)};
  }
  say(s, after, v,
      before.has_boundary && !after.has_boundary ? "`{}` loses its permissions boundary"
                                                 : "the permissions boundary of `{}` allows more",
      before.has_boundary ? "the permissions boundary of `{}` allows less"
                          : "`{}` gets a permissions boundary",
      "the permissions boundary of `{}` changes, and the templates do not say whether it allows more");
}

void compare(Search& s, const Holder& before, const Holder& after) {
  say(s, after, compare_policies({before.may, after.may, s.before, s.after, {}}), "`{}` may do more",
      "`{}` may do less", "what `{}` may do changes, and the templates do not say whether it is more");
  say(s, after, compare_policies({before.trust, after.trust, s.before, s.after, {}}),
      "more may take the role `{}`", "fewer may take the role `{}`",
      "who may take the role `{}` changes, and the templates do not say whether it is more");
  compare_boundary(s, before, after);
}

void created(Search& s, const Holder& after) {
  const std::vector<Statement> none;
  const auto reaches = [&](const Atom& a) { return reaches_existing(s, a); };
  const auto outside = [&](const Atom& a) { return lets_outside(s, a); };
  const auto say_more = [&](const Verdict& v, std::string_view form) {
    if (v.gained || v.gained_maybe) say(s, after, v, form, form, form);
  };
  say_more(compare_policies({none, after.may, s.before, s.after, reaches}),
           "`{}` is new, and may use what is there already");
  say_more(compare_policies({none, after.trust, s.before, s.after, outside}),
           "`{}` is new, and others than this stack may take it");
}

}  // namespace

void find_identities(Search& s) {
  const bool any = std::any_of(s.diff.resources.begin(), s.diff.resources.end(),
                               [](const ResourceChange& r) { return r.type.starts_with("AWS::IAM::"); });
  if (!any) return;
  const Holders before = identities_of(s, s.before), after = identities_of(s, s.after);
  const Holder none;
  for (const auto& [key, h] : after) {
    const auto at = before.find(key);
    const bool is_new = !h.id.empty() && !s.existed(h.id);
    if (!h.changed && (at == before.end() || !at->second.changed)) continue;
    if (is_new)
      created(s, h);
    else
      compare(s, at == before.end() ? none : at->second, h);
  }
  for (const auto& [key, h] : before) {
    // Of one that is deleted nothing is left; one that stands elsewhere keeps what others gave it.
    if (!after.contains(key) && h.id.empty() && h.changed) {
      say(s, h, compare_policies({h.may, none.may, s.before, s.after, {}}), "`{}` may do more",
          "`{}` may do less", "what `{}` may do changes, and the templates do not say whether it is more");
    }
  }
}

}  // namespace stackc::diff
