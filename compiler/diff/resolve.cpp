#include "compiler/diff/resolve.hpp"

#include <algorithm>
#include <charconv>

#include "compiler/ir/rebuild.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::diff {

using ir::Call;
using ir::Fn;
using ir::ValueRef;

namespace {

/// May vanish from a list: an `If` that ends in `AWS::NoValue`.
bool may_be_absent(ValueRef v) {
  if (v->is_no_value()) return true;
  const Call* c = v->call(Fn::If);
  return c != nullptr && c->args.size() == 3 && (may_be_absent(c->args[1]) || may_be_absent(c->args[2]));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_list(std::string_view type) { return type == "CommaDelimitedList" || type.starts_with("List<"); }
/// The value of such a parameter is where the value is, not the value.
bool is_stored_elsewhere(std::string_view type) { return type.starts_with("AWS::SSM::Parameter::Value<"); }

}  // namespace

std::optional<std::string> scalar_text(ValueRef v) {
  if (v == nullptr) return std::nullopt;
  if (const auto* s = v->get_if<std::string_view>()) return std::string(*s);
  if (const auto* b = v->get_if<bool>()) return *b ? "true" : "false";
  if (const auto* i = v->get_if<std::int64_t>()) return std::to_string(*i);
  if (const auto* d = v->get_if<ir::Decimal>()) return std::string(d->text);
  return std::nullopt;
}

Resolver::Resolver(const Side& side, Arena& arena, Unknown unknown)
    : arena_(arena), builder_(arena), unknown_(unknown) {
  for (const auto& [id, value] : side.parameters) given_.emplace(id, value);
  if (side.tmpl == nullptr) return;
  for (const ir::Parameter& p : side.tmpl->parameters) parameters_.emplace(p.id, &p);
  for (const ir::Mapping& m : side.tmpl->mappings) mappings_.emplace(m.id, m.value);
  for (const ir::Condition& c : side.tmpl->conditions) conditions_.emplace(c.id, c.value);
  for (const ir::Resource& r : side.tmpl->resources) resources_.emplace(r.id, &r);
}

const ir::Parameter* Resolver::parameter(std::string_view id) const {
  const auto at = parameters_.find(id);
  return at == parameters_.end() ? nullptr : at->second;
}
ValueRef Resolver::mapping(std::string_view id) const {
  const auto at = mappings_.find(id);
  return at == mappings_.end() ? nullptr : at->second;
}
ValueRef Resolver::condition(std::string_view id) const {
  const auto at = conditions_.find(id);
  return at == conditions_.end() ? nullptr : at->second;
}
const ir::Resource* Resolver::resource(std::string_view id) const {
  const auto at = resources_.find(id);
  return at == resources_.end() ? nullptr : at->second;
}
const std::string_view* Resolver::given(std::string_view id) const {
  const auto at = given_.find(id);
  return at == given_.end() ? nullptr : &at->second;
}

ValueRef Resolver::written(ValueRef resolved) const {
  const auto at = written_.find(resolved);
  return at == written_.end() ? resolved : at->second;
}

ValueRef Resolver::resolve(ValueRef value) {
  if (value == nullptr) return nullptr;
  const bool is_tree = value->get_if<ir::List>() != nullptr || value->get_if<ir::Object>() != nullptr ||
                       value->get_if<Call>() != nullptr;
  if (!is_tree) return value;
  if (const auto known = results_.find(value); known != results_.end()) return known->second;
  ValueRef out = compute(value);
  if (out != value && value->get_if<Call>() != nullptr) {
    out = arena_.make<ir::Value>(*out);  // the same constant may be the result of several functions
    written_.emplace(out, value);
  } else if (out != value) {
    written_.emplace(out, value);
  }
  results_.emplace(value, out);
  return out;
}

std::vector<ValueRef> Resolver::all(std::span<const ValueRef> values) {
  std::vector<ValueRef> out;
  out.reserve(values.size());
  for (ValueRef v : values) out.push_back(resolve(v));
  return out;
}

ValueRef Resolver::compute(ValueRef value) {
  if (const auto* list = value->get_if<ir::List>()) {
    std::vector<ValueRef> items = all(list->items);
    std::erase_if(items, [](ValueRef item) { return item->is_no_value(); });
    const bool same = std::equal(items.begin(), items.end(), list->items.begin(), list->items.end());
    return same ? value : builder_.at(value->origin).list(items);
  }
  if (const auto* object = value->get_if<ir::Object>()) {
    std::vector<ir::Member> members;
    bool same = true;
    for (const ir::Member& m : object->members) {
      const ValueRef v = resolve(m.value);
      same = same && v == m.value && !v->is_no_value();
      if (!v->is_no_value()) members.push_back({m.key, v, m.key_origin});
    }
    return same ? value : arena_.make<ir::Value>(ir::Object{arena_.copy(members)}, value->origin);
  }
  return call(value, *value->get_if<Call>());
}

ValueRef Resolver::call(ValueRef value, const Call& c) {
  const ir::Builder b = builder_.at(value->origin);
  if (c.args.empty()) return value;
  switch (c.fn) {
    case Fn::Ref:
      return reference(value, c);
    case Fn::SubText:
      return substitution(value, c);
    case Fn::If:
      return c.args.size() == 3 ? choice(value, c) : value;
    case Fn::Sub:
      return b.sub(all(c.args));
    case Fn::Condition:
    case Fn::ForEach:
    case Fn::Transform:
      return value;
    default:
      break;
  }
  const std::vector<ValueRef> args = all(c.args);
  if (c.fn == Fn::Join && args.size() == 2) return join(value, args);
  if (c.fn == Fn::Select && args.size() == 2) return select(value, args);
  if (c.fn == Fn::FindInMap && args.size() >= 3) return look_up(value, args);
  if (c.fn == Fn::Split && args.size() == 2) {
    const auto* delimiter = args[0]->get_if<std::string_view>();
    if (delimiter != nullptr) return b.split(*delimiter, args[1]);
  }
  if (c.fn == Fn::Length) {
    const auto* list = args[0]->get_if<ir::List>();
    const bool known = list != nullptr && std::ranges::none_of(list->items, may_be_absent);
    if (known) return b.integer(static_cast<std::int64_t>(list->items.size()));
  }
  return std::equal(args.begin(), args.end(), c.args.begin(), c.args.end()) ? value : b.call(c.fn, args);
}

/// The value that `text` gives the parameter.
ValueRef Resolver::value_of(const ir::Parameter& parameter, std::string_view text, Span at) const {
  const ir::Builder b = builder_.at(at);
  if (!is_list(parameter.type)) return b.string(text);
  std::vector<ValueRef> items;
  for (std::size_t from = 0; !text.empty();) {
    const std::size_t comma = text.find(',', from);
    items.push_back(b.string(trimmed(text.substr(from, comma - from))));
    if (comma == std::string_view::npos) break;
    from = comma + 1;
  }
  return b.list(items);
}

ValueRef Resolver::reference(ValueRef value, const Call& c) {
  const auto* id = c.args[0]->get_if<std::string_view>();
  if (id == nullptr) return value;
  const ir::Parameter* p = parameter(*id);
  if (p != nullptr && is_stored_elsewhere(p->type)) return value;
  if (const std::string_view* text = given(*id)) {
    if (p != nullptr) return value_of(*p, *text, value->origin);
    if (id->starts_with("AWS::")) return builder_.at(value->origin).string(*text);
  }
  if (p == nullptr || unknown_ == Unknown::Symbol) return value;
  const auto text = scalar_text(p->default_value);
  return text ? value_of(*p, *text, value->origin) : value;
}

ValueRef Resolver::substitution(ValueRef value, const Call& c) {
  const auto* text = c.args[0]->get_if<std::string_view>();
  if (text == nullptr) return value;
  const auto* variables = c.args.size() > 1 ? c.args[1]->get_if<ir::Object>() : nullptr;
  const ir::Builder b = builder_.at(value->origin);
  std::vector<ValueRef> parts;
  for (const ir::SubPart& part : ir::sub_parts(*text)) {
    const ValueRef variable = part.is_name && variables != nullptr ? variables->find(part.text) : nullptr;
    const std::size_t dot = part.text.find('.');
    if (!part.is_name) {
      parts.push_back(b.string(part.text));
    } else if (variable != nullptr) {
      parts.push_back(resolve(variable));
    } else if (dot != std::string_view::npos) {
      parts.push_back(resolve(b.get_att(part.text.substr(0, dot), part.text.substr(dot + 1))));
    } else {
      parts.push_back(resolve(b.ref(part.text)));
    }
  }
  return b.sub(parts);
}

/// A literal list joined is its items with the delimiter between them: the form of `Fn::Sub`.
ValueRef Resolver::join(ValueRef value, const std::vector<ValueRef>& args) {
  const ir::Builder b = builder_.at(value->origin);
  const auto* delimiter = args[0]->get_if<std::string_view>();
  const auto* list = args[1]->get_if<ir::List>();
  if (delimiter == nullptr || list == nullptr || std::ranges::any_of(list->items, may_be_absent)) {
    return b.call(Fn::Join, args);
  }
  std::vector<ValueRef> parts;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    if (i > 0) parts.push_back(b.string(*delimiter));
    parts.push_back(list->items[i]);
  }
  return b.sub(parts);
}

