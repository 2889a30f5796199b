#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/meaning.hpp"

namespace stackc::diff {

/// Why a value differs when its text does not: the parameter, mapping or condition that it reads.
class Causes {
 public:
  Causes(Meanings& before, Meanings& after) : before_(before), after_(after) {}

  /// The steps to a value that both sides write as `before` and `after`; none when the texts differ, or
  /// nothing that they read does.
  std::vector<Step> of(ir::ValueRef before, ir::ValueRef after);

 private:
  std::vector<Step> inside(ir::ValueRef value);
  std::vector<Step> parameter(std::string_view id);
  std::vector<Step> mapping(const ir::Call& look_up);
  std::vector<Step> condition(std::string_view name);

  Meanings& before_;
  Meanings& after_;
  std::unordered_map<std::string_view, std::vector<Step>> conditions_;
};

}  // namespace stackc::diff
