#include <algorithm>
#include <charconv>

#include "compiler/base/pattern.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

/// Checks an expression against what is expected of it, so that an error stands at the part that is wrong.
namespace stackc::sema {

namespace {

/// What the elements of a list must be where `expected` is; invalid: a list does not belong there.
TypeId listed_element(const TypeTable& types, TypeId expected) {
  const Type& t = types[expected];
  if (t.kind == Kind::List) return t.element;
  if (t.kind == Kind::Json || t.kind == Kind::Policy) return expected;
  TypeId element;
  if (t.kind != Kind::Union) return element;
  for (TypeId arm : t.arms) {
    if (types.kind(arm) == Kind::List) element = types[arm].element;
    if (types.kind(arm) == Kind::Json) element = arm;
  }
  return element;
}

}  // namespace

Info ModuleChecker::check(ast::ExprId e, TypeId expected, const Context& ctx, const Slot& slot) {
  if (!e.valid()) return error();
  if (!expected.valid() || is_error(expected)) return infer(e, ctx);
  const Deeper deeper(shared_);
  if (goes_too_deep(expr(e).span)) return error();
  const Info info = check_node(e, expected, ctx, slot);
  infos_[e.value] = info;
  out_.expr_types[e.value] = info.type;
  return info;
}

Info ModuleChecker::check_node(ast::ExprId e, TypeId expected, const Context& ctx, const Slot& slot) {
  const auto& node = expr(e).node;
  const TypeId content = types_.strip_optional(expected);
  if (const auto* p = std::get_if<ast::ParenExpr>(&node)) return check(p->inner, expected, ctx, slot);
  if (const auto* c = std::get_if<ast::ChoiceExpr>(&node)) return infer_choice(*c, ctx, expected, &slot);
  if (is_if_else(e, ctx)) {
    out_.calls[e.value].builtin = BuiltinFn::IfElse;
    return infer_if_else(std::get<ast::CallExpr>(node), expr(e).span, ctx, content, &slot);
  }
  if (const auto* r = std::get_if<ast::RecordExpr>(&node)) return check_record(e, *r, content, ctx, slot);
  if (const auto* l = std::get_if<ast::ListExpr>(&node)) {
    if (listed_element(types_, content).valid()) return check_list(*l, content, ctx, slot);
    const Info info = infer_list(*l, ctx);
    if (fits(info, expected, slot)) return info;
    report(Code::TypeMismatch, expr(e).span, fmt::format("{} expects {}, found a list", slot.what, quoted(content)));
    return error();
  }
  if (kind(content) == Kind::List) {
    if (const auto* c = std::get_if<ast::ListComprehension>(&node)) {
      return infer_list_comprehension(e, *c, ctx, type(content).element, &slot);
    }
  }
  if (const auto* c = std::get_if<ast::MapComprehension>(&node); c != nullptr && kind(content) == Kind::Map) {
    return infer_map_comprehension(e, *c, ctx, type(content).element, &slot);
  }
  const Info info = infer(e, ctx);
  if (is_release_hole(e)) return {content, info.stage, {}};  // whatever belongs here
  if (slot.schema) check_flow(info.stage, expected, expr(e).span, slot);
  if (fits(info, expected, slot)) {
    check_literal(e, content, slot);
    return info;
  }
  // CloudFormation converts the text that its functions make.
  const bool counts = is_numeric(content) || is_bool(content);
  if (slot.schema && counts && is_text(info.type) && is_intrinsic_call(e)) return info;
  report_misfit(info, expected, e, ctx, slot);
  return error();
}

Info ModuleChecker::check_list(const ast::ListExpr& l, TypeId expected, const Context& ctx, const Slot& slot) {
  const TypeId element = listed_element(types_, expected);
  Stage shape = stages_.constant();
  Stage content = nullptr;
  for (const ast::ListItem& item : l.items) {
    const TypeId wanted = item.spread ? types_.optional(types_.list(element)) : types_.optional(element);
    const Info i = check(item.value, wanted, ctx, slot);
    Stage s = i.stage;
    if (types_.is_optional(i.type)) {
      shape = stages_.join(shape, stages_.flat(s));
      s = stages_.element(s);
    }
    if (item.spread) {
      shape = stages_.join(shape, stages_.flat(s));
      s = stages_.element(s);
    }
    content = content == nullptr ? s : stages_.join(content, s);
  }
  return {types_.list(element), stages_.with_element(shape, content == nullptr ? stages_.constant() : content), {}};
}

Info ModuleChecker::check_record(ast::ExprId e, const ast::RecordExpr& r, TypeId expected, const Context& ctx,
                                 const Slot& slot) {
  const Type& t = type(expected);
  switch (t.kind) {
    case Kind::Nested:
    case Kind::Properties: {
      const schema::Properties props = t.kind == Kind::Nested ? t.nested.properties() : t.resource.properties();
      std::vector<std::string_view> seen;
      bool open = false;
      const std::string owner = text(expected);
      const Stage stage = check_fields(r, props, owner, nullptr, ctx, seen, open);
      if (!open) report_missing(props, seen, owner, expr(e).span);
      return {expected, stage, {}};
    }
    case Kind::Record: return check_structural(e, r, t, ctx, slot);
    case Kind::Instance: {
      Type as_record = t;
      const std::vector<FieldType> fields = fields_of(expected);
      as_record = type(types_.record(fields));
      return check_structural(e, r, as_record, ctx, slot);
    }
    case Kind::Map:
    case Kind::Json:
    case Kind::Policy: {
      if (t.kind == Kind::Policy && slot.policy != PolicyPart::Open) return check_policy(e, r, expected, ctx, slot);
      const TypeId element = t.kind == Kind::Map ? t.element : expected;
      MapStage map(stages_);
      for (std::size_t k = 0; k < r.fields.size(); ++k) {
        const ast::Field& f = r.fields[k];
        Slot inner = slot;
        inner.secrets = slot.secrets || (t.kind == Kind::Json && made_for_secrets(f.key.text, false));
        const Info i = check(f.value, f.spread ? types_.optional(expected) : types_.optional(element), ctx, inner);
        if (f.spread) map.spread(i.stage, types_.is_optional(i.type));
        else if (!is_duplicate(f.key, r, k)) map.put(stages_.keep(f.key.text), i.stage);
      }
      return {expected, map.stage(), {}};
    }
    case Kind::Union: {
      // The arm that speaks of the most of what is written.
      TypeId best;
      std::size_t most = 0;
      for (TypeId arm : t.arms) {
        const Kind k = kind(arm);
        if (k == Kind::Json || k == Kind::Map) {
          if (!best.valid()) best = arm;
          continue;
        }
        std::size_t known = 1;
        const auto fields = fields_of(arm);
        if (fields.empty() && k != Kind::Record && k != Kind::Nested) continue;
        for (const ast::Field& f : r.fields) {
          if (std::ranges::find(fields, f.key.text, &FieldType::name) != fields.end()) ++known;
        }
        if (known > most) {
          most = known;
          best = arm;
        }
      }
      if (best.valid()) return check_record(e, r, best, ctx, slot);
      break;
    }
    default: break;
  }
  const Info info = infer_record(r, ctx);
  if (fits(info, expected, slot)) return info;
  report(Code::TypeMismatch, expr(e).span, fmt::format("{} expects {}, found a record", slot.what, quoted(expected)));
  return error();
}

/// The stage of `value` as a tree of the slot's type: what is always there has a presence known at compile time.
Stage ModuleChecker::stage_in_slot(const Info& value, TypeId slot) {
  if (is_error(value.type) || kind(value.type) == Kind::None || kind(value.type) == Kind::Json) return value.stage;
  const bool maybe = types_.is_optional(value.type);
  if (types_.is_optional(slot)) {
    if (maybe) return value.stage;
    return stages_.with_element(stages_.constant(), stage_in_slot(value, type(slot).element));
  }
  if (maybe) return stages_.join(stages_.flat(value.stage), stages_.element(value.stage));
  if (kind(slot) != Kind::Record || fields_of(value.type).empty()) return value.stage;
  std::vector<StageField> fields;
  for (const FieldType& f : fields_of(value.type)) {
    const Stage own = stages_.field(value.stage, f.name);
    const auto& wanted = type(slot).fields;
    const auto at = std::ranges::find(wanted, f.name, &FieldType::name);
    if (at == wanted.end()) {
      fields.push_back({stages_.keep(f.name), own});
      continue;
    }
    const TypeId t = at->optional ? types_.optional(at->type) : at->type;
    fields.push_back({stages_.keep(f.name), stage_in_slot({f.type, own, {}}, t)});
  }
  return stages_.with_fields(stages_.flat(value.stage), std::move(fields));
}

/// A record literal against a record type: every field known, every required one there.
Info ModuleChecker::check_structural(ast::ExprId e, const ast::RecordExpr& r, const Type& expected, const Context& ctx,
                                     const Slot& slot) {
  std::vector<std::string_view> names, seen;
  for (const FieldType& f : expected.fields) names.push_back(f.name);
  std::vector<StageField> stages;
  Stage own = stages_.constant();
  bool open = false;
  for (std::size_t k = 0; k < r.fields.size(); ++k) {
    const ast::Field& f = r.fields[k];
    if (f.spread) {
      const Info i = infer(f.value, ctx);
      const TypeId t = spread_type(i.type);
      if (fields_of(t).empty() && kind(t) != Kind::Record && kind(t) != Kind::Map && kind(t) != Kind::Json && !is_error(t)) {
        report(Code::TypeMismatch, expr(f.value).span, fmt::format("`...` needs a record here, this is {}", quoted(i.type)));
      }
      for (const FieldType& g : fields_of(t)) {
        const Info field = spread_field(i, g);
        const auto at = std::ranges::find(expected.fields, g.name, &FieldType::name);
        if (at != expected.fields.end()) {
          Slot inner = slot;
          inner.what = {"field", g.name};
          const Info content{types_.strip_optional(g.type), field.stage, {}};
          if (!fits(content, types_.optional(at->type), inner)) report_misfit(content, types_.optional(at->type), f.value, ctx, inner);
        }
        if (!types_.is_optional(field.type)) seen.push_back(g.name);
        stages.push_back({g.name, field.stage});
      }
      if (kind(t) == Kind::Map || kind(t) == Kind::Json || is_error(t)) open = true;
      own = stages_.join(own, stages_.flat(i.stage));
      continue;
    }
    const auto at = std::ranges::find(expected.fields, f.key.text, &FieldType::name);
    if (at == expected.fields.end()) {
      infer(f.value, ctx);
      // A misspelt key stands for the field it means: one cause, one error.
      if (const auto meant = did_you_mean(f.key.text, names); !meant.empty()) seen.push_back(meant);
      Diagnostic& d = report(Code::UnknownField, f.key.span, fmt::format("{} has no field `{}`", slot.what, f.key.text));
      suggest(d, f.key.text, f.key.span, names);
      if (d.fixes.empty()) d.help(fmt::format("its fields are {}", fmt::join(names, ", ")));
      continue;
    }
    if (is_duplicate(f.key, r, k)) continue;
    Slot inner = slot;
    inner.what = {"field", f.key.text};
    const Info i = check(f.value, at->optional ? types_.optional(at->type) : at->type, ctx, inner);
    seen.push_back(f.key.text);
    stages.push_back({at->name, stage_in_slot(i, at->optional ? types_.optional(at->type) : at->type)});
  }
  std::vector<std::string> missing;
  for (const FieldType& f : expected.fields) {
    if (!open && !f.optional && std::ranges::find(seen, f.name) == seen.end()) missing.push_back(fmt::format("`{}`", f.name));
  }
  if (!missing.empty()) {
    report(Code::MissingArgument, expr(e).span, fmt::format("{} needs {}", slot.what, fmt::join(missing, ", ")));
  }
  return {types_.record({expected.fields.begin(), expected.fields.end()}), stages_.with_fields(own, std::move(stages)), {}};
}

bool ModuleChecker::is_duplicate(const ast::Name& key, const ast::RecordExpr& record, std::size_t before) {
  for (std::size_t k = 0; k < before; ++k) {
    if (record.fields[k].spread || record.fields[k].key.text != key.text) continue;
    report(Code::DuplicateKey, key.span, fmt::format("`{}` is given twice", key.text))
        .label(record.fields[k].key.span, "first given here");
    return true;
  }
  return false;
}

namespace {

bool matches(std::string_view pattern, std::string_view text) {
  // AWS's patterns are of several dialects; one that cannot be judged is not held against the value.
  return pattern_found(pattern, text).value_or(true);
}

bool is_cidr(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  int bits = -1;
  const std::string_view tail = text.substr(slash + 1);
  if (std::from_chars(tail.data(), tail.data() + tail.size(), bits).ptr != tail.data() + tail.size()) return false;
  const bool v6 = text.find(':') != std::string_view::npos;
  if (bits < 0 || bits > (v6 ? 128 : 32)) return false;
  if (v6) return std::ranges::all_of(text.substr(0, slash), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0 || c == ':' || c == '.'; });
  int parts = 0;
  std::string_view rest = text.substr(0, slash);
  while (true) {
    const auto dot = rest.find('.');
    const std::string_view part = rest.substr(0, dot);
    int value = -1;
    if (part.empty() || std::from_chars(part.data(), part.data() + part.size(), value).ptr != part.data() + part.size() || value > 255) return false;
    ++parts;
    if (dot == std::string_view::npos) return parts == 4;
    rest = rest.substr(dot + 1);
  }
}

}  // namespace

