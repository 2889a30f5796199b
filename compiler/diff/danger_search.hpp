#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/scope.hpp"

/// What the searches for dangers share, one file a concern.
namespace stackc::diff {

struct Search {
  Search(const StackDiff& diff_, const Side& before_side_, const Side& after_side_,
         const schema::Schema& schema_);

  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  const StackDiff& diff;
  ir::Template none;  // of a side that has no such stack
  Side before_side, after_side;
  const schema::Schema& schema;
  Symbols symbols;
  Scope before, after;
  std::vector<Danger> found;

  /// Did the resource that the new side calls so exist before, and does it after?
  [[nodiscard]] bool existed(std::string_view id) const { return before.renamed_resource(id) != nullptr; }
  [[nodiscard]] bool exists(std::string_view id) const { return after.resource(id) != nullptr; }
  /// The change of a resource, by its ID in the new side; null: none.
  [[nodiscard]] const ResourceChange* change(std::string_view id) const;
  /// Does the resource, by its ID in the new side, change?
  [[nodiscard]] bool changed(std::string_view id) const;
  /// `resource` is an ID of the new side, or of what is gone; of what stands elsewhere, or empty, the danger
  /// is the stack's.
  Danger& add(DangerKind kind, std::string_view resource, std::string message);

 private:
  std::unordered_map<std::string_view, const ResourceChange*> changes_;
};

/// What became more and what became less, for one thing that is judged.
struct Verdict {
  bool gained = false;  // for certain
  bool lost = false;
  bool gained_maybe = false;       // not known
  std::vector<std::string> facts;  // `+ …` and `- …`

  [[nodiscard]] bool nothing() const { return !gained && !lost && !gained_maybe; }
  [[nodiscard]] DangerKind kind() const {
    return gained         ? DangerKind::SecurityWidening
           : gained_maybe ? DangerKind::SecurityUnknown
                          : DangerKind::SecurityNarrowing;
  }
};
/// At most `kMaxFacts` of them, and how many more there are.
constexpr std::size_t kMaxFacts = 12;
std::vector<std::string> shortened(std::vector<std::string> facts);

void worst_first(std::vector<Danger>& dangers);

void find_stateful(Search& s);    // data that goes or is left behind
void find_collisions(Search& s);  // a named resource that is replaced
void find_identities(Search& s);  // what roles, users and groups may do, and who may be them
void find_grants(Search& s);      // what a resource lets others do with it
void find_groups(Search& s);      // what security groups let through
void find_routes(Search& s);      // ways to the internet
void find_acls(Search& s);        // what network ACLs let through
void find_uses(Search& s);        // other roles and security groups than before
void find_flags(Search& s);       // single properties that open or close something
void find_listeners(Search& s);   // plain HTTP, versions of TLS
void find_secrets(Search& s);     // what was secret and stands in plain text
void find_quotas(Search& s);      // limits that come near

}  // namespace stackc::diff
