#include "compiler/driver/given_consts.hpp"

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/const_values.hpp"

namespace stackc {

namespace {

ast::DeclId find_param(const Module& m, std::string_view name) {
  for (const auto decl : m.ast->top.decls) {
    if ((*m.ast)[decl].name.text == name && m.ast->get_if<ast::ParamDecl>(decl) != nullptr) return decl;
  }
  return {};
}

}  // namespace

std::string_view deployed_name(const Module& stack, const Environment* environment) {
  const auto* wanted = environment != nullptr ? environment->find(stack.stack_name) : nullptr;
  return wanted != nullptr && !wanted->name.empty() ? std::string_view{wanted->name} : stack.stack_name;
}

eval::StackSettings GivenConsts::settings_of(const Module& m, const Environment* environment, From from) {
  eval::StackSettings settings;
  if (const auto* wanted = environment != nullptr ? environment->find(m.stack_name) : nullptr) {
    settings.stack_name = wanted->name;
    for (const auto& setting : wanted->consts) add(m, setting, settings, from.sink);
  }
  for (const auto& set : from.run.sets) {
    const auto* param = m.ast->get_if<ast::ParamDecl>(find_param(m, set.name));
    if (param == nullptr || !param->is_const) continue;
    settings.consts[set.name] = const_expression(set.value, *m.ast, param->type);
  }
  for (const auto& [decl, upstream] : m.upstreams) {
    if (!upstream.valid()) continue;
    settings.upstreams[std::string{(*m.ast)[decl].name.text}] =
        deployed_name(from.graph[upstream], environment);
  }
  return settings;
}

void GivenConsts::add(const Module& m, const ProjectSetting& setting, eval::StackSettings& into, Sink& sink) {
  const auto decl = find_param(m, setting.key);
  const auto* param = m.ast->get_if<ast::ParamDecl>(decl);
  if (param != nullptr && param->is_const) {
    const auto& text = into.consts[setting.key] = const_expression(setting.value, *m.ast, param->type);
    given_.push_back({(*m.ast)[decl].name.span, text, setting.value.span});
    return;
  }
  std::vector<std::string_view> names;
  for (const auto other_decl : m.ast->top.decls) {
    const auto* other = m.ast->get_if<ast::ParamDecl>(other_decl);
    if (other != nullptr && other->is_const) names.push_back((*m.ast)[other_decl].name.text);
  }
  const auto close = did_you_mean(setting.key, names);
  auto& d = sink.report(Code::UnknownConstParam, setting.key_span,
                        fmt::format("stack `{}` has no const param `{}`", m.stack_name, setting.key),
                        close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
  if (param != nullptr) {
    d.help("it is a param of the template: give its value under `parameters`");
  } else if (!close.empty()) {
    d.fix(setting.key_span, std::string{close});
  }
}

void GivenConsts::point_to_settings(std::vector<Diagnostic>& diagnostics) const {
  for (auto& d : diagnostics) {
    if (d.code != Code::BadConstSetting) continue;
    for (const auto& given : given_) {
      if (given.param != d.labels[0].span ||
          d.message.find(fmt::format("`{}`", given.text)) == std::string::npos)
        continue;
      d.label(given.value, "set here");
      break;
    }
  }
}

}  // namespace stackc