ValueRef Resolver::select(ValueRef value, const std::vector<ValueRef>& args) {
  const ir::Builder b = builder_.at(value->origin);
  const auto text = scalar_text(args[0]);
  std::int64_t index = -1;
  if (!text) return b.call(Fn::Select, args);
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), index);
  if (error != std::errc() || end != text->data() + text->size()) return b.call(Fn::Select, args);
  return b.select(index, args[1]);
}

ValueRef Resolver::look_up(ValueRef value, const std::vector<ValueRef>& args) {
  const ir::Builder b = builder_.at(value->origin);
  const auto name = scalar_text(args[0]), first = scalar_text(args[1]), second = scalar_text(args[2]);
  if (!name || !first || !second) return b.call(Fn::FindInMap, args);
  const ValueRef rows = mapping(*name);
  const auto* table = rows != nullptr ? rows->get_if<ir::Object>() : nullptr;
  const ValueRef row = table != nullptr ? table->find(*first) : nullptr;
  const auto* columns = row != nullptr ? row->get_if<ir::Object>() : nullptr;
  const ValueRef found = columns != nullptr ? columns->find(*second) : nullptr;
  if (found != nullptr) return resolve(found);
  if (args.size() < 4 || table == nullptr) return b.call(Fn::FindInMap, args);
  const auto* options = args[3]->get_if<ir::Object>();
  const ValueRef otherwise = options != nullptr ? options->find("DefaultValue") : args[3];
  return otherwise != nullptr ? otherwise : b.call(Fn::FindInMap, args);
}

