#include <algorithm>
#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"

// Listeners of load balancers: plain HTTP, and the versions of TLS that they take.
namespace stackc::diff {
namespace {

using ir::ValueRef;

ValueRef property(const ir::Resource* r, std::string_view name) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(name);
}

/// Does the listener take plain HTTP on a balancer that others reach?
bool is_plain_http(const Scope& scope, const ir::Resource& r) {
  const Text protocol = scope.text(property(&r, "Protocol"));
  if (!protocol.literal() || protocol.str() != "HTTP") return false;
  const std::string_view balancer = scope.named_resource(property(&r, "LoadBalancerArn"));
  const ir::Resource* lb = balancer.empty() ? nullptr : scope.renamed_resource(balancer);
  const Text scheme = scope.text(property(lb, "Scheme"));
  return lb != nullptr && !(scheme.literal() && scheme.str() == "internal");
}

/// Is there more than a redirect or a fixed answer?
bool serves(const Scope& scope, ValueRef actions) {
  const std::vector<Entry> entries = scope.entries(actions);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& e) {
    const Text type = scope.text(scope.member(e.value, "Type", e.when), e.when);
    return !type.literal() || (type.str() != "redirect" && type.str() != "fixed-response");
  });
}

bool serves_plain_http(const Scope& scope, const ir::Resource& r) {
  return is_plain_http(scope, r) && serves(scope, property(&r, "DefaultActions"));
}

constexpr std::string_view kRedirect = "redirect to a listener with `Protocol: HTTPS`";

void listener(Search& s, const ResourceChange& r) {
  if (!serves_plain_http(s.after, *r.after)) return;
  const bool was = r.before != nullptr && serves_plain_http(s.before, *r.before);
  const Text protocol = r.before == nullptr ? Text{} : s.before.text(property(r.before, "Protocol"));
  if (was || (r.before != nullptr && protocol.str() != "HTTP")) return;  // the protocol is a row of the table
  s.add(DangerKind::SecurityWidening, r.id,
        r.before == nullptr
            ? fmt::format("`{}` is new, and serves plain HTTP on a balancer that the internet reaches", r.id)
            : fmt::format("`{}` serves plain HTTP where it redirected", r.id))
      .help = kRedirect;
}

/// The listener of a rule, when it takes plain HTTP; null: it does not, or stands elsewhere.
const ir::Resource* plain_listener(const Scope& scope, const ir::Resource* rule) {
  const std::string_view id = scope.named_resource(property(rule, "ListenerArn"));
  const ir::Resource* r = id.empty() ? nullptr : scope.renamed_resource(id);
  return r != nullptr && is_plain_http(scope, *r) ? r : nullptr;
}

/// A rule of a listener that else redirects.
void listener_rule(Search& s, const ResourceChange& r) {
  const ir::Resource* on = plain_listener(s.after, r.after);
  if (on == nullptr || !serves(s.after, property(r.after, "Actions"))) return;
  if (r.before != nullptr && plain_listener(s.before, r.before) != nullptr &&
      serves(s.before, property(r.before, "Actions")))
    return;
  // What its listener serves anyway is no news, and neither is a listener that is new.
  if (serves_plain_http(s.after, *on) && (s.change(on->id) == nullptr || r.before == nullptr)) return;
  s.add(DangerKind::SecurityWidening, r.id,
        fmt::format("`{}` serves plain HTTP on `{}`, which the internet reaches", r.id, on->id))
      .help = kRedirect;
}

/// The oldest TLS that a balancer's policy takes, 13, 12, 11 or 10.
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
std::optional<int> oldest_tls(const Text& policy) {
  if (!policy.literal()) return std::nullopt;
  const std::string_view name = policy.str().empty() ? "ELBSecurityPolicy-2016-08" : policy.str();
  if (!name.starts_with("ELBSecurityPolicy-")) return std::nullopt;
  const std::string_view rest = name.substr(18);
  if (rest.starts_with("TLS13-1-3")) return 13;
  for (const std::string_view start : {"TLS13-1-2", "TLS-1-2", "FS-1-2"}) {
    if (rest.starts_with(start)) return 12;
  }
  for (const std::string_view start : {"TLS13-1-1", "TLS-1-1", "FS-1-1"}) {
    if (rest.starts_with(start)) return 11;
  }
  for (const std::string_view start : {"TLS13-1-0", "TLS-1-0", "FS-2018", "2016-08", "2015-05"}) {
    if (rest.starts_with(start)) return 10;
  }
  return std::nullopt;
}

void tls_policy(Search& s, const ResourceChange& r) {
  if (r.before == nullptr) return;
  const ValueRef was = property(r.before, "SslPolicy"), will = property(r.after, "SslPolicy");
  if (was == nullptr && will == nullptr) return;
  const Text before = s.before.text(was), after = s.after.text(will);
  if (before == after) return;
  const auto old_tls = oldest_tls(before), new_tls = oldest_tls(after);
  const auto name = [](const Scope& scope, const Text& t) {
    return t.pieces.empty() ? std::string("absent") : scope.shown(t);
  };
  const std::string change = fmt::format("`{}`: `SslPolicy` was `{}` and will be `{}`", r.id,
                                         name(s.before, before), name(s.after, after));
  if (!old_tls || !new_tls || *old_tls == *new_tls)
    s.add(DangerKind::SecurityUnknown, r.id, change + ", which takes other ciphers");
  else if (*new_tls < *old_tls)
    s.add(DangerKind::SecurityWidening, r.id,
          fmt::format("{}, so that it accepts TLS 1.{}", change, *new_tls % 10));
  else
    s.add(DangerKind::SecurityNarrowing, r.id, change);
}

}  // namespace

void find_listeners(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.after == nullptr || r.action == Action::None) continue;
    if (r.type == "AWS::ElasticLoadBalancingV2::Listener") {
      listener(s, r);
      tls_policy(s, r);
    } else if (r.type == "AWS::ElasticLoadBalancingV2::ListenerRule") {
      listener_rule(s, r);
    }
  }
}

}  // namespace stackc::diff
