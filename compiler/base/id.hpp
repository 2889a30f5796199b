#pragma once

#include <cstdint>
#include <functional>

namespace stackc {

/// A typed index into a vector that owns the things it names: an `Id<ExprTag>` cannot be used where
/// an `Id<DeclTag>` is meant. The default value is invalid and stands for "there is none".
template <class Tag>
struct Id {
  static constexpr std::uint32_t kInvalid = 0xffffffffu;

  std::uint32_t value = kInvalid;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t v) : value(v) {}

  [[nodiscard]] constexpr bool valid() const { return value != kInvalid; }
  constexpr explicit operator bool() const { return valid(); }

  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

}  // namespace stackc

template <class Tag>
struct std::hash<stackc::Id<Tag>> {
  std::size_t operator()(stackc::Id<Tag> id) const noexcept { return id.value; }
};
