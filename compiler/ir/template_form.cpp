#include "compiler/ir/template_form.hpp"

#include <array>

namespace stackc::ir {
namespace {

/// How a function's arguments stand below its key.
enum class Form : std::uint8_t {
  Text,    // one text
  Any,     // one value
  Object,  // one object
  List,    // a list; how long it may be says the table
  Choice,  // `Fn::If`: the name of a condition, two values
  GetAtt,  // `A.B`, or a list of two
  Sub,     // a text, or a text and an object
};

struct Shape {
  Fn fn;
  Form form;
  std::size_t least = 0;  // of a list
  std::size_t most = 0;
};

constexpr std::size_t kMany = static_cast<std::size_t>(-1);

constexpr auto kEverywhere = std::to_array<Shape>({
    {Fn::Ref, Form::Text},
    {Fn::GetAtt, Form::GetAtt},
    {Fn::SubText, Form::Sub},
    {Fn::Join, Form::List, 2, 2},
    {Fn::Select, Form::List, 2, 2},
    {Fn::Split, Form::List, 2, 2},
    {Fn::FindInMap, Form::List, 3, 4},
    {Fn::GetAZs, Form::Any},
    {Fn::Cidr, Form::List, 2, 3},
    {Fn::Base64, Form::Any},
    {Fn::ImportValue, Form::Any},
    {Fn::GetStackOutput, Form::Object},
    {Fn::Transform, Form::Object},
    {Fn::If, Form::Choice},
    {Fn::And, Form::List, 1, kMany},
    {Fn::Or, Form::List, 1, kMany},
    {Fn::Not, Form::List, 1, 1},
    {Fn::Equals, Form::List, 2, 2},
    {Fn::Length, Form::Any},
    {Fn::ToJsonString, Form::Any},
});

constexpr auto kInConditions = std::to_array<Shape>({{Fn::Condition, Form::Text}});

constexpr auto kInRules = std::to_array<Shape>({
    {Fn::Contains, Form::List, 2, 2},
    {Fn::EachMemberEquals, Form::List, 2, 2},
    {Fn::EachMemberIn, Form::List, 2, 2},
    {Fn::RefAll, Form::Text},
    {Fn::ValueOf, Form::List, 2, 2},
    {Fn::ValueOfAll, Form::List, 2, 2},
});

template <std::size_t N>
const Shape* in(const std::array<Shape, N>& shapes, std::string_view key) {
  for (const Shape& s : shapes) {
    if (key_of(s.fn) == key) return &s;
  }
  return nullptr;
}

const Shape* shape_of(std::string_view key, Where where) {
  if (const Shape* s = in(kEverywhere, key)) return s;
  if (where == Where::Condition) return in(kInConditions, key);
  return where == Where::Rule ? in(kInRules, key) : nullptr;
}

constexpr std::string_view kForEach = "Fn::ForEach::";

bool has_loop(const Object& object) {
  for (const Member& m : object.members) {
    if (m.key.starts_with(kForEach)) return true;
  }
  return false;
}

/// Operands of these stand where they stand themselves; those of other functions are plain values.
Where inside(Fn fn, Where where) {
  if (where != Where::Condition) return where;
  return fn == Fn::And || fn == Fn::Or || fn == Fn::Not ? where : Where::Value;
}

class Lifter {
 public:
  explicit Lifter(Arena& arena) : arena_(arena) {}

  ValueRef value(ValueRef plain, Where where) {
    if (plain == nullptr) return nullptr;
    if (const auto* list = plain->get_if<List>()) return items(plain, *list, where);
    const auto* object = plain->get_if<Object>();
    if (object == nullptr) return plain;
    if (object->members.size() == 1) {
      if (ValueRef made = call(plain, object->members.front(), where)) return made;
    }
    ValueRef lifted = members(plain, *object, where);
    return has_loop(*object) ? make(plain, Fn::ForEach, {lifted}) : lifted;
  }

 private:
  ValueRef make(ValueRef at, Fn fn, const std::vector<ValueRef>& args) {
    return arena_.make<Value>(Call{fn, arena_.copy(args)}, at->origin);
  }

  ValueRef items(ValueRef plain, const List& list, Where where) {
    std::vector<ValueRef> out;
    if (!lift_all(list.items, where, out)) return plain;
    return arena_.make<Value>(List{arena_.copy(out)}, plain->origin);
  }

