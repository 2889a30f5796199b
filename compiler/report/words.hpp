#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/report/report.hpp"

/// What all forms say alike.
namespace stackc::report {

/// `1 replaced, 2 updated, 1 created`: what is worse first; empty when nothing changes.
std::string totals_text(const diff::Totals& totals);

/// `2 stacks change: 1 replaced, 2 updated; 1 warning`, or that there are no differences.
std::string headline(const diff::ProjectDiff& project, const FailOn& fail_on);

/// `-/+` for a replacement, `~` for an update, …
std::string_view symbol_of(diff::Action action);
/// `replace`, `update (interrupts)`, …: what happens, in the words of a list.
std::string_view verb_of(diff::Action action);

/// What becomes of what was there: `the old one is kept`; empty when that goes without saying.
std::string_view fate_text(const diff::ResourceChange& change);

/// What the change forces by itself: `forces a replacement`; empty: nothing.
std::string_view force_text(const diff::PropertyChange& change);

/// `parameter Range → Vpc.CidrBlock → Subnet`, without the place itself; empty when it is its own cause.
std::string chain_text(const diff::Chain& chain);

/// How much of an alarm a danger is.
enum class Level : std::uint8_t { Error, Warning, Note };
/// An error is what `fail_on` lists, a note what is acknowledged, mild, or makes things safer.
Level level_of(const diff::Danger& danger, const FailOn& fail_on);

/// `stacks/app.stack:12:10`, with a remark when it is of the old side; empty for none.
std::string place_text(Span span, const Comparison& comparison);
/// Where a reader looks at the change: the instance in the user's file when a component declares the
/// resource.
Span place_of(const diff::ResourceChange& change);

/// How bad it is: what is worse comes first, and is cut last. 0 is the worst.
int rank(diff::Action action);

/// Environments of which the same is to be told, as one.
struct Group {
  std::vector<std::string_view> environments;  // empty: there are none
  const diff::ProjectDiff* project = nullptr;  // the first of them
};
/// `texts`: what is to be told of each project.
std::vector<Group> grouped(const std::vector<diff::ProjectDiff>& projects,
                           const std::vector<std::string>& texts);

/// `production and staging`; empty without environments.
std::string group_name(const Group& group);

}  // namespace stackc::report
