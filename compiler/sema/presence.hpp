#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/hash_index.hpp"
#include "compiler/base/id.hpp"

/// When something exists, as a formula (decision 2). Atoms are `x == literal`, `x != none` and Bool
/// values; literals of one subject exclude each other, and exhaust it when it is a union of them.
namespace stackc::sema {

struct FormulaTag;
/// A formula in `Formulas`; equal formulas made in the same way have equal ids.
using FormulaId = Id<FormulaTag>;

class Formulas {
 public:
  Formulas();

  [[nodiscard]] FormulaId always() const { return FormulaId{0}; }
  [[nodiscard]] FormulaId never() const { return FormulaId{1}; }

  /// A yes-or-no fact about `subject`, a text that names it uniquely.
  FormulaId fact(std::string_view subject);
  /// `subject == literal`. `all` is the number of literals that the subject can be, 0: not limited.
  FormulaId equals(std::string_view subject, std::string_view literal, std::size_t all);
  /// `subject != none`
  FormulaId given(std::string_view subject);

  FormulaId both(FormulaId a, FormulaId b);
  FormulaId either(FormulaId a, FormulaId b);
  FormulaId negate(FormulaId a);

  /// Whether `a` true makes `b` certainly true: by truth table up to 12 atoms, beyond that only if
  /// `b` is one of the terms that `a` is the And of.
  [[nodiscard]] bool implies(FormulaId a, FormulaId b) const;

 private:
  enum class Op : std::uint8_t { True, False, Atom, And, Or, Not };
  struct Node {
    Op op;
    std::uint32_t a = 0, b = 0;  // operands, or the atom
    bool operator==(const Node&) const = default;
  };
  enum class AtomKind : std::uint8_t { Fact, Equals, Given };
  struct Atom {
    AtomKind kind;
    std::string subject, literal;
    std::size_t all = 0;
  };

  FormulaId make(Node node);
  FormulaId atom(AtomKind kind, std::string_view subject, std::string_view literal, std::size_t all);
  void collect(FormulaId f, std::vector<std::uint32_t>& atoms) const;
  [[nodiscard]] bool holds(FormulaId f, const std::vector<std::uint32_t>& atoms, std::uint32_t bits) const;
  [[nodiscard]] bool possible(const std::vector<std::uint32_t>& atoms, std::uint32_t bits) const;
  [[nodiscard]] bool has_term(FormulaId conjunction, FormulaId term) const;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> sizes_;  // by node, as trees: parts are shared, and whoever walks through does not see that
  HashIndex known_;  // nodes
  std::vector<Atom> atoms_;
  HashIndex known_atoms_;
};

}  // namespace stackc::sema
