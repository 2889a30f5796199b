#pragma once

#include <optional>
#include <string_view>

#include "compiler/schema/schema.hpp"

/// The words of the schema language: names of plain types and of units.
namespace stackc::schema {

/// `String`, `Int`, …; empty for kinds that are not written as one word.
std::string_view plain_type_name(TypeKind kind);
/// `Int` -> Integer. Texts of the language's other scalar types (`Arn`, `Cidr`) are Strings here.
std::optional<TypeKind> plain_type(std::string_view name);
/// A word that means a type of the language in a schema, whatever nested types there are.
bool is_plain_type_name(std::string_view name);
/// `s`, `GiB`; empty for None and Iso8601.
std::string_view unit_name(Unit unit);
std::optional<Unit> unit_by_name(std::string_view name);
/// All unit names, for did-you-mean.
std::vector<std::string_view> unit_names();

}  // namespace stackc::schema
