#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/schema/build_resource.hpp"
#include "compiler/schema/names.hpp"

// Types of properties and attributes: from the syntax tree to records of the blob.
namespace stackc::schema {

std::uint32_t ResourceBuilder::bad_type(Span span, std::string message, std::string label) {
  sink_.report(Code::InvalidSchemaType, span, std::move(message), std::move(label));
  return writer_.plain(TypeKind::Json);
}

std::uint32_t ResourceBuilder::type(ast::TypeId id) {
  if (!id.valid()) return writer_.plain(TypeKind::Json);
  const auto& expr = ast_[id];
  if (const auto* node = std::get_if<ast::NamedType>(&expr.node)) return named(*node, expr.span);
  if (const auto* node = std::get_if<ast::ResourceTypeName>(&expr.node))
    return resource_name(*node, expr.span);
  if (const auto* node = std::get_if<ast::LiteralType>(&expr.node)) return literal(*node, expr.span);
  if (const auto* node = std::get_if<ast::ListType>(&expr.node)) return writer_.list(type(node->element));
  if (const auto* node = std::get_if<ast::MapType>(&expr.node)) return writer_.map(type(node->element));
  if (const auto* node = std::get_if<ast::UnionType>(&expr.node)) return union_of(*node);
  if (std::holds_alternative<ast::InvalidType>(expr.node)) return writer_.plain(TypeKind::Json);
  if (std::holds_alternative<ast::OptionalType>(expr.node)) {
    return bad_type(expr.span, "a property's type has no `?`", "write `Name?: T` when it may be absent");
  }
  return bad_type(expr.span, "a record has no place in a resource type", "declare it with `type Name { … }`");
}

std::uint32_t ResourceBuilder::named(const ast::NamedType& node, Span span) {
  const auto name = node.name.text;
  if (const auto kind = plain_type(name)) return scalar(*kind, node, span);
  if (name == "Iso8601") return writer_.plain(TypeKind::String, Unit::Iso8601);
  if (const auto nested = nested_.find(name); nested != nested_.end())
    return writer_.nested_type(nested->second);
  if (name == "Tag") return writer_.tag();
  std::vector<std::string_view> known{"String", "Int",       "Number", "Bool",
                                      "Json",   "Timestamp", "Policy", "Tag"};
  for (const auto& [other, at] : nested_) known.push_back(other);
  const auto close = did_you_mean(name, known);
  return bad_type(node.name.span, fmt::format("`{}` has no type `{}`", facts_.name, name),
                  close.empty() ? std::string() : fmt::format("did you mean `{}`?", close));
}

std::optional<std::int64_t> ResourceBuilder::bound(ast::ExprId id) const {
  if (const auto* number = ast_.get_if<ast::IntExpr>(id)) return number->value;
  if (const auto* unary = ast_.get_if<ast::UnaryExpr>(id)) {
    const auto* number = ast_.get_if<ast::IntExpr>(unary->operand);
    if (number != nullptr && unary->op == ast::UnaryOp::Minus) return -number->value;
  }
  return std::nullopt;
}

std::uint32_t ResourceBuilder::scalar(TypeKind kind, const ast::NamedType& node, Span span) {
  auto unit = Unit::None;
  if (!node.arguments.empty()) {
    const auto* word = ast_.get_if<ast::NamedType>(node.arguments[0]);
    const auto known = word == nullptr ? std::nullopt : unit_by_name(word->name.text);
    if (!known || node.arguments.size() > 1) {
      const auto names = unit_names();
      const auto close = word == nullptr ? std::string_view{} : did_you_mean(word->name.text, names);
      return bad_type(span, fmt::format("`{}` is not a unit", word == nullptr ? "this" : word->name.text),
                      close.empty() ? fmt::format("units are {}", fmt::join(names, ", "))
                                    : fmt::format("did you mean `{}`?", close));
    }
    unit = *known;
  }
  return writer_.plain(kind, unit, {bound(node.low), bound(node.high), node.regex});
}

std::uint32_t ResourceBuilder::resource_name(const ast::ResourceTypeName& node, Span span) {
  if (!node.nested.empty()) {
    const auto nested = node.type.text == facts_.name ? nested_.find(node.nested.text) : nested_.end();
    if (nested != nested_.end() && node.member.empty()) return writer_.nested_type(nested->second);
    return bad_type(span, fmt::format("`{}` has no type `{}`", facts_.name, node.nested.text),
                    "only the resource type's own types can be used");
  }
  if (node.member.empty()) {
    return bad_type(span, fmt::format("`{}` is a resource, a property holds one of its ids", node.type.text),
                    fmt::format("write `{}.Arn` or another of its ids", node.type.text));
  }
  return writer_.id(node.type.text, node.member.text);
}

std::uint32_t ResourceBuilder::literal(const ast::LiteralType& node, Span span) {
  if (const auto* text = ast_.get_if<ast::StringExpr>(node.value); text != nullptr && text->is_plain()) {
    return writer_.literal(text->plain());
  }
  return bad_type(span, "a list of values in a resource type has texts only");
}

std::uint32_t ResourceBuilder::union_of(const ast::UnionType& node) {
  std::vector<std::uint32_t> arms;
  for (const auto arm : node.arms) arms.push_back(type(arm));
  return writer_.union_of(arms);
}

}  // namespace stackc::schema
