#include "compiler/sema/checker.hpp"

/// Lints of what is written, not of what it means.
namespace stackc::sema {

namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string with_first(std::string_view name, bool upper) {
  std::string fixed{name};
  if (upper && is_lower(fixed[0])) fixed[0] = static_cast<char>(fixed[0] - 'a' + 'A');
  if (!upper && is_upper(fixed[0])) fixed[0] = static_cast<char>(fixed[0] - 'A' + 'a');
  return fixed;
}

}  // namespace

/// By convention what exists in CloudFormation is capitalised, what vanishes at compile time is not.
void ModuleChecker::lint_name(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  if (d.name.empty()) return;
  const bool component = in_component(context_of(id));
  bool upper = false;
  std::string_view what;
  if (const auto* p = std::get_if<ast::ParamDecl>(&d.node)) {
    upper = !component && !p->is_const;
    what = component ? "a component's param" : p->is_const ? "a const param" : "a parameter of the template";
  } else if (std::holds_alternative<ast::OutputDecl>(d.node)) {
    upper = !component;
    what = component ? "a component's output" : "an output of the template";
  } else if (std::holds_alternative<ast::ResourceDecl>(d.node)) {
    upper = true;
    what = "a resource";
  } else if (std::holds_alternative<ast::ConditionDecl>(d.node)) {
    upper = true;
    what = "a condition";
  } else if (std::holds_alternative<ast::MappingDecl>(d.node)) {
    upper = true;
    what = "a mapping";
  } else if (std::holds_alternative<ast::LetDecl>(d.node)) {
    what = "a `let`";
  } else if (std::holds_alternative<ast::FnDecl>(d.node)) {
    what = "a function";
  } else if (std::holds_alternative<ast::TypeDecl>(d.node) || std::holds_alternative<ast::ComponentDecl>(d.node)) {
    upper = true;
    what = "a type";
  } else {
    return;
  }
  const char first = d.name.text[0];
  if (upper ? !is_lower(first) : !is_upper(first)) return;
  const std::string fixed = with_first(d.name.text, upper);
  report(Code::Naming, d.name.span,
         fmt::format("{} is {} by convention, this is `{}`", what, upper ? "capitalised" : "written in lower case", d.name.text),
         fmt::format("`{}`?", fixed))
      .note(upper ? "a capitalised name exists in CloudFormation, or is a type" : "a lower-case name vanishes at compile time");
}

}  // namespace stackc::sema
