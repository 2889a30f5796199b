#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Dynamic references (decision 18): `ssm`, `ssmSecure`, `secret`. CloudFormation reads the value when it
/// gives the property to the service; nobody sees it before.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
namespace stackc::sema {

namespace {

/// Whether `text` may be a part of `{{resolve:…}}`, whose parts end at a colon.
bool is_part(std::string_view text, bool colons) {
  return std::ranges::none_of(text, [&](char c) { return c == '}' || c == '{' || (c == ':' && !colons); }) && !text.ends_with('\\');
}

bool is_number_text(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Info> ModuleChecker::infer_reference(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  const bool secret = b.fn == BuiltinFn::Secret;
  if (b.fn != BuiltinFn::Ssm && b.fn != BuiltinFn::SsmSecure && !secret) return std::nullopt;
  constexpr std::string_view kSecret = "AWS::SecretsManager::Secret";
  const Why* why = stages_.because(span, fmt::format("`{}` is a dynamic reference, which CloudFormation resolves for the service", b.name));
  Stage stage = stages_.leaf(Level::Attr, why);
  for (std::size_t k = 0; k < c.args.size(); ++k) {
    const ast::ExprId e = c.args[k].value;
    const Span at = expr(e).span;
    const Slot slot{.what = {"an argument of", b.name}};
    const Info bare = k == 0 && secret ? infer(e, ctx) : Info{};
    const bool resource = bare.type.valid() && kind(bare.type) == Kind::Resource && type(bare.type).resource_name == kSecret;
    const bool version = !secret && k == 1;
    if (version && is_numeric(infer(e, ctx).type)) continue;
    const Info i = resource ? bare : check(e, types_.plain(Kind::String), ctx, slot);
    if (!resource && !refuse(i.stage, Taint::Opaque, at, "a dynamic reference cannot stand inside another")) return error();
    const Type& t = type(out_.expr_types[e.value]);
    if (t.kind != Kind::Literal) continue;
    if (!is_part(t.text, k == 0) || (k == 0 && t.text.empty()) || (version && !is_number_text(t.text))) {
      report(Code::InvalidLiteral, at,
             version ? fmt::format("`{}` is not the version of a parameter, which is a number", t.text)
                     : fmt::format("`{}` cannot be a part of a dynamic reference", t.text))
          .help(fmt::format("it is `{}`", b.signature));
      return error();
    }
  }
  const auto given = [&](std::size_t k) {
    if (c.args.size() <= k) return false;
    const auto* text = ast_.get_if<ast::StringExpr>(unparen(c.args[k].value));
    return text == nullptr || !text->is_plain() || !text->plain().empty();
  };
  if (secret && given(2) && given(3)) {
    report(Code::WrongArgumentCount, span, "`secret` takes a stage or a version id, not both")
        .help("write `\"\"` for the stage: `secret(\"id\", \"key\", \"\", \"version-id\")`");
    return error();
  }
  stage = stages_.tainted(stage, Taint::Opaque, why);
  if (b.fn != BuiltinFn::Ssm) {
    stage = stages_.tainted(stage, Taint::Secret, stages_.because(span, fmt::format("`{}` reads a secret", b.name)));
  }
  return Info{types_.plain(Kind::String), stage, {}};
}

}  // namespace stackc::sema
