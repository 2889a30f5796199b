#pragma once

#include "compiler/analysis/context.hpp"
#include "compiler/ir/positions.hpp"

namespace stackc::analysis {

/// Checks the functions in values: that they exist, have the arguments they take, and stand where
/// CloudFormation accepts them.
class FunctionChecker {
 public:
  explicit FunctionChecker(const Context& c) : c_(c) {}

  /// `position` is where `v` stands.
  void value(ir::ValueRef v, ir::Position position);
  /// A condition, or an operand of one: `Fn::And`, `Fn::Or`, `Fn::Not`, `Fn::Equals`, `Condition`.
  void condition(ir::ValueRef v, std::string_view name);
  /// Where no function may stand: parameters, policies without the language extensions.
  void literal(ir::ValueRef v, std::string_view place);

 private:
  void object(ir::ValueRef v, const ir::Object& object, ir::Position position);
  void broken(ir::ValueRef v, const ir::Member& m);
  void call(ir::ValueRef v, const ir::Call& call, ir::Position position);
  void arguments(ir::ValueRef v, const ir::Call& call);
  void select(const ir::Call& call);
  void join(const ir::Call& call);
  void cidr(const ir::Call& call);
  void zones(const ir::Call& call);
  void stack_output(ir::ValueRef v, const ir::Call& call);
  void operands(ir::ValueRef v, const ir::Call& call);
  void text_argument(ir::ValueRef argument, ir::Fn fn, std::string_view what);
  void literal_argument(ir::ValueRef argument, ir::Fn fn, std::string_view what);
  void list_argument(ir::ValueRef argument, ir::Fn fn);
  void range(ir::ValueRef argument, std::int64_t least, std::int64_t most, std::string_view what);
  void inside(ir::ValueRef v, ir::FnSet allowed, std::string_view place);
  void malformed(ir::ValueRef at, std::string message);

  const Context& c_;
};

/// What a function takes, for messages: "a delimiter and a list of values"; empty: no function has this key.
std::string_view takes(std::string_view key);
/// Every key that is a function in a template's values.
std::span<const std::string_view> function_keys();

}  // namespace stackc::analysis
