#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Loops: what they go over, their variables, their keys (decision 7), and comprehensions.
namespace stackc::sema {

ModuleChecker::Elements ModuleChecker::elements_of(const Info& xs) {
  Elements e;
  const Type& t = type(xs.type);
  e.key = types_.plain(Kind::String);
  e.key_stage = stages_.flat(xs.stage);
  e.element_stage = stages_.element(xs.stage);
  e.ok = true;
  switch (t.kind) {
    case Kind::List:
      e.key = types_.plain(Kind::Int);
      e.element = t.element;
      return e;
    case Kind::Map:
      e.element = t.element;
      e.keyed = true;
      return e;
    case Kind::Record:
    case Kind::Upstream: {
      std::vector<TypeId> arms;
      Stage all = nullptr;
      for (const FieldType& f : t.fields) {
        arms.push_back(f.type);
        const Stage s = stages_.field(xs.stage, f.name);
        all = all == nullptr ? s : stages_.join(all, s);
      }
      e.element = merged_rows(arms);
      e.element_stage = all == nullptr ? stages_.constant() : all;
      e.keyed = true;
      return e;
    }
    case Kind::Json:
      e.element = xs.type;
      e.keyed = true;
      return e;
    case Kind::Never:
    case Kind::Error:
      e.key = e.element = types_.plain(Kind::Error);
      return e;
    default:
      e.ok = false;
      e.key = e.element = types_.plain(Kind::Error);
      return e;
  }
}

/// One type for the values of a list or record: records merge to a record, in which a field that some of them
/// lack is optional, so that `sizes[Environment].class` has a type. `[]` beside a list and `{}` beside a map add
/// nothing: `names ?? []` is a list of names.
TypeId ModuleChecker::merged_rows(const std::vector<TypeId>& all) {
  const auto has = [&](Kind wanted) {
    return std::ranges::any_of(all, [&](TypeId row) {
      const Type& t = type(types_.strip_optional(row));
      return t.kind == wanted && kind(t.element) != Kind::Never;
    });
  };
  const bool lists = has(Kind::List), maps = has(Kind::Map);
  std::vector<TypeId> rows = all;
  std::erase_if(rows, [&](TypeId row) {
    const Type& t = type(row);
    if (t.kind == Kind::List) return lists && kind(t.element) == Kind::Never;
    return maps && t.kind == Kind::Record && t.fields.empty();
  });
  std::vector<FieldType> fields;
  std::vector<std::size_t> seen;  // in how many rows
  for (TypeId row : rows) {
    const Type& t = type(row);
    if (t.kind == Kind::Never) continue;
    if (t.kind != Kind::Record) return types_.union_of(rows);
    for (const FieldType& f : t.fields) {
      const auto at = std::ranges::find(fields, f.name, &FieldType::name);
      if (at == fields.end()) {
        fields.push_back(f);
        seen.push_back(1);
      } else {
        at->type = merged_rows({at->type, f.type});
        at->optional = at->optional || f.optional;
        ++seen[static_cast<std::size_t>(at - fields.begin())];
      }
    }
  }
  if (fields.empty()) return types_.union_of(rows);
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (seen[k] == rows.size()) continue;
    fields[k].optional = true;
    fields[k].type = types_.optional(fields[k].type);
  }
  return types_.record(std::move(fields));
}

Info ModuleChecker::local_info(std::uint32_t local) {
  LocalState& state = local_states_[local];
  if (state.state == State::Done) return state.info;
  if (state.state == State::Busy || state.loop == nullptr) return error();
  state.state = State::Busy;
  const ast::Loop& loop = *state.loop;
  const Context& ctx = *state.ctx;
  const bool second = state.second;
  const Info xs = infer(loop.in, ctx);
  Info info = error();
  if (!types_.is_optional(xs.type)) {  // else: reported where the loop is checked
    const Elements e = elements_of(xs);
    const bool is_key = !loop.second.empty() && !second;
    info = is_key ? Info{e.key, e.key_stage, {}} : Info{e.element, e.element_stage, {}};
  }
  LocalState& again = local_states_[local];  // inference may have added variables
  again.info = info;
  again.state = State::Done;
  out_.locals[local].type = info.type;
  return info;
}

void ModuleChecker::check_for(ast::DeclId id, const ast::ForDecl& f) {
  const Context& outside = context_of(id);
  const Context& inside = *inside_[id.value];
  const Info xs = infer(f.loop.in, outside);
  const Span span = expr(f.loop.in).span;
  if (types_.is_optional(xs.type)) {
    report_absent(xs, f.loop.in, outside, "`for`");
  } else if (const Elements e = elements_of(xs); !e.ok) {
    report(Code::NotIterable, span, fmt::format("`for` needs a list or a map, this is {}", quoted(xs.type)));
  } else if (!is_error(xs.type) && require(xs.stage, Level::Const, span, "`for` needs to know at compile time how often to repeat")) {
    check_keys(f.loop, e, inside);
  }
  for (std::uint32_t local : out_.decl_locals[id.value]) local_info(local);
  check_block(f.body);
}

