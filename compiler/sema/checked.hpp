#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/base/number_table.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/sema/builtins.hpp"
#include "compiler/sema/stage.hpp"
#include "compiler/sema/types.hpp"

/// What checking found out about a program: side tables by AST id. Evaluation (eval/) reads these
/// and never looks a name up again.
namespace stackc::sema {


/// What a name in an expression stands for.
struct Binding {
  enum class Kind : std::uint8_t {
    Unknown,   // reported; evaluates to nothing
    Decl,      // a declaration of the same component body or file (or imported): `decl`
    Local,     // a loop variable, a comprehension's, a function's parameter: `local`
    Pseudo,    // the namespace `aws`
    PortWord,  // `all`, `icmp`, `internet` in `allow`: the name itself says which
  };
  Kind kind = Kind::Unknown;
  DeclRef decl;             // Decl. With several declarations of one name (branches of a const `if`): the first
  std::uint32_t local = 0;  // Local: index in `CheckedModule::locals`
};

/// A variable that is not a declaration: a loop's, a comprehension's, a function's parameter.
struct Local {
  std::string_view name;
  Span span;
  TypeId type;
};

/// What `object.name` means.
struct MemberUse {
  enum class Kind : std::uint8_t {
    Unknown,
    Field,      // of a record, an upstream, an instance (an output)
    Attribute,  // `Fn::GetAtt` of a resource
    Property,   // the declared value of a resource's property, after overrides
    Ref,        // `.ref`
    Pseudo,     // `aws.region`
    Unit,       // `5m.seconds`, `100GiB.gib`
    Path,       // a step on the way to a dotted attribute: `Db.Endpoint` of `Db.Endpoint.Address`
  };
  Kind kind = Kind::Unknown;
  /// The object is `xs[*]`, or itself projected: the member is taken of every element.
  bool projected = false;
};

/// What `name(…)` or `x.name(…)` calls.
struct CallUse {
  DeclRef fn;             // a declared function; invalid: a built-in
  BuiltinFn builtin{};
};

/// What the type in `resource R: T` is.
struct ResourceTarget {
  enum class Kind : std::uint8_t { Unknown, Schema, Component, Custom };
  Kind kind = Kind::Unknown;
  schema::ResourceType type;       // Schema (AWS's or declared)
  std::string_view type_name;      // Schema, Custom: what the template's `Type` says
  DeclRef component;               // Component
  bool unchecked = false;          // `@unchecked`: properties go into the template as they are
};

/// A declaration's place among blocks.
struct DeclPlace {
  ast::DeclId parent;       // the `for`, `if` or `component` around it; invalid: top of the file
  ast::DeclId component;    // around it, however far; invalid: none
  std::uint32_t index = 0;  // among the declarations of its block
  bool in_else = false;     // the parent is an `if` and this stands in its `else`
  bool several = false;     // the first of `same_name`
};

/// How early a part of a parameter has to be known, because of what the body does with it.
struct StageDemand {
  /// From the parameter on: the name of a field, or empty for an element and for the content of a `T?`.
  std::vector<std::string_view> path;
  Level at_most = Level::Attr;
};

/// What a component or function wants and gives, beyond what its source says.
struct Interface {
  std::vector<std::vector<StageDemand>> demands;  // by parameter, in the order of the source
  /// Components: the types of the outputs as an instance gives them (under conditions, from loops), in the
  /// order of the source. Functions: the type of the result.
  std::vector<std::pair<std::string_view, TypeId>> results;
};

struct CheckedModule {
  ModuleId id;
  const Module* module = nullptr;
  std::vector<TypeId> expr_types;             // by ExprId; invalid: never asked
  std::vector<Binding> bindings;              // by ExprId, for NameExpr
  std::vector<MemberUse> members;             // by ExprId, for MemberExpr
  /// Attribute, Path: the whole name so far where it has dots (`Endpoint.Address`), by the ExprId of its last step.
  NumberTable<std::uint32_t, std::string_view> dotted;
  std::vector<CallUse> calls;                 // by ExprId, for CallExpr
  std::vector<TypeId> type_exprs;             // by ast::TypeId; invalid: not a value type, or never asked
  std::vector<DeclPlace> places;              // by DeclId
  std::vector<TypeId> decl_types;             // by DeclId: the type of the value that the name has
  NumberTable<std::uint32_t, ResourceTarget> targets;  // by DeclId, for ResourceDecl
  /// For loops and comprehensions: the locals of (first, second), by the DeclId of a `for` or the
  /// ExprId of a comprehension; function parameters by the DeclId of the `fn`, in order.
  NumberTable<std::uint32_t, std::vector<std::uint32_t>> decl_locals;
  NumberTable<std::uint32_t, std::vector<std::uint32_t>> expr_locals;
  std::vector<Local> locals;
  /// All declarations of a name in one body (several only in branches of an `if`), by the first.
  NumberTable<std::uint32_t, std::vector<ast::DeclId>> same_name;
  /// Components and functions at the top of the file, by DeclId; only of the files that were asked for.
  std::unordered_map<std::uint32_t, Interface> interfaces;
  bool has_errors = false;  // evaluation is skipped
};

struct CheckedProgram {
  const ModuleGraph* graph = nullptr;
  std::unique_ptr<schema::OwnedBlob> declared;  // the program's own resource types; may be null
  TypeTable types;
  std::vector<std::unique_ptr<CheckedModule>> modules;  // by ModuleId

  [[nodiscard]] const CheckedModule& operator[](ModuleId id) const { return *modules[id.value]; }
};

}  // namespace stackc::sema
