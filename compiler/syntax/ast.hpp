#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/id.hpp"
#include "compiler/base/line_allocator.hpp"
#include "compiler/base/span.hpp"

/// The syntax tree of one file, as plain data. Nodes live in vectors of their `Ast` and are named by
/// typed ids; lists and unescaped texts live in its arena, names point into the source text. Made
/// by parse/, immutable afterwards; results of checking stand in side tables by id (sema/).
namespace stackc::ast {

struct ExprTag;
struct TypeTag;
struct DeclTag;
using ExprId = Id<ExprTag>;
using TypeId = Id<TypeTag>;
using DeclId = Id<DeclTag>;

template <class T>
using Seq = std::span<const T>;

/// A name as written, with its place. Quoted keys (`"a-b": 1`) hold the unescaped text.
struct Name {
  std::string_view text;
  Span span;
  bool quoted = false;

  [[nodiscard]] bool empty() const { return text.empty(); }
};

// ---------------------------------------------------------------- expressions

/// Stands where an expression could not be read; already reported, silent everywhere after.
struct InvalidExpr {};
struct NoneExpr {};
struct BoolExpr {
  bool value;
};
struct IntExpr {
  std::int64_t value;
};
/// A decimal as written (`1.50`); never a binary double before somebody needs one.
struct NumberExpr {
  std::string_view text;
};

/// A piece of a string: text with its escapes resolved, or an interpolated expression.
struct StringPart {
  std::string_view text;
  ExprId expr;  // valid: this part is `${expr}`
};
enum class StringForm : std::uint8_t { Quoted, MultiLine, Raw, RawMultiLine };
struct StringExpr {
  Seq<StringPart> parts;  // adjacent text parts are merged; the empty string has none
  StringForm form;

