#include "compiler/parse/builder.hpp"
#include "compiler/parse/builder_lists.hpp"

namespace stackc::parsing {

void Builder::kind(const Node& node, decltype(ast::Decl::node) decl) {
  pending_.exprs.cut(node.mark.exprs);
  pending_.types.cut(node.mark.types);
  pending_.names.cut(node.mark.names);
  decl_node_ = std::move(decl);
}

void Builder::decorator(const Node& node) {
  ast::Decorator result;
  result.name = pending_.names[node.mark.names];
  if (pending_.argument_lists.size() > node.mark.argument_lists) {
    result.has_parens = true;
    result.args = pending_.argument_lists.back();
    pending_.argument_lists.pop_back();
  }
  result.span = node.span;
  pending_.names.cut(node.mark.names);
  pending_.exprs.cut(node.mark.exprs);
  pending_.decorators.push_back(result);
}

void Builder::block(const Node& node) {
  const ast::Seq<ast::DeclId> decls = take(pending_.decls, node.mark.decls);
  pending_.blocks.push_back({node.span, decls});
}

// ---------------------------------------------------------------- the file's own

void Builder::stack_decl(const Node& node) {
  const ast::ExprId name = pending_.exprs[node.mark.exprs];
  plain_only(name, "a stack's name");
  kind(node, ast::StackDecl{name});
}

void Builder::import(const Node& node) {
  ast::ImportedName result;
  result.name = pending_.names[node.mark.names];
  if (pending_.names.size() > node.mark.names + 1) result.alias = pending_.names[node.mark.names + 1];
  pending_.names.cut(node.mark.names);
  pending_.imports.push_back(result);
}

void Builder::use_decl(const Node& node) {
  const ast::Name path = pending_.names.back();
  kind(node, ast::UseDecl{take(pending_.imports, node.mark.imports), path});
}

void Builder::upstream_decl(const Node& node) {
  ast::UpstreamDecl result;
  if (pending_.names.size() > node.mark.names) result.path = pending_.names.back();
  result.scheme = expr_or_none(node.mark.exprs);
  result.fields = type_or_none(node.mark.types);
  kind(node, result);
}

// ---------------------------------------------------------------- names for values and types

void Builder::param(const Node& node, bool is_const) {
  kind(node, ast::ParamDecl{is_const, type_or_none(node.mark.types), expr_or_none(node.mark.exprs)});
}

void Builder::param_decl(const Node& node) { param(node, false); }
void Builder::const_param_decl(const Node& node) { param(node, true); }

void Builder::let_decl(const Node& node) {
  kind(node, ast::LetDecl{type_or_none(node.mark.types), expr_or_none(node.mark.exprs)});
}

void Builder::fn_param(const Node& node) {
  ast::FnParam result;
  result.name = pending_.names[node.mark.names];
  result.type = type_or_none(node.mark.types);
  result.default_value = expr_or_none(node.mark.exprs);
  pending_.names.cut(node.mark.names);
  pending_.types.cut(node.mark.types);
  pending_.exprs.cut(node.mark.exprs);
  pending_.fn_params.push_back(result);
}

void Builder::fn_decl(const Node& node) {
  ast::FnDecl result;
  result.params = take(pending_.fn_params, node.mark.fn_params);
  result.result = type_or_none(node.mark.types);
  result.body = expr_or_none(node.mark.exprs);
  kind(node, result);
}

void Builder::type_decl(const Node& node) { kind(node, ast::TypeDecl{type_or_none(node.mark.types)}); }

void Builder::id_type_decl(const Node& node) {
  const ast::TypeId type = type_or_none(node.mark.types);
  const auto* name = ast_.get_if<ast::ResourceTypeName>(type);
  if (name->member.empty()) {
    report(Code::UnexpectedToken, node.span,
           "found a type without a member, expected a name like `AWS::EC2::Image.Id`");
  }
  pending_.declared.push_back(
      {source().substr(ast_[type].span.begin, ast_[type].span.size()), ast_[type].span});
  kind(node, ast::IdTypeDecl{type});
}

void Builder::condition_decl(const Node& node) {
  kind(node, ast::ConditionDecl{expr_or_none(node.mark.exprs)});
}
void Builder::mapping_decl(const Node& node) { kind(node, ast::MappingDecl{expr_or_none(node.mark.exprs)}); }

// ---------------------------------------------------------------- resources

void Builder::with_entry(const Node& node) {
  ast::WithEntry result;
  result.decorators = take(pending_.decorators, node.mark.decorators);
  result.name = pending_.names[node.mark.names];
  result.body = pop_expr();
  result.keys = take(pending_.exprs, node.mark.exprs);
  if (pending_.with_blocks.size() > node.mark.with_blocks) result.inner = pending_.with_blocks.back();
  result.span = node.span;
  pending_.with_blocks.cut(node.mark.with_blocks);
  pending_.names.cut(node.mark.names);
  pending_.with_entries.push_back(result);
}

void Builder::with_block(const Node& node) {
  pending_.with_blocks.push_back({take(pending_.with_entries, node.mark.with_entries), node.span});
}

void Builder::resource_decl(const Node& node) {
  ast::ResourceDecl result;
  result.type = type_or_none(node.mark.types);
  result.body = expr_or_none(node.mark.exprs);
  if (pending_.with_blocks.size() > node.mark.with_blocks) result.with = pending_.with_blocks.back();
  pending_.with_blocks.cut(node.mark.with_blocks);
  kind(node, result);
}

void Builder::extern_decl(const Node& node) {
  kind(node, ast::ExternDecl{ast::ExternKind::Resource, type_or_none(node.mark.types)});
}
void Builder::extern_param_decl(const Node& node) {
  kind(node, ast::ExternDecl{ast::ExternKind::Param, type_or_none(node.mark.types)});
}
void Builder::extern_condition_decl(const Node& node) {
  kind(node, ast::ExternDecl{ast::ExternKind::Condition, {}});
}

// ---------------------------------------------------------------- resource types

void Builder::property(const Node& node) {
  ast::PropertyDecl result;
  result.decorators = take(pending_.decorators, node.mark.decorators);
  for (std::size_t i = node.mark.flags; i < pending_.flags.size(); ++i) {
    (pending_.flags[i].size() == 1 ? result.optional : result.is_attribute) = true;
  }
  result.name = pending_.names[node.mark.names];
  result.type = type_or_none(node.mark.types);
  result.default_value = expr_or_none(node.mark.exprs);
  result.span = node.span;
  pending_.flags.cut(node.mark.flags);
  pending_.names.cut(node.mark.names);
  pending_.types.cut(node.mark.types);
  pending_.exprs.cut(node.mark.exprs);
  pending_.properties.push_back(result);
}

void Builder::nested_type(const Node& node) {
  const ast::Name name = pending_.names[node.mark.names];
  pending_.names.cut(node.mark.names);
  pending_.nested_types.push_back({name, take(pending_.properties, node.mark.properties), node.span});
}

void Builder::resource_type_decl(const Node& node) {
  pending_.declared.push_back(pending_.names[node.mark.names]);
  ast::ResourceTypeDecl result;
  result.properties = take(pending_.properties, node.mark.properties);
  result.nested = take(pending_.nested_types, node.mark.nested_types);
  kind(node, result);
}

// ---------------------------------------------------------------- blocks

void Builder::component_decl(const Node& node) {
  const ast::Block body = pending_.blocks.back();
  pending_.blocks.cut(node.mark.blocks);
  kind(node, ast::ComponentDecl{body});
}

void Builder::for_decl(const Node& node) {
  const ast::ForDecl result{pending_.loops.back(), pending_.blocks.back()};
  pending_.loops.cut(node.mark.loops);
  pending_.blocks.cut(node.mark.blocks);
  kind(node, result);
}

void Builder::if_decl(const Node& node) {
  ast::IfDecl result;
  result.condition = expr_or_none(node.mark.exprs);
  result.then = pending_.blocks[node.mark.blocks];
  result.has_else = pending_.blocks.size() > node.mark.blocks + 1;
  if (result.has_else) result.otherwise = pending_.blocks.back();
  pending_.blocks.cut(node.mark.blocks);
  kind(node, result);
}

// `else if` is a block that holds one `if`.
void Builder::else_if(const Node& node) {
  ast::Decl decl{};
  decl.span = node.span;
  decl.node = std::move(decl_node_);
  const ast::DeclId id(static_cast<std::uint32_t>(ast_.decls.size()));
  ast_.decls.push_back(std::move(decl));
  pending_.blocks.push_back({node.span, ast_.arena.copy(std::vector{id})});
}

// ---------------------------------------------------------------- what the template says

void Builder::output(const Node& node, bool is_export) {
  ast::OutputDecl result;
  result.is_export = is_export;
  result.type = type_or_none(node.mark.types);
  if (pending_.exprs.size() > node.mark.exprs + 1) result.export_name = pending_.exprs[node.mark.exprs];
  result.value = pending_.exprs.back();
  kind(node, result);
}

void Builder::output_decl(const Node& node) { output(node, false); }
void Builder::export_decl(const Node& node) { output(node, true); }

void Builder::tags_decl(const Node& node) { kind(node, ast::TagsDecl{pending_.exprs.back()}); }

void Builder::allow_decl(const Node& node) {
  const auto first = pending_.exprs.from(node.mark.exprs);
  kind(node, ast::AllowDecl{first[0], first[1], first[2]});
}

void Builder::document_decl(const Node& node) {
  kind(node, ast::DocumentDecl{expr_or_none(node.mark.exprs), type_or_none(node.mark.types),
                               pending_.exprs.back()});
}

void Builder::assert_decl(const Node& node) {
  kind(node, ast::AssertDecl{expr_or_none(node.mark.exprs), pending_.exprs.back()});
}

void Builder::rule_decl(const Node& node) { kind(node, ast::RuleDecl{pending_.exprs.back()}); }
void Builder::metadata_decl(const Node& node) { kind(node, ast::MetadataDecl{pending_.exprs.back()}); }
void Builder::transform_decl(const Node& node) { kind(node, ast::TransformDecl{pending_.exprs.back()}); }
void Builder::raw_decl(const Node& node) { kind(node, ast::RawDecl{pending_.exprs.back()}); }

// ---------------------------------------------------------------- any declaration, the file

namespace {

/// Whether nothing but one line break and blanks lies between a comment and what stands below it. Most
/// declarations stand far below the last comment, which the first few bytes tell.
bool is_one_break(std::string_view between) {
  bool broken = false;
  for (const char c : between) {
    if (c == '\n') {
      if (broken) return false;
      broken = true;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      return false;
    }
  }
  return broken;
}

}  // namespace

/// The `///` lines that end on the line above the declaration, without a blank line in between, or else those
/// between its decorators and itself.
void Builder::read_doc(const Mark& mark, std::uint32_t begin, ast::Decl& decl) const {
  std::size_t first = mark.comments;
  std::uint32_t next = begin;
  while (first > 0) {
    const ast::Comment& comment = ast_.comments[first - 1];
    if (comment.kind != ast::CommentKind::Doc || !comment.own_line) break;
    if (!is_one_break(source().substr(comment.span.end, next - comment.span.end))) break;
    next = comment.span.begin;
    --first;
  }
  set_doc(first, mark.comments, decl);
  if (!decl.doc.empty() || decl.decorators.empty()) return;
  // Between the decorators and what they stand on.
  const auto inside = [&](std::size_t i) {
    const ast::Comment& c = ast_.comments[i];
    return c.kind == ast::CommentKind::Doc && c.own_line && c.span.end <= decl.name.span.begin;
  };
  first = mark.comments;
  while (first < ast_.comments.size() && !inside(first)) ++first;
  std::size_t last = first;
  while (last < ast_.comments.size() && inside(last)) ++last;
  set_doc(first, last, decl);
}

void Builder::set_doc(std::size_t first, std::size_t last, ast::Decl& decl) const {
  if (first == last) return;
  std::string text;
  for (std::size_t i = first; i < last; ++i) {
    const Span where = ast_.comments[i].span;
    std::string_view line = source().substr(where.begin + 3, where.size() - 3);
    if (line.starts_with(' ')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    if (i > first) text += '\n';
    text += line;
  }
  decl.doc = ast_.arena.copy(text);
  decl.doc_span = ast_.comments[first].span.to(ast_.comments[last - 1].span);
}

void Builder::declaration(const Node& node) {
  ast::Decl decl{};
  decl.span = node.span;
  decl.node = std::move(decl_node_);
  if (pending_.declared.size() > node.mark.declared) decl.name = pending_.declared[node.mark.declared];
  decl.decorators = take(pending_.decorators, node.mark.decorators);
  decl.is_private = pending_.flags.size() > node.mark.flags;
  read_doc(node.mark, node.span.begin, decl);
  pending_.declared.cut(node.mark.declared);
  pending_.flags.cut(node.mark.flags);
  pending_.decls.push_back(ast::DeclId(static_cast<std::uint32_t>(ast_.decls.size())));
  ast_.decls.push_back(std::move(decl));
}

void Builder::finish() { ast_.top = {span(0, source().size()), take(pending_.decls, 0)}; }

}  // namespace stackc::parsing
