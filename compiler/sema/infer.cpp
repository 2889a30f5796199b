#include <algorithm>

#include "compiler/sema/checker.hpp"

/// The type and stage of an expression that nothing is expected of yet.
namespace stackc::sema {

Info ModuleChecker::infer(ast::ExprId e, const Context& ctx) {
  if (!e.valid()) return error();
  if (infos_[e.value].type.valid()) return infos_[e.value];
  const Deeper deeper(shared_);
  if (goes_too_deep(expr(e).span)) return error();
  const Info info = infer_node(e, ctx);
  infos_[e.value] = info;
  out_.expr_types[e.value] = info.type;
  return info;
}

Info ModuleChecker::infer_node(ast::ExprId e, const Context& ctx) {
  const ast::Expr& x = expr(e);
  return std::visit(
      [&](const auto& node) -> Info {
        using T = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<T, ast::InvalidExpr>) return error();
        else if constexpr (std::is_same_v<T, ast::NoneExpr>) return {types_.plain(Kind::None), stages_.constant(), formulas_.never()};
        else if constexpr (std::is_same_v<T, ast::BoolExpr>) return plain(Kind::Bool);
        else if constexpr (std::is_same_v<T, ast::IntExpr>) return constant(types_.literal(types_.plain(Kind::Int), fmt::format("{}", node.value)));
        else if constexpr (std::is_same_v<T, ast::NumberExpr>) return plain(Kind::Number);
        else if constexpr (std::is_same_v<T, ast::StringExpr>) return infer_string(node, ctx);
        else if constexpr (std::is_same_v<T, ast::CidrExpr>) return plain(Kind::Cidr);
        else if constexpr (std::is_same_v<T, ast::DurationExpr>) return plain(Kind::Duration);
        else if constexpr (std::is_same_v<T, ast::SizeExpr>) return plain(Kind::Size);
        else if constexpr (std::is_same_v<T, ast::PercentExpr>) return plain(Kind::Percent);
        else if constexpr (std::is_same_v<T, ast::RangeExpr>) {
          const Slot slot{.what = "the end of a range"};
          for (ast::ExprId end : {node.first, node.last}) {
            const Info i = check(end, types_.plain(Kind::Int), ctx, slot);
            require(i.stage, Level::Const, expr(end).span, "a range needs its ends at compile time");
          }
          return constant(types_.list(types_.plain(Kind::Int)));
        }
        else if constexpr (std::is_same_v<T, ast::NameExpr>) return infer_name(e, node, ctx);
        else if constexpr (std::is_same_v<T, ast::ListExpr>) return infer_list(node, ctx);
        else if constexpr (std::is_same_v<T, ast::RecordExpr>) return infer_record(node, ctx);
        else if constexpr (std::is_same_v<T, ast::ListComprehension>) return infer_list_comprehension(e, node, ctx, {}, nullptr);
        else if constexpr (std::is_same_v<T, ast::MapComprehension>) return infer_map_comprehension(e, node, ctx, {}, nullptr);
        else if constexpr (std::is_same_v<T, ast::UnaryExpr>) return infer_unary(node, x.span, ctx);
        else if constexpr (std::is_same_v<T, ast::BinaryExpr>) return infer_binary(node, x.span, ctx);
        else if constexpr (std::is_same_v<T, ast::ChoiceExpr>) return infer_choice(node, ctx, {}, nullptr);
        else if constexpr (std::is_same_v<T, ast::MemberExpr>) return certain_import(e, infer_member(e, node, ctx));
        else if constexpr (std::is_same_v<T, ast::IndexExpr>) return certain_import(e, infer_index(node, x.span, ctx));
        else if constexpr (std::is_same_v<T, ast::SplatExpr>) return infer_splat(node, x.span, ctx);
        else if constexpr (std::is_same_v<T, ast::CallExpr>) return infer_call(e, node, x.span, ctx);
        else if constexpr (std::is_same_v<T, ast::RawExpr>) return infer_raw(node, x.span, ctx);
        else return infer(node.inner, ctx);
      },
      x.node);
}

/// Text: its parts must be scalars that are there.
Info ModuleChecker::infer_string(const ast::StringExpr& s, const Context& ctx) {
  if (s.is_plain()) return constant(types_.literal(types_.plain(Kind::String), s.plain()));
  Stage stage = stages_.constant();
  for (const ast::StringPart& part : s.parts) {
    if (!part.expr.valid()) continue;
    const Info i = infer(part.expr, ctx);
    const Type& t = type(i.type);
    const Span span = expr(part.expr).span;
    if (t.kind == Kind::Optional || t.kind == Kind::None) {
      report_absent(i, part.expr, ctx, "text");
    } else if (t.kind == Kind::Resource) {
      report_bare_resource(t, span, "text", shared_.sources.text(span));
    } else if (!is_scalar(i.type)) {
      Diagnostic& d = report(Code::NotInterpolable, span, fmt::format("{} cannot stand inside text", quoted(i.type)));
      if (t.kind == Kind::List) d.help("`join(\",\", list)` makes text of a list");
      if (t.kind == Kind::Duration) d.help("write its unit: `.seconds`, `.minutes`, `.hours`, `.days`");
      if (t.kind == Kind::Size) d.help("write its unit: `.mib`, `.gib`");
    }
    stage = stages_.join(stage, stages_.flat(i.stage));
  }
  return {types_.plain(Kind::String), stage, {}};
}

