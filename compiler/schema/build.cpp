#include "compiler/schema/build.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/schema/build_resource.hpp"

namespace stackc::schema {

void Builder::add(const ast::Ast& ast) {
  for (const auto id : ast.top.decls) {
    const auto& decl = ast[id];
    if (std::holds_alternative<ast::ResourceTypeDecl>(decl.node)) add_resource(ast, decl);
    if (const auto* node = std::get_if<ast::IdTypeDecl>(&decl.node)) add_id_kind(ast, *node);
  }
}

void Builder::add_resource(const ast::Ast& ast, const ast::Decl& decl) {
  if (decl.name.empty()) return;
  const auto [first, is_new] = seen_.emplace(decl.name.text, decl.name.span);
  if (!is_new) {
    sink_.report(Code::DuplicateName, decl.name.span, fmt::format("`{}` is declared twice", decl.name.text))
        .label(first->second, "first declared here");
    return;
  }
  resources_.push_back({&ast, &decl});
}

void Builder::add_id_kind(const ast::Ast& ast, const ast::IdTypeDecl& node) {
  const auto* name = ast.get_if<ast::ResourceTypeName>(node.type);
  if (name == nullptr || name->type.empty()) return;
  if (name->member.empty() || !name->nested.empty()) {
    sink_.report(Code::InvalidSchemaType, ast[node.type].span,
                 fmt::format("`{}` does not name a kind of id, which is written `{}.Id`", name->type.text,
                             name->type.text));
    return;
  }
  id_kinds_.emplace_back(name->type.text, name->member.text);
}

std::unique_ptr<OwnedBlob> Builder::finish() {
  std::stable_partition(resources_.begin(), resources_.end(),
                        [&](const Declared& d) { return first_.contains(d.decl->name.text); });
  for (const auto& declared : resources_) {
    ResourceBuilder(*declared.ast, *declared.decl, writer_, sink_).build();
  }
  for (const auto& [resource, member] : id_kinds_) writer_.id_kind(resource, member);
  return std::make_unique<OwnedBlob>(writer_.finish());
}

}  // namespace stackc::schema
