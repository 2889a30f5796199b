#include <algorithm>
#include <array>

#include "compiler/base/suggest.hpp"
#include "compiler/sema/checker.hpp"

/// Policy documents: their grammar is that of IAM, whatever service takes them (decision 13).
namespace stackc::sema {

namespace {

constexpr std::array<std::string_view, 3> kDocument = {"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 9> kStatement = {"Sid",      "Effect",    "Principal", "NotPrincipal", "Action",
                                                        "NotAction", "Resource", "NotResource", "Condition"};
/// Properties of type `Policy` that hold a policy document; others hold JSON in which resources become ARNs too.
constexpr std::array<std::string_view, 12> kDocumentProperties = {
    "PolicyDocument",   "AssumeRolePolicyDocument", "KeyPolicy",    "ResourcePolicy",            "AccessPolicies",
    "AccessPolicy",     "RepositoryPolicyText",     "InlinePolicy", "PermissionsPolicyDocument", "FileSystemPolicy",
    "ResourcePolicyDocument", "Policy"};

bool has(const ast::RecordExpr& record, std::string_view key) {
  return std::ranges::any_of(record.fields, [&](const ast::Field& f) { return f.spread || f.key.text == key; });
}

}  // namespace

PolicyPart ModuleChecker::policy_part(std::string_view owner, std::string_view property) {
  if (owner.starts_with("AWS::NetworkManager::")) return PolicyPart::Open;  // a language of its own
  return std::ranges::find(kDocumentProperties, property) != kDocumentProperties.end() ? PolicyPart::Document : PolicyPart::Open;
}

/// The type of a statement's element, or of the document's.
TypeId ModuleChecker::policy_element_type(std::string_view key, TypeId policy) {
  const TypeId text = types_.plain(Kind::String);
  if (key == "Sid" || key == "Id" || key == "Version") return text;
  if (key == "Effect") return types_.union_of({types_.literal(text, "Allow"), types_.literal(text, "Deny")});
  if (key == "Action" || key == "NotAction") return types_.union_of({text, types_.list(text)});
  return policy;
}

/// A document or a statement, written out.
Info ModuleChecker::check_policy(ast::ExprId e, const ast::RecordExpr& r, TypeId policy, const Context& ctx, const Slot& slot) {
  const bool document = slot.policy == PolicyPart::Document;
  const std::string_view what = document ? "a policy document" : "a policy statement";
  std::vector<std::string_view> names(kStatement.begin(), kStatement.end());
  if (document) names.assign(kDocument.begin(), kDocument.end());
  std::vector<std::string_view> meant;  // by keys that are misspelt
  Stage own = stages_.constant();
  std::vector<StageField> fields;
  for (std::size_t k = 0; k < r.fields.size(); ++k) {
    const ast::Field& f = r.fields[k];
    if (f.spread) {
      own = stages_.join(own, stages_.latest(check(f.value, types_.optional(policy), ctx, slot).stage));
      continue;
    }
    if (std::ranges::find(names, f.key.text) == names.end()) {
      infer(f.value, ctx);
      Diagnostic& d = report(Code::UnknownProperty, f.key.span, fmt::format("{} has no element `{}`", what, f.key.text));
      suggest(d, f.key.text, f.key.span, names);
      if (d.fixes.empty()) d.help(fmt::format("its elements are {}", fmt::join(names, ", ")));
      else meant.push_back(did_you_mean(f.key.text, names));
      continue;
    }
    if (is_duplicate(f.key, r, k)) continue;
    Slot inner{.what = {"", f.key.text, {}, document ? " of a policy document" : " of a policy statement"}, .schema = true};
    if (f.key.text == "Statement") inner.policy = PolicyPart::Statement;
    const TypeId wanted = policy_element_type(f.key.text, policy);
    const bool required = f.key.text == "Statement" || f.key.text == "Effect";
    const Info i = check(f.value, required ? wanted : types_.optional(wanted), ctx, inner);
    fields.push_back({stages_.keep(f.key.text), i.stage});
  }
  const auto needs = [&](std::string_view key, std::string_view or_else) {
    if (has(r, key) || (!or_else.empty() && has(r, or_else))) return;
    if (std::ranges::find(meant, key) != meant.end() || std::ranges::find(meant, or_else) != meant.end()) return;
    report(Code::MissingProperty, expr(e).span, fmt::format("{} needs `{}`{}", what, key, or_else.empty() ? "" : fmt::format(" or `{}`", or_else)));
  };
  if (document) {
    needs("Statement", {});
  } else {
    needs("Effect", {});
    needs("Action", "NotAction");
  }
  return {policy, stages_.with_fields(own, std::move(fields)), {}};
}

}  // namespace stackc::sema