/// A literal against lists, ranges and patterns: an error where a stack file demands it, a warning where AWS's
/// data does, for AWS adds values faster than any snapshot.
void ModuleChecker::check_literal(ast::ExprId e, TypeId expected, const Slot& slot) {
  const TypeId own = out_.expr_types[e.value];
  if (!own.valid()) return;
  const Type& literal = type(own);
  const Type& t = type(expected);
  const Span span = expr(e).span;
  if (literal.kind != Kind::Literal) return;
  const auto out_of_range = [&](std::string message) {
    report(slot.schema && !slot.declared.valid() ? Code::ValueOutOfRange : Code::InvalidLiteral, span, std::move(message));
  };
  if (t.kind == Kind::Cidr && !is_cidr(literal.text)) {
    report(Code::InvalidLiteral, span, fmt::format("`{}` is not a CIDR block", literal.text)).help("a CIDR block is written `10.0.0.0/16`");
    return;
  }
  if (t.kind == Kind::Union && t.open) {
    for (TypeId arm : t.arms) {
      if (fits_type(own, arm, slot, nullptr)) return;
    }
    std::vector<std::string_view> names;
    for (TypeId arm : t.arms) {
      if (kind(arm) == Kind::Literal) names.push_back(type(arm).text);
    }
    Diagnostic& d = report(Code::UnknownValue, span, fmt::format("`{}` is not a known value of {}", literal.text, slot.what));
    const auto close = did_you_mean(literal.text, names);
    if (!close.empty()) d.labels.front().text = fmt::format("did you mean `{}`?", close);
    else if (names.size() <= 12) d.help(fmt::format("known values are {}", fmt::join(names, ", ")));
    return;
  }
  const Constraint& c = t.constraint;
  if (t.kind == Kind::String) {
    const auto length = static_cast<std::int64_t>(literal.text.size());
    if ((c.low && length < *c.low) || (c.high && length > *c.high)) {
      out_of_range(fmt::format("{} takes {}, this has {} character{}", slot.what, quoted(expected), length, length == 1 ? "" : "s"));
    } else if (!c.pattern.empty() && kind(literal.element) == Kind::String && !matches(c.pattern, literal.text)) {
      out_of_range(fmt::format("`{}` does not match `/{}/`, which {} demands", literal.text, c.pattern, slot.what));
    }
  } else if ((t.kind == Kind::Int || t.kind == Kind::Number) && (c.low || c.high)) {
    std::int64_t value = 0;
    std::from_chars(literal.text.data(), literal.text.data() + literal.text.size(), value);
    if ((c.low && value < *c.low) || (c.high && value > *c.high)) {
      out_of_range(fmt::format("{} takes {}, this is {}", slot.what, quoted(expected), value));
    }
  }
}

}  // namespace stackc::sema
