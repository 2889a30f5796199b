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
  std::string key;    // equal for what is the same
};

/// `TLS` of `HTTPS,TLS`.
bool is_one_of(std::string_view alternatives, std::string_view value) {
  while (true) {
    const auto comma = alternatives.find(',');
    if (alternatives.substr(0, comma) == value) return true;
    if (comma == std::string_view::npos) return false;
    alternatives.remove_prefix(comma + 1);
  }
}

Level level_of(const Flag& flag, std::string_view value) {
  std::string_view rest = flag.values;
  Level any;
  for (std::size_t i = 0;; ++i) {
    const auto bar = rest.find('|');
    const std::string_view one = rest.substr(0, bar);
    if (is_one_of(one, value)) return i;
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
            texts_.empty() ? "absent" : fmt::format("{}", fmt::join(texts_, ", ")), key_};
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
    key_ += s_.key(text) + '\n';
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
  std::string key_;
};

void judge(Search& s, const ResourceChange& r, const Flag& flag, const Seen& before, const Seen& after) {
  if (before.level == after.level &&
      (before.level || (before.shown == after.shown && before.key == after.key)))
    return;
  std::string path(flag.path);
  for (auto at = path.find(".*"); at != std::string::npos; at = path.find(".*")) path.erase(at, 2);
  const std::string change = fmt::format("`{}` was `{}` and will be `{}`", path, before.shown, after.shown);
  if (after.level && (*after.level == 0 || (before.level && *after.level <= *before.level))) {
    if (!before.level || *after.level == *before.level) return;  // not less safe, and maybe no news
    s.add(DangerKind::SecurityNarrowing, r.id, fmt::format("`{}`: {}", r.id, change));
  } else if (after.level && before.level) {
    s.add(DangerKind::SecurityWidening, r.id, fmt::format("`{}`: {}, so that {}", r.id, change, flag.means));
  } else {
    s.add(DangerKind::SecurityUnknown, r.id,
          fmt::format("`{}`: {}; where it is `{}`, {}", r.id, change,
                      flag.values.substr(flag.values.rfind('|') + 1), flag.means));
  }
}

}  // namespace

void find_flags(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.after == nullptr || r.action == Action::None) continue;
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
