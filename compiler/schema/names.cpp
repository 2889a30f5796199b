#include "compiler/schema/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace stackc::schema {

static constexpr std::array<std::pair<std::string_view, TypeKind>, 9> kPlain{{
    {"String", TypeKind::String},
    {"Int", TypeKind::Integer},
    {"Number", TypeKind::Number},
    {"Bool", TypeKind::Boolean},
    {"Json", TypeKind::Json},
    {"Timestamp", TypeKind::Timestamp},
    {"Policy", TypeKind::Policy},
    {"Arn", TypeKind::String},
    {"Cidr", TypeKind::String},
}};

static constexpr std::array<std::pair<std::string_view, Unit>, 11> kUnits{{
    {"ms", Unit::Milliseconds},
    {"s", Unit::Seconds},
    {"min", Unit::Minutes},
    {"h", Unit::Hours},
    {"d", Unit::Days},
    {"B", Unit::Bytes},
    {"KiB", Unit::KiB},
    {"MiB", Unit::MiB},
    {"GiB", Unit::GiB},
    {"TiB", Unit::TiB},
    {"Percent", Unit::Percent},
}};

std::string_view plain_type_name(TypeKind kind) {
  for (const auto& [name, plain] : kPlain) {
    if (plain == kind) return name;
  }
  return {};
}

std::optional<TypeKind> plain_type(std::string_view name) {
  for (const auto& [plain, kind] : kPlain) {
    if (plain == name) return kind;
  }
  return std::nullopt;
}

bool is_plain_type_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> kOthers{"Iso8601", "Duration", "Size",
                                                    "Percent", "Secret",   "Ssm"};
  return plain_type(name).has_value() || std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
}

std::string_view unit_name(Unit unit) {
  for (const auto& [name, known] : kUnits) {
    if (known == unit) return name;
  }
  return {};
}

std::optional<Unit> unit_by_name(std::string_view name) {
  for (const auto& [known, unit] : kUnits) {
    if (known == name) return unit;
  }
  return std::nullopt;
}

std::vector<std::string_view> unit_names() {
  std::vector<std::string_view> out;
  for (const auto& unit : kUnits) out.push_back(unit.first);
  return out;
}

}  // namespace stackc::schema
