#pragma once

#include <string>
#include <vector>

#include "compiler/base/span.hpp"
#include "compiler/diff/patterns.hpp"
#include "compiler/diff/scope.hpp"

/// Policies in IAM's language as sets: statements in one form, whichever way they are written.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
namespace stackc::diff {

/// One element of `Action`, `Resource` or of a condition's values.
struct Named {
  Text text;
  Pattern pattern;
};

struct Principal {
  std::string kind;  // `AWS`, `Service`, `Federated`, `CanonicalUser`; `*`: everyone
  Text text;         // an account is its root's ARN
  Text written;
};

/// One operator over one key: `StringEquals` of `aws:SourceAccount`.
struct Test {
  std::string op;  // as written, without `IfExists`: `StringEquals`, `ForAnyValue:StringLike`
  bool if_exists = false;
  std::string key;  // in lower case
  std::vector<Named> values;
};

struct Statement {
  bool deny = false;
  bool not_actions = false, not_resources = false, not_principals = false;  // the lists say what is left out
  std::vector<Named> actions, resources;
  std::vector<Principal> principals;  // empty: the policy is attached to them
  std::vector<Test> tests;            // all hold
  Case when;                          // of the template
  std::string opaque, opaque_key;  // what cannot be read, and what is equal for equal ones; the rest is empty
  bool may_deny = true;            // of an opaque one: it may hold a `Deny` too
  bool surely_allows = false;      // of an opaque one: it allows something
  std::string source;              // where it stands, when that says more: `AmazonS3FullAccess`
};

/// The statements of a document; what is absent has none.
std::vector<Statement> read_policy(const Scope& scope, ir::ValueRef document, const Case& when);
/// `key`: equal for what is the same.
Statement opaque_statement(std::string what, std::string key, const Case& when);
/// `Allow * on *`, for `principals` when given.
Statement full_access(const Scope& scope, bool for_everyone);
Principal principal_of(const Scope& scope, std::string_view kind, Text text);
Test test_of(const Scope& scope, std::string_view op, std::string_view key, const std::vector<Text>& values);
Named named_action(const Scope& scope, Text text);
Named named_resource(const Scope& scope, Text text);

/// `allow s3:GetObject on Files.Arn for ecs-tasks.amazonaws.com if …`, with these actions and resources of
/// it.
std::string shown(const Scope& scope, const Statement& s, const std::vector<const Named*>& actions,
                  const std::vector<const Named*>& resources,
                  const std::vector<const Principal*>& principals);

}  // namespace stackc::diff
