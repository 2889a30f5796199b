#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/import/import.hpp"
#include "compiler/import/lift_comments.hpp"
#include "compiler/import/lift_groups.hpp"
#include "compiler/import/lift_names.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::cfn {

/// Where a value goes, as far as that says how it is written.
struct Slot {
  enum class Kind : std::uint8_t {
    Any,    // nothing is converted: JSON, unknown types, inside `unchecked`
    Text,   // text is expected
    Typed,  // a slot of the schema
  };
  Kind kind = Kind::Any;
  schema::Type type;

  static Slot any() { return {}; }
  static Slot text() { return {Kind::Text, {}}; }
  static Slot of(schema::Type type) { return type ? Slot{Kind::Typed, type} : Slot{}; }
  [[nodiscard]] Slot element() const;                    // of a list
  [[nodiscard]] Slot field(std::string_view key) const;  // of a record or map
  [[nodiscard]] bool takes_integer() const;              // as it stands, without becoming text
  [[nodiscard]] bool takes_boolean() const;
};

/// How tightly an expression is held by what stands around it: whether it needs parentheses.
enum class Hold : std::uint8_t { Loose, Arm, Operand, Receiver };

/// Writes one template as stack source: `stack_source` is one use of it. Its member functions stand in
/// `lift_*.cpp`, by subject.
class Lifter {
 public:
  Lifter(const ir::Template& t, const Document& document, schema::Schema schema, const SourceOptions& options,
         const Wishes& wishes);
  StackSource run();

 private:
  friend class Piece;
  friend class Step;

  // ---- lift.cpp: the order of the file
  void stack_line(const ir::Object& root);
  void upstreams();
  void section(const ir::Member& m);
  template <class Entries, class Write>
  void entries(std::string_view section, const Entries& all, const Write& write);
  void raw_section(const ir::Object& object);
  void rule(const ir::Rule& r);
  void mapping(const ir::Mapping& m);
  void named_condition(const ir::Condition& c);
  void metadata(ir::ValueRef plain);
  void grouped_metadata(const ir::Object& own);
  void transform(ir::ValueRef plain);
  /// `if C {` around what follows, when `condition` is another than before; null: none.
  void enter(ir::ValueRef condition);
  void leave_block();

  // ---- lift_param.cpp
  void parameter(const ir::Parameter& p);

  // ---- lift_resource.cpp
  void resource(const ir::Resource& r);
  void resource_decorators(const ir::Resource& r);
  void resource_body(const ir::Resource& r, schema::ResourceType type);
  void policies(const ir::Resource& r, bool deletion_is_raw, bool replacement_is_raw);
  void dependencies(const ir::Resource& r);
  void output(const ir::Output& o);
  [[nodiscard]] ir::ValueRef block_condition(std::string_view section, std::string_view id,
                                             ir::ValueRef condition) const;

  // ---- lift_decl.cpp: what declarations have in common
  void doc(std::string_view text);
  [[nodiscard]] static bool can_be_doc(std::string_view text);
  void id_decorator(std::string_view name, std::string_view id);
  /// `@raw({ … })` of attributes of this entry as they are given, and of one that is not to be written.
  void raw_decorator(const std::vector<std::string_view>& attributes, std::string_view left_out);
  [[nodiscard]] ir::ValueRef given(
      std::string_view attribute) const;  // of this entry, as plain data; or null
  [[nodiscard]] bool attribute_is_raw(std::string_view attribute) const;  // of the entry at `path_`
  [[nodiscard]] bool entry_is_raw() const;                                // stands in `raw Section { … }`
  /// An empty line in front of what follows, unless the file is empty or has one.
  void paragraph();
  void line_break();

