#include <algorithm>
#include <array>

#include "compiler/sema/checker.hpp"

/// Rule functions: what only an `assert` on parameters may ask.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
namespace stackc::sema {

namespace {

/// Kinds of ids that a parameter of the console has facts about, by the parameter type's name.
constexpr std::array<std::string_view, 9> kParameterTypes = {
    "AWS::EC2::VPC::Id",      "AWS::EC2::Subnet::Id",          "AWS::EC2::SecurityGroup::Id",
    "AWS::EC2::Instance::Id", "AWS::EC2::Volume::Id",          "AWS::EC2::Image::Id",
    "AWS::EC2::KeyPair::KeyName", "AWS::Route53::HostedZone::Id", "AWS::EC2::SecurityGroup::GroupName",
};

}  // namespace

std::optional<Info> ModuleChecker::infer_rule_function(const BuiltinInfo& b, const ast::CallExpr& c, Span span, const Context& ctx) {
  using F = BuiltinFn;
  if (b.fn != F::EachMemberIn && b.fn != F::EachMemberEquals && b.fn != F::RefAll && b.fn != F::ValueOf && b.fn != F::ValueOfAll) {
    return std::nullopt;
  }
  const TypeId string = types_.plain(Kind::String);
  const Stage asked = stages_.leaf(Level::Param, stages_.because(span, fmt::format("`{}` is asked when a deployment starts", b.name)));
  const Slot slot{.what = {"an argument of", b.name}};
  const auto at = [&](std::size_t k) { return expr(c.args[k].value).span; };
  if (!in_assert_) {
    report(Code::AssertNotParams, span, fmt::format("`{}` is a rule function: only `assert` may ask it", b.name));
    return error();
  }
  const auto param_type = [&](std::size_t k) {
    const auto* name = ast_.get_if<ast::StringExpr>(unparen(c.args[k].value));
    if (name != nullptr && name->is_plain() && std::ranges::find(kParameterTypes, name->plain()) != kParameterTypes.end()) {
      infer(c.args[k].value, ctx);
      return true;
    }
    Diagnostic& d = report(Code::InvalidLiteral, at(k), fmt::format("`{}` needs the type of a parameter, like `\"AWS::EC2::VPC::Id\"`", b.name));
    if (name != nullptr && name->is_plain()) {
      const std::vector<std::string_view> names(kParameterTypes.begin(), kParameterTypes.end());
      suggest(d, name->plain(), at(k), names);
      d.fixes.clear();
    }
    return false;
  };
  const auto list = [&](std::size_t k) {
    const Info i = check(c.args[k].value, types_.list(string), ctx, slot);
    require(stages_.latest(i.stage), Level::Param, at(k), fmt::format("`{}` needs this before resources exist", b.name));
  };
  switch (b.fn) {
    case F::RefAll:
      if (!param_type(0)) return error();
      return Info{types_.list(string), asked, {}};
    case F::ValueOfAll:
      if (!param_type(0)) return error();
      require(check(c.args[1].value, string, ctx, slot).stage, Level::Const, at(1), "the name of a fact is known at compile time");
      return Info{types_.list(string), asked, {}};
    case F::ValueOf: {
      const auto* name = ast_.get_if<ast::NameExpr>(unparen(c.args[0].value));
      const Info value = infer(c.args[0].value, ctx);
      const Binding binding = name != nullptr ? look_up(name->name, ctx).binding : Binding{};
      const bool param = binding.kind == Binding::Kind::Decl && binding.decl.module == id_ &&
                         std::holds_alternative<ast::ParamDecl>(ast_[binding.decl.decl].node);
      if (!param && !is_error(value.type)) report(Code::TypeMismatch, at(0), "`valueOf` takes a param of the stack");
      require(check(c.args[1].value, string, ctx, slot).stage, Level::Const, at(1), "the name of a fact is known at compile time");
      return Info{types_.list(string), asked, {}};
    }
    case F::EachMemberIn:
      list(0);
      list(1);
      return Info{types_.plain(Kind::Bool), asked, {}};
    default: {
      list(0);
      const Info i = check(c.args[1].value, string, ctx, slot);
      require(i.stage, Level::Param, at(1), fmt::format("`{}` needs this before resources exist", b.name));
      return Info{types_.plain(Kind::Bool), asked, {}};
    }
  }
}

}  // namespace stackc::sema
