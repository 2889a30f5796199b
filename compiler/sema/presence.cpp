#include "compiler/sema/presence.hpp"

#include <algorithm>

#include "compiler/base/hash.hpp"

namespace stackc::sema {

namespace {
constexpr std::size_t kMaxAtoms = 12;
constexpr std::uint32_t kMaxSize = 2'000;  // of two formulas written out; larger ones are not proved
}

Formulas::Formulas() {
  make({Op::True});
  make({Op::False});
}

FormulaId Formulas::make(Node node) {
  const std::uint64_t hash = mixed(static_cast<std::uint64_t>(node.op), std::uint64_t{node.a} << 32U | node.b);
  const std::uint32_t known = known_.find(hash, [&](std::uint32_t i) { return nodes_[i] == node; });
  if (known != HashIndex::kNone) return FormulaId{known};
  const bool leaf = node.op == Op::True || node.op == Op::False || node.op == Op::Atom;
  const std::uint64_t size = leaf ? 1 : std::uint64_t{1} + sizes_[node.a] + (node.op == Op::Not ? 0 : sizes_[node.b]);
  const auto id = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(node);
  sizes_.push_back(static_cast<std::uint32_t>(std::min<std::uint64_t>(size, kMaxSize + 1)));
  known_.add(hash, id);
  return FormulaId{id};
}

FormulaId Formulas::atom(AtomKind kind, std::string_view subject, std::string_view literal, std::size_t all) {
  // `all` tells atoms apart too: modules of later slices take the numbers of those that are gone, and so their subjects.
  const std::uint64_t own = std::uint64_t{all} * 4 + static_cast<std::uint64_t>(kind);
  const std::uint64_t hash = mixed(mixed(hash_of_text(subject), hash_of_text(literal)), own);
  const std::uint32_t known = known_atoms_.find(hash, [&](std::uint32_t i) {
    const Atom& a = atoms_[i];
    return a.kind == kind && a.all == all && a.subject == subject && a.literal == literal;
  });
  if (known != HashIndex::kNone) return make({Op::Atom, known});
  const auto id = static_cast<std::uint32_t>(atoms_.size());
  atoms_.push_back({kind, std::string(subject), std::string(literal), all});
  known_atoms_.add(hash, id);
  return make({Op::Atom, id});
}

FormulaId Formulas::fact(std::string_view subject) { return atom(AtomKind::Fact, subject, {}, 0); }
FormulaId Formulas::equals(std::string_view subject, std::string_view literal, std::size_t all) {
  return atom(AtomKind::Equals, subject, literal, all);
}
FormulaId Formulas::given(std::string_view subject) { return atom(AtomKind::Given, subject, {}, 0); }

FormulaId Formulas::both(FormulaId a, FormulaId b) {
  if (a == never() || b == never()) return never();
  if (a == always() || a == b) return b;
  if (b == always()) return a;
  return make({Op::And, a.value, b.value});
}

FormulaId Formulas::either(FormulaId a, FormulaId b) {
  if (a == always() || b == always()) return always();
  if (a == never() || a == b) return b;
  if (b == never()) return a;
  return make({Op::Or, a.value, b.value});
}

FormulaId Formulas::negate(FormulaId a) {
  if (a == always()) return never();
  if (a == never()) return always();
  if (nodes_[a.value].op == Op::Not) return FormulaId{nodes_[a.value].a};
  return make({Op::Not, a.value});
}

void Formulas::collect(FormulaId f, std::vector<std::uint32_t>& atoms) const {
  const Node& n = nodes_[f.value];
  switch (n.op) {
    case Op::True:
    case Op::False: return;
    case Op::Atom:
      if (std::ranges::find(atoms, n.a) == atoms.end()) atoms.push_back(n.a);
      return;
    case Op::Not: return collect(FormulaId{n.a}, atoms);
    case Op::And:
    case Op::Or:
      collect(FormulaId{n.a}, atoms);
      collect(FormulaId{n.b}, atoms);
  }
}

bool Formulas::holds(FormulaId f, const std::vector<std::uint32_t>& atoms, std::uint32_t bits) const {
  const Node& n = nodes_[f.value];
  switch (n.op) {
    case Op::True: return true;
    case Op::False: return false;
    case Op::Atom: return ((bits >> (std::ranges::find(atoms, n.a) - atoms.begin())) & 1U) != 0;
    case Op::Not: return !holds(FormulaId{n.a}, atoms, bits);
    case Op::And: return holds(FormulaId{n.a}, atoms, bits) && holds(FormulaId{n.b}, atoms, bits);
    case Op::Or: return holds(FormulaId{n.a}, atoms, bits) || holds(FormulaId{n.b}, atoms, bits);
  }
  return false;
}

/// Whether a row of the truth table can happen: one subject has one value.
bool Formulas::possible(const std::vector<std::uint32_t>& atoms, std::uint32_t bits) const {
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& a = atoms_[atoms[i]];
    const bool a_true = ((bits >> i) & 1U) != 0;
    if (a.kind != AtomKind::Equals) continue;
    std::size_t seen = 0;
    bool any = false;
    for (std::size_t j = 0; j < atoms.size(); ++j) {
      const Atom& b = atoms_[atoms[j]];
      if (b.subject != a.subject) continue;
      const bool b_true = ((bits >> j) & 1U) != 0;
      if (b.kind == AtomKind::Given && a_true && !b_true) return false;
      if (b.kind != AtomKind::Equals) continue;
      ++seen;
      any = any || b_true;
      if (i != j && a_true && b_true) return false;
    }
    if (a.all != 0 && seen == a.all && !any) return false;
  }
  return true;
}

bool Formulas::has_term(FormulaId conjunction, FormulaId term) const {
  if (conjunction == term) return true;
  const Node& n = nodes_[conjunction.value];
  return n.op == Op::And && (has_term(FormulaId{n.a}, term) || has_term(FormulaId{n.b}, term));
}

bool Formulas::implies(FormulaId a, FormulaId b) const {
  if (b == always() || a == never() || a == b) return true;
  if (sizes_[a.value] + sizes_[b.value] > kMaxSize) return false;
  if (const Node& n = nodes_[b.value]; n.op == Op::And) {
    return implies(a, FormulaId{n.a}) && implies(a, FormulaId{n.b});
  }
  if (has_term(a, b)) return true;
  std::vector<std::uint32_t> atoms;
  collect(b, atoms);
  collect(a, atoms);
  if (atoms.size() > kMaxAtoms) return false;
  for (std::uint32_t bits = 0; bits < (1U << atoms.size()); ++bits) {
    if (possible(atoms, bits) && holds(a, atoms, bits) && !holds(b, atoms, bits)) return false;
  }
  return true;
}

}  // namespace stackc::sema
