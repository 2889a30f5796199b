#include "compiler/diff/scope.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/scope_reader.hpp"

namespace stackc::diff {

using ir::Fn;
using ir::ValueRef;

namespace {

constexpr int kMaxDepth = 24;          // of formulas and choices inside each other
constexpr std::size_t kMaxCases = 32;  // of one value

const ir::Parameter* parameter_in(const Side& side, std::string_view id) {
  for (const ir::Parameter& p : side.tmpl->parameters) {
    if (p.id == id) return &p;
  }
  return nullptr;
}

/// What a parameter is taken to be when nothing gives it a value: its default, where the default is part of
/// what changes (another one before, or the parameter is new), else nothing.
const std::string_view* changed_default(const ir::Parameter& p, const Side& other, bool is_after) {
  const auto* own = p.default_value == nullptr ? nullptr : p.default_value->get_if<std::string_view>();
  if (own == nullptr || p.type.starts_with("AWS::SSM::")) return nullptr;
  const ir::Parameter* before = parameter_in(other, p.id);
  if (before == nullptr) return is_after ? own : nullptr;
  const bool same = before->default_value != nullptr && ir::equal(before->default_value, p.default_value);
  return same ? nullptr : own;
}

}  // namespace

std::uint32_t Symbols::intern(Symbol symbol) {
  const auto [at, fresh] = index_.emplace(symbol.key, static_cast<std::uint32_t>(all_.size()));
  if (fresh) all_.push_back(std::move(symbol));
  return at->second;
}

void Text::add(std::string_view text) {
  if (text.empty()) return;
  if (!pieces.empty() && pieces.back().literal())
    pieces.back().text += text;
  else
    pieces.push_back({std::string(text), Piece::kLiteral});
}

void Text::add(const Text& text) {
  for (const Piece& piece : text.pieces) {
    if (piece.literal())
      add(std::string_view(piece.text));
    else
      pieces.push_back(piece);
  }
}

bool Case::Fact::excludes(const Fact& other) const {
  // `x == "a"` says that `x` is not `"b"`. Of what is no literal nobody knows.
  return truth && left == other.left && right != other.right && right.starts_with('"') &&
         other.right.starts_with('"');
}

bool Case::implies(const Case& other) const {
  return std::all_of(other.facts.begin(), other.facts.end(), [&](const Fact& wanted) {
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) {
      return fact == wanted || (!wanted.truth && fact.excludes(wanted));
    });
  });
}

const Case::Fact* Case::undecided_of(const Case& other) const {
  const Fact* open = nullptr;
  for (const Fact& wanted : other.facts) {
    if (implies(Case{{wanted}})) continue;
    Fact opposite = wanted;
    opposite.truth = !wanted.truth;
    if (implies(Case{{opposite}})) return nullptr;
    if (open == nullptr) open = &wanted;
  }
  return open;
}

Scope::Scope(const Side& side, const Side& other, bool is_after, const schema::Schema& schema,
             Symbols& symbols, std::unordered_map<std::string_view, std::string_view> renamed)
    : side_(side), schema_(schema), symbols_(symbols), renamed_(std::move(renamed)) {
  const ir::Template& t = *side.tmpl;
  for (const auto& [from, to] : renamed_) names_before_.emplace(to, from);
  for (const ir::Resource& r : t.resources) resources_.emplace(r.id, &r);
  for (const ir::Condition& c : t.conditions) conditions_.emplace(c.id, c.value);
  for (const ir::Mapping& m : t.mappings) mappings_.emplace(m.id, m.value);
  for (const auto& [id, value] : side.parameters) values_.emplace(id, value);
  for (const ir::Parameter& p : t.parameters) {
    parameters_.emplace(p.id, &p);
    if (values_.contains(p.id)) {
      if (p.type.starts_with("AWS::SSM::")) values_.erase(p.id);
    } else if (const auto* text = changed_default(p, other, is_after)) {
      values_.emplace(p.id, *text);
    }
  }
}

const ir::Resource* Scope::resource(std::string_view id) const {
  const auto at = resources_.find(id);
  return at == resources_.end() ? nullptr : at->second;
}

const ir::Resource* Scope::renamed_resource(std::string_view id) const {
  const auto at = names_before_.find(id);
  return resource(at == names_before_.end() ? id : at->second);
}

std::string_view Scope::new_id(std::string_view id) const {
  const auto at = renamed_.find(id);
  return at == renamed_.end() ? id : at->second;
}

// ---------------------------------------------------------------- conditions

