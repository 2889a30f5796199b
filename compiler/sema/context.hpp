#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/sema/checked.hpp"
#include "compiler/sema/presence.hpp"
#include "compiler/sema/stage.hpp"

/// Where expressions stand, and what is known of them: the data that the checker works on.
namespace stackc::sema {

/// What is known of a value: its type, when it is known, and, for `T?`, when it is there.
struct Info {
  TypeId type = {};
  Stage stage = nullptr;
  FormulaId present = {};  // of a `T?`; invalid: nothing is known
};

/// Variables around an expression, innermost first.
struct LocalScope {
  std::vector<std::pair<std::string_view, std::uint32_t>> names;  // name, index of `CheckedModule::locals`
  const LocalScope* outer = nullptr;
};

/// All declarations of one name in one body: several only in exclusive branches of an `if`.
struct Symbol {
  std::vector<ast::DeclId> decls;
};
using SymbolTable = std::unordered_map<std::string_view, Symbol>;

/// A file's top level, or a component: what its declarations see of each other.
struct Body {
  ast::DeclId component;  // invalid: the file
  SymbolTable values;
  SymbolTable outputs;
  std::unordered_map<std::string_view, ast::DeclId> functions;
  std::unordered_map<std::string_view, ast::DeclId> types;  // and components
  const Body* file = nullptr;  // of a component: the file around it
};

/// Where an expression stands.
struct Context {
  const Body* body = nullptr;
  ast::DeclId block = {};  // the innermost `for` or `if`; invalid: directly in the body
  bool in_else = false;  // `block` is an `if` and this is its `else`
  const Context* outer = nullptr;  // of the block around
  const SymbolTable* lets = nullptr;  // the block's own `let`s
  const LocalScope* locals = nullptr;
  FormulaId assume{0};   // what holds here beside the conditions of the blocks; 0: nothing more
};

/// What of a policy document a value of type `Policy` is; `Open`: anything in it that is no more checked.
enum class PolicyPart : std::uint8_t { Open, Document, Statement };

/// What a value is for; errors say it.
struct Slot {
  std::string what;             // "property `VpcId` of `AWS::EC2::Subnet`"
  bool schema = false;          // a slot of CloudFormation's own: scalars convert to text
  Span declared = {};           // the declaration that asks, if it stands in a file
  PolicyPart policy = PolicyPart::Open;
  bool secrets = false;   // with `schema`: made for secrets
  bool metadata = false;  // with `schema`: for people and tools, who read it as it stands
};

/// What an instance of a component may give.
struct ComponentParam {
  ast::DeclId decl;
  std::string_view name;
  TypeId type = {};
  bool required = true;
  bool is_const = false;
};

/// How far a declaration has been computed; `Busy` again is a circle.
enum class State : std::uint8_t { New, Busy, Done };

}  // namespace stackc::sema
