#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// How the searches for dangers read values: as literal text and symbols for what only a deployment knows,
/// the same symbol on both sides when it stands for the same thing.
namespace stackc::diff {

/// Whether something holds; `Maybe` when the templates do not say.
enum class Truth : std::uint8_t { No, Maybe, Yes };

struct Symbol {
  enum class Kind : std::uint8_t {
    Generated,  // an id, name or ARN that AWS makes: like no text that a person writes, nor like another's
    Given,      // of a resource whose name is given: may be equal to a text
    Pseudo,     // `AWS::AccountId` and its like: holds no colon
    Free,       // a parameter, an import, a function: may be anything
  };
  std::string key;       // equal keys: equal values
  std::string shown;     // as stack source says it: `Db.Arn`, `VpcId`
  std::string resource;  // whose it is, by its logical ID in the new side; empty: no resource's
  Kind kind = Kind::Free;
};

/// The symbols of two sides that are compared.
class Symbols {
 public:
  std::uint32_t intern(Symbol symbol);
  const Symbol& operator[](std::uint32_t i) const { return all_[i]; }

 private:
  std::vector<Symbol> all_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

struct Piece {
  static constexpr std::uint32_t kLiteral = ~std::uint32_t{0};
  std::string text;  // of a literal
  std::uint32_t symbol = kLiteral;
  [[nodiscard]] bool literal() const { return symbol == kLiteral; }
  bool operator==(const Piece&) const = default;
};

/// A text in pieces; neighbouring literals are one. Empty: the empty text.
struct Text {
  std::vector<Piece> pieces;
  [[nodiscard]] bool literal() const { return pieces.empty() || (pieces.size() == 1 && pieces[0].literal()); }
  [[nodiscard]] std::string_view str() const { return pieces.empty() ? std::string_view{} : pieces[0].text; }
  void add(std::string_view text);
  void add(std::uint32_t symbol) { pieces.push_back({{}, symbol}); }
  void add(const Text& text);
  bool operator==(const Text&) const = default;
};

/// What is taken to hold at a place: undecided conditions, each true or false.
struct Case {
  struct Fact {
    /// `left == right`, as `Scope::key` says them; a condition that is no equality stands in `left` alone.
    std::string left, right;
    bool truth = false;
    std::string shown;  // `Open == "yes"`, when it is true
    bool operator==(const Fact& other) const {
      return left == other.left && right == other.right && truth == other.truth;
    }
    [[nodiscard]] Fact as(bool holds) const { return {left, right, holds, shown}; }
    /// Both say what `left` is, and it cannot be both.
    [[nodiscard]] bool excludes(const Fact& other) const;
  };
  std::vector<Fact> facts;
  /// Is all of `other` known here? Then this place exists only where `other` does.
  [[nodiscard]] bool implies(const Case& other) const;
  /// A fact of `other` that is neither true nor false here; null when `other` holds or cannot.
  [[nodiscard]] const Fact* undecided_of(const Case& other) const;
};

/// A value at a place, with the conditions under which it stands there.
struct Entry {
  Case when;
  ir::ValueRef value = nullptr;
  bool unclear = false;  // too many conditions, or a function makes the list: what it holds is not known
};

class Scope {
 public:
  /// `renamed` takes the logical IDs of this side to those of the new side.
  Scope(const Side& side, const Side& other, bool is_after, const schema::Schema& schema, Symbols& symbols,
        std::unordered_map<std::string_view, std::string_view> renamed);

  [[nodiscard]] const ir::Template& tmpl() const { return *side_.tmpl; }
  [[nodiscard]] const schema::Schema& schema() const { return schema_; }
  [[nodiscard]] const Symbols& symbols() const { return symbols_; }
  [[nodiscard]] const ir::Resource* resource(std::string_view id) const;
  /// The resource that the new side calls `id`.
  [[nodiscard]] const ir::Resource* renamed_resource(std::string_view id) const;
  [[nodiscard]] std::string_view new_id(std::string_view id) const;

  /// A scalar as text. What is no text (a list, an object) is a symbol.
  [[nodiscard]] Text text(ir::ValueRef v, const Case& when = {}) const;
  /// The only resource that `v` names (`Ref`, `Fn::GetAtt`), as the new side calls it; empty: none alone.
  [[nodiscard]] std::string_view named_resource(ir::ValueRef v, const Case& when = {}) const;
  /// What `Ref` gives of a pseudo parameter, or of a resource of this side.
  [[nodiscard]] Text text_of_pseudo(std::string_view name) const;
  [[nodiscard]] Text text_of(const ir::Resource& r) const { return text_of_pseudo(r.id); }
  /// A text that is equal for values of the same meaning, and for no others.
  [[nodiscard]] std::string key(ir::ValueRef v, const Case& when = {}) const;
  /// One that can be read.
  [[nodiscard]] std::string shown(ir::ValueRef v, const Case& when = {}) const;
  [[nodiscard]] std::string key(const Text& text) const;
  /// `v` in every case that its conditions can make, without choices at the top: `AWS::NoValue` gives
  /// nothing.
  [[nodiscard]] std::vector<Entry> cases(ir::ValueRef v, const Case& when = {}) const;
  /// The same, of the conditions at the top alone.
  [[nodiscard]] std::vector<Entry> cases_at_top(ir::ValueRef v, const Case& when = {}) const;
  /// The entries of a list, each in every case; a scalar is its own only entry.
  [[nodiscard]] std::vector<Entry> entries(ir::ValueRef list, const Case& when = {}) const;
  /// The same, where what is inside of an entry keeps its choices.
  [[nodiscard]] std::vector<Entry> entries_at_top(ir::ValueRef list, const Case& when = {}) const;
  /// When the resource exists; none when never.
  [[nodiscard]] std::optional<Case> existence(const ir::Resource& resource) const;
  /// `v` at a path, through the choices that `when` decides; null: absent.
  [[nodiscard]] ir::ValueRef member(ir::ValueRef object, std::string_view key, const Case& when = {}) const;
  /// `v` without the choices that `when` decides; null: `AWS::NoValue`.
  [[nodiscard]] ir::ValueRef settled(ir::ValueRef v, const Case& when) const;
  [[nodiscard]] std::string shown(const Text& text) const;
  [[nodiscard]] std::string shown(const Case& when) const;

 private:
  friend class Reader;
  std::optional<bool> decide(ir::ValueRef condition, const Case& when, Case::Fact* undecided,
                             int depth) const;
  bool find_choice(ir::ValueRef v, const Case& when, Case::Fact& undecided, int depth) const;
  void split(ir::ValueRef v, Case when, bool deep, std::vector<Entry>& out, int depth) const;
  void flatten(ir::ValueRef v, const Case& when, bool deep, std::vector<Entry>& out, int depth) const;

  const Side& side_;
  const schema::Schema& schema_;
  Symbols& symbols_;
  std::unordered_map<std::string_view, std::string_view> renamed_;
  std::unordered_map<std::string_view, std::string_view> names_before_;  // the way back
  std::unordered_map<std::string_view, const ir::Resource*> resources_;
  std::unordered_map<std::string_view, const ir::Parameter*> parameters_;
  std::unordered_map<std::string_view, ir::ValueRef> conditions_;
  std::unordered_map<std::string_view, ir::ValueRef> mappings_;
  std::unordered_map<std::string_view, std::string> values_;  // of parameters that are known
};

}  // namespace stackc::diff
