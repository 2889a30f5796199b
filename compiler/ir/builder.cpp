#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "compiler/ir/ir.hpp"

namespace stackc::ir {
namespace {

/// The text that CloudFormation makes of a constant scalar; nothing for anything else.
std::optional<std::string> scalar_text(ValueRef v) {
  if (const auto* s = v->get_if<std::string_view>()) return std::string(*s);
  if (const auto* b = v->get_if<bool>()) return *b ? "true" : "false";
  if (const auto* i = v->get_if<std::int64_t>()) return std::to_string(*i);
  if (const auto* d = v->get_if<Decimal>()) return std::string(d->text);
  return std::nullopt;
}

/// Certainly text in CloudFormation, whatever the template's values are. `Ref`, `GetAtt`,
/// `FindInMap` and `Select` are not: they may return a list or a number.
bool is_text(ValueRef v) {
  if (v->get_if<std::string_view>() != nullptr) return true;
  const auto* c = v->get_if<Call>();
  if (c == nullptr) return false;
  switch (c->fn) {
    case Fn::Sub:
    case Fn::SubText:
    case Fn::Join:
    case Fn::Base64:
    case Fn::ImportValue:
    case Fn::ToJsonString: return true;
    case Fn::If: return c->args.size() == 3 && is_text(c->args[1]) && is_text(c->args[2]);
    default: return false;
  }
}

/// May vanish from a list: `none`, or an `If` that ends in it.
bool may_be_absent(ValueRef v) {
  if (v->is_no_value()) return true;
  const Call* c = v->call(Fn::If);
  return c != nullptr && c->args.size() == 3 && (may_be_absent(c->args[1]) || may_be_absent(c->args[2]));
}

bool is_constant(ValueRef v) { return v->get_if<Call>() == nullptr; }

bool opposite(ValueRef a, ValueRef b) {
  const Call* not_a = a->call(Fn::Not);
  const Call* not_b = b->call(Fn::Not);
  return (not_a != nullptr && equal(not_a->args[0], b)) || (not_b != nullptr && equal(not_b->args[0], a));
}

/// The operands of `a fn b` with nested `fn`s opened and repetitions dropped; nothing when an operand and its
/// opposite meet.
std::optional<std::vector<ValueRef>> operands(Fn fn, ValueRef a, ValueRef b) {
  std::vector<ValueRef> out;
  for (ValueRef side : {a, b}) {
    const Call* nested = side->call(fn);
    const std::span<const ValueRef> parts = nested != nullptr ? nested->args : std::span<const ValueRef>(&side, 1);
    for (ValueRef part : parts) {
      if (std::any_of(out.begin(), out.end(), [&](ValueRef o) { return opposite(o, part); })) return std::nullopt;
      if (std::none_of(out.begin(), out.end(), [&](ValueRef o) { return equal(o, part); })) out.push_back(part);
    }
  }
  return out;
}

/// Collects the parts of a Sub: opens nested Subs, turns constants into text, merges neighbours.
class SubParts {
 public:
  SubParts(const Builder& builder, Span origin) : builder_(builder), origin_(origin) {}

  void add(ValueRef part) {
    if (const auto* text = part->get_if<std::string_view>()) {
      add_text(*text, part->origin == origin_ && !part->exact ? part : nullptr);
    } else if (const Call* nested = part->call(Fn::Sub)) {
      for (ValueRef inner : nested->args) add(inner);
    } else if (const auto made = scalar_text(part)) {
      add_text(*made, nullptr);
    } else {
      flush();
      parts_.push_back(part);
    }
  }
  std::vector<ValueRef> finish() {
    flush();
    return std::move(parts_);
  }

