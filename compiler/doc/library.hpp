#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sema/checked.hpp"

/// What a file offers to those who use it, for people: names, types, defaults, stages, and the text of its
/// `///` comments, which is Markdown. Private names are left out.
namespace stackc::doc {

/// What an instance, a call or a deployment gives.
struct Param {
  std::string name;
  std::string type;                     // as written, else as inferred
  std::optional<std::string> fallback;  // the default, as written; `none` for a `T?` without one; nothing: required
  std::string stage;                    // how early the argument has to be known: `const`, `any`, `length const`
  std::string text;
};

/// `output` or `export`.
struct Output {
  std::string name;
  std::string type;  // as it is seen from outside: under a condition a `T?`, from a loop a map
  bool is_export = false;
  std::string text;
};

/// A resource or an instance that `with { … }` reaches.
struct Resource {
  std::string name;
  std::vector<std::string> keys;  // of the loops around it, outermost first, as the loops name them
  std::string type;
  std::string condition;  // of the `if`s around it, as written; empty: always there
  std::string text;
};

/// A component, or a stack.
struct Component {
  std::string name;
  std::string text;
  std::vector<Param> params;
  std::vector<Output> outputs;
  std::vector<Resource> resources;
  std::vector<std::string> asserts;  // the messages of `assert`, where they are plain text
};

struct Function {
  std::string name;
  std::string text;
  std::vector<Param> params;
  std::string result;
};

/// A type, a resource type or a value: its declaration stands for itself.
struct Definition {
  std::string name;
  std::string text;
  std::string source;
};

/// One file.
struct Library {
  std::string name;          // `std/network`, `lib/names.stack`
  std::string introduction;  // the `///` block at the top of the file, before an empty line
  std::optional<Component> stack;  // of a file with a `stack` declaration; then the rest is empty
  std::vector<Component> components;
  std::vector<Function> functions;
  std::vector<Definition> types;
  std::vector<Definition> values;
};

/// Describes a module of `program`, one of the files that were asked for, without errors.
Library describe(const sema::CheckedProgram& program, ModuleId module);

/// The introduction of a file: the lines of the `///` block at its very top that an empty line follows. Such
/// a block belongs to the file, not to a declaration. Empty: there is none.
std::string introduction(const ast::Ast& ast);

}  // namespace stackc::doc
