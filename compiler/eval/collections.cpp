#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

/// What a spread contributes to a list: elements, or, when its length is late, one late list. A choice
/// between lists of which one is late decides the list around it.
struct Spread {
  std::vector<Val> items;
  const Late* late = nullptr;
  const Choice* choice = nullptr;
  bool invalid = false;
};

Spread spread_items(Context& ctx, Val v);

/// The arms side by side when they are equally long, else one after the other, each under its condition.
Spread spread_choice(Context& ctx, const Choice& choice, Span origin) {
  const Spread a = spread_items(ctx, choice.then);
  const Spread b = spread_items(ctx, choice.otherwise);
  Spread out;
  out.invalid = a.invalid || b.invalid;
  if (out.invalid) return out;
  const auto late = [](const Spread& s) { return s.late != nullptr || s.choice != nullptr; };
  if (late(a) || late(b)) {
    out.choice = &choice;
    return out;
  }
  if (a.items.size() == b.items.size()) {
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      out.items.push_back(choose(ctx, choice.condition, a.items[i], b.items[i], origin));
    }
    return out;
  }
  const Val none = ctx.values.none(origin);
  for (const Val item : a.items) out.items.push_back(choose(ctx, choice.condition, item, none, origin));
  for (const Val item : b.items) out.items.push_back(choose(ctx, choice.condition, none, item, origin));
  return out;
}

Spread spread_items(Context& ctx, Val v) {
  Spread out;
  if (const auto* list = v->get_if<List>()) {
    out.items.assign(list->items.begin(), list->items.end());
  } else if (const auto* record = v->get_if<Record>()) {
    const Val flat = flatten_family(ctx, *record, v->origin);
    const auto* items = flat->get_if<List>();
    out.items.assign(items->items.begin(), items->items.end());
  } else if (const auto* choice = v->get_if<Choice>()) {
    return spread_choice(ctx, *choice, v->origin);
  } else if (const auto* late = v->get_if<Late>()) {
    out.late = late;
  } else {
    out.invalid = !v->is<Absent>();
  }
  return out;
}

/// A list with late lists among its parts: everything joined with commas and split again, for each way that
/// the choices among them can go.
Val joined_list(Context& ctx, const Facts* facts, std::vector<Spread> parts, Span span) {
  const auto open =
      std::find_if(parts.begin(), parts.end(), [](const Spread& s) { return s.choice != nullptr; });
  if (open != parts.end()) {
    const Choice choice = *open->choice;
    const auto decided = [&](Val arm, bool holds) {
      const Facts* known = assume(ctx, facts, choice.condition, holds);
      std::vector<Spread> chosen = parts;
      chosen[static_cast<std::size_t>(open - parts.begin())] = spread_items(ctx, settle(ctx, known, arm));
      return joined_list(ctx, known, std::move(chosen), span);
    };
    if (const auto known = decide(ctx, facts, choice.condition)) {
      return decided(*known ? choice.then : choice.otherwise, *known);
    }
    return choose(ctx, choice.condition, decided(choice.then, true), decided(choice.otherwise, false), span);
  }
  const bool late =
      std::any_of(parts.begin(), parts.end(), [](const Spread& s) { return s.late != nullptr; });
  if (!late) {
    std::vector<Val> items;
    for (const Spread& part : parts) items.insert(items.end(), part.items.begin(), part.items.end());
    return ctx.values.list(items, span);
  }
  std::erase_if(parts, [](const Spread& s) { return s.late == nullptr && s.items.empty(); });
  if (parts.size() == 1) return ctx.values.make(Late{parts.front().late->value, true}, span);
  const ir::Builder b = ctx.ir.at(span);
  std::vector<ir::ValueRef> texts;
  for (const Spread& part : parts) {
    if (part.late != nullptr) texts.push_back(b.join(",", part.late->value));
    for (const Val item : part.items) {
      const Val known = settle(ctx, facts, item);
      if (!known->is<Absent>()) texts.push_back(lower(ctx, known));
    }
  }
  return ctx.values.make(Late{b.split(",", b.join(",", b.list(texts))), true}, span);
}

