#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/traffic.hpp"

/// Security groups of a template: their own rules and those that stand beside them, together.
namespace stackc::diff {

struct Rules {
  std::vector<Flow> flows;
  bool unclear = false;   // a function makes some of them
  bool from_aws = false;  // the group has no rule of its own, so that AWS made one
};

struct Group {
  std::string shown;
  std::string id;       // in the new side; empty: it stands elsewhere
  std::string rule_id;  // of a resource that says a rule
  Rules in, out;
  bool changed = false;
};
using Groups = std::map<std::string, Group>;

/// Those of the template by `resource ` and their ID in the new side, others by what names them.
Groups groups_of(const Search& s, const Scope& scope);

}  // namespace stackc::diff
