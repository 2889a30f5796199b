#include "compiler/diff/policy.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::diff {
namespace {

using ir::ValueRef;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

/// An ARN whose partition is written out is the same as one that asks for it: a stack lives in one.
Text any_partition(const Scope& scope, Text text) {
  if (text.pieces.empty() || !text.pieces[0].literal()) return text;
  for (const std::string_view partition : {"aws", "aws-cn", "aws-us-gov"}) {
    const std::string start = fmt::format("arn:{}:", partition);
    const std::string first = text.pieces[0].text;
    if (!first.starts_with(start)) continue;
    Text out;
    out.add("arn:");
    out.add(scope.text_of_pseudo("AWS::Partition"));
    out.add(std::string_view(first).substr(start.size() - 1));
    for (std::size_t i = 1; i < text.pieces.size(); ++i) out.add(Text{{text.pieces[i]}});
    return out;
  }
  return text;
}

bool is_account(const Scope& scope, const Text& text) {
  if (text.literal()) {
    const std::string_view s = text.str();
    return s.size() == 12 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  }
  return text.pieces.size() == 1 && scope.symbols()[text.pieces[0].symbol].key == "AWS::AccountId";
}

class PolicyReader {
 public:
  PolicyReader(const Scope& scope, std::vector<Statement>& out) : s_(scope), out_(out) {}

  void document(ValueRef v, const Case& when) {
    for (const Entry& e : s_.cases_at_top(v, when)) {
      const auto* object = e.value->get_if<ir::Object>();
      const ValueRef statements = object == nullptr ? nullptr : object->find("Statement");
      if (e.unclear || statements == nullptr) {
        if (object == nullptr || object->members.size() == 1) out_.push_back(unread(e));
        continue;
      }
      for (const Entry& entry : s_.entries(statements, e.when)) statement(entry);
    }
  }

 private:
  [[nodiscard]] Statement unread(const Entry& e) const {
    return opaque_statement(s_.shown(e.value, e.when), s_.key(e.value, e.when), e.when);
  }

  void statement(const Entry& e) {
    const auto* object = e.value->get_if<ir::Object>();
    const ValueRef effect = object == nullptr ? nullptr : object->find("Effect");
    if (e.unclear || effect == nullptr) return out_.push_back(unread(e));
    const Text word = s_.text(effect, e.when);
    if (!word.literal()) return out_.push_back(unread(e));
    Statement st;
    st.deny = word.str() == "Deny";
    st.when = e.when;
    names(*object, "Action", "NotAction", st.actions, st.not_actions, e.when, true);
    names(*object, "Resource", "NotResource", st.resources, st.not_resources, e.when, false);
    principals(*object, st, e.when);
    const ValueRef conditions = object->find("Condition");
    if (conditions != nullptr && !tests(conditions, st, e.when)) {
      return out_.push_back(unread(e));
    }
    if (st.actions.empty() && !st.not_actions) return;  // says nothing
    out_.push_back(std::move(st));
  }

  void names(const ir::Object& object, std::string_view key, std::string_view not_key,
             std::vector<Named>& out, bool& is_not, const Case& when, bool actions) {
    ValueRef list = object.find(key);
    if (list == nullptr) is_not = (list = object.find(not_key)) != nullptr;
    for (const Entry& e : s_.entries(list, when)) {
      Text text = s_.text(e.value, e.when);
      out.push_back(actions ? named_action(s_, std::move(text)) : named_resource(s_, std::move(text)));
    }
  }

  void principals(const ir::Object& object, Statement& st, const Case& when) {
    ValueRef v = object.find("Principal");
    if (v == nullptr) st.not_principals = (v = object.find("NotPrincipal")) != nullptr;
    v = v == nullptr ? nullptr : s_.settled(v, when);
    if (v == nullptr) return;
    const auto* kinds = v->get_if<ir::Object>();
    if (kinds == nullptr) return st.principals.push_back(principal_of(s_, "AWS", s_.text(v, when)));
    for (const ir::Member& m : kinds->members) {
      for (const Entry& e : s_.entries(m.value, when)) {
        st.principals.push_back(principal_of(s_, m.key, s_.text(e.value, e.when)));
      }
    }
  }

  /// False when they cannot be read.
  bool tests(ValueRef v, Statement& st, const Case& when) {
    v = s_.settled(v, when);
    if (v == nullptr) return true;
    const auto* operators = v->get_if<ir::Object>();
    if (operators == nullptr) return false;
    for (const ir::Member& op : operators->members) {
      const ValueRef inner = s_.settled(op.value, when);
      const auto* keys = inner == nullptr ? nullptr : inner->get_if<ir::Object>();
      if (keys == nullptr) return false;
      for (const ir::Member& key : keys->members) {
        std::vector<Text> values;
        for (const Entry& e : s_.entries(key.value, when)) values.push_back(s_.text(e.value, e.when));
        st.tests.push_back(test_of(s_, op.key, key.key, values));
      }
    }
    return true;
  }