std::optional<bool> Scope::decide(ValueRef v, const Case& when, Case::Fact* undecided, int depth) const {
  const auto open = [&](Case::Fact asked) -> std::optional<bool> {
    for (const Case::Fact& fact : when.facts) {
      if (fact.left == asked.left && fact.right == asked.right) return fact.truth;
      if (fact.excludes(asked)) return false;
    }
    if (undecided != nullptr) *undecided = std::move(asked);
    return std::nullopt;
  };
  const auto unknown = [&](ValueRef formula) {
    return open({key(formula, when), {}, true, shown(formula, when)});
  };
  if (v == nullptr || depth > kMaxDepth) return open({"?", {}, true, "?"});
  if (const auto* known = v->get_if<bool>()) return *known;
  const auto* c = v->get_if<ir::Call>();
  if (c == nullptr || c->args.empty()) return unknown(v);
  if (c->fn == Fn::Condition) {
    const auto* name = c->args[0]->get_if<std::string_view>();
    const auto at = name == nullptr ? conditions_.end() : conditions_.find(*name);
    if (at != conditions_.end()) return decide(at->second, when, undecided, depth + 1);
    return name == nullptr ? open({"?", {}, true, "?"})
                           : open({fmt::format("condition {}", *name), {}, true, std::string(*name)});
  }
  if (c->fn == Fn::Not) {
    const auto inner = decide(c->args[0], when, undecided, depth + 1);
    return inner ? std::optional(!*inner) : std::nullopt;
  }
  if (c->fn == Fn::And || c->fn == Fn::Or) {
    bool undecided_one = false;
    for (ValueRef arg : c->args) {
      const auto inner = decide(arg, when, undecided, depth + 1);
      if (inner && *inner == (c->fn == Fn::Or)) return *inner;
      undecided_one = undecided_one || !inner;
    }
    return undecided_one ? std::nullopt : std::optional(c->fn == Fn::And);
  }
  if (c->fn == Fn::Equals && c->args.size() == 2) {
    Text a = text(c->args[0], when), b = text(c->args[1], when);
    if (a.literal() && b.literal()) return a.str() == b.str();
    if (a == b) return true;
    if (a.literal() || (!b.literal() && key(b) < key(a))) std::swap(a, b);
    const auto quoted = [&](std::string text) { return b.literal() ? fmt::format("\"{}\"", text) : text; };
    return open({key(a), quoted(key(b)), true, fmt::format("{} == {}", shown(a), quoted(shown(b)))});
  }
  return unknown(v);
}

bool Scope::find_choice(ValueRef v, const Case& when, Case::Fact& undecided, int depth) const {
  if (v == nullptr || depth > kMaxDepth) return false;
  if (const ir::Call* c = v->call(Fn::If); c != nullptr && c->args.size() == 3) {
    const auto holds = decide(c->args[0], when, &undecided, 0);
    return !holds || find_choice(c->args[*holds ? 1 : 2], when, undecided, depth + 1);
  }
  const auto below = [&](ValueRef inner) { return find_choice(inner, when, undecided, depth + 1); };
  if (const auto* list = v->get_if<ir::List>())
    return std::any_of(list->items.begin(), list->items.end(), below);
  if (const auto* c = v->get_if<ir::Call>()) return std::any_of(c->args.begin(), c->args.end(), below);
  if (const auto* object = v->get_if<ir::Object>()) {
    return std::any_of(object->members.begin(), object->members.end(),
                       [&](const ir::Member& m) { return below(m.value); });
  }
  return false;
}

ValueRef Scope::settled(ValueRef v, const Case& when) const {
  for (int depth = 0; v != nullptr && depth < kMaxDepth; ++depth) {
    const ir::Call* c = v->call(Fn::If);
    if (c == nullptr || c->args.size() != 3) break;
    const auto holds = decide(c->args[0], when, nullptr, 0);
    if (!holds) break;
    v = c->args[*holds ? 1 : 2];
  }
  return v == nullptr || v->is_no_value() ? nullptr : v;
}

/// `deep`: choices anywhere inside count, else only at the top.
void Scope::split(ValueRef v, Case when, bool deep, std::vector<Entry>& out, int depth) const {
  v = settled(v, when);
  if (v == nullptr) return;
  Case::Fact undecided;
  const bool open = deep ? find_choice(v, when, undecided, 0)
                         : v->call(Fn::If) != nullptr && find_choice(v, when, undecided, 0);
  if (!open) return out.push_back({std::move(when), v, false});
  if (out.size() >= kMaxCases || depth > 8) return out.push_back({std::move(when), v, true});
  for (const bool truth : {true, false}) {
    Case next = when;
    next.facts.push_back(undecided.as(truth));
    split(v, std::move(next), deep, out, depth + 1);
  }
}

std::vector<Entry> Scope::cases(ValueRef v, const Case& when) const {
  std::vector<Entry> out;
  split(v, when, true, out, 0);
  return out;
}

