#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::diff {

/// What a parameter without a given value stands for.
enum class Unknown : std::uint8_t {
  Symbol,   // itself
  Default,  // its default, where it has one
};

/// The text that CloudFormation makes of a constant scalar; nothing for anything else.
std::optional<std::string> scalar_text(ir::ValueRef value);

/// Computes values of one side as far as its parameters are known: functions of constants, mappings,
/// conditions. What it makes lives in the arena that it was given, `Fn::Sub` as `Fn::Sub` of parts; members
/// and items that are `AWS::NoValue` are gone. Never fails: what is wrong in a template stays as it stands.
class Resolver {
 public:
  /// The side's template and `arena` must outlive it.
  Resolver(const Side& side, Arena& arena, Unknown unknown = Unknown::Symbol);

  /// `value` computed; null for null. Every result is a value of its own wherever it differs from `value`.
  ir::ValueRef resolve(ir::ValueRef value);
  /// Whether a condition expression is true; nothing when that is not known.
  std::optional<bool> holds(ir::ValueRef condition);
  /// What `resolve` made `resolved` of; `resolved` itself when it is no result.
  [[nodiscard]] ir::ValueRef written(ir::ValueRef resolved) const;

  /// The entries of the template, null when there is none of that name. Definitions of conditions and
  /// mappings are as they are written.
  [[nodiscard]] const ir::Parameter* parameter(std::string_view id) const;
  [[nodiscard]] ir::ValueRef mapping(std::string_view id) const;
  [[nodiscard]] ir::ValueRef condition(std::string_view id) const;
  [[nodiscard]] const ir::Resource* resource(std::string_view id) const;
  /// The value that the parameter or pseudo parameter is given on this side; null: none.
  [[nodiscard]] const std::string_view* given(std::string_view id) const;

 private:
  enum class Truth : std::uint8_t { Open, False, True, Unknown };

  ir::ValueRef compute(ir::ValueRef value);
  ir::ValueRef call(ir::ValueRef value, const ir::Call& c);
  ir::ValueRef reference(ir::ValueRef value, const ir::Call& c);
  ir::ValueRef substitution(ir::ValueRef value, const ir::Call& c);
  ir::ValueRef join(ir::ValueRef value, const std::vector<ir::ValueRef>& args);
  ir::ValueRef select(ir::ValueRef value, const std::vector<ir::ValueRef>& args);
  ir::ValueRef look_up(ir::ValueRef value, const std::vector<ir::ValueRef>& args);
  ir::ValueRef choice(ir::ValueRef value, const ir::Call& c);
  std::optional<bool> holds_named(std::string_view name);
  std::optional<bool> equal_operands(const ir::Call& equals);
  std::vector<ir::ValueRef> all(std::span<const ir::ValueRef> values);
  [[nodiscard]] ir::ValueRef value_of(const ir::Parameter& parameter, std::string_view text, Span at) const;

  Arena& arena_;
  ir::Builder builder_;
  Unknown unknown_;
  std::unordered_map<std::string_view, std::string_view> given_;
  std::unordered_map<std::string_view, const ir::Parameter*> parameters_;
  std::unordered_map<std::string_view, ir::ValueRef> mappings_, conditions_;
  std::unordered_map<std::string_view, const ir::Resource*> resources_;
  std::unordered_map<std::string_view, Truth> truths_;
  std::unordered_map<ir::ValueRef, ir::ValueRef> results_, written_;
};

}  // namespace stackc::diff
