#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"
#include "compiler/ir/graph.hpp"

/// Values: scalars, lists, records, and where they go.
namespace stackc::cfn {

using schema::TypeKind;

// ---------------------------------------------------------------- slots

namespace {

/// Calls `use` for `type`, or for each arm of a union.
template <class Use>
bool any_arm(schema::Type type, const Use& use) {
  if (type.kind() != TypeKind::Union) return use(type);
  for (std::size_t i = 0; i < type.arm_count(); ++i) {
    if (any_arm(type.arm(i), use)) return true;
  }
  return false;
}

bool is_open(TypeKind kind) { return kind == TypeKind::Json || kind == TypeKind::Policy; }

}  // namespace

Slot Slot::element() const {
  if (kind != Kind::Typed) return any();
  Slot found = any();
  any_arm(type, [&](schema::Type arm) {
    if (arm.kind() != TypeKind::List) return false;
    found = of(arm.element());
    return true;
  });
  return found;
}

Slot Slot::field(std::string_view key) const {
  if (kind != Kind::Typed) return any();
  Slot found = any();
  any_arm(type, [&](schema::Type arm) {
    if (arm.kind() == TypeKind::Map) found = of(arm.element());
    if (arm.kind() == TypeKind::Nested) {
      if (const schema::Property p = arm.nested().properties().find(key)) found = of(p.type());
    }
    return found.kind == Kind::Typed;
  });
  return found;
}

bool Slot::takes_integer() const {
  if (kind != Kind::Typed) return kind == Kind::Any;
  return any_arm(type, [](schema::Type arm) {
    return arm.kind() == TypeKind::Integer || arm.kind() == TypeKind::Number || is_open(arm.kind());
  });
}

bool Slot::takes_boolean() const {
  if (kind != Kind::Typed) return kind == Kind::Any;
  return any_arm(type,
                 [](schema::Type arm) { return arm.kind() == TypeKind::Boolean || is_open(arm.kind()); });
}

// ---------------------------------------------------------------- values

namespace {

/// The language has no exponents.
std::string without_exponent(std::string_view number) {
  if (number.find_first_of("eE") == std::string_view::npos) return std::string(number);
  const double value = std::strtod(std::string(number).c_str(), nullptr);
  constexpr double kExact = 9e15;  // up to here every integer is a double
  if (value == std::floor(value) && std::abs(value) < kExact) return fmt::format("{:.0f}", value);
  std::string out = fmt::format("{:.20f}", value);
  out.erase(out.find_last_not_of('0') + 1);
  return out.ends_with('.') ? out + "0" : out;
}

}  // namespace

void Lifter::value(ir::ValueRef v, const Slot& slot, Hold hold) {
  const Piece piece(*this);
  const Faith wanted = faith();
  if (wanted == Faith::Raw) {
    put("raw ");
    raw_json(v);
    return;
  }
  const bool exact = wanted == Faith::Exact || wanted == Faith::UncheckedExact;
  const bool unchecked = wanted == Faith::Unchecked || wanted == Faith::UncheckedExact;
  if (!unchecked) return plain_value(v, slot, hold, exact);
  if (!exact && may_be_absent(v)) {
    assumed_ = true;
    plain_value(v, slot, hold, exact);
    assumed_ = false;
    return;
  }
  put("unchecked(");
  plain_value(v, Slot::any(), Hold::Loose, exact);
  put(")");
}

/// Is or names a resource that a condition decides about?
bool Lifter::may_be_absent(ir::ValueRef v) const {
  const auto* c = v->get_if<ir::Call>();
  if (c == nullptr || (c->fn != ir::Fn::Ref && c->fn != ir::Fn::GetAtt && c->fn != ir::Fn::SubText))
    return false;
  bool found = false;
  ir::for_each_reference(v, [&](std::string_view id, ir::ValueRef) {
    const ir::Resource* r = resource_of(id);
    found = found || (r != nullptr && r->condition != nullptr);
  });
  return found;
}

void Lifter::plain_value(ir::ValueRef v, const Slot& slot, Hold hold, bool exact) {
  if (const auto* c = v->get_if<ir::Call>()) return call(v, *c, slot, hold, exact);
  if (const auto* items = v->get_if<ir::List>()) return list(*items, slot);
  if (const auto* object = v->get_if<ir::Object>()) return record(*object, slot, false);
  scalar(v, slot);
}

void Lifter::scalar(ir::ValueRef v, const Slot& slot) {
  if (const auto* text = v->get_if<std::string_view>()) return put(text_literal(*text));
  const auto* flag = v->get_if<bool>();
  const bool stays = flag != nullptr ? slot.takes_boolean() : slot.takes_integer();
  if (v->get_if<ir::Null>() != nullptr) return put("raw none");
  if (!stays) put("unchecked(");
  if (flag != nullptr) put(*flag ? "true" : "false");
  if (const auto* integer = v->get_if<std::int64_t>()) put(fmt::format("{}", *integer));
  if (const auto* decimal = v->get_if<ir::Decimal>()) put(without_exponent(decimal->text));
  if (!stays) put(")");
}

void Lifter::list(const ir::List& items, const Slot& slot) {
  const Slot element = slot.element();
  put("[");
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    if (i > 0) put(", ");
    comments_before(items.items[i]->origin);
    const Step step(*this, i);
    value(items.items[i], element, Hold::Loose);
  }
  put("]");
}

void Lifter::record(const ir::Object& object, const Slot& slot, bool broken) {
  if (object.members.empty()) return put("{}");
  put(broken ? "{\n" : "{ ");
  for (std::size_t i = 0; i < object.members.size(); ++i) {
    if (i > 0) put(broken ? "\n" : ", ");
    const ir::Member& m = object.members[i];
    member(m, slot.field(m.key));
  }
  put(broken ? "\n}" : " }");
}

void Lifter::member(const ir::Member& m, const Slot& slot) {
  comments_before(m.key_origin);
  const Step step(*this, m.key);
  put(is_identifier(m.key) ? std::string(m.key) : quoted(m.key));
  put(": ");
  value(m.value, slot);
}

// ---------------------------------------------------------------- as it stands

void Lifter::raw_json(ir::ValueRef v) {
  if (v->get_if<ir::Call>() != nullptr) return raw_call(v);
  if (v->get_if<ir::Null>() != nullptr) return put("none");
  if (const auto* text = v->get_if<std::string_view>()) return put(text_literal(*text));
  if (const auto* items = v->get_if<ir::List>()) {
    put("[");
    for (std::size_t i = 0; i < items->items.size(); ++i) {
      if (i > 0) put(", ");
      raw_json(items->items[i]);
    }
    return put("]");
  }
  const auto* object = v->get_if<ir::Object>();
  if (object == nullptr) return scalar(v, Slot::any());
  put(object->members.empty() ? "{" : "{ ");
  for (std::size_t i = 0; i < object->members.size(); ++i) {
    const ir::Member& m = object->members[i];
    put(fmt::format("{}{}: ", i > 0 ? ", " : "", is_identifier(m.key) ? std::string(m.key) : quoted(m.key)));
    raw_json(m.value);
  }
  put(object->members.empty() ? "}" : " }");
}

}  // namespace stackc::cfn
