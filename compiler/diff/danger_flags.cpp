#include <algorithm>
#include <optional>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/flags.hpp"

// Single properties that open or close something: public addresses, encryption, TLS, authentication.
namespace stackc::diff {
namespace {

using ir::ValueRef;

/// Where a value stands in the row of values, 0 the safest; nothing when the template does not say.
using Level = std::optional<std::size_t>;

struct Seen {
  Level level;
  std::string shown;  // `true`, `absent`
};

Level level_of(const Flag& flag, std::string_view value) {
  std::string_view rest = flag.values;
  Level any;
  for (std::size_t i = 0;; ++i) {
    const auto bar = rest.find('|');
    const std::string_view one = rest.substr(0, bar);
    if (one == value) return i;
    if (one == "+") any = i;
    if (bar == std::string_view::npos) break;
    rest.remove_prefix(bar + 1);
  }
  return any;
}

class Look {
 public:
  Look(const Scope& scope, const Flag& flag) : s_(scope), flag_(flag) {}

  /// The worst value at the path; `Level` empty when one is not known.
  Seen of(const ir::Resource& r) {
    for (const Entry& e : s_.cases(r.properties)) {
      if (e.unclear) known_ = false;
      walk(e.value, flag_.path, e.when);
    }
    if (r.properties == nullptr) absent();
    if (!known_ || texts_.empty()) worst_ = std::nullopt;
    return {known_ ? worst_ : std::nullopt,
            texts_.empty() ? "absent" : fmt::format("{}", fmt::join(texts_, ", "))};
  }

 private:
  void absent() {
    note("absent");
    if (flag_.absent.empty())
      known_ = false;
    else
      take(level_of(flag_, flag_.absent));
  }
  void note(std::string text) {
    if (std::find(texts_.begin(), texts_.end(), text) == texts_.end()) texts_.push_back(std::move(text));
  }
  void take(Level level) {
    if (!level)
      known_ = false;
    else
      worst_ = std::max(worst_.value_or(0), *level);
  }

  void walk(ValueRef v, std::string_view path, const Case& when) {
    v = v == nullptr ? nullptr : s_.settled(v, when);
    if (v == nullptr) return absent();
    if (path.empty()) return leaf(v, when);
    const auto dot = path.find('.');
    const std::string_view key = path.substr(0, dot),
                           rest = dot == std::string_view::npos ? "" : path.substr(dot + 1);
    if (key == "*") {
      for (const Entry& e : s_.entries(v, when)) walk(e.value, rest, e.when);
      return;
    }
    const auto* object = v->get_if<ir::Object>();
    if (object == nullptr) return leaf(v, when);
    walk(object->find(key), rest, when);
  }

  void leaf(ValueRef v, const Case& when) {
    if (v->get_if<ir::Object>() != nullptr || v->get_if<ir::List>() != nullptr) {
      note("present");
      return take(level_of(flag_, "present"));
    }
    const Text text = s_.text(v, when);
    note(s_.shown(text));
    // That there is a key counts, not which.
    if (!text.literal() && flag_.values != "+|-")
      known_ = false;
    else
      take(level_of(flag_, text.literal() ? text.str() : "present"));
  }

  const Scope& s_;
  const Flag& flag_;
  bool known_ = true;
  Level worst_;
  std::vector<std::string> texts_;
};

void judge(Search& s, const ResourceChange& r, const Flag& flag, const Seen& before, const Seen& after) {
  if (before.shown == after.shown && before.level == after.level) return;
  const std::size_t last = static_cast<std::size_t>(std::count(flag.values.begin(), flag.values.end(), '|'));
  std::string path(flag.path);
  for (auto at = path.find(".*"); at != std::string::npos; at = path.find(".*")) path.erase(at, 2);
  const std::string change = fmt::format("`{}` was `{}` and will be `{}`", path, before.shown, after.shown);
  if (after.level && (*after.level == 0 || (before.level && *after.level <= *before.level))) {
    if (!before.level || *after.level == *before.level) return;  // not less safe, and maybe no news
    s.add(DangerKind::SecurityNarrowing, r.id, fmt::format("`{}`: {}", r.id, change));
  } else if (after.level && before.level) {
    const std::string_view may = *after.level == last ? "" : " more than before";
    s.add(DangerKind::SecurityWidening, r.id,
          fmt::format("`{}`: {}, so that {}{}", r.id, change, flag.means, may));
  } else {
    s.add(DangerKind::SecurityUnknown, r.id,
          fmt::format("`{}`: {}; where it is `{}`, {}", r.id, change,
                      flag.values.substr(flag.values.rfind('|') + 1), flag.means));
  }
}

// ---------------------------------------------------------------- listeners

ValueRef property(const ir::Resource* r, std::string_view name) {
  const auto* object =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(name);
}

/// Does the listener answer over plain HTTP with more than a redirect, and on a balancer that others reach?
bool serves_plain_http(const Scope& scope, const ir::Resource& r) {
  const Text protocol = scope.text(property(&r, "Protocol"));
  if (!protocol.literal() || protocol.str() != "HTTP") return false;
  const std::string_view balancer = scope.named_resource(property(&r, "LoadBalancerArn"));
  const ir::Resource* lb = balancer.empty() ? nullptr : scope.renamed_resource(balancer);
  const Text scheme = scope.text(property(lb, "Scheme"));
  if (lb == nullptr || (scheme.literal() && scheme.str() == "internal")) return false;
  const std::vector<Entry> actions = scope.entries(property(&r, "DefaultActions"));
  return std::any_of(actions.begin(), actions.end(), [&](const Entry& e) {
    const Text type = scope.text(scope.member(e.value, "Type", e.when), e.when);
    return !type.literal() || (type.str() != "redirect" && type.str() != "fixed-response");
  });
}

void listener(Search& s, const ResourceChange& r) {
  if (r.after == nullptr || !serves_plain_http(s.after, *r.after)) return;
  const bool was = r.before != nullptr && serves_plain_http(s.before, *r.before);
  const Text protocol = r.before == nullptr ? Text{} : s.before.text(property(r.before, "Protocol"));
  if (was || (r.before != nullptr && protocol.str() != "HTTP")) return;  // the protocol is a row of the table
  s.add(DangerKind::SecurityWidening, r.id,
        r.before == nullptr
            ? fmt::format("`{}` is new, and serves plain HTTP on a balancer that the internet reaches", r.id)
            : fmt::format("`{}` serves plain HTTP where it redirected", r.id))
      .help = "redirect to a listener with `Protocol: HTTPS`";
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
  if (r.before == nullptr || r.after == nullptr) return;
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

void find_flags(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.after == nullptr || r.action == Action::None) continue;
    if (r.type == "AWS::ElasticLoadBalancingV2::Listener") {
      listener(s, r);
      tls_policy(s, r);
    }
    for (const Flag& flag : flags()) {
      if (flag.type != r.type) continue;
      const Seen after = Look(s.after, flag).of(*r.after);
      if (r.before != nullptr) {
        judge(s, r, flag, Look(s.before, flag).of(*r.before), after);
      } else if (flag.when_new && after.level && *after.level > 0 && after.shown != "absent") {
        s.add(DangerKind::SecurityWidening, r.id, fmt::format("`{}` is new, and {}", r.id, flag.means))
            .facts = {fmt::format("+ {}: {}", flag.path, after.shown)};
      }
    }
  }
}

}  // namespace stackc::diff