Info ModuleChecker::infer_list(const ast::ListExpr& l, const Context& ctx) {
  std::vector<TypeId> elements;
  Stage shape = stages_.constant();
  Stage element = nullptr;
  const auto add = [&](Stage s) { element = element == nullptr ? s : stages_.join(element, s); };
  for (const ast::ListItem& item : l.items) {
    const Info i = infer(item.value, ctx);
    if (!item.spread) {
      TypeId t = i.type;
      if (kind(t) == Kind::Optional) {
        // An element that may be absent makes the list as late as its presence.
        shape = stages_.join(shape, stages_.flat(i.stage));
        add(stages_.element(i.stage));
        t = types_.strip_optional(t);
      } else {
        add(i.stage);
      }
      elements.push_back(t);
      continue;
    }
    const TypeId t = types_.strip_optional(i.type);
    Stage s = i.stage;
    if (t != i.type) {
      shape = stages_.join(shape, stages_.flat(s));
      s = stages_.element(s);
    }
    const Kind k = kind(t);
    if (k == Kind::List || k == Kind::Map) {
      elements.push_back(type(t).element);
      shape = stages_.join(shape, stages_.flat(s));
      add(stages_.element(s));
    } else if (k != Kind::Error && k != Kind::Json && k != Kind::Never) {
      report(Code::NotIterable, expr(item.value).span, fmt::format("`...` needs a list, this is {}", quoted(i.type)));
    }
  }
  const TypeId merged = merged_rows(elements);
  return {types_.list(merged), stages_.with_element(shape, element == nullptr ? stages_.constant() : element), {}};
}

/// What `...` spreads into a record. Where a condition chooses between records, a field that some lack is optional.
TypeId ModuleChecker::spread_type(TypeId id) {
  const TypeId content = types_.strip_optional(id);
  const Type& t = type(content);
  if (t.kind != Kind::Union || !std::ranges::all_of(t.arms, [&](TypeId arm) { return kind(arm) == Kind::Record; })) {
    return content;
  }
  return merged_rows({t.arms.begin(), t.arms.end()});
}

/// A field of what is spread: absent where the whole is, or where the chosen record lacks it.
Info ModuleChecker::spread_field(const Info& spread, const FieldType& field) {
  const bool maybe = types_.is_optional(spread.type);
  const TypeId content = types_.strip_optional(spread.type);
  Stage s = stages_.field(maybe ? stages_.element(spread.stage) : spread.stage, field.name);
  const bool own = field.optional && kind(content) != Kind::Union;
  if (field.optional && !own) s = stages_.with_element(stages_.flat(spread.stage), s);
  if (maybe) s = stages_.with_element(stages_.flat(spread.stage), types_.is_optional(field.type) ? stages_.element(s) : s);
  return {maybe || field.optional ? types_.optional(field.type) : field.type, s, {}};
}

Info ModuleChecker::infer_record(const ast::RecordExpr& r, const Context& ctx) {
  std::vector<FieldType> fields;
  std::vector<StageField> stages;
  Stage own = stages_.constant();
  const auto put = [&](std::string_view name, bool optional, TypeId t, Stage s) {
    auto at = std::ranges::find(fields, name, &FieldType::name);
    if (at == fields.end()) {
      fields.push_back({name, optional, t});
      stages.push_back({stages_.keep(name), s});
    } else {
      *at = {name, optional, t};
      stages[static_cast<std::size_t>(at - fields.begin())].stage = s;
    }
  };
  bool open = false;
  for (std::size_t k = 0; k < r.fields.size(); ++k) {
    const ast::Field& f = r.fields[k];
    const Info i = infer(f.value, ctx);
    if (!f.spread) {
      if (!is_duplicate(f.key, r, k)) put(f.key.text, types_.is_optional(i.type), i.type, i.stage);
      continue;
    }
    const TypeId t = spread_type(i.type);
    if (kind(t) == Kind::Map || kind(t) == Kind::Json) {
      open = true;
      own = stages_.join(own, stages_.flat(i.stage));
      continue;
    }
    if (is_error(t)) return error();
    const auto inner = fields_of(t);
    if (inner.empty() && kind(t) != Kind::Record) {
      report(Code::TypeMismatch, expr(f.value).span, fmt::format("`...` needs a record here, this is {}", quoted(i.type)));
    }
    for (const FieldType& g : inner) {
      const Info field = spread_field(i, g);
      put(g.name, types_.is_optional(field.type), field.type, field.stage);
    }
  }
  if (open) return {types_.plain(Kind::Json), own, {}};
  return {types_.record(std::move(fields)), stages_.with_fields(own, std::move(stages)), {}};
}

Info ModuleChecker::infer_splat(const ast::SplatExpr& s, Span span, const Context& ctx) {
  Info object = infer(s.object, ctx);
  if (types_.is_optional(object.type)) {
    report_absent(object, s.object, ctx, "`[*]`");
    return error();
  }
  TypeId t = object.type;
  Stage stage = object.stage;
  if (is_error(t)) return error();
  if (kind(t) != Kind::Map && kind(t) != Kind::List) {
    report(Code::NotIterable, span, fmt::format("`[*]` needs a list or a family, this is {}", quoted(t)));
    return error();
  }
  // Nested families flatten.
  while (kind(type(t).element) == Kind::Map) {
    t = type(t).element;
    stage = stages_.with_element(stages_.join(stages_.flat(stage), stages_.flat(stages_.element(stage))),
                                 stages_.element(stages_.element(stage)));
  }
  return {types_.list(type(t).element), stage, {}};
}

}  // namespace stackc::sema
