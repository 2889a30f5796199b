#include <algorithm>

#include "compiler/schema/api.hpp"
#include "compiler/sema/checker.hpp"

/// Documents: JSON files beside the template (decision 17). They are written at compile time; what is known
/// later is a hole with a name.
namespace stackc::sema {

namespace {

/// `Tg.TargetGroupArn` -> `TG_TARGET_GROUP_ARN`: a name for the hole of a value.
std::string hole_name(std::string_view source) {
  std::string out;
  bool lower = false;
  for (const char c : source) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool small = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!upper && !small) {
      if (!out.empty() && out.back() != '_') out += '_';
    } else {
      if (upper && lower && out.back() != '_') out += '_';
      out += small && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    lower = small;
  }
  while (out.ends_with('_')) out.pop_back();
  const bool starts_well = !out.empty() && out[0] >= 'A' && out[0] <= 'Z';
  return starts_well ? out : "VALUE";
}

bool is_hole_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !name.empty() && letter(name[0]) && std::ranges::all_of(name, [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

bool ModuleChecker::is_release_hole(ast::ExprId e) const {
  const auto* call = ast_.get_if<ast::CallExpr>(e);
  return call != nullptr && call->args.size() == 1 && out_.calls[e.value].builtin == BuiltinFn::Hole;
}

std::optional<Info> ModuleChecker::infer_hole(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  if (b.fn != BuiltinFn::Hole) return std::nullopt;
  const ast::ExprId name = c.args[0].value;
  const Info text = check(name, types_.plain(Kind::String), ctx, Slot{.what = "the name of a hole"});
  require(text.stage, Level::Const, expr(name).span, "the name of a hole is known at compile time");
  const auto* literal = ast_.get_if<ast::StringExpr>(unparen(name));
  if (literal != nullptr && literal->is_plain() && !is_hole_name(literal->plain())) {
    report(Code::HoleName, expr(name).span, fmt::format("`{}` cannot be the name of a hole", literal->plain()),
           "expected letters, digits and `_`, a letter first");
    return error();
  }
  if (c.args.size() == 1) {
    const Why* why = stages_.because(span, "only the release knows what fills this hole");
    return Info{types_.plain(Kind::String), stages_.held(stages_.leaf(Level::Attr, why)), {}};
  }
  return infer_held(c.args[1].value, ctx);
}

/// What a hole has inside: one value or a list of them, which an output can show.
Info ModuleChecker::infer_held(ast::ExprId value, const Context& ctx) {
  const Span span = expr(value).span;
  const Info i = infer(value, ctx);
  if (is_error(i.type)) return error();
  if (types_.is_optional(i.type) || kind(i.type) == Kind::None) {
    report_absent(i, value, ctx, "a hole");
    return error();
  }
  if (kind(i.type) == Kind::Resource) {
    report_bare_resource(type(i.type), span, "text", shared_.sources.text(span));
    return error();
  }
  const bool listed = kind(i.type) == Kind::List && is_scalar(type(i.type).element);
  if (!is_scalar(i.type) && !listed) {
    report(Code::TypeMismatch, span, fmt::format("a hole is filled with one value or a list of them, this is {}", quoted(i.type)));
    return error();
  }
  if (!refuse(i.stage, Taint::Secret, span, "the output that fills a hole can be read by others")) return error();
  if (!refuse(i.stage, Taint::Opaque, span, "CloudFormation resolves nothing in the output that fills a hole")) return error();
  return {widened(i.type), stages_.held(i.stage), {}};
}

void ModuleChecker::check_document(ast::DeclId id, const ast::DocumentDecl& d) {
  const Context& ctx = context_of(id);
  const Span path_span = expr(d.path).span;
  const Info path = check(d.path, types_.plain(Kind::String), ctx, Slot{.what = "the path of a document"});
  require(path.stage, Level::Const, path_span, "the path of a document is known at compile time");
  TypeId wanted = types_.plain(Kind::Json);
  if (d.type.valid()) {
    wanted = value_type(d.type, ctx.body);
    // A resource type stands for its properties: a task definition, a service.
    if (kind(wanted) == Kind::Resource && type(wanted).resource) wanted = types_.properties(type(wanted).resource);
  }
  const std::size_t errors = shared_.sink.error_count();
  const std::string what = fmt::format("document `{}`", shared_.sources.text(path_span));
  in_document_ = true;
  Slot slot{.what = what, .schema = kind(wanted) == Kind::Properties};
  if (d.type.valid()) slot.declared = ast_[d.type].span;
  const Info value = check(d.value, wanted, ctx, slot);
  in_document_ = false;
  out_.decl_types[id.value] = wanted;
  if (shared_.sink.error_count() != errors || is_error(value.type)) return;
  if (!refuse(value.stage, Taint::Secret, expr(d.value).span, "a document can be read by others")) return;
  if (!refuse(value.stage, Taint::Opaque, expr(d.value).span, "CloudFormation resolves nothing in a document")) return;
  // In a component, a document under an `if` may not be written at all, and then asks nothing of the params:
  // what comes too late is reported for the instance that writes it.
  const auto chosen = [&](const auto& block) { return std::holds_alternative<ast::IfDecl>(ast_[block.first].node); };
  if (!in_component(ctx) || std::ranges::none_of(path_of(id), chosen)) check_early(d.value);
}

/// Whether a document of the resource type `owner` may have what only the API knows (`ClientToken`).
bool ModuleChecker::is_api_member(std::string_view owner, std::string_view name) const {
  const schema::Api* api = in_document_ ? schema::find_api(owner) : nullptr;
  return api != nullptr && std::ranges::find(api->further, name) != api->further.end();
}

/// Everything in a document is known at compile time, or a hole; the error stands at the leaf that is not.
void ModuleChecker::check_early(ast::ExprId e) {
  e = unparen(e);
  const Info& info = infos_[e.value];
  if (!info.type.valid() || is_error(info.type)) return;
  if (const auto* r = ast_.get_if<ast::RecordExpr>(e)) {
    for (const ast::Field& f : r->fields) check_early(f.value);
    return;
  }
  if (const auto* l = ast_.get_if<ast::ListExpr>(e)) {
    for (const ast::ListItem& item : l->items) check_early(item.value);
    return;
  }
  const Span span = expr(e).span;
  const bool resource = kind(info.type) == Kind::Resource;
  const Why* why = stages_.refuse(info.stage, {Taint::Unheld, span, "a document is written at compile time"});
  if (!resource && why == nullptr) return;
  const std::string_view source = shared_.sources.text(span);
  Diagnostic& d = report(Code::LateDocument, span, "a document is written at compile time, and this is known only later");
  add_chain(d, why);
  if (resource) {
    d.help(fmt::format("make it a hole, which an output of the stack fills: `hole(\"{0}\", {1}.ref)`", hole_name(source), source));
    return;
  }
  const bool one_value = !types_.is_optional(info.type) && (is_scalar(info.type) || kind(info.type) == Kind::List) && span.size() < 80;
  const std::string hole = fmt::format("hole(\"{}\", {})", hole_name(source), source);
  d.help(one_value ? fmt::format("make it a hole, which an output of the stack fills: `{}`", hole)
                   : "make its parts holes, which outputs of the stack fill: `hole(\"NAME\", value)`");
  if (one_value) d.fix(span, hole);
}

}  // namespace stackc::sema
