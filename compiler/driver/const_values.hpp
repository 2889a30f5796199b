#pragma once

#include <optional>
#include <string>

#include "compiler/modules/yaml.hpp"
#include "compiler/syntax/ast.hpp"

namespace stackc {

/// A value of `stackc.yaml` or `--set` as an expression of the language, for a const param of `type`
/// (may be invalid: then the value's own looks decide). YAML cannot tell the string `5m` from the
/// duration `5m`; the type can.
std::string const_expression(const yaml::Node& value, const ast::Ast& ast, ast::TypeId type);

/// A value as CloudFormation takes it for a parameter: lists are joined with commas. Nothing for what
/// a parameter cannot hold, a map or a list of lists.
std::optional<std::string> parameter_value(const yaml::Node& value);

}  // namespace stackc
