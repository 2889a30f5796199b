#include <algorithm>
#include <array>

#include "compiler/sema/checker.hpp"

/// What a stack says in CloudFormation's own words: raw values and sections, `extern`, and the sections that
/// have no form of their own.
namespace stackc::sema {

namespace {

/// The sections of a template. Others are a macro's business.
constexpr std::array<std::string_view, 12> kSections = {
    "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules",   "Mappings",
    "Conditions",               "Transform",   "Hooks",    "Resources",  "Outputs", "Globals"};

}  // namespace

/// JSON as it stands; CloudFormation's functions in it are objects with their names.
Info ModuleChecker::infer_raw(const ast::RawExpr& r, Span span, const Context& ctx) {
  const Info i = check(r.body, types_.optional(types_.plain(Kind::Json)), ctx, Slot{.what = "`raw`", .schema = true});
  if (!is_error(i.type)) {
    require(stages_.latest(i.stage), Level::Const, expr(r.body).span,
            "`raw` is known at compile time, and names things as `{ Ref: \"Name\" }`");
  }
  return {types_.plain(Kind::Error), stages_.leaf(Level::Param, stages_.because(span, "`raw` is read by CloudFormation")), {}};
}

void ModuleChecker::check_raw_section(const ast::Decl& d, const ast::RawDecl& r, const Context& ctx) {
  infer_raw(ast::RawExpr{r.body}, d.span, ctx);
  if (std::ranges::find(kSections, d.name.text) != kSections.end()) return;
  Diagnostic& report_it = report(Code::UnknownSection, d.name.span, fmt::format("a template has no section `{}`", d.name.text));
  suggest(report_it, d.name.text, d.name.span, {kSections.begin(), kSections.end()});
  if (report_it.fixes.empty()) report_it.help(fmt::format("the sections are {}", fmt::join(kSections, ", ")));
}

/// Something that the template holds, or will hold, under that name.
Info ModuleChecker::extern_info(ast::DeclId id, const ast::ExternDecl& e) {
  const ast::Decl& d = ast_[id];
  const Context& ctx = context_of(id);
  const auto why = [&](std::string_view what) {
    return stages_.because(d.name.span, fmt::format("`{}` is {}", d.name.text, what));
  };
  if (e.kind == ast::ExternKind::Condition) {
    return {types_.plain(Kind::Bool), stages_.leaf(Level::Param, why("a condition, decided when a deployment starts")), {}};
  }
  if (e.kind == ast::ExternKind::Param) {
    return {resolve_type(e.type, ctx.body), stages_.leaf(Level::Param, why("a parameter, known when a deployment starts")), {}};
  }
  const ResourceTarget target = resolve_target(e.type, ctx.body);
  if (target.kind == ResourceTarget::Kind::Component) {
    report(Code::TypeMismatch, ast_[e.type].span, "`extern` speaks of a resource of the template, this is a component");
    return error();
  }
  out_.targets[id.value] = target;
  if (target.kind == ResourceTarget::Kind::Schema) return constant(types_.resource(target.type));
  return target.kind == ResourceTarget::Kind::Custom ? constant(types_.custom(target.type_name)) : error();
}

/// `rule Name { RuleCondition: …, Assertions: [{ Assert: …, AssertDescription: … }] }`
void ModuleChecker::check_rule(const ast::Decl& d, const ast::RuleDecl& r, const Context& ctx) {
  const auto* body = ast_.get_if<ast::RecordExpr>(r.body);
  if (body == nullptr) return;
  const std::vector<std::string_view> names{"RuleCondition", "Assertions"};
  bool asserts = false;
  in_assert_ = true;
  for (std::size_t k = 0; k < body->fields.size(); ++k) {
    const ast::Field& f = body->fields[k];
    asserts = asserts || f.spread || f.key.text == "Assertions";
    const Info i = check(f.value, types_.plain(Kind::Json), ctx, Slot{.what = {"rule", d.name.text}, .schema = true});
    if (!is_error(i.type)) {
      require(stages_.latest(i.stage), Level::Param, expr(f.value).span, "a rule is checked before resources exist", Code::ConditionOnAttribute);
    }
    if (f.spread || is_duplicate(f.key, *body, k) || std::ranges::find(names, f.key.text) != names.end()) continue;
    Diagnostic& unknown = report(Code::UnknownField, f.key.span, fmt::format("a rule has no `{}`", f.key.text));
    suggest(unknown, f.key.text, f.key.span, names);
    if (unknown.fixes.empty()) unknown.help("it has `RuleCondition` and `Assertions`");
    asserts = true;
  }
  in_assert_ = false;
  if (!asserts) report(Code::MissingArgument, d.name.span, fmt::format("rule `{}` needs `Assertions`", d.name.text));
}

void ModuleChecker::check_template_metadata(ast::DeclId id, const ast::MetadataDecl& m, const Context& ctx) {
  check(m.body, types_.plain(Kind::Json), ctx, Slot{.what = "`metadata`", .schema = true, .metadata = true});
  for (ast::DeclId other : ast_.top.decls) {
    if (other == id) return;
    if (ast_.get_if<ast::MetadataDecl>(other) == nullptr) continue;
    report(Code::DuplicateName, ast_[id].span, "`metadata` is declared twice").label(ast_[other].span, "first declared here");
    return;
  }
}

/// `transform "Name"`, a list of such, or a record with Name and Parameters.
void ModuleChecker::check_transform(const ast::TransformDecl& t, const Context& ctx) {
  const Info i = check(t.value, types_.plain(Kind::Json), ctx, Slot{.what = "`transform`", .schema = true});
  const Kind k = kind(i.type);
  if (is_error(i.type) || is_text(i.type) || k == Kind::List || k == Kind::Record || k == Kind::Json || k == Kind::Map) return;
  report(Code::TypeMismatch, expr(t.value).span, fmt::format("`transform` takes the name of a macro, this is {}", quoted(i.type)))
      .help("several names stand in a list; parameters in `{ Name: …, Parameters: { … } }`");
}

bool ModuleChecker::is_unchecked(const ast::Decl& d) const {
  return std::ranges::any_of(d.decorators, [](const ast::Decorator& x) { return x.name.text == "unchecked"; });
}

void ModuleChecker::note_unchecked_type(const ast::Name& name) {
  if (std::ranges::find(noted_types_, name.text) != noted_types_.end()) return;
  noted_types_.push_back(name.text);
  report(Code::UncheckedType, name.span, fmt::format("`{}` is not in the schema, so its properties are not checked", name.text));
}

}  // namespace stackc::sema
