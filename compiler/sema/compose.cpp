#include <algorithm>

#include "compiler/sema/checker.hpp"

/// `compose(yaml("f"), { services: […], profiles: […], variables: { … } })`: the services of a Compose file.
namespace stackc::sema {

std::optional<Info> ModuleChecker::infer_compose(ast::ExprId e, const BuiltinInfo& b, const ast::CallExpr& c, Span span,
                                                 const Context& ctx) {
  if (b.fn != BuiltinFn::Compose) return std::nullopt;
  const Info source = infer(c.args[0].value, ctx);
  Info variables;
  const bool good = check_compose_options(c, ctx, variables);
  const auto at = module_.data_files.find(e.value);
  if (at == module_.data_files.end()) {
    if (!is_error(source.type)) {
      report(Code::ComposeCall, expr(c.args[0].value).span, "`compose` reads a file, and this is none")
          .help("write `compose(yaml(\"docker-compose.yml\"))`, or give a `let` of this file that is `yaml(\"…\")`");
    }
    return error();
  }
  const DataFile& file = *shared_.graph.data_files[at->second];
  if (!file.ok || !good) return error();
  if (variables.type.valid()) check_variable_names(c.args[1].value, variables, file.services);
  (void)span;
  return compose_info(file.services, variables);
}

/// The names in `services`, `profiles` and `secrets`: files are read before anything is computed.
bool ModuleChecker::check_names_written_out(const ast::Field& f) {
  const auto* list = ast_.get_if<ast::ListExpr>(f.value);
  const auto is_plain = [&](const ast::ListItem& item) {
    const auto* text = ast_.get_if<ast::StringExpr>(item.value);
    return !item.spread && text != nullptr && text->is_plain();
  };
  if (list != nullptr && std::ranges::all_of(list->items, is_plain)) return true;
  report(Code::ComposeCall, expr(f.value).span, fmt::format("`{}` of `compose` is a list of names, written out", f.key.text));
  return false;
}

bool ModuleChecker::check_compose_options(const ast::CallExpr& c, const Context& ctx, Info& variables) {
  if (c.args.size() < 2) return true;
  const ast::ExprId options = unparen(c.args[1].value);
  const auto* record = ast_.get_if<ast::RecordExpr>(options);
  if (record == nullptr) {
    infer(options, ctx);
    report(Code::ComposeCall, expr(options).span, "the options of `compose` are a record, written out")
        .help("`{ services: [\"web\"], profiles: [\"tools\"], variables: { HOST: host } }`");
    return false;
  }
  bool good = true;
  for (const ast::Field& f : record->fields) {
    if (!f.spread && (f.key.text == "services" || f.key.text == "profiles" || f.key.text == "secrets")) {
      good = check_names_written_out(f) && good;
    } else if (!f.spread && f.key.text == "variables") {
      // Values become text as they do in a property; where the whole may go is asked of the result.
      const Slot slot{.what = "a variable of the Compose file", .schema = true, .secrets = true};
      variables = check(f.value, types_.map(types_.plain(Kind::String)), ctx, slot);
      good = good && !is_error(variables.type);
      good = require(stages_.flat(variables.stage), Level::Const, expr(f.value).span,
                     "the names of the variables are known at compile time") && good;
    } else {
      infer(f.value, ctx);
      Diagnostic& d = report(Code::ComposeCall, f.spread ? expr(f.value).span : f.key.span,
                             f.spread ? std::string("the options of `compose` are written one by one")
                                      : fmt::format("`compose` has no option `{}`", f.key.text));
      if (!f.spread) suggest(d, f.key.text, f.key.span, {"services", "profiles", "secrets", "variables"});
      good = false;
    }
  }
  return good;
}

/// Names that stand nowhere in the file are mistakes, where one can see them.
void ModuleChecker::check_variable_names(ast::ExprId e, const Info&, const compose::Value& services) {
  const auto* options = ast_.get_if<ast::RecordExpr>(unparen(e));
  const auto names = compose::variables_in(services);
  for (const ast::Field& f : options->fields) {
    const auto* values = f.key.text == "variables" ? ast_.get_if<ast::RecordExpr>(f.value) : nullptr;
    if (values == nullptr) continue;
    for (const ast::Field& v : values->fields) {
      if (v.spread || std::ranges::find(names, v.key.text) != names.end()) continue;
      Diagnostic& d = report(Code::ComposeCall, v.key.span, fmt::format("the services have no variable `{}`", v.key.text));
      suggest(d, v.key.text, v.key.span, {names.begin(), names.end()});
      if (d.fixes.empty() && !names.empty()) d.help(fmt::format("they have {}", fmt::join(names, ", ")));
    }
  }
}

Stage ModuleChecker::compose_stage(const compose::Text& text, const Info& variables, Span span) {
  Stage out = stages_.constant();
  for (const compose::Piece& p : text) {
    if (p.is_literal()) continue;
    const auto fields = variables.type.valid() ? variables.stage->fields : std::span<const StageField>{};
    const bool given = std::ranges::find(fields, p.variable, &StageField::name) != fields.end();
    if (given) out = stages_.join(out, stages_.latest(stages_.field(variables.stage, p.variable)));
    // Which names a computed map has is not known here: it may have this one.
    else if (variables.type.valid() && fields.empty()) out = stages_.join(out, stages_.latest(variables.stage));
    const bool open = !given && p.use != compose::Piece::Use::OrElse && p.use != compose::Piece::Use::Instead;
    if (open) {
      const Why* why = stages_.because(span, fmt::format("only the release knows the variable `{}`", p.variable));
      out = stages_.join(out, stages_.held(stages_.leaf(Level::Attr, why)));
    }
    out = stages_.join(out, compose_stage(p.other, variables, span));
  }
  return out;
}

Info ModuleChecker::compose_info(const compose::Value& value, const Info& variables) {
  switch (value.kind) {
    case compose::Kind::Bool: return plain(Kind::Bool);
    case compose::Kind::Int: return plain(Kind::Int);
    case compose::Kind::Size: return plain(Kind::Size);
    case compose::Kind::Duration: return plain(Kind::Duration);
    case compose::Kind::String:
      if (value.is_word) return constant(types_.literal(types_.plain(Kind::String), types_.keep(value.text[0].text)));
      return {types_.plain(Kind::String), compose_stage(value.text, variables, value.span), {}};
    case compose::Kind::List: {
      std::vector<TypeId> elements;
      Stage stage = stages_.constant();
      for (const compose::Value& item : value.items) {
        const Info i = compose_info(item, variables);
        if (std::ranges::find(elements, i.type) == elements.end()) elements.push_back(i.type);
        stage = stages_.join(stage, i.stage);
      }
      const TypeId element = elements.empty() ? types_.plain(Kind::Never) : merged_rows(elements);
      return {types_.list(element), stages_.with_element(stages_.constant(), stage), {}};
    }
    case compose::Kind::Record: {
      std::vector<FieldType> fields;
      std::vector<StageField> stages;
      for (const compose::Member& m : value.members) {
        const Info i = compose_info(m.value, variables);
        const std::string_view name = types_.keep(m.name);
        fields.push_back({name, false, i.type});
        stages.push_back({name, i.stage});
      }
      return {types_.record(std::move(fields)), stages_.with_fields(stages_.constant(), std::move(stages)), {}};
    }
  }
  return error();
}

}  // namespace stackc::sema