/// Whether no value of the type has a comma in it, so that a list may be joined with commas and split again.
bool is_comma_free(Target type) {
  switch (type.kind()) {
    case sema::Kind::String:
      return false;
    case sema::Kind::Optional:
      return is_comma_free(type.element());
    case sema::Kind::Union:
      for (std::size_t i = 0; i < type.arm_count(); ++i) {
        if (!is_comma_free(type.arm(i))) return false;
      }
      return true;
    default:
      return true;
  }
}

/// The same of what a list is written as, whatever takes it.
bool are_comma_free(const Context& ctx, const Env& env, const ast::ListExpr& list,
                    const std::vector<Spread>& parts) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const auto plain = [](Val v) {
      const auto* text = v->get_if<std::string_view>();
      return text != nullptr && text->find(',') == std::string_view::npos;
    };
    const Spread& part = parts[i];
    if (part.late == nullptr && part.choice == nullptr &&
        std::all_of(part.items.begin(), part.items.end(), plain))
      continue;
    Target type = type_of(ctx, env, list.items[i].value);
    if (type.kind() == sema::Kind::Optional) type = type.element();
    if (list.items[i].spread && (type.kind() == sema::Kind::List || type.kind() == sema::Kind::Map))
      type = type.element();
    if (!is_comma_free(type)) return false;
  }
  return true;
}

/// Adds or replaces a field; its place is where the key stood first.
void put(std::vector<Field>& fields, std::string_view key, Val value) {
  const auto same = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
  if (same != fields.end()) {
    same->value = value;
  } else {
    fields.push_back({key, value});
  }
}

Val field_or_none(Context& ctx, Val v, const std::vector<Field>& before, std::string_view key, Span span) {
  const auto* record = v->get_if<Record>();
  if (const Val own = record != nullptr ? record->find(key) : nullptr) return own;
  for (const Field& f : before) {
    if (f.key == key) return f.value;
  }
  return ctx.values.none(span);
}

/// The keys that any arm of `v` has, in order of first appearance. False: `v` is not a record.
bool keys_of(Val v, std::vector<std::string_view>& out) {
  if (const auto* choice = v->get_if<Choice>()) {
    return keys_of(choice->then, out) && keys_of(choice->otherwise, out);
  }
  const auto* record = v->get_if<Record>();
  if (record == nullptr) return v->is<Absent>();
  for (const Field& f : record->fields) {
    if (std::find(out.begin(), out.end(), f.key) == out.end()) out.push_back(f.key);
  }
  return true;
}

/// Whether it could be spread.
bool spread_fields(Context& ctx, const Env& env, Val v, std::vector<Field>& fields, Span span) {
  std::vector<std::string_view> keys;
  if (v->is<Invalid>() || !keys_of(v, keys)) return false;
  const std::vector<Field> before = fields;
  for (const std::string_view key : keys) {
    put(fields, key, distribute(ctx, env, v, [&](const Env&, Val arm) {
          return field_or_none(ctx, arm, before, key, span);
        }));
  }
  return true;
}

/// A record from its first spread on; `fields` stand before it.
Val evaluate_spreads(Context& ctx, const Env& env, const ast::RecordExpr& record, std::vector<Field> fields,
                     Span span) {
  for (const ast::Field& f : record.fields.subspan(fields.size())) {
    const Val v = evaluate(ctx, env, f.value);
    if (!f.spread) {
      put(fields, f.key.text, v);
    } else if (!spread_fields(ctx, env, v, fields, span)) {
      return v->is<Invalid>() ? v : needs_constant(ctx, env, v->origin, "a spread");
    }
  }
  return ctx.values.record(fields, span);
}

}  // namespace

