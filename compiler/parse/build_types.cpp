#include "compiler/parse/builder.hpp"
#include "compiler/parse/builder_lists.hpp"

namespace stackc::parsing {

void Builder::resource_type_name(const Node& node) {
  ast::ResourceTypeName result;
  result.type = pending_.names[node.mark.names];
  for (std::size_t i = node.mark.names + 1; i < pending_.names.size(); ++i) {
    const ast::Name& name = pending_.names[i];
    (source()[name.span.begin - 1] == '#' ? result.nested : result.member) = name;
  }
  pending_.names.cut(node.mark.names);
  push_type(node.span, result);
}

// ---------------------------------------------------------------- refinements

void Builder::open_bound(const Node&) { pending_.exprs.push_back({}); }

void Builder::negative_bound(const Node& node) {
  ast::Expr& expr = ast_.exprs[pending_.exprs.back().value];
  expr.span = node.span;
  if (auto* integer = std::get_if<ast::IntExpr>(&expr.node)) {
    integer->value = -integer->value;
  } else if (auto* number = std::get_if<ast::NumberExpr>(&expr.node)) {
    number->text = node.text;
  } else {
    report(Code::InvalidNumber, node.span, "found a negative amount, expected a plain number after `-`");
  }
}

void Builder::regex(const Node& node) {
  pending_.regexes.push_back(node.text.substr(1, node.text.size() - 2));
}

void Builder::named_type(const Node& node) {
  ast::NamedType result;
  result.name = pending_.names.back();
  pending_.names.pop_back();
  result.arguments = take(pending_.types, node.mark.types);
  if (pending_.exprs.size() >= node.mark.exprs + 2) {
    result.low = pending_.exprs[node.mark.exprs];
    result.high = pending_.exprs[node.mark.exprs + 1];
  }
  pending_.exprs.cut(node.mark.exprs);
  if (pending_.regexes.size() > node.mark.regexes) result.regex = pending_.regexes.back();
  pending_.regexes.cut(node.mark.regexes);
  if (node.text == "true" || node.text == "false") {
    push_type(node.span, ast::LiteralType{add(node.span, ast::BoolExpr{node.text == "true"}, 1)});
  } else {
    push_type(node.span, result);
  }
}

// ---------------------------------------------------------------- literals, brackets, unions

void Builder::literal_type(const Node& node) {
  const ast::ExprId value = pop_expr();
  plain_only(value, "a type");
  push_type(node.span, ast::LiteralType{value});
}

void Builder::list_type(const Node& node) {
  const ast::TypeId element = pop_type();
  push_type(node.span, ast::ListType{element});
}

void Builder::map_type(const Node& node) {
  const ast::TypeId element = pop_type();
  push_type(node.span, ast::MapType{element});
}

void Builder::type_field(const Node& node) {
  const ast::Name name = pending_.names[node.mark.names];
  pending_.names.cut(node.mark.names);
  const bool optional = pending_.flags.size() > node.mark.flags;
  pending_.flags.cut(node.mark.flags);
  pending_.type_fields.push_back({name, optional, pop_type()});
}

void Builder::record_type(const Node& node) {
  push_type(node.span, ast::RecordType{take(pending_.type_fields, node.mark.type_fields)});
}

// `T??` is `T?`.
void Builder::optional_type(const Node& node) {
  const ast::TypeId inner = pop_type();
  const Span where = ast_[inner].span.to(node.span);
  if (ast_.get_if<ast::OptionalType>(inner) != nullptr) {
    pending_.types.push_back(inner);
  } else {
    push_type(where, ast::OptionalType{inner});
  }
}

void Builder::union_type(const Node& node) {
  if (pending_.types.size() == node.mark.types + 1) return;
  push_type(node.span, ast::UnionType{take(pending_.types, node.mark.types)});
}

}  // namespace stackc::parsing
