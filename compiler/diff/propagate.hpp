#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diff/changes.hpp"
#include "compiler/diff/diff.hpp"
#include "compiler/diff/meaning.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// What a reference to a resource gives after the deployment, compared with before.
enum class Certainty : std::uint8_t { Same, MayDiffer, Differs };

/// Carries changes along references: a replaced resource changes its id and attributes, what holds them
/// changes, and is replaced in turn where AWS does so.
class Propagation {
 public:
  /// `changes` has an entry for every resource of the new side that was there before; by its ID.
  Propagation(const Side& after, Meanings& old_meanings, Meanings& meanings, schema::Schema schema,
              std::unordered_map<std::string_view, ResourceChange>& changes)
      : after_(after), old_meanings_(old_meanings), meanings_(meanings), schema_(schema), changes_(changes) {}

  /// All resources, those that others need first.
  void run();
  /// Why a value of the template differs, when its text does not: empty when it does not.
  Chain reaches(ir::ValueRef value);

 private:
  struct Found {
    Certainty certainty = Certainty::Same;
    const ResourceChange* by = nullptr;
    std::string_view attribute;
  };
  struct Spot {
    std::string path;
    schema::Replacement demand = schema::Replacement::No;
    std::vector<std::string_view> keys;
    bool conditional = false;
  };

  void visit(std::uint32_t index);
  void walk(const Spot& at, ir::ValueRef value, const Slot& slot, ResourceChange& holder);
  void hold(const Spot& at, ir::ValueRef value, const Found& found, ResourceChange& holder);
  Found in_call(ir::ValueRef value);
  Found reference(std::string_view id, std::string_view attribute);
  Certainty certainty_of(const ResourceChange& change, std::string_view attribute);
  [[nodiscard]] static Chain chain_from(const Found& found);

  const Side& after_;
  Meanings& old_meanings_;
  Meanings& meanings_;
  schema::Schema schema_;
  std::unordered_map<std::string_view, ResourceChange>& changes_;
};

/// What the changes of a resource come to.
Action action_of(const ResourceChange& change);

}  // namespace stackc::diff
