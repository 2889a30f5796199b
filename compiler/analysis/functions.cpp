#include "compiler/analysis/functions.hpp"

#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using ir::FnSet;
using ir::Position;
using ir::ValueRef;

constexpr FnSet kConditions = ir::fn_set(Fn::And, Fn::Or, Fn::Not, Fn::Equals);
constexpr FnSet kRules =
    ir::fn_set(Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::RefAll, Fn::ValueOf, Fn::ValueOfAll);
/// What a condition's operands may hold: functions of parameters, mappings and pseudo parameters.
constexpr FnSet kOperands = ir::fn_set(Fn::Ref, Fn::FindInMap, Fn::Sub, Fn::SubText, Fn::Join, Fn::Select, Fn::Split,
                                       Fn::Length, Fn::ToJsonString, Fn::Transform);

}  // namespace

void FunctionChecker::value(ValueRef v, Position position) {
  if (v == nullptr) return;
  if (const ir::List* list = list_of(v)) {
    for (ValueRef item : list->items) value(item, position);
  } else if (const ir::Object* members = object_of(v)) {
    object(v, *members, position);
  } else if (const auto* made = v->get_if<ir::Call>()) {
    call(v, *made, position);
  }
}

void FunctionChecker::object(ValueRef v, const ir::Object& object, Position position) {
  for (const ir::Member& m : object.members) {
    if (is_function_key(m.key) && object.members.size() == 1) broken(v, m);
    value(m.value, position);
  }
}

void FunctionChecker::call(ValueRef v, const ir::Call& call, Position position) {
  if (ir::has(kConditions, call.fn)) {
    c_.sink.report(Code::FunctionInPosition, v->origin,
                   fmt::format("`{}` is a condition, and this is a value", ir::key_of(call.fn)))
        .help("give it a name under `Conditions`, and write `Fn::If` with that name here");
    return;
  }
  arguments(v, call);
  if (call.fn == Fn::If) {
    value(call.args[1], position);
    value(call.args[2], position);
    return;
  }
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const Position at = ir::argument_position(call.fn, i);
    const ir::PositionRule& rule = ir::rule_of(at);
    if (at == Position::ImportName) inside(call.args[i], rule.allowed | rule.with_extensions, rule.name);
    if (at == Position::MapName || at == Position::MapKey) {
      const auto* key = call.args[i]->get_if<ir::Call>();
      if (key != nullptr && (key->fn == Fn::GetAtt || key->fn == Fn::ImportValue)) {
        c_.sink.report(Code::FunctionInPosition, call.args[i]->origin,
                       fmt::format("{} cannot be `{}`, which is known only at deployment", rule.name, ir::key_of(key->fn)));
      }
    }
    value(call.args[i], at);
  }
}

/// Everything below `v` is one of `allowed`.
void FunctionChecker::inside(ValueRef v, FnSet allowed, std::string_view place) {
  if (const ir::List* list = list_of(v)) {
    for (ValueRef item : list->items) inside(item, allowed, place);
  } else if (const ir::Object* members = object_of(v)) {
    for (const ir::Member& m : members->members) inside(m.value, allowed, place);
  } else if (const auto* made = v->get_if<ir::Call>()) {
    if (!ir::has(allowed, made->fn)) {
      c_.sink.report(Code::FunctionInPosition, v->origin,
                     fmt::format("{} cannot hold `{}`", place, ir::key_of(made->fn)));
      return;
    }
    const auto* id = made->fn == Fn::Ref ? text_of(made->args[0]) : nullptr;
    if (id != nullptr && c_.resource(*id) != nullptr && c_.parameter(*id) == nullptr) {
      c_.sink.report(Code::ResourceInPosition, v->origin,
                     fmt::format("{} cannot depend on the resource `{}`", place, *id))
          .note("it is settled before any resource exists; only parameters, mappings and pseudo parameters are known");
      return;
    }
    for (ValueRef argument : made->args) inside(argument, allowed, place);
  }
}

