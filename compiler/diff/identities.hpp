#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/policy.hpp"

/// Roles, users and groups of a template, with all that says what they may do.
namespace stackc::diff {

struct Holder {
  std::string shown;  // `TaskRole`, or the name of one that stands elsewhere
  std::string id;     // of its resource in the new side; empty: it stands elsewhere
  std::vector<Statement> may, trust, boundary;
  bool has_boundary = false;
  std::string boundary_shown;
  bool changed = false;  // something that it consists of does
};
using Holders = std::map<std::string, Holder>;  // by what their name is

/// Their own policies, those that are attached to them from elsewhere in the template, and managed ones,
/// together. One that stands elsewhere is there with what the template attaches to it, a managed policy of
/// the template that nothing of it takes as well. A role of the template is found by `resource ` and its ID
/// in the new side.
Holders identities_of(const Search& s, const Scope& scope);

}  // namespace stackc::diff
