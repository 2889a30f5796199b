#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/diff/pool.hpp"
#include "compiler/diff/resolve.hpp"
#include "compiler/diff/slot.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::diff {

/// The meanings of one side's values. Both sides share a pool; the same resource has the same symbol on both.
class Meanings {
 public:
  /// `symbols` says what resource a logical ID means; everything must outlive it.
  Meanings(Pool& pool, Resolver& known, Resolver& defaults, schema::Schema schema,
           const std::unordered_map<std::string_view, Meaning>& symbols, Arena& arena);

  /// Of a value that the resolver made.
  Meaning of(ir::ValueRef value, const Slot& slot);
  /// The same for a member: a documented default is absent.
  Meaning of_member(ir::ValueRef value, const Slot& slot);
  /// All properties of a resource.
  Meaning of_properties(const ir::Resource& resource);
  /// What makes a condition true, and whether the defaults of parameters do.
  Meaning of_condition(ir::ValueRef condition);
  /// The same without the defaults.
  Meaning formula(ir::ValueRef condition);

  /// `value` as the slot wants it: JSON text that stands for an object is that object.
  ir::ValueRef unwrapped(ir::ValueRef value, const Slot& slot);
  /// What a value that the resolver made is with the defaults of parameters.
  ir::ValueRef by_default(ir::ValueRef value) { return defaults_.resolve(known_.written(value)); }
  /// Whether the condition is true when the unknown parameters have their defaults.
  std::optional<bool> holds_by_default(ir::ValueRef condition) { return defaults_.holds(condition); }
  [[nodiscard]] Arena& arena() { return arena_; }
  [[nodiscard]] Resolver& resolver() { return known_; }
  [[nodiscard]] Pool& pool() { return pool_; }

 private:
  struct Key {
    ir::ValueRef value;
    std::uint32_t type;
    std::uint32_t flags;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& k) const {
      return std::hash<const void*>{}(k.value) * 31 + k.type * 0x9e3779b97f4a7c15ull + k.flags;
    }
  };

  Meaning compute(ir::ValueRef value, const Slot& slot);
  Meaning scalar(ir::ValueRef value, const Slot& slot);
  Meaning list(const ir::List& items, const Slot& slot);
  Meaning object(const ir::Object& members, const Slot& slot);
  Meaning in_policy(ir::ValueRef value, const Slot& slot);
  Meaning call(ir::ValueRef value, const ir::Call& c);
  Meaning sentence(const ir::Call& c);
  Meaning symbol(std::string_view id);
  Meaning attribute(std::string_view id, ir::ValueRef name);
  Meaning choice(const ir::Call& c, const Slot& slot);
  Meaning look_up(const ir::Call& c);
  Meaning default_of(const Slot& slot);
  Meaning named_formula(std::string_view name);
  Meaning junction(const ir::Call& c);
  Meaning operand(ir::ValueRef value);

  Pool& pool_;
  Resolver& known_;
  Resolver& defaults_;
  schema::Schema schema_;
  const std::unordered_map<std::string_view, Meaning>& symbols_;
  Arena& arena_;
  bool plain_ = false;  // inside a formula: parameters without their defaults
  std::unordered_map<Key, Meaning, KeyHash> known_meanings_;
  std::unordered_map<std::string_view, Meaning> formulas_;
  std::unordered_map<ir::ValueRef, ir::ValueRef> unwrapped_;
};

}  // namespace stackc::diff