Val evaluate_list(Context& ctx, const Env& env, const ast::ListExpr& list, Target type, Span span) {
  std::vector<Spread> parts;
  std::vector<Val> items;
  bool late = false;
  items.reserve(list.items.size());
  for (const ast::ListItem& item : list.items) {
    const Val v = evaluate(ctx, env, item.value);
    if (v->is<Invalid>()) return ctx.values.invalid(span);
    if (item.spread && list.items.size() == 1 && (v->is<List>() || v->is<Late>()))
      return ctx.values.at(v, span);
    Spread part = item.spread ? spread_items(ctx, v) : Spread{{v}, nullptr, nullptr, false};
    if (part.invalid) return needs_constant(ctx, env, v->origin, "a spread");
    late = late || part.late != nullptr || part.choice != nullptr;
    items.insert(items.end(), part.items.begin(), part.items.end());
    parts.push_back(std::move(part));
  }
  if (!late) return ctx.values.list(items, span);
  // Inside the joined text nothing says any more which identity of a resource the list takes.
  const Target element = type.kind() == sema::Kind::List ? type.element() : Target();
  if (!is_comma_free(element) && !are_comma_free(ctx, env, list, parts)) {
    Diagnostic& d =
        report(ctx, env.frame, Code::LateOperator, span,
               "a list of text whose length is known late cannot be put together with others",
               "joined with commas and split again, text with a comma in it would become two elements");
    d.help(
        "only ids, ARNs, numbers and blocks of addresses can be, or lists whose lengths are known at compile "
        "time");
    return ctx.values.invalid(span);
  }
  for (Spread& part : parts) {
    for (Val& item : part.items) item = coerce(ctx, env, item, element);
  }
  return joined_list(ctx, env.facts, std::move(parts), span);
}

Val evaluate_record(Context& ctx, const Env& env, const ast::RecordExpr& record, Span span) {
  Field* const fields = ctx.values.room_for<Field>(record.fields.size());
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const ast::Field& f = record.fields[i];
    if (f.spread) return evaluate_spreads(ctx, env, record, {fields, fields + i}, span);
    fields[i] = {f.key.text, evaluate(ctx, env, f.value)};  // checking found no key twice
  }
  return ctx.values.make(Record{{fields, record.fields.size()}}, span);
}

Val evaluate_field(Context& ctx, const Env& env, ast::ExprId record, std::string_view name) {
  const auto* literal = ast_of(env.frame).get_if<ast::RecordExpr>(record);
  if (literal == nullptr) return nullptr;
  // From the first spread on, later fields may cover earlier ones only in part: take the whole way.
  Val out = nullptr;
  for (const ast::Field& f : literal->fields) {
    if (!f.spread) {
      if (f.key.text == name) out = evaluate(ctx, env, f.value);
      continue;
    }
    std::vector<Field> fields;
    if (out != nullptr) fields.push_back({name, out});
    const Val spread = evaluate(ctx, env, f.value);
    if (!spread_fields(ctx, env, spread, fields, spread->origin)) continue;
    for (const Field& found : fields) {
      if (found.key == name) out = found.value;
    }
  }
  return out;
}

Val evaluate_range(Context& ctx, const Env& env, const ast::RangeExpr& range, Span span) {
  const Val first = evaluate(ctx, env, range.first);
  const Val last = evaluate(ctx, env, range.last);
  if (first->is<Invalid>() || last->is<Invalid>()) return ctx.values.invalid(span);
  const auto* from = first->get_if<std::int64_t>();
  const auto* to = last->get_if<std::int64_t>();
  if (from == nullptr || to == nullptr) return needs_constant(ctx, env, span, "a range");
  std::int64_t length = 0;
  if (*to >= *from && (__builtin_sub_overflow(*to, *from, &length) || length >= ctx.limits.range)) {
    return fail(ctx, env, Code::ExpansionLimit, span,
                fmt::format("a range has at most {} elements", ctx.limits.range));
  }
  std::vector<Val> items;
  for (std::int64_t i = *from; i <= *to; ++i) items.push_back(ctx.values.integer(i, span));
  return ctx.values.make(List{ctx.values.keep(items), nullptr, true}, span);
}

}  // namespace stackc::eval
