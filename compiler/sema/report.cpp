#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

namespace stackc::sema {

Diagnostic& ModuleChecker::report(Code code, Span span, std::string message, std::string label) {
  return shared_.sink.report(code, span, std::move(message), std::move(label));
}

void suggest(Diagnostic& d, std::string_view name, Span span, const std::vector<std::string_view>& candidates) {
  const std::string_view close = did_you_mean(name, candidates);
  if (close.empty()) return;
  d.labels.front().text = fmt::format("did you mean `{}`?", close);
  d.fix(span, std::string(close));
}

std::string Purpose::str() const {
  std::string out(kind_);
  if (named_) out += fmt::format("{}`{}`", out.empty() ? "" : " ", name_);
  if (!owner_.empty()) out += fmt::format(" of `{}`", owner_);
  out += tail_;
  return out;
}

std::string ModuleChecker::text(TypeId id) {
  const Type& t = type(id);
  if (t.kind == Kind::Instance) return std::string(module(t.component.module).ast_[t.component.decl].name.text);
  return types_.str(id);
}

namespace {

std::string_view when(Level level) {
  switch (level) {
    case Level::Const: return "at compile time";
    case Level::Param: return "when a deployment starts";
    case Level::Attr: return "once a resource exists";
  }
  return "";
}

}  // namespace

void ModuleChecker::add_chain(Diagnostic& d, const Why* why) {
  constexpr int kLinks = 6;
  for (int i = 0; why != nullptr && i < kLinks; why = why->next, ++i) {
    if (why->span.valid() && why->span != d.labels.front().span) {
      d.label(why->span, why->str());
    } else if (std::string text = why->str(); !text.empty()) {
      d.note(std::move(text));
    }
  }
}

void ModuleChecker::add_circle(Diagnostic& d, DeclRef first) {
  auto at = std::ranges::find_if(shared_.open, [&](const DeclRef& r) { return r.module == first.module && r.decl == first.decl; });
  if (at == shared_.open.end()) return;
  for (++at; at != shared_.open.end(); ++at) {
    const ast::Name& name = module(at->module).ast_[at->decl].name;
    d.label(name.span, fmt::format("through `{}`", name.text));
  }
}

bool ModuleChecker::require(Stage stage, Level at_most, Span span, std::string_view reason, Code code) {
  // The reason is remembered where a caller decides the stage, and only there.
  const std::string_view kept = stage->deps.empty() ? reason : stages_.keep(reason);
  if (stages_.require(stage, {at_most, span, kept})) return true;
  Diagnostic& d = report(code, span, fmt::format("{}, but this is known only {}", reason, when(stage->level)));
  add_chain(d, stage->why);
  return false;
}

/// A literal's plain type; other types as they are.
TypeId ModuleChecker::widened(TypeId id) {
  const Type& t = type(id);
  if (t.kind == Kind::Literal) return t.element;
  if (t.kind == Kind::Optional) return types_.optional(widened(t.element));
  if (t.kind == Kind::List) return types_.list(widened(t.element));
  if (t.kind != Kind::Union || t.open) return id;
  std::vector<TypeId> arms;
  for (TypeId arm : t.arms) arms.push_back(widened(arm));
  return types_.union_of(std::move(arms));
}

bool ModuleChecker::is_text(TypeId id) const {
  const Type& t = type(id);
  switch (t.kind) {
    case Kind::Error:
    case Kind::String:
    case Kind::Cidr:
    case Kind::Id:
    case Kind::Arn: return true;
    case Kind::Literal: return kind(t.element) == Kind::String;
    case Kind::Union:
      for (TypeId arm : t.arms) {
        if (!is_text(arm)) return false;
      }
      return true;
    default: return false;
  }
}

bool ModuleChecker::is_numeric(TypeId id) const {
  const Type& t = type(id);
  switch (t.kind) {
    case Kind::Error:
    case Kind::Int:
    case Kind::Number: return true;
    case Kind::Literal: return is_numeric(t.element);
    case Kind::Union:
      for (TypeId arm : t.arms) {
        if (!is_numeric(arm)) return false;
      }
      return true;
    default: return false;
  }
}

bool ModuleChecker::is_bool(TypeId id) const {
  const Type& t = type(id);
  if (t.kind == Kind::Error || t.kind == Kind::Bool) return true;
  if (t.kind == Kind::Literal) return is_bool(t.element);
  if (t.kind != Kind::Union) return false;
  for (TypeId arm : t.arms) {
    if (!is_bool(arm)) return false;
  }
  return true;
}

bool ModuleChecker::is_scalar(TypeId id) const {
  const Type& t = type(id);
  if (t.kind == Kind::Union) {
    for (TypeId arm : t.arms) {
      if (!is_scalar(arm)) return false;
    }
    return true;
  }
  return is_text(id) || is_numeric(id) || is_bool(id) || t.kind == Kind::Json || t.kind == Kind::Percent;
}

}  // namespace stackc::sema
