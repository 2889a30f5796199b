#include <algorithm>

#include "compiler/sema/checker.hpp"
#include "compiler/sema/unquoted.hpp"

/// What to say of a value that does not fit.
namespace stackc::sema {

void ModuleChecker::report_bare_resource(const Type& resource, Span span, std::string_view where, std::string_view text) {
  Diagnostic& d = report(Code::BareResource, span, fmt::format("a resource cannot stand as {}; say which of its values is meant", where),
                         std::string(resource.resource_name));
  std::string offers = fmt::format("`{}.ref`", text);
  if (resource.resource) {
    // What identifies the resource first, the rest in the order of the schema.
    std::vector<std::string_view> names = resource.resource.attributes().names();
    const auto rank = [&](std::string_view a) {
      if (a == resource.resource.canonical(resource.resource.ref_member())) return 0;
      return a == resource.resource.arn_member() ? 1 : a.ends_with("Name") ? 2 : 3;
    };
    std::ranges::stable_sort(names, {}, rank);
    if (names.size() > 4) names.resize(4);
    for (std::string_view a : names) offers += fmt::format(", `{}.{}`", text, a);
  }
  d.help("write " + offers);
}

void ModuleChecker::report_absent(const Info& value, ast::ExprId e, const Context& ctx, std::string_view where) {
  const Span span = expr(e).span;
  const std::string_view source = shared_.sources.text(span);
  if (kind(value.type) == Kind::None) {
    report(Code::MayBeAbsent, span, fmt::format("`none` cannot be used in {}", where));
    return;
  }
  Diagnostic& d = report(Code::MayBeAbsent, span, fmt::format("`{}` may be absent, and {} needs a value", source, where));
  if (const auto* n = ast_.get_if<ast::NameExpr>(unparen(e)); n != nullptr) {
    const Binding b = look_up(n->name, ctx).binding;
    if (b.kind == Binding::Kind::Decl && b.decl.module == id_) {
      const ast::Decl& decl = ast_[b.decl.decl];
      const Context* c = contexts_[b.decl.decl.value];
      const auto* branch = c != nullptr && c->block.valid() ? std::get_if<ast::IfDecl>(&ast_[c->block].node) : nullptr;
      if (branch != nullptr) {
        const Span condition = expr(branch->condition).span;
        d.label(condition, fmt::format("it exists only when this is {}", c->in_else ? "false" : "true"));
        d.help(fmt::format("put the use under the same condition, or say what happens without it: `?.` or `??`"));
        return;
      }
      d.label(decl.name.span, "declared here");
    }
  }
  d.help("`??` gives a value for when it is absent, `if … != none` or `?:` asks first");
}

void ModuleChecker::report_misfit(const Info& value, TypeId expected, ast::ExprId e, const Context& ctx, const Slot& slot) {
  const Span span = expr(e).span;
  const Type& f = type(value.type);
  const TypeId content = types_.strip_optional(expected);
  const Type& t = type(content);
  if ((f.kind == Kind::Optional || f.kind == Kind::None) && !types_.is_optional(expected)) {
    if (f.kind == Kind::None || fits_type(f.element, expected, slot, stages_.element(value.stage))) {
      return report_absent(value, e, ctx, slot.what.str());
    }
  }
  const auto related = [&](Diagnostic& d) {
    if (slot.declared.valid()) d.label(slot.declared, "asked for here");
  };
  if (f.kind == Kind::Resource) {
    const bool text = is_text(content) && t.kind != Kind::Id && t.kind != Kind::Arn;
    if (text || t.kind == Kind::Json || t.kind == Kind::Policy) {
      return report_bare_resource(f, span, t.kind == Kind::Json ? "JSON" : "text", shared_.sources.text(span));
    }
    Diagnostic& d = report(Code::WrongIdentity, span, fmt::format("{} expects {}, found a resource of type `{}`", slot.what, quoted(content), f.resource_name));
    related(d);
    return;
  }
  const bool ids = f.kind == Kind::Id && (t.kind == Kind::Id || t.kind == Kind::Arn ||
                   (t.kind == Kind::Union && std::ranges::any_of(t.arms, [&](TypeId a) { return kind(a) == Kind::Id; })));
  if (ids) {
    Diagnostic& d = report(Code::WrongIdentity, span, fmt::format("{} expects {}, found {}", slot.what, quoted(content), quoted(value.type)));
    if (t.kind == Kind::Id && t.resource_name == f.resource_name) d.help(fmt::format("take `.{}` of the resource, or pass the resource itself", t.member));
    related(d);
    return;
  }
  if (f.kind == Kind::Duration || f.kind == Kind::Size || f.kind == Kind::Percent) {
    const bool counted = t.unit != schema::Unit::None;
    Diagnostic& d = report(Code::UnitNotAccepted, span, fmt::format("{} expects {},{} found {}", slot.what, quoted(content),
                                                                    counted ? "" : " which has no unit,", quoted(value.type)));
    const auto text = shared_.sources.text(span);
    if (counted) return;
    if (f.kind == Kind::Duration) d.help(fmt::format("say the unit: `{}.seconds`, or `.minutes`, `.hours`, `.days`", text));
    if (f.kind == Kind::Size) d.help(fmt::format("say the unit: `{}.gib`, or `.bytes`, `.kib`, `.mib`, `.tib`", text));
    return;
  }
  // A record misses fields, or has one of the wrong type: say which.
  const auto want = fields_of(content);
  const auto have = fields_of(value.type);
  if (!want.empty() && !have.empty()) {
    std::vector<std::string> lines;
    for (const FieldType& w : want) {
      auto at = std::ranges::find(have, w.name, &FieldType::name);
      if (at == have.end()) {
        if (!w.optional) lines.push_back(fmt::format("field `{}` is missing", w.name));
      } else if (!fits_type(at->type, w.optional ? types_.optional(w.type) : w.type, slot, stages_.field(value.stage, w.name))) {
        lines.push_back(fmt::format("field `{}` is {}, expected {}", w.name, quoted(at->type), quoted(w.type)));
      }
    }
    Diagnostic& d = report(Code::TypeMismatch, span, fmt::format("{} does not fit {}", quoted(value.type), slot.what));
    for (const std::string& line : lines) d.note(line);
    related(d);
    return;
  }
  Diagnostic& d = report(Code::TypeMismatch, span, fmt::format("{} expects {}, found {}", slot.what, quoted(content), quoted(value.type)));
  if (t.kind == Kind::Union && !t.open && f.kind == Kind::Literal) {
    std::vector<std::string_view> names;
    for (TypeId arm : t.arms) {
      if (kind(arm) == Kind::Literal) names.push_back(type(arm).text);
    }
    Diagnostic probe;
    probe.labels.push_back({span, {}});
    suggest(probe, f.text, span, names);
    d.labels.front().text = probe.labels.front().text;
  }
  const bool quoted_text = f.kind == Kind::Literal && kind(f.element) == Kind::String;
  if (const auto plain = quoted_text ? unquoted(f.text, t) : std::nullopt) {
    d.help(fmt::format("write it without quotes: `{}`", *plain)).fix(span, *plain);
  } else if (const auto ways = ways_to_count(t.unit); !ways.empty()) {
    d.help(std::string(ways));
  }
  if (t.kind == Kind::List && f.kind != Kind::List && fits_type(value.type, t.element, slot, value.stage))
    d.help("put it in `[ ]` to make a list of one");
  related(d);
}

}  // namespace stackc::sema
