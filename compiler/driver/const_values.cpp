#include "compiler/driver/const_values.hpp"

#include <algorithm>
#include <optional>

#include "compiler/base/text.hpp"

namespace stackc {

namespace {

/// How a scalar of some type is written in the language.
enum class Form : std::uint8_t { AsItLooks, String, Bare };

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case '$':
        out += i + 1 < text.size() && text[i + 1] == '{' ? "\\$" : "$";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

/// Looks through `T?`; other types that are written in the source stay.
ast::TypeId stripped(const ast::Ast& ast, ast::TypeId type) {
  while (const auto* optional = ast.get_if<ast::OptionalType>(type)) type = optional->inner;
  return type;
}

/// A literal that may stand without quotes: `10.0.0.0/16`, `5m`, `100GiB`, `50%`. Anything else goes
/// in quotes, so that a value can never smuggle in an expression.
bool is_bare_literal(std::string_view text) {
  const auto is_inner = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '/' || c == '%';
  };
  return !text.empty() && text[0] >= '0' && text[0] <= '9' && std::ranges::all_of(text, is_inner);
}

Form form_of(const ast::Ast& ast, ast::TypeId type) {
  type = stripped(ast, type);
  if (const auto* named = ast.get_if<ast::NamedType>(type)) {
    for (const auto* bare : {"Cidr", "Duration", "Size", "Percent"}) {
      if (named->name.text == bare) return Form::Bare;
    }
    return named->name.text == "String" ? Form::String : Form::AsItLooks;
  }
  if (const auto* literal = ast.get_if<ast::LiteralType>(type)) {
    return ast.get_if<ast::StringExpr>(literal->value) != nullptr ? Form::String : Form::AsItLooks;
  }
  if (const auto* arms = ast.get_if<ast::UnionType>(type)) {
    const bool all_strings =
        std::ranges::all_of(arms->arms, [&](ast::TypeId arm) { return form_of(ast, arm) == Form::String; });
    return all_strings ? Form::String : Form::AsItLooks;
  }
  return ast.get_if<ast::ResourceTypeName>(type) != nullptr ? Form::String : Form::AsItLooks;
}

std::string scalar(const yaml::Node& value, Form form) {
  const auto looks = yaml::scalar_kind(value);
  if (form == Form::Bare && is_bare_literal(value.text)) return value.text;
  if (looks == yaml::ScalarKind::Null) return "none";
  if (form == Form::String) return quoted(value.text);
  if (looks == yaml::ScalarKind::Bool) return value.text[0] == 't' || value.text[0] == 'T' ? "true" : "false";
  if (looks == yaml::ScalarKind::Int || looks == yaml::ScalarKind::Decimal) {
    return value.text[0] == '+' ? value.text.substr(1) : value.text;
  }
  return quoted(value.text);
}

ast::TypeId field_type(const ast::Ast& ast, ast::TypeId type, std::string_view key) {
  if (const auto* map = ast.get_if<ast::MapType>(type)) return map->element;
  if (const auto* record = ast.get_if<ast::RecordType>(type)) {
    for (const auto& field : record->fields) {
      if (field.name.text == key) return field.type;
    }
  }
  return {};
}

}  // namespace

std::string const_expression(const yaml::Node& value, const ast::Ast& ast, ast::TypeId type) {
  type = stripped(ast, type);
  switch (value.kind) {
    case yaml::Kind::Null:
      return "none";
    case yaml::Kind::Scalar:
      return scalar(value, form_of(ast, type));
    case yaml::Kind::List: {
      const auto* list = ast.get_if<ast::ListType>(type);
      std::string out = "[";
      for (const auto& item : value.items) {
        if (out.size() > 1) out += ", ";
        out += const_expression(item, ast, list != nullptr ? list->element : ast::TypeId{});
      }
      return out + "]";
    }
    case yaml::Kind::Map: {
      std::string out = "{";
      for (const auto& [key, item] : value.pairs) {
        if (out.size() > 1) out += ", ";
        out += fmt::format("{}: {}", quoted(key.text),
                           const_expression(item, ast, field_type(ast, type, key.text)));
      }
      return out + "}";
    }
  }
  return "none";
}

std::optional<std::string> parameter_value(const yaml::Node& value) {
  if (value.kind == yaml::Kind::Null) return std::string{};
  if (value.kind == yaml::Kind::Map) return std::nullopt;
  if (value.kind == yaml::Kind::Scalar) {
    if (yaml::scalar_kind(value) == yaml::ScalarKind::Null) return std::string{};
    if (yaml::scalar_kind(value) != yaml::ScalarKind::Bool) return value.text;
    return std::string{value.text[0] == 't' || value.text[0] == 'T' ? "true" : "false"};
  }
  std::string joined;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (value.items[i].kind != yaml::Kind::Scalar) return std::nullopt;
    if (i > 0) joined += ',';
    joined += value.items[i].text;
  }
  return joined;
}

}  // namespace stackc
