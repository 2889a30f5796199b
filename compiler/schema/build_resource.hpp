#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/schema/blob_writer.hpp"
#include "compiler/syntax/ast.hpp"

namespace stackc::schema {

/// Builds one `resource type`. Texts are views into `ast`, or into the writer's care.
class ResourceBuilder {
 public:
  ResourceBuilder(const ast::Ast& ast, const ast::Decl& decl, BlobWriter& writer, Sink& sink)
      : ast_(ast),
        decl_(decl),
        node_(std::get<ast::ResourceTypeDecl>(decl.node)),
        writer_(writer),
        sink_(sink) {}

  void build();

 private:
  // The type's members.
  void declare_nested();
  PropertyFacts property(const ast::PropertyDecl& decl);
  void add_property(std::vector<PropertyFacts>& to, const ast::PropertyDecl& decl);
  std::string_view default_text(ast::ExprId value);
  void property_decorator(const ast::Decorator& decorator, PropertyFacts& facts);

  // Facts about the whole type: its decorators.
  void decorator(const ast::Decorator& decorator);
  void tags(const ast::Decorator& decorator);
  void same(const ast::Decorator& decorator);
  void check_members();
  [[nodiscard]] bool has_member(std::string_view name) const;
  std::vector<std::string_view> name_arguments(const ast::Decorator& decorator);
  std::optional<std::string_view> name_argument(const ast::Argument& argument);
  void wrong_arguments(const ast::Decorator& decorator, std::string_view expected);

  // Types (build_type.cpp). An invalid type was reported and reads as Json.
  std::uint32_t type(ast::TypeId id);
  std::uint32_t named(const ast::NamedType& node, Span span);
  std::uint32_t scalar(TypeKind kind, const ast::NamedType& node, Span span);
  std::uint32_t resource_name(const ast::ResourceTypeName& node, Span span);
  std::uint32_t literal(const ast::LiteralType& node, Span span);
  std::uint32_t union_of(const ast::UnionType& node);
  std::optional<std::int64_t> bound(ast::ExprId id) const;
  std::uint32_t bad_type(Span span, std::string message, std::string label = {});

  const ast::Ast& ast_;
  const ast::Decl& decl_;
  const ast::ResourceTypeDecl& node_;
  BlobWriter& writer_;
  Sink& sink_;
  ResourceFacts facts_;
  std::map<std::string_view, std::uint32_t> nested_;  // name -> record
};

}  // namespace stackc::schema
