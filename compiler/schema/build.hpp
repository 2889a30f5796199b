#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostic.hpp"
#include "compiler/schema/blob_writer.hpp"
#include "compiler/syntax/ast.hpp"

namespace stackc::schema {

/// Turns the `resource type` and `id type` declarations of syntax trees into a blob: stdlib/aws at
/// build time, a program's own at run time. What cannot be used is reported and left out.
class Builder {
 public:
  explicit Builder(Sink& sink) : sink_(sink) {}

  /// Takes the top-level declarations of `ast`, which must live until `finish`.
  void add(const ast::Ast& ast);
  /// Lays a resource type down before the others: types that many programs use lie together, and a run brings fewer
  /// pages.
  void lay_first(std::string name) { first_.insert(std::move(name)); }
  [[nodiscard]] bool empty() const { return resources_.empty() && id_kinds_.empty(); }
  /// The blob of everything that was added. The builder is used up.
  std::unique_ptr<OwnedBlob> finish();

 private:
  struct Declared {
    const ast::Ast* ast;
    const ast::Decl* decl;
  };

  void add_resource(const ast::Ast& ast, const ast::Decl& decl);
  void add_id_kind(const ast::Ast& ast, const ast::IdTypeDecl& node);

  Sink& sink_;
  BlobWriter writer_;
  std::vector<Declared> resources_;
  std::set<std::string, std::less<>> first_;
  std::unordered_map<std::string_view, Span> seen_;  // resource types by name
  std::vector<std::pair<std::string_view, std::string_view>> id_kinds_;
};

}  // namespace stackc::schema
