#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/span.hpp"

/// The template IR: a CloudFormation template as immutable data, with the place in the source that
/// every piece came from. What evaluation and import make, what analyses and diff read, what
/// emission writes. It prints nothing.
namespace stackc::ir {

/// CloudFormation's intrinsic functions, condition functions and rule functions.
enum class Fn : std::uint8_t {
  Ref,        // (logical id or pseudo parameter)
  GetAtt,     // (logical id, attribute)
  Sub,        // (parts …): strings stand as they are (no `${}` inside has a meaning), others interpolate
  SubText,    // (text[, object of variables]): `Fn::Sub` exactly as it stands in a template; see `sub_parts`
  Join,       // (delimiter, list)
  Select,     // (index, list)
  Split,      // (delimiter, text)
  FindInMap,  // (map name, first key, second key[, default])
  GetAZs,     // (region)
  Cidr,       // (block, count, bits)
  Base64,     // (text)
  ImportValue,     // (export name)
  GetStackOutput,  // (object as in the template)
  Transform,       // (object as in the template)
  If,         // (condition expression, then, else); after `name_conditions`: (Condition, then, else)
  And, Or, Not, Equals,
  Condition,  // (name): a reference to a named condition
  Length, ToJsonString,
  ForEach,    // kept as it stands: (object)
  Contains, EachMemberEquals, EachMemberIn, RefAll, ValueOf, ValueOfAll,  // rules
};
/// `Ref`, `Fn::GetAtt`, …: the key in the template.
std::string_view key_of(Fn fn);

struct Value;
using ValueRef = const Value*;

struct Null {};
/// A number that is not an integer, in its shortest round-trip decimal form.
struct Decimal {
  std::string_view text;
};
struct List {
  std::span<const ValueRef> items;
};
struct Member {
  std::string_view key;
  ValueRef value;
  Span key_origin{};  // where the key stands, when it stands in a file of its own
};
struct Object {
  std::span<const Member> members;
  [[nodiscard]] ValueRef find(std::string_view key) const;  // null when absent
};
struct Call {
  Fn fn;
  std::span<const ValueRef> args;
};

/// What lies in a value, itself included; bits of `Value::holds`.
enum Holds : std::uint8_t {
  kHoldsCall = 1,     // a function
  kHoldsChoice = 2,   // an `If`
  kHoldsMembers = 4,  // an object that is not empty
  kHoldsMark = 8,     // `{{` in a text, a key that begins with `Fn::`
  kHoldsAnything = 15,
};

/// An immutable tree node in a template's arena; parts may be shared.
struct Value {
  std::variant<Null, bool, std::int64_t, Decimal, std::string_view, List, Object, Call> data;
  Span origin;  // where the source says so
  /// Stands as it was given (`raw`, an intrinsic by its own name): passes neither fold nor judge this node.
  bool exact = false;
  /// What it may hold, as its builder found out: passes step over values without what they look for, which
  /// is most of a template.
  std::uint8_t holds = kHoldsAnything;

  template <class T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&data);
  }
  /// The call if this is one of `fn`, else null.
  [[nodiscard]] const Call* call(Fn fn) const {
    const auto* c = std::get_if<Call>(&data);
    return c != nullptr && c->fn == fn ? c : nullptr;
  }
  [[nodiscard]] bool is_no_value() const;  // {"Ref": "AWS::NoValue"}
};

bool equal(ValueRef a, ValueRef b);  // by value; origins do not count
std::size_t hash(ValueRef value);

// ---------------------------------------------------------------- sections

/// Attributes that stand in the template exactly as given: a member replaces what would be written under
/// its key, a null value leaves the key out. Source says so with `@raw({ … })`; reading a template keeps
/// here what the other fields cannot say (`DependsOn` as a list of one, `Default` as a number). The other
/// fields still hold what analyses ask for.
using RawAttributes = std::vector<Member>;

struct Parameter {
  std::string_view id;
  std::string_view type;         // `String`, `AWS::EC2::VPC::Id`, `List<…>`
  std::string_view description;
  ValueRef default_value = nullptr;
  ValueRef allowed_values = nullptr;  // a List
  std::string_view allowed_pattern;
  std::string_view constraint_description;
  ValueRef min_length = nullptr, max_length = nullptr, min_value = nullptr, max_value = nullptr;
  bool no_echo = false;
  std::string_view group;  // `@group("Network")`: Metadata's AWS::CloudFormation::Interface
  RawAttributes raw;
  Span origin;
};
struct Mapping {
  std::string_view id;
  ValueRef value = nullptr;  // an Object of Objects
  Span origin;
};
struct Condition {
  std::string_view id;
  ValueRef value = nullptr;
  Span origin;
};
struct Rule {
  std::string_view id;
  ValueRef value = nullptr;  // {RuleCondition, Assertions}
  Span origin;
};
struct Resource {
  std::string_view id;
  std::string_view type;
  ValueRef properties = nullptr;      // an Object, written also when empty; null: none
  ValueRef condition = nullptr;       // a condition expression; after `name_conditions` a Condition; null: always
  std::vector<std::string_view> depends_on;
  std::string_view deletion_policy;        // empty: CloudFormation's default
  std::string_view update_replace_policy;
  ValueRef metadata = nullptr, creation_policy = nullptr, update_policy = nullptr;
  std::string_view version;  // custom resources
  std::string_view moved_from;  // `@moved("OldId")`, for the diff; not emitted
  std::string_view replace_ok;  // `@replace(ok: "reason")`, for the diff; not emitted
  bool own_dependencies_only = false;  // `depends_on` is complete: nothing is added to it
  RawAttributes raw;
  Span origin;       // the declaration's name
  Span instance;     // when a component's body declared it: the instance in the user's file, else invalid
};
struct Output {
  std::string_view id;
  std::string_view description;
  ValueRef value = nullptr;
  ValueRef condition = nullptr;    // as in Resource
  ValueRef export_name = nullptr;  // null: not exported
  RawAttributes raw;
  Span origin;
};
/// An entry of a section that is no declaration (`Fn::ForEach::Name`, `Fn::Transform`): stands as it is.
struct RawEntry {
  std::string_view section;  // `Resources`, `Conditions`, `Outputs`, `Mappings`, …
  std::string_view key;
  ValueRef value = nullptr;
  Span origin;
};
/// A resource that no text of the template shows and a macro makes: references to it resolve.
struct ExternResource {
  std::string_view id;
  std::string_view type;
  Span origin;
};

