#include <algorithm>

#include "compiler/diff/meaning.hpp"

/// The meanings of functions and conditions.
namespace stackc::diff {

using ir::Call;
using ir::Fn;
using ir::ValueRef;

Meaning Meanings::call(ValueRef value, const Call& c) {
  if (value->is_no_value()) return kAbsent;
  const auto* first = c.args.empty() ? nullptr : c.args[0]->get_if<std::string_view>();
  switch (c.fn) {
    case Fn::Ref:
      if (first != nullptr) return symbol(*first);
      break;
    case Fn::GetAtt:
      if (first != nullptr && c.args.size() == 2) return attribute(*first, c.args[1]);
      break;
    case Fn::Sub:
      return sentence(c);
    case Fn::FindInMap:
      if (c.args.size() >= 3) return look_up(c);
      break;
    case Fn::GetAZs:  // of nothing: of the region of the stack
      if (first != nullptr && first->empty()) {
        return pool_.make(Form::Call, ir::key_of(c.fn), std::vector<Meaning>{symbol("AWS::Region")});
      }
      break;
    case Fn::Condition:
      return formula(value);
    default:
      break;
  }
  std::vector<Meaning> parts;
  for (ValueRef arg : c.args) parts.push_back(of(arg, {}));
  return pool_.make(Form::Call, ir::key_of(c.fn), parts);
}

/// A parameter stands for its default, when nothing is given; a resource for itself on both sides.
Meaning Meanings::symbol(std::string_view id) {
  if (const auto at = symbols_.find(id); at != symbols_.end()) {
    const ir::Resource* r = known_.resource(id);
    const schema::ResourceType type = r != nullptr ? schema_.find(r->type) : schema::ResourceType{};
    const std::string_view member = type ? type.canonical(type.ref_member()) : std::string_view{};
    return pool_.make(Form::Symbol, member.empty() ? "Ref" : member, std::vector<Meaning>{at->second});
  }
  const ir::Parameter* p = known_.parameter(id);
  if (p == nullptr) return pool_.make(Form::Symbol, id, {});
  // Where the value comes from counts, its default, and whether it is a list: not the name of the type.
  const bool stored = p->type.starts_with("AWS::SSM::Parameter::Value<");
  const bool is_list = p->type.find("List") != std::string_view::npos;
  const std::string_view* given = known_.given(id);
  std::vector<Meaning> parts{pool_.text(stored    ? (is_list ? "stored list" : "stored")
                                        : is_list ? "list"
                                                  : "text")};
  const auto text = given != nullptr ? std::optional(std::string(*given)) : scalar_text(p->default_value);
  if (text && !plain_) parts.push_back(pool_.text(*text));
  return pool_.make(Form::Symbol, id, parts);
}

Meaning Meanings::attribute(std::string_view id, ValueRef name) {
  const auto at = symbols_.find(id);
  const Meaning holder = at != symbols_.end() ? at->second : pool_.make(Form::Symbol, id, {});
  const auto* text = name->get_if<std::string_view>();
  if (text == nullptr) {
    return pool_.make(Form::Call, ir::key_of(Fn::GetAtt), std::vector<Meaning>{holder, of(name, {})});
  }
  const ir::Resource* r = known_.resource(id);
  const schema::ResourceType type = r != nullptr ? schema_.find(r->type) : schema::ResourceType{};
  const std::string_view member = type ? type.canonical(*text) : *text;
  return pool_.make(Form::Symbol, member, std::vector<Meaning>{holder});
}

/// Texts and values that make one text; of one part alone that part.
Meaning Meanings::sentence(const Call& c) {
  std::vector<Meaning> parts;
  const auto add = [&](Meaning m) {
    if (pool_.form(m) != Form::Sentence) return parts.push_back(m);
    const auto inner = pool_.parts(m);
    parts.insert(parts.end(), inner.begin(), inner.end());
  };
  for (ValueRef part : c.args) {
    const auto text = scalar_text(part);
    add(text ? pool_.text(*text) : of(part, {}));
  }
  return parts.size() == 1 ? parts[0] : pool_.make(Form::Sentence, {}, parts);
}

/// Of a mapping counts only what may be found with these keys, not its name.
Meaning Meanings::look_up(const Call& c) {
  const auto name = scalar_text(c.args[0]), first = scalar_text(c.args[1]), second = scalar_text(c.args[2]);
  const ValueRef rows = name ? known_.mapping(*name) : nullptr;
  const auto* table = rows != nullptr ? rows->get_if<ir::Object>() : nullptr;
  std::vector<Meaning> parts;
  if (table == nullptr) {
    parts.push_back(of(c.args[0], {}));
  } else if (first) {
    parts.push_back(of(table->find(*first), {}));
  } else if (second) {
    std::vector<std::pair<Meaning, Meaning>> cells;
    for (const ir::Member& row : table->members) {
      const auto* columns = row.value->get_if<ir::Object>();
      const Meaning cell = columns != nullptr ? of(columns->find(*second), {}) : kAbsent;
      if (cell != kAbsent) cells.emplace_back(pool_.text(row.key), cell);
    }
    std::ranges::sort(cells);
    std::vector<Meaning> flat;
    for (const auto& [key, cell] : cells) flat.insert(flat.end(), {key, cell});
    parts.push_back(pool_.make(Form::Object, {}, flat));
  } else {
    parts.push_back(of(rows, {}));
  }
  for (std::size_t i = 1; i < c.args.size(); ++i) parts.push_back(of(c.args[i], {}));
  return pool_.make(Form::Call, ir::key_of(c.fn), parts);
}

/// `If(Not c, a, b)` is `If(c, b, a)`, and an `If` of two equal values is the value.
Meaning Meanings::choice(const Call& c, const Slot& slot) {
  if (c.args.size() != 3) return kAbsent;
  Meaning then = of_member(c.args[1], slot), otherwise = of_member(c.args[2], slot);
  if (then == otherwise) return then;
  Meaning condition = of_condition(c.args[0]);
  if (pool_.form(condition) == Form::Call && pool_.text_of(condition) == ir::key_of(Fn::Not)) {
    condition = pool_.parts(condition)[0];
    std::swap(then, otherwise);
  }
  return pool_.make(Form::Choice, {}, std::vector<Meaning>{condition, then, otherwise});
}

// ---------------------------------------------------------------- conditions

/// `Not` of a known formula stands outside of what the defaults make of it.
Meaning Meanings::of_condition(ValueRef condition) {
  const Meaning what = formula(condition);
  if (plain_) return what;
  const auto truth = defaults_.holds(condition);
  const auto with = [&](Meaning f, std::optional<bool> holds) {
    const Meaning said = !holds ? kAbsent : pool_.make(Form::Boolean, *holds ? "true" : "false", {});
    return pool_.make(Form::Call, "Condition", std::vector<Meaning>{f, said});
  };
  if (pool_.form(what) == Form::Call && pool_.text_of(what) == ir::key_of(Fn::Not)) {
    const Meaning inner = with(pool_.parts(what)[0], truth ? std::optional(!*truth) : std::nullopt);
    return pool_.make(Form::Call, ir::key_of(Fn::Not), std::vector<Meaning>{inner});
  }
  return with(what, truth);
}

Meaning Meanings::formula(ValueRef condition) {
  const bool before = std::exchange(plain_, true);
  const auto done = [&](Meaning m) {
    plain_ = before;
    return m;
  };
  if (const auto known = known_.holds(condition)) {
    return done(pool_.make(Form::Boolean, *known ? "true" : "false", {}));
  }
  const auto* c = condition->get_if<Call>();
  if (c == nullptr || c->args.empty()) return done(of(condition, {}));
  if (c->fn == Fn::Condition) {
    const auto* name = c->args[0]->get_if<std::string_view>();
    return done(name != nullptr ? named_formula(*name) : of(c->args[0], {}));
  }
  if (c->fn == Fn::Not) {
    const Meaning inner = formula(c->args[0]);
    const bool twice = pool_.form(inner) == Form::Call && pool_.text_of(inner) == ir::key_of(Fn::Not);
    return done(twice ? pool_.parts(inner)[0]
                      : pool_.make(Form::Call, ir::key_of(Fn::Not), std::vector<Meaning>{inner}));
  }
  if (c->fn == Fn::And || c->fn == Fn::Or) return done(junction(*c));
  std::vector<Meaning> parts;
  for (ValueRef arg : c->args) parts.push_back(operand(arg));
  if (c->fn == Fn::Equals) std::ranges::sort(parts);
  return done(pool_.make(Form::Call, ir::key_of(c->fn), parts));
}

/// Operands are compared as text.
Meaning Meanings::operand(ValueRef value) {
  const ValueRef v = known_.resolve(value);
  const auto text = scalar_text(v);
  return text ? pool_.text(*text) : of(v, {});
}

Meaning Meanings::named_formula(std::string_view name) {
  // A condition that needs itself, or one that there is not, is its name.
  const auto [at, fresh] = formulas_.try_emplace(name, kAbsent);
  if (!fresh && at->second != kAbsent) return at->second;
  const ValueRef definition = fresh ? known_.condition(name) : nullptr;
  const Meaning made = definition != nullptr
                           ? formula(definition)
                           : pool_.make(Form::Call, "Condition", std::vector<Meaning>{pool_.text(name)});
  formulas_[name] = made;
  return made;
}

/// `And` and `Or` in any order, nested ones opened, what is known left out.
Meaning Meanings::junction(const Call& c) {
  std::vector<Meaning> parts;
  for (ValueRef arg : c.args) {
    const auto known = known_.holds(arg);
    if (known) continue;  // it does not decide, else the whole were known
    const Meaning m = formula(arg);
    if (pool_.form(m) == Form::Call && pool_.text_of(m) == ir::key_of(c.fn)) {
      const auto inner = pool_.parts(m);
      parts.insert(parts.end(), inner.begin(), inner.end());
    } else {
      parts.push_back(m);
    }
  }
  std::ranges::sort(parts);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts.size() == 1 ? parts[0] : pool_.make(Form::Call, ir::key_of(c.fn), parts);
}

}  // namespace stackc::diff