  const Scope& s_;
  std::vector<Statement>& out_;
};

std::string list_of(std::vector<std::string> parts) {
  constexpr std::size_t kMost = 6;
  if (parts.size() > kMost + 1) {
    const std::size_t more = parts.size() - kMost;
    parts.resize(kMost);
    parts.push_back(fmt::format("… ({} more)", more));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

const Text& as_written(const Named& n) { return n.text; }
const Text& as_written(const Principal& p) { return p.written; }

std::string shown(const Scope& scope, const Test& test) {
  std::vector<std::string> values;
  for (const Named& v : test.values) values.push_back(scope.shown(v.text));
  return fmt::format("{} {}{} {}", test.key, test.op, test.if_exists ? "IfExists" : "",
                     list_of(std::move(values)));
}

}  // namespace

Named named_action(const Scope& scope, Text text) {
  Pattern p = pattern(text, Wild::Action, scope.symbols());
  return {std::move(text), std::move(p)};
}

Named named_resource(const Scope& scope, Text text) {
  Text same = any_partition(scope, text);
  Pattern p = pattern(same, Wild::Arn, scope.symbols());
  return {std::move(text), std::move(p)};
}

Principal principal_of(const Scope& scope, std::string_view kind, Text text) {
  if (text.literal() && text.str() == "*") return {"*", text, text};
  if (kind != "AWS" || !is_account(scope, text)) {
    return {std::string(kind), kind == "AWS" ? any_partition(scope, text) : text, text};
  }
  Text root;
  root.add("arn:");
  root.add(scope.text_of_pseudo("AWS::Partition"));
  root.add(":iam::");
  root.add(text);
  root.add(":root");
  return {"AWS", std::move(root), std::move(text)};
}

Test test_of(const Scope& scope, std::string_view op, std::string_view key, const std::vector<Text>& values) {
  Test t;
  t.if_exists = op.ends_with("IfExists");
  t.op = t.if_exists ? op.substr(0, op.size() - 8) : op;
  t.key = lower(key);
  const bool like = t.op.find("Like") != std::string::npos;
  const bool arn = t.op.find("Arn") != std::string::npos;  // ArnEquals is ArnLike
  for (const Text& value : values) {
    Text text = arn ? any_partition(scope, value) : value;
    Pattern p = pattern(text, arn ? Wild::Arn : like ? Wild::Text : Wild::None, scope.symbols());
    t.values.push_back({value, std::move(p)});
  }
  return t;
}

Statement opaque_statement(std::string what, std::string key, const Case& when) {
  Statement s;
  s.opaque = std::move(what);
  s.opaque_key = std::move(key);
  s.when = when;
  return s;
}

Statement full_access(const Scope& scope, bool for_everyone) {
  Text everything;
  everything.add("*");
  Statement s;
  s.actions.push_back(named_action(scope, everything));
  s.resources.push_back(named_resource(scope, everything));
  if (for_everyone) s.principals.push_back(principal_of(scope, "AWS", everything));
  return s;
}

std::vector<Statement> read_policy(const Scope& scope, ValueRef document, const Case& when) {
  std::vector<Statement> out;
  if (document != nullptr) PolicyReader(scope, out).document(document, when);
  return out;
}

std::string shown(const Scope& scope, const Statement& s, const std::vector<const Named*>& actions,
                  const std::vector<const Named*>& resources,
                  const std::vector<const Principal*>& principals) {
  std::string out;
  const auto texts = [&](const auto& all) {
    std::vector<std::string> parts;
    for (const auto* one : all) parts.push_back(scope.shown(as_written(*one)));
    return list_of(std::move(parts));
  };
  if (!s.opaque.empty()) {
    out = s.opaque;
  } else {
    out = fmt::format("{} {}{}", s.deny ? "deny" : "allow", s.not_actions ? "all but " : "", texts(actions));
    if (!resources.empty())
      out += fmt::format(" on {}{}", s.not_resources ? "all but " : "", texts(resources));
    if (!principals.empty()) {
      const bool all = principals[0]->kind == "*" && !s.not_principals;
      out += all ? " for everyone"
                 : fmt::format(" for {}{}", s.not_principals ? "all but " : "", texts(principals));
    }
    std::vector<std::string> tests;
    for (const Test& t : s.tests) tests.push_back(shown(scope, t));
    if (!tests.empty()) out += fmt::format(" if {}", fmt::join(tests, " and "));
  }
  if (!s.source.empty()) out += fmt::format(" ({})", s.source);
  if (!s.when.facts.empty()) out += fmt::format(" [when {}]", scope.shown(s.when));
  return out;
}

}  // namespace stackc::diff