  /// Whether anything came out different.
  bool lift_all(std::span<const ValueRef> from, Where where, std::vector<ValueRef>& out) {
    bool changed = false;
    out.reserve(from.size());
    for (ValueRef each : from) {
      out.push_back(value(each, where));
      changed = changed || out.back() != each;
    }
    return changed;
  }

  ValueRef members(ValueRef plain, const Object& object, Where where) {
    std::vector<Member> out;
    out.reserve(object.members.size());
    bool changed = false;
    for (const Member& m : object.members) {
      out.push_back({m.key, value(m.value, where), m.key_origin});
      changed = changed || out.back().value != m.value;
    }
    if (!changed) return plain;
    return arena_.make<Value>(Object{arena_.copy(out)}, plain->origin);
  }

  /// Null when `m` is no function, or not in a form that the function takes.
  ValueRef call(ValueRef at, const Member& m, Where where) {
    const Shape* shape = shape_of(m.key, where);
    if (shape == nullptr) return nullptr;
    const Where within = inside(shape->fn, where);
    switch (shape->form) {
      case Form::Text:
        return is_text(m.value) ? make(at, shape->fn, {m.value}) : nullptr;
      case Form::Any:
        return make(at, shape->fn, {value(m.value, within)});
      case Form::Object:
        if (m.value->get_if<Object>() == nullptr) return nullptr;
        return make(at, shape->fn, {value(m.value, within)});
      case Form::List:
        return list_call(at, *shape, m.value, within);
      case Form::Choice:
        return choice(at, m.value, where);
      case Form::GetAtt:
        return attribute(at, m.value, within);
      case Form::Sub:
        return substitution(at, m.value, within);
    }
    return nullptr;
  }

  static bool is_text(ValueRef v) { return v->get_if<std::string_view>() != nullptr; }

  ValueRef list_call(ValueRef at, const Shape& shape, ValueRef argument, Where within) {
    const auto* list = argument->get_if<List>();
    if (list == nullptr || list->items.size() < shape.least || list->items.size() > shape.most)
      return nullptr;
    std::vector<ValueRef> args;
    lift_all(list->items, within, args);
    return make(at, shape.fn, args);
  }

  ValueRef choice(ValueRef at, ValueRef argument, Where where) {
    const auto* list = argument->get_if<List>();
    if (list == nullptr || list->items.size() != 3 || !is_text(list->items[0])) return nullptr;
    ValueRef name = make(list->items[0], Fn::Condition, {list->items[0]});
    return make(at, Fn::If, {name, value(list->items[1], where), value(list->items[2], where)});
  }

  ValueRef attribute(ValueRef at, ValueRef argument, Where within) {
    if (const auto* list = argument->get_if<List>()) {
      if (list->items.size() != 2 || !is_text(list->items[0])) return nullptr;
      ValueRef name = value(list->items[1], within);
      if (!is_text(name) && name->get_if<Call>() == nullptr) return nullptr;
      return make(at, Fn::GetAtt, {list->items[0], name});
    }
    const auto* text = argument->get_if<std::string_view>();
    const std::size_t dot = text != nullptr ? text->find('.') : std::string_view::npos;
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == text->size()) return nullptr;
    return make(at, Fn::GetAtt,
                {part(argument, text->substr(0, dot)), part(argument, text->substr(dot + 1))});
  }

  ValueRef part(ValueRef whole, std::string_view text) { return arena_.make<Value>(text, whole->origin); }

  ValueRef substitution(ValueRef at, ValueRef argument, Where within) {
    if (is_text(argument)) return make(at, Fn::SubText, {argument});
    const auto* list = argument->get_if<List>();
    if (list == nullptr || list->items.size() != 2 || !is_text(list->items[0])) return nullptr;
    const auto* variables = list->items[1]->get_if<Object>();
    if (variables == nullptr) return nullptr;
    return make(at, Fn::SubText, {list->items[0], members(list->items[1], *variables, within)});
  }

  Arena& arena_;
};

}  // namespace

ValueRef with_calls(Arena& arena, ValueRef plain, Where where) { return Lifter(arena).value(plain, where); }

}  // namespace stackc::ir
