#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/name_table.hpp"
#include "compiler/base/text.hpp"
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
using SymbolTable = NameTable<Symbol>;

/// A file's top level, or a component: what its declarations see of each other.
struct Body {
  ast::DeclId component;  // invalid: the file
  SymbolTable values;
  SymbolTable outputs;
  NameTable<ast::DeclId> functions;
  NameTable<ast::DeclId> types;  // and components
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

/// What a value is for, in the parts that a message is made of: "property `VpcId` of `AWS::EC2::Subnet`". Put into
/// words only when one says it; the parts must live as long as the check that is told.
class Purpose {
 public:
  Purpose() = default;
  /// "kind `name` of `owner`tail"; any other part than the name may be missing.
  Purpose(const char* kind, std::string_view name, std::string_view owner = {}, std::string_view tail = {})
      : kind_(kind), name_(name), owner_(owner), tail_(tail), named_(true) {}
  Purpose(const char* text) : kind_(text) {}  // NOLINT: it is its own text
  Purpose(const std::string& text) : kind_(text) {}  // NOLINT
  Purpose(std::string&&) = delete;  // nobody would own it

  [[nodiscard]] std::string str() const;

 private:
  std::string_view kind_, name_, owner_, tail_;
  bool named_ = false;  // a name may be empty
};

/// What a value is for; errors say it.
struct Slot {
  Purpose what;
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

/// What an instance of a component gives; its stages speak of the component's parameters.
struct ComponentOutput {
  std::string_view name;
  Info info;
};

/// How far a declaration has been computed; `Busy` again is a circle.
enum class State : std::uint8_t { New, Busy, Done };

}  // namespace stackc::sema

template <>
struct fmt::formatter<stackc::sema::Purpose> : fmt::formatter<std::string_view> {
  template <class FormatContext>
  auto format(const stackc::sema::Purpose& purpose, FormatContext& ctx) const {
    return fmt::formatter<std::string_view>::format(purpose.str(), ctx);
  }
};
