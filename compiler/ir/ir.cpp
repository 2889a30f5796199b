#include "compiler/ir/ir.hpp"

#include <algorithm>
#include <functional>

namespace stackc::ir {

std::string_view key_of(Fn fn) {
  switch (fn) {
    case Fn::Ref: return "Ref";
    case Fn::GetAtt: return "Fn::GetAtt";
    case Fn::Sub:
    case Fn::SubText: return "Fn::Sub";
    case Fn::Join: return "Fn::Join";
    case Fn::Select: return "Fn::Select";
    case Fn::Split: return "Fn::Split";
    case Fn::FindInMap: return "Fn::FindInMap";
    case Fn::GetAZs: return "Fn::GetAZs";
    case Fn::Cidr: return "Fn::Cidr";
    case Fn::Base64: return "Fn::Base64";
    case Fn::ImportValue: return "Fn::ImportValue";
    case Fn::GetStackOutput: return "Fn::GetStackOutput";
    case Fn::Transform: return "Fn::Transform";
    case Fn::If: return "Fn::If";
    case Fn::And: return "Fn::And";
    case Fn::Or: return "Fn::Or";
    case Fn::Not: return "Fn::Not";
    case Fn::Equals: return "Fn::Equals";
    case Fn::Condition: return "Condition";
    case Fn::Length: return "Fn::Length";
    case Fn::ToJsonString: return "Fn::ToJsonString";
    case Fn::ForEach: return "Fn::ForEach";
    case Fn::Contains: return "Fn::Contains";
    case Fn::EachMemberEquals: return "Fn::EachMemberEquals";
    case Fn::EachMemberIn: return "Fn::EachMemberIn";
    case Fn::RefAll: return "Fn::RefAll";
    case Fn::ValueOf: return "Fn::ValueOf";
    case Fn::ValueOfAll: return "Fn::ValueOfAll";
  }
  return {};
}

ValueRef Object::find(std::string_view key) const {
  const auto it = std::find_if(members.begin(), members.end(), [&](const Member& m) { return m.key == key; });
  return it == members.end() ? nullptr : it->value;
}

bool Value::is_no_value() const {
  const Call* ref = call(Fn::Ref);
  if (ref == nullptr || ref->args.empty()) return false;
  const auto* id = ref->args[0]->get_if<std::string_view>();
  return id != nullptr && *id == "AWS::NoValue";
}

namespace {

bool equal_items(std::span<const ValueRef> a, std::span<const ValueRef> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](ValueRef x, ValueRef y) { return equal(x, y); });
}

struct EqualTo {
  const Value& other;
  template <class T>
  const T& same() const { return std::get<T>(other.data); }

  bool operator()(Null) const { return true; }
  bool operator()(bool v) const { return v == same<bool>(); }
  bool operator()(std::int64_t v) const { return v == same<std::int64_t>(); }
  bool operator()(Decimal v) const { return v.text == same<Decimal>().text; }
  bool operator()(std::string_view v) const { return v == same<std::string_view>(); }
  bool operator()(List v) const { return equal_items(v.items, same<List>().items); }
  bool operator()(Call v) const { return v.fn == same<Call>().fn && equal_items(v.args, same<Call>().args); }
  bool operator()(Object v) const {
    const auto& o = same<Object>().members;
    return std::equal(v.members.begin(), v.members.end(), o.begin(), o.end(),
                      [](const Member& x, const Member& y) { return x.key == y.key && equal(x.value, y.value); });
  }
};

std::size_t mix(std::size_t seed, std::size_t v) {
  return (seed ^ (v + 0x9e3779b97f4a7c15ull + (seed << 6) + (seed >> 2))) * 0x100000001b3ull;
}

struct Hasher {
  std::size_t seed;

  std::size_t text(std::string_view v) const { return mix(seed, std::hash<std::string_view>{}(v)); }
  std::size_t all(std::size_t start, std::span<const ValueRef> items) const {
    for (ValueRef item : items) start = mix(start, hash(item));
    return start;
  }
  std::size_t operator()(Null) const { return seed; }
  std::size_t operator()(bool v) const { return mix(seed, v ? 1 : 0); }
  std::size_t operator()(std::int64_t v) const { return mix(seed, static_cast<std::size_t>(v)); }
  std::size_t operator()(Decimal v) const { return text(v.text); }
  std::size_t operator()(std::string_view v) const { return text(v); }
  std::size_t operator()(List v) const { return all(seed, v.items); }
  std::size_t operator()(Call v) const { return all(mix(seed, static_cast<std::size_t>(v.fn)), v.args); }
  std::size_t operator()(Object v) const {
    std::size_t h = seed;
    for (const Member& m : v.members) h = mix(mix(h, std::hash<std::string_view>{}(m.key)), hash(m.value));
    return h;
  }
};

}  // namespace

bool equal(ValueRef a, ValueRef b) {
  if (a == b) return true;
  if (a == nullptr || b == nullptr || a->data.index() != b->data.index()) return false;
  return std::visit(EqualTo{*b}, a->data);
}

std::size_t hash(ValueRef value) {
  if (value == nullptr) return 0;
  return std::visit(Hasher{mix(0xcbf29ce484222325ull, value->data.index())}, value->data);
}

}  // namespace stackc::ir