/// The part of a logical ID that a round adds must be known at compile time.
void ModuleChecker::check_keys(const ast::Loop& loop, const Elements& e, const Context& inside) {
  if (loop.key.valid()) {
    const Info key = infer(loop.key, inside);
    const Span span = expr(loop.key).span;
    if (!is_text(key.type) && !is_numeric(key.type)) {
      report(Code::TypeMismatch, span, fmt::format("a key is text or a number, this is {}", quoted(key.type)));
    } else {
      require(key.stage, Level::Const, span, "a key becomes part of logical IDs, so it must be known at compile time");
    }
    return;
  }
  if (e.keyed || is_error(e.element)) return;
  const Span span = expr(loop.in).span;
  if (is_text(e.element) || is_numeric(e.element)) {
    if (e.element_stage->level == Level::Const) {
      require(e.element_stage, Level::Const, span,
              "the values of this list become part of logical IDs, so they must be known at compile time");
      return;
    }
  }
  // Families and their outputs keep the keys of the loop that made them; only evaluation sees those.
  if (kind(e.element) == Kind::Resource || kind(e.element) == Kind::Id || kind(e.element) == Kind::Instance) return;
  Diagnostic& d = report(Code::KeyRequired, span,
                         fmt::format("a loop over {} needs a key for the logical IDs inside", quoted(types_.list(e.element))));
  const std::string_view variable = loop.second.empty() ? loop.first.text : loop.second.text;
  const bool record = !fields_of(e.element).empty();
  d.help(fmt::format("add `key` and what tells the rounds apart: `for {} in … key {} {{`", loop.first.text,
                     record ? fmt::format("{}.name", variable) : fmt::format("\"{}\"", "…")));
  add_chain(d, e.element_stage->why);
}

Context& ModuleChecker::comprehension_context(ast::ExprId e, const ast::Loop& loop, ast::ExprId condition,
                                              const Context& ctx) {
  LocalScope& scope = scope_store_.emplace_back();
  scope.outer = ctx.locals;
  const Context& outside = new_context(ctx);
  auto& locals = out_.expr_locals[e.value];
  const bool again = !locals.empty();
  std::size_t k = 0;
  for (const ast::Name* name : {&loop.first, &loop.second}) {
    if (name->empty()) continue;
    if (!again) {
      const auto local = static_cast<std::uint32_t>(out_.locals.size());
      out_.locals.push_back({name->text, name->span, {}});
      local_states_.push_back({.loop = &loop, .second = name == &loop.second, .ctx = &outside});
      locals.push_back(local);
    }
    scope.names.emplace_back(name->text, locals[k++]);
  }
  const Info xs = infer(loop.in, ctx);
  if (types_.is_optional(xs.type)) {
    report_absent(xs, loop.in, ctx, "`for`");
  } else if (!elements_of(xs).ok) {
    report(Code::NotIterable, expr(loop.in).span, fmt::format("`for` needs a list or a map, this is {}", quoted(xs.type)));
  } else {
    require(xs.stage, Level::Const, expr(loop.in).span, "`for` needs to know at compile time how often to repeat");
  }
  Context& inside = new_context(ctx);
  inside.locals = &scope;
  if (condition.valid()) {
    check_condition(condition, inside, "the `if` of a comprehension");
    inside.assume = formulas_.both(inside.assume, formula(condition, inside));
  }
  return inside;
}

Info ModuleChecker::infer_list_comprehension(ast::ExprId e, const ast::ListComprehension& c, const Context& ctx,
                                             TypeId expected, const Slot* slot) {
  Context& inside = comprehension_context(e, *c.loop, c.condition, ctx);
  const Info element = expected.valid() ? check(c.element, expected, inside, *slot) : infer(c.element, inside);
  Stage shape = stages_.constant();
  if (c.condition.valid()) shape = stages_.flat(infer(c.condition, inside).stage);
  TypeId t = element.type;
  Stage s = element.stage;
  if (types_.is_optional(t)) {
    shape = stages_.join(shape, stages_.flat(s));
    s = stages_.element(s);
    t = types_.strip_optional(t);
  }
  return {types_.list(t), stages_.with_element(shape, s), {}};
}

Info ModuleChecker::infer_map_comprehension(ast::ExprId e, const ast::MapComprehension& c, const Context& ctx,
                                            TypeId expected, const Slot* slot) {
  Context& inside = comprehension_context(e, *c.loop, c.condition, ctx);
  const Info key = check(c.key, types_.plain(Kind::String), inside, Slot{.what = "the key of a map"});
  require(key.stage, Level::Const, expr(c.key).span, "the keys of a map must be known at compile time");
  const Info value = expected.valid() ? check(c.value, expected, inside, *slot) : infer(c.value, inside);
  Stage shape = stages_.constant();
  if (c.condition.valid()) shape = stages_.flat(infer(c.condition, inside).stage);
  return {types_.map(value.type), stages_.with_element(shape, value.stage), {}};
}

}  // namespace stackc::sema