void FunctionChecker::condition(ValueRef v, std::string_view name) {
  const auto* made = v->get_if<ir::Call>();
  if (made != nullptr && made->fn == Fn::Condition) return;
  if (made != nullptr && ir::has(kConditions, made->fn)) return operands(v, *made);
  const ir::Object* object = object_of(v);
  if (object != nullptr && (is_open(*object) || c_.macros.extensions)) return;
  if (made != nullptr && (made->fn == Fn::Transform || made->fn == Fn::ForEach)) return;
  if (object != nullptr && object->members.size() == 1 && is_function_key(object->members[0].key)) {
    return broken(v, object->members[0]);
  }
  const std::string found = object != nullptr && object->members.size() > 1
                                ? fmt::format("an object of {} keys", object->members.size())
                                : shown(v);
  c_.sink.report(Code::InvalidEntry, v->origin,
                 fmt::format("the condition `{}` is {}, expected one of `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`",
                             name, found));
}

void FunctionChecker::operands(ValueRef v, const ir::Call& call) {
  if (call.fn == Fn::Equals) {
    for (ValueRef operand : call.args) {
      if ((list_of(operand) != nullptr || object_of(operand) != nullptr) && !c_.macros.extensions) {
        text_argument(operand, call.fn, "an operand");
      } else {
        inside(operand, kOperands, "the operand of a condition");
      }
      value(operand, Position::ConditionOperand);
    }
    return;
  }
  if (call.fn != Fn::Not && (call.args.size() < 2 || call.args.size() > 10)) {
    malformed(v, fmt::format("`{}` takes 2 to 10 conditions, found {}", ir::key_of(call.fn), call.args.size()));
  }
  for (ValueRef operand : call.args) {
    const auto* made = operand->get_if<ir::Call>();
    if (made != nullptr && (made->fn == Fn::Condition || ir::has(kConditions, made->fn))) {
      condition(operand, {});
      continue;
    }
    const ir::Object* object = object_of(operand);
    if (object != nullptr && object->members.size() == 1 && is_function_key(object->members[0].key)) {
      broken(operand, object->members[0]);
    } else if (made == nullptr || made->fn != Fn::Transform) {
      malformed(operand, fmt::format("`{}` takes conditions, found {}", ir::key_of(call.fn), shown(operand)));
    }
  }
}

void FunctionChecker::literal(ValueRef v, std::string_view place) {
  if (v == nullptr) return;
  if (const ir::List* list = list_of(v)) {
    for (ValueRef item : list->items) literal(item, place);
  } else if (const ir::Object* object = object_of(v)) {
    for (const ir::Member& m : object->members) {
      if (is_function_key(m.key) && m.key != "Fn::Transform") {
        c_.sink.report(Code::FunctionInPosition, m.key_origin.valid() ? m.key_origin : v->origin,
                       fmt::format("{} cannot hold `{}`", place, m.key));
        return;
      }
      literal(m.value, place);
    }
  } else if (const auto* made = v->get_if<ir::Call>(); made != nullptr && made->fn != Fn::Transform) {
    c_.sink.report(Code::FunctionInPosition, v->origin, fmt::format("{} cannot hold `{}`", place, ir::key_of(made->fn)));
  }
}

void check_functions(const Context& c) {
  if (c.macros.rewrite) return;
  FunctionChecker checker(c);
  for (const ir::Resource& r : c.t.resources) {
    checker.value(r.properties, Position::Property);
    checker.value(r.creation_policy, Position::PolicyAttribute);
    checker.value(r.update_policy, Position::PolicyAttribute);
  }
  for (const ir::Output& o : c.t.outputs) {
    checker.value(o.value, Position::OutputValue);
    if (o.export_name == nullptr) continue;
    checker.value(o.export_name, Position::ExportName);
  }
}

}  // namespace stackc::analysis