  [[nodiscard]] bool is_plain() const {
    return parts.empty() || (parts.size() == 1 && !parts[0].expr.valid());
  }
  [[nodiscard]] std::string_view plain() const {
    return parts.empty() ? std::string_view{} : parts[0].text;
  }
};

struct CidrExpr {
  std::string_view text;  // `10.0.0.0/16`
};
enum class DurationUnit : std::uint8_t { Seconds, Minutes, Hours, Days };
struct DurationExpr {
  std::int64_t count;
  DurationUnit unit;
};
enum class SizeUnit : std::uint8_t { KiB, MiB, GiB, TiB };
struct SizeExpr {
  std::int64_t count;
  SizeUnit unit;
};
struct PercentExpr {
  std::string_view text;  // the digits before `%`
};
/// `first..last`, both included.
struct RangeExpr {
  ExprId first;
  ExprId last;
};
struct NameExpr {
  std::string_view name;
};

struct ListItem {
  ExprId value;
  bool spread = false;  // `...value`
};
struct ListExpr {
  Seq<ListItem> items;
};
struct Field {
  Name key;  // empty for a spread
  ExprId value;
  bool spread = false;  // `...value`
};
/// `{ key: value }`: a record, a map, a resource's body.
struct RecordExpr {
  Seq<Field> fields;
};

/// `for x in xs`, `for k, v in m`, `for i, x in xs`; `key e` only before a block.
struct Loop {
  Name first;
  Name second;  // empty when there is one variable
  ExprId in;
  ExprId key;  // of `key e`, else invalid
};
/// `[for x in xs if c: e]`
struct ListComprehension {
  const Loop* loop;
  ExprId condition;  // may be invalid
  ExprId element;
};
/// `{for k, v in m if c: key: value}`; the key is any expression.
struct MapComprehension {
  const Loop* loop;
  ExprId condition;  // may be invalid
  ExprId key;
  ExprId value;
};

enum class UnaryOp : std::uint8_t { Not, Minus };
struct UnaryExpr {
  UnaryOp op;
  ExprId operand;
};
enum class BinaryOp : std::uint8_t {
  Add, Subtract, Multiply, Divide,
  Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,
  And, Or, Coalesce,
};
struct BinaryExpr {
  BinaryOp op;
  ExprId left;
  ExprId right;
  Span op_span;
};
/// `condition ? then : otherwise`
struct ChoiceExpr {
  ExprId condition;
  ExprId then;
  ExprId otherwise;
};
/// `object.name`, or `object?.name` when `optional`.
struct MemberExpr {
  Name name;
  ExprId object;
  bool optional = false;
};
/// `object[index]`, or `object?.[index]` when `optional`.
struct IndexExpr {
  ExprId object;
  ExprId index;
  bool optional = false;
};
/// `object[*]`
struct SplatExpr {
  ExprId object;
};
struct Argument {
  Name name;  // empty when positional
  ExprId value;
  bool spread = false;
};
/// `name(args)`, or `receiver.name(args)` when the receiver is valid.
struct CallExpr {
  const Name* name;
  Seq<Argument> args;
  ExprId receiver;
  bool optional = false;  // `receiver?.name(args)`
};
/// `raw { … }`, `raw [ … ]`, `raw "text"` and other literals in the place of a value: JSON that goes into
/// the template as it stands.
struct RawExpr {
  ExprId body;
};
/// `( inner )`, kept for the formatter.
struct ParenExpr {
  ExprId inner;
};

/// There are thousands in a file, and evaluation goes from one to the next: what is large in a few kinds stands in the
/// arena, so that one fits a line of the machine's cache.
struct Expr {
  Span span;
  std::variant<InvalidExpr, NoneExpr, BoolExpr, IntExpr, NumberExpr, StringExpr, CidrExpr, DurationExpr,
               SizeExpr, PercentExpr, RangeExpr, NameExpr, ListExpr, RecordExpr, ListComprehension,
               MapComprehension, UnaryExpr, BinaryExpr, ChoiceExpr, MemberExpr, IndexExpr, SplatExpr,
               CallExpr, RawExpr, ParenExpr>
      node;
};
static_assert(sizeof(Expr) == 64);

// ---------------------------------------------------------------- type expressions

struct InvalidType {};
/// `String`, `Int`, `Balancer`, with refinements and arguments: `String(1..64)`,
/// `String(/^[a-z]+$/)`, `Int(1..20)`, `Int<s>`, `Secret<String>`, `Ssm<AWS::EC2::Image.Id>`.
struct NamedType {
  Name name;
  Seq<TypeId> arguments;   // `<…>`; a unit (`s`, `GiB`) is a NamedType without arguments
  ExprId low, high;        // `(1..64)`, either may be open: invalid
  std::string_view regex;  // `/…/` without its slashes; empty when there is none
};
/// `AWS::EC2::VPC`, `AWS::EC2::VPC.VpcId` (attribute, then property), `AWS::X::Y#Name` (nested type).
struct ResourceTypeName {
  Name type;    // the whole `A::B::C`
  Name member;  // after `.`, may itself have dots (`Endpoint.Address`), else empty
  Name nested;  // after `#`, else empty
};
struct LiteralType {
  ExprId value;  // a plain string, an integer, a bool
};
struct OptionalType {
  TypeId inner;  // `T?`
};
struct ListType {
  TypeId element;  // `[T]`
};
struct MapType {
  TypeId element;  // `{[String]: T}`
};
struct TypeField {
  Name name;
  bool optional = false;  // `name?: T`
  TypeId type;
};
struct RecordType {
  Seq<TypeField> fields;
};
struct UnionType {
  Seq<TypeId> arms;
};

struct TypeExpr {
  Span span;
  std::variant<InvalidType, NamedType, ResourceTypeName, LiteralType, OptionalType, ListType, MapType,
               RecordType, UnionType>
      node;
};

// ---------------------------------------------------------------- declarations

/// The declarations between `{` and `}`, or those of the whole file.
struct Block {
  Span span;
  Seq<DeclId> decls;
};
struct Decorator {
  Name name;  // without `@`
  Seq<Argument> args;
  bool has_parens = false;
  Span span;
};

/// Could not be read; already reported. Keeps a name when there was one, so that its uses are silent.
struct InvalidDecl {};
struct StackDecl {
  ExprId name;  // a plain string
};
struct ImportedName {
  Name name;
  Name alias;  // `{ A as B }`, else empty
};
struct UseDecl {
  Seq<ImportedName> names;
  Name path;  // quoted
};
/// `upstream N from "file.stack"`, `upstream N { VPC: T }`, both with `as "${stack}-${name}"` after the name.
struct UpstreamDecl {
  Name path;      // empty when typed by hand
  ExprId scheme;  // of `as`, else invalid
  TypeId fields;  // a RecordType, else invalid
};
struct ParamDecl {
  bool is_const = false;
  TypeId type;        // may be invalid when there is a default
  ExprId default_value;  // may be invalid
};
struct LetDecl {
  TypeId type;  // may be invalid
  ExprId value;
};
struct FnParam {
  Name name;
  TypeId type;
  ExprId default_value;  // may be invalid
};
struct FnDecl {
  Seq<FnParam> params;
  TypeId result;  // may be invalid
  ExprId body;
};
struct TypeDecl {
  TypeId type;
};
/// `id type AWS::EC2::Image.Id`
struct IdTypeDecl {
  TypeId type;  // a ResourceTypeName with a member
};
struct ConditionDecl {
  ExprId value;
};
struct MappingDecl {
  ExprId value;
};

struct WithEntry;
/// `with { Instance { … }  Subnet["A"] { … } }`
struct WithBlock {
  Seq<WithEntry> entries;
  Span span;
};
struct WithEntry {
  Seq<Decorator> decorators;
  Name name;              // an inner resource or instance
  Seq<ExprId> keys;       // of `["A"]["B"]`
  ExprId body;            // a RecordExpr
  WithBlock inner;        // a nested `with`, for an inner instance; may be empty
  Span span;
};
struct ResourceDecl {
  TypeId type;  // a ResourceTypeName, or a NamedType for a component or declared type
  ExprId body;  // a RecordExpr; invalid when there is none (`resource Gateway: AWS::EC2::InternetGateway`)
  WithBlock with;
};

/// A property or an attribute in a `resource type`, one a line.
struct PropertyDecl {
  Seq<Decorator> decorators;  // `@replaces`, `@replaces("maybe")`, `@deprecated`, …
  bool is_attribute = false;  // `attribute Arn: String`
  Name name;
  bool optional = false;
  TypeId type;
  ExprId default_value;  // what AWS does when it is absent; may be invalid
  Span span;
};
/// `type Name { … }` inside a `resource type`: a nested property type, `AWS::X::Y#Name`.
struct NestedTypeDecl {
  Name name;
  Seq<PropertyDecl> properties;
  Span span;
};
/// Declares a resource type; the facts about the whole type are decorators of the declaration
/// (`@primary(SubnetId)`, `@ref(SubnetId)`, `@tags(Tags)`, `@stateful`, …). The declaration's name
/// is the whole `AWS::EC2::Subnet`.
struct ResourceTypeDecl {
  Seq<PropertyDecl> properties;
  Seq<NestedTypeDecl> nested;
};
struct ComponentDecl {
  Block body;
};
struct ForDecl {
  Loop loop;
  Block body;
};
struct IfDecl {
  ExprId condition;
  Block then;
  Block otherwise;       // `else if` is a block with one IfDecl
  bool has_else = false;
};
struct OutputDecl {
  bool is_export = false;
  ExprId export_name;  // `export O as "…" = e`, else invalid
  TypeId type;         // `output O: T = e`, else invalid
  ExprId value;
};
struct TagsDecl {
  ExprId body;  // a RecordExpr
};
/// `allow a -> b: ports`
struct AllowDecl {
  ExprId from;
  ExprId to;
  ExprId ports;
};
struct DocumentDecl {
  ExprId path;
  TypeId type;  // may be invalid
  ExprId value;
};
struct AssertDecl {
  ExprId condition;
  ExprId message;
};
/// `rule Name { … }`
struct RuleDecl {
  ExprId body;
};
/// `metadata { … }`
struct MetadataDecl {
  ExprId body;
};
/// `transform "AWS::LanguageExtensions"`, or a list, or a record with Name and Parameters
struct TransformDecl {
  ExprId value;
};
/// `raw Resources { … }`: the declaration's name is the section.
struct RawDecl {
  ExprId body;
};
/// `extern resource X: T`, `extern param P: T`, `extern condition C`
enum class ExternKind : std::uint8_t { Resource, Param, Condition };
struct ExternDecl {
  ExternKind kind;
  TypeId type;  // of a condition, invalid
};

struct Decl {
  Span span;  // from the first decorator or keyword to the end; comments are not in it
  Name name;  // empty for declarations that have none
  Seq<Decorator> decorators;
  std::string_view doc;  // the text of the `///` lines above, joined by `\n`, without the slashes
  Span doc_span;
  bool is_private = false;
  std::variant<InvalidDecl, StackDecl, UseDecl, UpstreamDecl, ParamDecl, LetDecl, FnDecl, TypeDecl,
               IdTypeDecl, ConditionDecl, MappingDecl, ResourceDecl, ResourceTypeDecl, ComponentDecl,
               ForDecl, IfDecl, OutputDecl, TagsDecl, AllowDecl, DocumentDecl, AssertDecl, RuleDecl,
               MetadataDecl, TransformDecl, RawDecl, ExternDecl>
      node;
};

// ---------------------------------------------------------------- the file

enum class CommentKind : std::uint8_t { Line, Block, Doc };
struct Comment {
  Span span;  // without the line break
  CommentKind kind;
  bool own_line;  // nothing but white space before it on its line
};

/// One parsed file.
struct Ast {
  FileId file;
  std::string_view source;  // owned by the SourceMap
  Block top;
  std::vector<Expr, LineAllocator<Expr>> exprs;
  std::vector<TypeExpr> types;
  std::vector<Decl> decls;
  std::vector<Comment> comments;  // in source order
  Arena arena;

  [[nodiscard]] const Expr& operator[](ExprId id) const { return exprs[id.value]; }
  [[nodiscard]] const TypeExpr& operator[](TypeId id) const { return types[id.value]; }
  [[nodiscard]] const Decl& operator[](DeclId id) const { return decls[id.value]; }

  /// The node if it is a `Node`, else null: `ast.get_if<RecordExpr>(id)`.
  template <class Node, class Tag>
  [[nodiscard]] const Node* get_if(Id<Tag> id) const {
    return id.valid() ? std::get_if<Node>(&(*this)[id].node) : nullptr;
  }
};

}  // namespace stackc::ast