/// A value of documents that is filled in when they are released.
struct Hole {
  std::string_view name;
  std::string_view type;        // of the value in JSON: `string`, `number`, `boolean`, `array`, `object`
  std::string_view output;      // that fills it; empty: none does
  ValueRef constant = nullptr;  // fills it; null: no constant does. Neither: who releases
};
/// A further JSON file beside the template. A hole stands in it as `"${NAME}"`, and `$${` for a literal `${`.
struct Document {
  std::string_view path;  // below the folder of the template
  std::string_view api;   // that takes it, a command of the AWS CLI: `ecs create-service`; empty: none
  ValueRef value = nullptr;
  std::vector<std::string_view> holes;  // their names, sorted
  Span origin;                          // its path in the source
  Span instance;                        // as in Resource
};

/// One template. Owns every value through its arena; sections keep source order.
struct Template {
  std::string stack_name;
  std::string_view description;
  ValueRef metadata = nullptr;  // without the interface of parameter groups
  std::vector<Parameter> parameters;
  std::vector<Rule> rules;
  std::vector<Mapping> mappings;
  std::vector<Condition> conditions;
  std::vector<ValueRef> transforms;
  std::vector<Resource> resources;
  std::vector<Output> outputs;
  std::vector<RawEntry> raw_entries;
  std::vector<ExternResource> externs;
  std::vector<Document> documents;
  std::vector<Hole> holes;  // of all documents, sorted by name
  /// Of the template itself: further sections (`Hooks`, `Globals`), a format version that is left out.
  RawAttributes raw;
  FileId file;
  Arena arena{Arena::kMedium};
};

// ---------------------------------------------------------------- building

/// Makes values in a template's arena, folded as far as constants allow (a Sub of strings alone is
/// a string, nested Subs merge, Select of a literal list picks, If of equal arms is the arm, Not Not
/// x is x, And/Or drop true/false and flatten). Origins come from `at`.
class Builder {
 public:
  explicit Builder(Arena& arena) : arena_(arena) {}
  Builder at(Span origin) const {
    Builder b = *this;
    b.origin_ = origin;
    return b;
  }

  [[nodiscard]] ValueRef null() const;
  [[nodiscard]] ValueRef boolean(bool v) const;
  [[nodiscard]] ValueRef integer(std::int64_t v) const;
  [[nodiscard]] ValueRef decimal(std::string_view text) const;
  [[nodiscard]] ValueRef string(std::string_view text) const;  // copies
  [[nodiscard]] ValueRef list(const std::vector<ValueRef>& items) const;
  [[nodiscard]] ValueRef object(const std::vector<Member>& members) const;  // copies keys
  [[nodiscard]] ValueRef no_value() const;
  /// Any call as it stands, without folding.
  [[nodiscard]] ValueRef call(Fn fn, const std::vector<ValueRef>& args) const;
  /// The same, and passes leave it as it stands.
  [[nodiscard]] ValueRef exact_call(Fn fn, const std::vector<ValueRef>& args) const;

  [[nodiscard]] ValueRef ref(std::string_view id) const;
  [[nodiscard]] ValueRef get_att(std::string_view id, std::string_view attribute) const;
  [[nodiscard]] ValueRef sub(const std::vector<ValueRef>& parts) const;
  [[nodiscard]] ValueRef join(std::string_view delimiter, ValueRef list) const;
  [[nodiscard]] ValueRef split(std::string_view delimiter, ValueRef text) const;
  [[nodiscard]] ValueRef select(std::int64_t index, ValueRef list) const;
  [[nodiscard]] ValueRef choice(ValueRef condition, ValueRef then, ValueRef otherwise) const;  // If
  [[nodiscard]] ValueRef condition(std::string_view name) const;
  [[nodiscard]] ValueRef equals(ValueRef a, ValueRef b) const;
  [[nodiscard]] ValueRef both(ValueRef a, ValueRef b) const;    // And
  [[nodiscard]] ValueRef either(ValueRef a, ValueRef b) const;  // Or
  [[nodiscard]] ValueRef negate(ValueRef a) const;              // Not

 private:
  Arena& arena_;
  Span origin_;
};

}  // namespace stackc::ir