  // ---- lift_value.cpp
  void value(ir::ValueRef v, const Slot& slot, Hold hold = Hold::Loose);
  [[nodiscard]] bool may_be_absent(ir::ValueRef v) const;
  void plain_value(ir::ValueRef v, const Slot& slot, Hold hold, bool exact);
  void scalar(ir::ValueRef v, const Slot& slot);
  void list(const ir::List& items, const Slot& slot);
  void record(const ir::Object& object, const Slot& slot, bool broken);
  void member(const ir::Member& m, const Slot& slot);
  void raw_json(ir::ValueRef v);

  // ---- lift_call.cpp
  void call(ir::ValueRef v, const ir::Call& c, const Slot& slot, Hold hold, bool exact);
  void function(std::string_view name, const ir::Call& c, const Slot& first, const Slot& rest);
  void reference(const ir::Call& c, const Slot& slot, bool exact);
  void attribute(const ir::Call& c, const Slot& slot, bool exact);
  void choice(const ir::Call& c, const Slot& slot, Hold hold, bool exact);
  void select(const ir::Call& c, bool exact);
  void find_in_map(const ir::Call& c, bool exact);
  void raw_call(ir::ValueRef v);
  void imported(const ir::Call& c, bool exact);
  /// A function that the language has no other words for.
  void kept(ir::ValueRef v);
  void argument(const ir::Call& c, std::size_t i, const Slot& slot, Hold hold = Hold::Loose);
  /// The name of the resource in source; inside `assume(…)` when it may be absent.
  void resource_name(std::string_view id, bool assumed);

  // ---- lift_condition.cpp
  void condition(ir::ValueRef v, Hold hold);
  void comparison(const ir::Call& c, std::string_view op);
  void operands(const ir::Call& c, std::string_view op);

  // ---- lift_sub.cpp
  void substitution(const ir::Call& c, bool exact);
  [[nodiscard]] bool can_interpolate(const ir::Call& c) const;

  // ---- writing
  void put(std::string_view text) { out_.text += text; }
  [[nodiscard]] Faith faith() const;
  [[nodiscard]] Faith faith_at(std::string_view pointer) const;
  [[nodiscard]] const ir::Resource* resource_of(std::string_view id) const;
  [[nodiscard]] const ir::Parameter* parameter_of(std::string_view id) const;
  static bool has_function(ir::ValueRef plain);
  void comment(std::string_view text);
  /// Comments that stand in the template in front of the key at `place`.
  void comments_before(Span place);

  const ir::Template& t_;
  const Document& document_;
  const schema::Schema schema_;
  const SourceOptions& options_;
  const Wishes& wishes_;
  const Names names_;
  Comments comments_;
  const ParameterGroups groups_;
  std::unordered_map<std::string_view, const ir::Resource*> resource_by_id_;
  std::unordered_map<std::string_view, const ir::Parameter*> parameter_by_id_;
  StackSource out_;
  std::string path_;                  // JSON pointer of the piece that is being written
  std::string_view section_, entry_;  // its first two parts
  std::unordered_map<std::string_view, ir::ValueRef> entries_;  // of the section, as plain data
  bool assumed_ = false;              // the piece is to be written with `assume(…)`
  std::string_view block_;            // the condition of the open `if` block
  bool compact_ = false;              // the declaration before is a line, and the next may follow it closely
};

/// A step down the template, for as long as it lives.
class Step {
 public:
  Step(Lifter& lifter, std::string_view key);
  Step(Lifter& lifter, std::size_t index);
  ~Step() { lifter_.path_.resize(length_); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  Lifter& lifter_;
  std::size_t length_;
};

/// Marks what is written while it lives as the piece at the lifter's path, or at `pointer`.
class Piece {
 public:
  explicit Piece(Lifter& lifter);
  Piece(Lifter& lifter, std::string_view pointer, Faith faith);
  ~Piece() { lifter_.out_.marks[at_].end = static_cast<std::uint32_t>(lifter_.out_.text.size()); }
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;

 private:
  Lifter& lifter_;
  std::size_t at_;
};

}  // namespace stackc::cfn
