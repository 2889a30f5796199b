#include <algorithm>
#include <array>

#include "compiler/sema/checker.hpp"

/// What the attributes of a resource hold: dependencies, policies.
namespace stackc::sema {

namespace {

/// A policy attribute and what may stand in it, one level down.
struct PolicyKeys {
  std::string_view name;
  std::array<std::string_view, 8> keys;
};

/// docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
constexpr std::array kUpdatePolicy = {
    PolicyKeys{"AutoScalingRollingUpdate",
               {"MaxBatchSize", "MinActiveInstancesPercent", "MinInstancesInService", "MinSuccessfulInstancesPercent",
                "PauseTime", "SuspendProcesses", "WaitOnResourceSignals"}},
    PolicyKeys{"AutoScalingReplacingUpdate", {"WillReplace"}},
    PolicyKeys{"AutoScalingScheduledAction", {"IgnoreUnmodifiedGroupSizeProperties"}},
    PolicyKeys{"CodeDeployLambdaAliasUpdate",
               {"AfterAllowTrafficHook", "ApplicationName", "BeforeAllowTrafficHook", "DeploymentGroupName"}},
    PolicyKeys{"UseOnlineResharding", {}},
    PolicyKeys{"EnableVersionUpgrade", {}},
    PolicyKeys{"StopBeforeUpdate", {}},
    PolicyKeys{"StartAfterUpdate", {}},
};
/// docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
constexpr std::array kCreationPolicy = {
    PolicyKeys{"AutoScalingCreationPolicy", {"MinSuccessfulInstancesPercent"}},
    PolicyKeys{"ResourceSignal", {"Count", "Timeout"}},
    PolicyKeys{"StartFleet", {}},
};

/// docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
constexpr std::array<std::string_view, 4> kDeletion = {"Delete", "Retain", "Snapshot", "RetainExceptOnCreate"};

}  // namespace

void ModuleChecker::check_dependency(const ast::Decorator& d, ast::ExprId e, const Context& ctx) {
  const Info i = infer(e, ctx);
  TypeId element = types_.strip_optional(i.type);
  while (kind(element) == Kind::Map || kind(element) == Kind::List) element = types_.strip_optional(type(element).element);
  if (kind(element) == Kind::Resource || kind(element) == Kind::Instance || is_error(element)) return;
  if (kind(element) == Kind::Literal && is_text(element)) return;  // a logical ID that source cannot name
  report(Code::DecoratorArgument, expr(e).span, fmt::format("`@{}` takes resources, this is {}", d.name.text, quoted(i.type)));
}

void ModuleChecker::check_deletion_policy(const ast::Decorator& d, const Context& ctx) {
  const ast::ExprId e = d.args[0].value;
  const std::string what = fmt::format("`@{}`", d.name.text);
  const Info i = check(e, types_.plain(Kind::String), ctx, Slot{.what = what});
  if (is_error(i.type)) return;
  require(i.stage, Level::Param, expr(e).span, fmt::format("`@{}` is known before resources exist", d.name.text));
  const Type& t = type(i.type);
  if (t.kind != Kind::Literal) return;
  const bool replace = d.name.text == "updateReplacePolicy";
  const std::vector<std::string_view> known(kDeletion.begin(), kDeletion.end() - (replace ? 1 : 0));
  if (std::ranges::find(known, t.text) != known.end()) return;
  Diagnostic& r = report(Code::DecoratorArgument, expr(e).span, fmt::format("`@{}` knows no policy `{}`", d.name.text, t.text));
  suggest(r, t.text, expr(e).span, known);
  r.fixes.clear();
  r.help(fmt::format("the policies are {}", fmt::join(known, ", ")));
}

void ModuleChecker::check_policy_keys(const ast::Decorator& d) {
  const bool update = d.name.text == "updatePolicy";
  const std::span<const PolicyKeys> all = update ? std::span<const PolicyKeys>(kUpdatePolicy) : std::span<const PolicyKeys>(kCreationPolicy);
  std::vector<std::string_view> names;
  for (const PolicyKeys& p : all) names.push_back(p.name);
  check_keys_of(d.args[0].value, fmt::format("`@{}`", d.name.text), names);
  const auto* record = ast_.get_if<ast::RecordExpr>(unparen(d.args[0].value));
  for (const ast::Field& f : record != nullptr ? record->fields : ast::Seq<ast::Field>{}) {
    const auto known = std::ranges::find(all, f.key.text, &PolicyKeys::name);
    if (f.spread || known == all.end() || known->keys[0].empty()) continue;
    std::vector<std::string_view> inner(known->keys.begin(), known->keys.end());
    std::erase(inner, std::string_view{});
    check_keys_of(f.value, fmt::format("`{}`", f.key.text), inner);
  }
}

void ModuleChecker::check_keys_of(ast::ExprId e, std::string_view owner, const std::vector<std::string_view>& known) {
  const auto* record = ast_.get_if<ast::RecordExpr>(unparen(e));
  if (record == nullptr) return;
  for (const ast::Field& f : record->fields) {
    if (f.spread || f.key.text.starts_with("Fn::") || std::ranges::find(known, f.key.text) != known.end()) continue;
    Diagnostic& r = report(Code::UnknownPolicyKey, f.key.span, fmt::format("{} has no `{}`", owner, f.key.text));
    suggest(r, f.key.text, f.key.span, known);
    if (r.fixes.empty()) r.help(fmt::format("it has {}", fmt::join(known, ", ")));
  }
}

}  // namespace stackc::sema