std::vector<Entry> Scope::cases_at_top(ValueRef v, const Case& when) const {
  std::vector<Entry> out;
  split(v, when, false, out, 0);
  return out;
}

void Scope::flatten(ValueRef v, const Case& when, bool deep, std::vector<Entry>& out, int depth) const {
  std::vector<Entry> tops;
  split(v, when, false, tops, 0);
  for (Entry& top : tops) {
    const auto* list = top.value->get_if<ir::List>();
    if (list != nullptr && depth < kMaxDepth) {
      for (ValueRef item : list->items) flatten(item, top.when, deep, out, depth + 1);
    } else if (top.unclear || !deep) {
      out.push_back(std::move(top));
    } else {
      for (Entry& e : cases(top.value, top.when)) out.push_back(std::move(e));
    }
  }
}

std::vector<Entry> Scope::entries(ValueRef list, const Case& when) const {
  std::vector<Entry> out;
  if (list != nullptr) flatten(list, when, true, out, 0);
  return out;
}

std::vector<Entry> Scope::entries_at_top(ValueRef list, const Case& when) const {
  std::vector<Entry> out;
  if (list != nullptr) flatten(list, when, false, out, 0);
  return out;
}

std::optional<Case> Scope::existence(const ir::Resource& r) const {
  Case when;
  if (r.condition == nullptr) return when;
  Case::Fact undecided;
  const auto holds = decide(r.condition, when, &undecided, 0);
  if (holds) return *holds ? std::optional(when) : std::nullopt;
  // One fact when it is one, else the formula as a whole.
  Case next;
  undecided.truth = true;
  next.facts.push_back(undecided);
  if (decide(r.condition, next, nullptr, 0) == true) {
    next.facts[0].truth = false;
    if (decide(r.condition, next, nullptr, 0) == false) return next.facts[0].truth = true, next;
  } else {
    next.facts[0].truth = false;
    if (decide(r.condition, next, nullptr, 0) == true) return next;
  }
  Reader reader(*this, when);
  return Case{{{reader.formula(r.condition, Says::Key), {}, true, reader.formula(r.condition, Says::Words)}}};
}

ValueRef Scope::member(ValueRef object, std::string_view key, const Case& when) const {
  object = object == nullptr ? nullptr : settled(object, when);
  const auto* members = object == nullptr ? nullptr : object->get_if<ir::Object>();
  const ValueRef v = members == nullptr ? nullptr : members->find(key);
  return v == nullptr ? nullptr : settled(v, when);
}

// ---------------------------------------------------------------- texts

Text Scope::text(ValueRef v, const Case& when) const { return Reader(*this, when).text(v); }

Text Scope::text_of_pseudo(std::string_view name) const { return Reader(*this, Case{}).name(name); }

std::string Scope::key(ValueRef v, const Case& when) const { return Reader(*this, when).key(v, Says::Key); }

std::string Scope::shown(ValueRef v, const Case& when) const {
  return Reader(*this, when).key(v, Says::Words);
}

std::string Scope::key(const Text& text) const {
  std::string out;
  for (const Piece& piece : text.pieces) {
    if (piece.literal())
      out += piece.text;
    else
      out += fmt::format("${{{}}}", symbols_[piece.symbol].key);
  }
  return out;
}

std::string_view Scope::named_resource(ValueRef v, const Case& when) const {
  v = v == nullptr ? nullptr : settled(v, when);
  const auto* c = v == nullptr ? nullptr : v->get_if<ir::Call>();
  if (c == nullptr || (c->fn != Fn::Ref && c->fn != Fn::GetAtt) || c->args.empty()) return {};
  const auto* id = c->args[0]->get_if<std::string_view>();
  return id != nullptr && resource(*id) != nullptr ? new_id(*id) : std::string_view{};
}

std::string Scope::shown(const Text& text) const {
  if (text.pieces.size() == 1 && !text.literal()) return symbols_[text.pieces[0].symbol].shown;
  std::string out;
  for (const Piece& piece : text.pieces) {
    if (piece.literal())
      out += piece.text;
    else
      out += fmt::format("${{{}}}", symbols_[piece.symbol].shown);
  }
  return out;
}

std::string Scope::shown(const Case& when) const {
  std::vector<std::string> parts;
  for (const Case::Fact& fact : when.facts) {
    const auto equals = fact.right.empty() ? std::string::npos : fact.shown.find(" == ");
    if (fact.truth)
      parts.push_back(fact.shown);
    else if (equals == std::string::npos)
      parts.push_back(fmt::format("not {}", fact.shown));
    else
      parts.push_back(std::string(fact.shown).replace(equals + 1, 1, "!"));
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

}  // namespace stackc::diff
