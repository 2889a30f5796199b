#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_identity.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"
#include "compiler/ir/pseudo.hpp"

/// CloudFormation's functions, as the language says them.
namespace stackc::cfn {

using ir::Fn;

namespace {

const std::string_view* text_of(ir::ValueRef v) { return v->get_if<std::string_view>(); }

/// `Endpoint.Address`: can follow a dot.
bool is_dotted(std::string_view name) {
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    if (!is_identifier(name.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

bool is_condition_function(Fn fn) {
  return fn == Fn::And || fn == Fn::Or || fn == Fn::Not || fn == Fn::Equals || fn == Fn::Condition;
}

}  // namespace

void Lifter::call(ir::ValueRef v, const ir::Call& c, const Slot& slot, Hold hold, bool exact) {
  switch (c.fn) {
    case Fn::Ref:
      return reference(c, slot, exact);
    case Fn::GetAtt:
      return attribute(c, slot, exact);
    case Fn::SubText:
      return substitution(c, exact);
    case Fn::If:
      return choice(c, slot, hold, exact);
    case Fn::Select:
      return select(c, exact);
    case Fn::FindInMap:
      return find_in_map(c, exact);
    case Fn::Join:
      return function("join", c, Slot::text(), Slot::text());
    case Fn::Split:
      return function("split", c, Slot::text(), Slot::text());
    case Fn::Base64:
      return function("base64", c, Slot::text(), Slot::any());
    case Fn::ImportValue:
      return imported(c, exact);
    case Fn::GetAZs:
      return function("getAZs", c, Slot::text(), Slot::any());
    case Fn::Cidr:
      return function("cidr", c, Slot::text(), Slot::any());
    default:
      break;
  }
  if (is_condition_function(c.fn)) return condition(v, hold);
  kept(v);
}

void Lifter::kept(ir::ValueRef v) {
  const Piece piece(*this, path_, Faith::Raw);
  put("raw ");
  raw_call(v);
}

/// The export of a stack of the same project, or the function.
void Lifter::imported(const ir::Call& c, bool exact) {
  const auto* name = text_of(c.args[0]);
  if (const ir::Call* sub = c.args[0]->call(Fn::SubText); sub != nullptr && sub->args.size() == 1) {
    name = text_of(sub->args[0]);
  }
  const auto known = name == nullptr || exact ? options_.imports.end() : options_.imports.find(*name);
  if (known == options_.imports.end()) return function("importValue", c, Slot::text(), Slot::any());
  put(fmt::format("{}.{}", options_.upstreams[known->second.upstream].name, known->second.output));
}

void Lifter::argument(const ir::Call& c, std::size_t i, const Slot& slot, Hold hold) {
  const Step function_step(*this, ir::key_of(c.fn));
  // What takes one argument has it right behind its key.
  const bool alone = c.fn == Fn::Base64 || c.fn == Fn::ImportValue || c.fn == Fn::GetAZs;
  if (alone) return value(c.args[i], slot, hold);
  const Step step(*this, i);
  value(c.args[i], slot, hold);
}

void Lifter::function(std::string_view name, const ir::Call& c, const Slot& first, const Slot& rest) {
  put(name);
  put("(");
  for (std::size_t i = 0; i < c.args.size(); ++i) {
    if (i > 0) put(", ");
    argument(c, i, i == 0 ? first : rest);
  }
  put(")");
}

// ---------------------------------------------------------------- references

void Lifter::resource_name(std::string_view id, bool assumed) {
  const std::string_view name = names_.value(id);
  put(assumed ? fmt::format("assume({})", name) : std::string(name));
}

void Lifter::reference(const ir::Call& c, const Slot& slot, bool exact) {
  const auto* id = text_of(c.args[0]);
  if (*id == "AWS::NoValue") return put(exact ? "ref(\"AWS::NoValue\")" : "none");
  if (const std::string_view pseudo = ir::pseudo_name(*id); !pseudo.empty()) return put(pseudo);
  const std::string_view name = names_.value(*id);
  if (name.empty()) return put(fmt::format("raw {{ Ref: {} }}", quoted(*id)));
  if (parameter_of(*id) != nullptr) return put(name);
  if (exact) return put(fmt::format("ref({})", name));
  const ir::Resource* resource = resource_of(*id);
  const bool bare = resource != nullptr && slot.kind == Slot::Kind::Typed && !assumed_ &&
                    identity_in(slot.type, schema_.find(resource->type)) == std::string_view();
  resource_name(*id, assumed_);
  if (!bare) put(".ref");
}

void Lifter::attribute(const ir::Call& c, const Slot& slot, bool exact) {
  const auto* id = text_of(c.args[0]);
  const auto* name = text_of(c.args[1]);
  const std::string_view known = id == nullptr ? std::string_view() : names_.value(*id);
  const ir::Resource* resource = known.empty() ? nullptr : resource_of(*id);
  if (resource == nullptr || name == nullptr) {
    ir::Value copy{c, {}};
    return kept(&copy);
  }
  const schema::ResourceType type = schema_.find(resource->type);
  if (exact || !is_dotted(*name) || (type && !type.attributes().find(*name))) {
    return put(fmt::format("getAtt({}, {})", known, quoted(*name)));
  }
  const auto identity =
      slot.kind == Slot::Kind::Typed && !assumed_ ? identity_in(slot.type, type) : std::nullopt;
  resource_name(*id, assumed_);
  if (identity != *name) put(fmt::format(".{}", *name));
}

// ---------------------------------------------------------------- choices, lists, maps

void Lifter::choice(const ir::Call& c, const Slot& slot, Hold hold, bool exact) {
  const ir::Call* condition = c.args[0]->call(Fn::Condition);
  const auto* id = condition != nullptr ? text_of(condition->args[0]) : nullptr;
  const std::string_view name = id != nullptr ? names_.condition(*id) : std::string_view();
  if (name.empty()) {
    ir::Value copy{c, {}};
    return kept(&copy);
  }
  if (exact) {
    put(fmt::format("ifElse({}, ", name));
    argument(c, 1, slot);
    put(", ");
    argument(c, 2, slot);
    return put(")");
  }
  const bool parentheses = hold != Hold::Loose;
  put(parentheses ? "(" : "");
  put(fmt::format("{} ? ", name));
  argument(c, 1, slot, Hold::Arm);
  put(" : ");
  argument(c, 2, slot, Hold::Loose);
  put(parentheses ? ")" : "");
}

void Lifter::select(const ir::Call& c, bool exact) {
  const auto* index = c.args[0]->get_if<std::int64_t>();
  const bool literal = c.args[1]->get_if<ir::List>() != nullptr;
  const auto* inner = c.args[1]->get_if<ir::Call>();
  const bool indexed =
      index != nullptr && *index >= 0 && !exact && !literal && inner != nullptr && inner->fn != Fn::If;
  if (!indexed) return function("select", c, Slot::any(), Slot::any());
  argument(c, 1, Slot::any(), Hold::Receiver);
  put(fmt::format("[{}]", *index));
}

void Lifter::find_in_map(const ir::Call& c, bool exact) {
  const auto* id = text_of(c.args[0]);
  const std::string_view name = id != nullptr ? names_.mapping(*id) : std::string_view();
  if (name.empty()) {
    ir::Value copy{c, {}};
    return kept(&copy);
  }
  const bool late_key = c.args.size() == 3 && c.args[1]->get_if<ir::Call>() != nullptr;
  if (exact || !late_key) {
    put(fmt::format("findInMap({}", name));
    for (std::size_t i = 1; i < c.args.size(); ++i) {
      put(", ");
      argument(c, i, i < 3 ? Slot::text() : Slot::any());
    }
    return put(")");
  }
  put(fmt::format("{}[", name));
  argument(c, 1, Slot::text());
  put("][");
  argument(c, 2, Slot::text());
  put("]");
}

// ---------------------------------------------------------------- as it stands

void Lifter::raw_call(ir::ValueRef v) {
  const auto& c = *v->get_if<ir::Call>();
  const std::string_view key = ir::key_of(c.fn);
  put(fmt::format("{{ {}: ", is_identifier(key) ? std::string(key) : quoted(key)));
  const bool single = c.args.size() == 1 && c.fn != Fn::Not && c.fn != Fn::And && c.fn != Fn::Or;
  if (!single) put("[");
  for (std::size_t i = 0; i < c.args.size(); ++i) {
    if (i > 0) put(", ");
    const ir::Call* named = i == 0 && c.fn == Fn::If ? c.args[0]->call(Fn::Condition) : nullptr;
    raw_json(named != nullptr ? named->args[0] : c.args[i]);
  }
  put(single ? " }" : "] }");
}

}  // namespace stackc::cfn