 private:
  /// `as_it_is`: a value of this text that can stand for it, or null.
  void add_text(std::string_view text, ValueRef as_it_is) {
    if (text.empty()) return;
    alone_ = pending_.empty() ? as_it_is : nullptr;
    pending_ += text;
  }
  void flush() {
    if (pending_.empty()) return;
    parts_.push_back(alone_ != nullptr ? alone_ : builder_.string(pending_));
    pending_.clear();
  }
  const Builder& builder_;
  Span origin_;
  std::string pending_;
  ValueRef alone_ = nullptr;  // all that is pending, when it is one value
  std::vector<ValueRef> parts_;
};

std::uint8_t held_by(std::span<const ValueRef> parts) {
  unsigned holds = 0;
  for (ValueRef part : parts) holds |= part->holds;
  return static_cast<std::uint8_t>(holds);
}

std::uint8_t held_by_call(Fn fn, std::span<const ValueRef> args) {
  return static_cast<std::uint8_t>(held_by(args) | kHoldsCall | (fn == Fn::If ? kHoldsChoice : 0));
}

/// The same as `Builder::call`, for arguments that stand in no vector.
template <class... Args>
ValueRef make_call(Arena& arena, Span origin, Fn fn, Args... args) {
  const std::array<ValueRef, sizeof...(args)> all{args...};
  return arena.make<Value>(Call{fn, arena.copy(std::span<const ValueRef>(all))}, origin, false, held_by_call(fn, all));
}

}  // namespace

ValueRef Builder::null() const { return arena_.make<Value>(Null{}, origin_, false, std::uint8_t{0}); }
ValueRef Builder::boolean(bool v) const { return arena_.make<Value>(v, origin_, false, std::uint8_t{0}); }
ValueRef Builder::integer(std::int64_t v) const { return arena_.make<Value>(v, origin_, false, std::uint8_t{0}); }
ValueRef Builder::decimal(std::string_view text) const {
  return arena_.make<Value>(Decimal{arena_.copy(text)}, origin_, false, std::uint8_t{0});
}
ValueRef Builder::string(std::string_view text) const {
  const bool mark = text.find("{{") != std::string_view::npos;
  return arena_.make<Value>(arena_.copy(text), origin_, false, static_cast<std::uint8_t>(mark ? kHoldsMark : 0));
}
ValueRef Builder::list(const std::vector<ValueRef>& items) const {
  return arena_.make<Value>(List{arena_.copy(items)}, origin_, false, held_by(items));
}
ValueRef Builder::object(const std::vector<Member>& members) const {
  const std::span<const Member> own = arena_.copy(members);
  unsigned holds = own.empty() ? 0 : kHoldsMembers;
  for (const Member& m : own) {
    const_cast<Member&>(m).key = arena_.copy(m.key);  // still ours alone
    holds |= m.value->holds;
    if (m.key.starts_with("Fn::")) holds |= kHoldsMark;
  }
  return arena_.make<Value>(Object{own}, origin_, false, static_cast<std::uint8_t>(holds));
}
ValueRef Builder::no_value() const { return ref("AWS::NoValue"); }
ValueRef Builder::call(Fn fn, const std::vector<ValueRef>& args) const {
  return arena_.make<Value>(Call{fn, arena_.copy(args)}, origin_, false, held_by_call(fn, args));
}
ValueRef Builder::exact_call(Fn fn, const std::vector<ValueRef>& args) const {
  return arena_.make<Value>(Call{fn, arena_.copy(args)}, origin_, true, held_by_call(fn, args));
}

ValueRef Builder::ref(std::string_view id) const { return make_call(arena_, origin_, Fn::Ref, string(id)); }
ValueRef Builder::get_att(std::string_view id, std::string_view attribute) const {
  return make_call(arena_, origin_, Fn::GetAtt, string(id), string(attribute));
}
ValueRef Builder::condition(std::string_view name) const { return make_call(arena_, origin_, Fn::Condition, string(name)); }

ValueRef Builder::sub(const std::vector<ValueRef>& parts) const {
  SubParts collected(*this, origin_);
  for (ValueRef part : parts) collected.add(part);
  const std::vector<ValueRef> merged = collected.finish();
  if (merged.empty()) return string("");
  if (merged.size() == 1 && (is_text(merged[0]) || merged[0]->call(Fn::Ref) != nullptr)) return merged[0];
  return call(Fn::Sub, merged);
}

ValueRef Builder::join(std::string_view delimiter, ValueRef items) const {
  if (const auto* literal = items->get_if<List>()) {
    std::string text;
    bool constant = true;
    for (std::size_t i = 0; i < literal->items.size() && constant; ++i) {
      const auto part = scalar_text(literal->items[i]);
      constant = part.has_value();
      if (!constant) break;
      if (i > 0) text += delimiter;
      text += *part;
    }
    if (constant) return string(text);
  }
  return call(Fn::Join, {string(delimiter), items});
}

ValueRef Builder::split(std::string_view delimiter, ValueRef text) const {
  const auto* constant = text->get_if<std::string_view>();
  if (constant == nullptr || delimiter.empty()) return call(Fn::Split, {string(delimiter), text});
  std::vector<ValueRef> items;
  std::size_t from = 0;
  for (std::size_t at = constant->find(delimiter); at != std::string_view::npos;
       at = constant->find(delimiter, from)) {
    items.push_back(string(constant->substr(from, at - from)));
    from = at + delimiter.size();
  }
  items.push_back(string(constant->substr(from)));
  return list(items);
}

ValueRef Builder::select(std::int64_t index, ValueRef items) const {
  const auto* literal = items->get_if<List>();
  const auto count = literal != nullptr ? static_cast<std::int64_t>(literal->items.size()) : 0;
  if (index >= 0 && index < count) {
    const auto head = literal->items.first(static_cast<std::size_t>(index) + 1);
    if (std::none_of(head.begin(), head.end(), may_be_absent)) return head.back();
  }
  return call(Fn::Select, {integer(index), items});
}

ValueRef Builder::choice(ValueRef condition, ValueRef then, ValueRef otherwise) const {
  if (const auto* known = condition->get_if<bool>()) return *known ? then : otherwise;
  if (equal(then, otherwise)) return then;
  return make_call(arena_, origin_, Fn::If, condition, then, otherwise);
}

ValueRef Builder::equals(ValueRef a, ValueRef b) const {
  const auto text_a = scalar_text(a);
  const auto text_b = scalar_text(b);
  if (text_a && text_b) return boolean(*text_a == *text_b);
  if (equal(a, b)) return boolean(true);
  // Operands are compared as text, the constant second: one formula has one form, and so one name.
  ValueRef left = text_a ? string(*text_a) : a;
  ValueRef right = text_b ? string(*text_b) : b;
  if (is_constant(left) && !is_constant(right)) std::swap(left, right);
  return make_call(arena_, origin_, Fn::Equals, left, right);
}

ValueRef Builder::both(ValueRef a, ValueRef b) const {
  if (const auto* known = a->get_if<bool>()) return *known ? b : a;
  if (const auto* known = b->get_if<bool>()) return *known ? a : b;
  const auto parts = operands(Fn::And, a, b);
  if (!parts) return boolean(false);
  return parts->size() == 1 ? parts->front() : call(Fn::And, *parts);
}

ValueRef Builder::either(ValueRef a, ValueRef b) const {
  if (const auto* known = a->get_if<bool>()) return *known ? a : b;
  if (const auto* known = b->get_if<bool>()) return *known ? b : a;
  const auto parts = operands(Fn::Or, a, b);
  if (!parts) return boolean(true);
  return parts->size() == 1 ? parts->front() : call(Fn::Or, *parts);
}

ValueRef Builder::negate(ValueRef a) const {
  if (const auto* known = a->get_if<bool>()) return boolean(!*known);
  if (const Call* inner = a->call(Fn::Not)) return inner->args[0];
  return make_call(arena_, origin_, Fn::Not, a);
}

}  // namespace stackc::ir