ValueRef Resolver::choice(ValueRef value, const Call& c) {
  if (const auto known = holds(c.args[0])) return resolve(c.args[*known ? 1 : 2]);
  return builder_.at(value->origin).choice(c.args[0], resolve(c.args[1]), resolve(c.args[2]));
}

// ---------------------------------------------------------------- conditions

std::optional<bool> Resolver::holds(ValueRef condition) {
  if (const auto* known = condition->get_if<bool>()) return *known;
  const auto* c = condition->get_if<Call>();
  if (c == nullptr || c->args.empty()) return std::nullopt;
  if (c->fn == Fn::Condition) {
    const auto* name = c->args[0]->get_if<std::string_view>();
    return name != nullptr ? holds_named(*name) : std::nullopt;
  }
  if (c->fn == Fn::Equals && c->args.size() == 2) return equal_operands(*c);
  if (c->fn == Fn::Not) {
    const auto inner = holds(c->args[0]);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (c->fn != Fn::And && c->fn != Fn::Or) return std::nullopt;
  const bool decisive = c->fn == Fn::Or;  // one true makes an Or true, one false an And false
  bool all_known = true;
  for (ValueRef arg : c->args) {
    const auto known = holds(arg);
    if (known == decisive) return decisive;
    all_known = all_known && known.has_value();
  }
  return all_known ? std::optional(!decisive) : std::nullopt;
}

std::optional<bool> Resolver::holds_named(std::string_view name) {
  const auto [at, fresh] = truths_.try_emplace(name, Truth::Open);
  // A condition that needs itself, in a template that is wrong, is unknown.
  if (!fresh) {
    if (at->second == Truth::Open || at->second == Truth::Unknown) return std::nullopt;
    return at->second == Truth::True;
  }
  const ValueRef definition = condition(name);
  const auto known = definition != nullptr ? holds(definition) : std::nullopt;
  truths_[name] = !known ? Truth::Unknown : *known ? Truth::True : Truth::False;
  return known;
}

std::optional<bool> Resolver::equal_operands(const Call& equals) {
  const auto a = scalar_text(resolve(equals.args[0])), b = scalar_text(resolve(equals.args[1]));
  if (!a || !b) return std::nullopt;
  return *a == *b;
}

}  // namespace stackc::diff
