#include <algorithm>
#include <array>

#include "compiler/sema/checker.hpp"

/// Decorators: which there are, what they may stand on, what they take.
namespace stackc::sema {

namespace {

enum On : unsigned {
  kResource = 1, kInstance = 2, kParam = 4, kValue = 8 /* condition, mapping, output, upstream, rule */, kAllow = 16,
  kUpstream = 32, kStack = 64, kOutput = 128, kDocument = 256,
};
enum class Takes : std::uint8_t { Nothing, Text, Names, Record, Flag, Place, Policy, Reason, Api };

struct DecoratorInfo {
  std::string_view name;
  unsigned on;
  Takes takes;
  std::string_view usage;
};

constexpr std::array kDecorators = {
    DecoratorInfo{"retain", kResource | kInstance, Takes::Nothing, "@retain"},
    DecoratorInfo{"snapshot", kResource | kInstance, Takes::Nothing, "@snapshot"},
    DecoratorInfo{"delete", kResource | kInstance, Takes::Nothing, "@delete"},
    DecoratorInfo{"deletionPolicy", kResource, Takes::Policy, "@deletionPolicy(\"Retain\")"},
    DecoratorInfo{"updateReplacePolicy", kResource, Takes::Policy, "@updateReplacePolicy(\"Retain\")"},
    DecoratorInfo{"dependsOn", kResource | kInstance, Takes::Names, "@dependsOn(A, B)` or `@dependsOn(only: [A])"},
    DecoratorInfo{"raw", kResource | kParam | kOutput | kStack, Takes::Record, "@raw({ Attribute: value, Other: none })"},
    DecoratorInfo{"unchecked", kResource, Takes::Nothing, "@unchecked"},
    DecoratorInfo{"version", kResource, Takes::Text, "@version(\"1.0\")"},
    DecoratorInfo{"noEcho", kParam, Takes::Nothing, "@noEcho"},
    DecoratorInfo{"constraintDescription", kParam, Takes::Text, "@constraintDescription(\"…\")"},
    DecoratorInfo{"id", kResource | kParam | kValue | kAllow, Takes::Text, "@id(\"LogicalId\")"},
    DecoratorInfo{"prefix", kInstance, Takes::Text, "@prefix(\"\")"},
    DecoratorInfo{"moved", kResource | kInstance, Takes::Text, "@moved(\"OldId\")"},
    DecoratorInfo{"updatePolicy", kResource, Takes::Record, "@updatePolicy({ … })"},
    DecoratorInfo{"creationPolicy", kResource, Takes::Record, "@creationPolicy({ … })"},
    DecoratorInfo{"metadata", kResource, Takes::Record, "@metadata({ … })"},
    DecoratorInfo{"group", kParam, Takes::Text, "@group(\"Network\")"},
    DecoratorInfo{"tags", kResource | kInstance, Takes::Flag, "@tags(none)` or `@tags(true)"},
    DecoratorInfo{"weak", kUpstream, Takes::Place, "@weak` or `@weak(region: \"eu-west-1\", roleArn: \"…\")"},
    DecoratorInfo{"api", kDocument, Takes::Api, "@api(\"update-service\")` or `@api(none)"},
    DecoratorInfo{"replace", kResource | kInstance, Takes::Reason, "@replace(ok: \"reason\")"},
};

}  // namespace

void ModuleChecker::check_decorators(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  if (std::holds_alternative<ast::ResourceTypeDecl>(d.node)) return;  // facts about the type: schema/ reads them
  for (std::size_t k = 0; k < d.decorators.size(); ++k) {
    for (std::size_t j = 0; j < k; ++j) {
      if (d.decorators[j].name.text != d.decorators[k].name.text) continue;
      report(Code::DuplicateKey, d.decorators[k].span, fmt::format("`@{}` is given twice", d.decorators[k].name.text))
          .label(d.decorators[j].span, "first given here");
    }
    check_decorator(d.decorators[k], decorated(id), context_of(id));
  }
}

/// What decorators see of the declaration that they stand on.
ModuleChecker::Decorated ModuleChecker::decorated(ast::DeclId id) {
  const ast::Decl& d = ast_[id];
  if (std::holds_alternative<ast::ResourceDecl>(d.node)) {
    decl_info(id);
    const ResourceTarget target = out_.targets[id.value];
    switch (target.kind) {
      case ResourceTarget::Kind::Component: return {kInstance, "an instance of a component", {}};
      case ResourceTarget::Kind::Unknown: return {kResource | kInstance, "a resource", {}};
      default: return {kResource, "a resource", target.type};
    }
  }
  if (std::holds_alternative<ast::ParamDecl>(d.node)) return {kParam, "a param", {}};
  if (std::holds_alternative<ast::AllowDecl>(d.node)) return {kAllow, "`allow`", {}};
  if (std::holds_alternative<ast::StackDecl>(d.node)) return {kStack, "a stack", {}};
  if (std::holds_alternative<ast::OutputDecl>(d.node)) return {kValue | kOutput, "an output", {}};
  if (std::holds_alternative<ast::DocumentDecl>(d.node)) return {kDocument, "a document", {}};
  const bool named = std::holds_alternative<ast::ConditionDecl>(d.node) || std::holds_alternative<ast::MappingDecl>(d.node) ||
                     std::holds_alternative<ast::RuleDecl>(d.node);
  if (std::holds_alternative<ast::UpstreamDecl>(d.node)) return {kValue | kUpstream, "`upstream`", {}};
  return {named ? kValue : 0U, "this declaration", {}};
}

void ModuleChecker::check_decorator(const ast::Decorator& d, const Decorated& target, const Context& ctx) {
  const auto* info = std::ranges::find(kDecorators, d.name.text, &DecoratorInfo::name);
  if (info == kDecorators.end()) {
    Diagnostic& r = report(Code::UnknownDecorator, d.name.span, fmt::format("unknown decorator `@{}`", d.name.text));
    std::vector<std::string_view> names;
    for (const DecoratorInfo& known : kDecorators) names.push_back(known.name);
    suggest(r, d.name.text, d.name.span, names);
    return;
  }
  const auto [on, what, resource] = target;
  if ((info->on & on) == 0) {
    Diagnostic& r = report(Code::UnknownDecorator, d.span, fmt::format("`@{}` does not fit {}", d.name.text, what));
    if (d.name.text == "id" && on == kInstance) r.help("`@prefix(\"…\")` sets what an instance's logical IDs begin with");
    return;
  }
  const auto wrong = [&] {
    report(Code::DecoratorArgument, d.span, fmt::format("`@{}` is written `{}`", d.name.text, info->usage));
  };
  switch (info->takes) {
    case Takes::Nothing:
      if (!d.args.empty()) wrong();
      break;
    case Takes::Reason:
      if (d.args.size() != 1 || d.args[0].name.text != "ok") return wrong();
      [[fallthrough]];
    case Takes::Text: {
      if (d.args.size() != 1) return wrong();
      const std::string name = fmt::format("`@{}`", d.name.text);
      const Info i = check(d.args[0].value, types_.plain(Kind::String), ctx, Slot{.what = name});
      require(i.stage, Level::Const, expr(d.args[0].value).span, fmt::format("`@{}` is known at compile time", d.name.text));
      break;
    }
    case Takes::Names:
      if (d.args.empty() || (d.args.size() > 1 && !d.args[0].name.empty())) return wrong();
      for (const ast::Argument& a : d.args) {
        if (!a.name.empty() && a.name.text != "only") return wrong();
        const auto* list = ast_.get_if<ast::ListExpr>(unparen(a.value));
        if (list == nullptr) check_dependency(d, a.value, ctx);
        for (const ast::ListItem& item : list != nullptr ? list->items : ast::Seq<ast::ListItem>{}) check_dependency(d, item.value, ctx);
      }
      break;
    case Takes::Record: {
      if (d.args.size() != 1) return wrong();
      const std::string name = fmt::format("`@{}`", d.name.text);
      check(d.args[0].value, types_.plain(Kind::Json), ctx, Slot{.what = name, .schema = true, .metadata = d.name.text == "metadata"});
      if (d.name.text.ends_with("Policy")) check_policy_keys(d);
      break;
    }
    case Takes::Policy:
      if (d.args.size() != 1) return wrong();
      check_deletion_policy(d, ctx);
      break;
    case Takes::Api: {
      if (d.args.size() != 1) return wrong();
      const TypeId name = types_.optional(types_.plain(Kind::String));
      const Info i = check(d.args[0].value, name, ctx, Slot{.what = "`@api`"});
      require(stages_.latest(i.stage), Level::Const, expr(d.args[0].value).span, "`@api` is known at compile time");
      break;
    }
    case Takes::Place:
      for (const ast::Argument& a : d.args) {
        if (a.name.text != "region" && a.name.text != "roleArn") return wrong();
        const Info i = check(a.value, types_.plain(Kind::String), ctx, Slot{.what = {"", a.name.text, "@weak"}});
        require(i.stage, Level::Param, expr(a.value).span, "where a stack is must be known before resources exist");
      }
      break;
    case Takes::Flag:
      for (const ast::Argument& a : d.args) infer(a.value, ctx);
      break;
  }
  if (info->takes == Takes::Flag) {
    const ast::ExprId flag = d.args.size() == 1 ? unparen(d.args[0].value) : ast::ExprId{};
    const auto* yes = flag.valid() ? ast_.get_if<ast::BoolExpr>(flag) : nullptr;
    const bool none = flag.valid() && ast_.get_if<ast::NoneExpr>(flag) != nullptr;
    if (!none && (yes == nullptr || !yes->value)) wrong();
  }
  if (d.name.text == "snapshot" && on == kResource && resource && !resource.supports_snapshot()) {
    report(Code::DecoratorArgument, d.span, fmt::format("`{}` cannot be snapshot by CloudFormation", resource.name()))
        .help("`@retain` keeps it instead");
  }
}

}  // namespace stackc::sema
