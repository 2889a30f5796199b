#include "compiler/doc/stage_text.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::doc {

namespace {

using sema::Kind;
using sema::Level;
using sema::StageDemand;
using sema::TypeId;
using sema::TypeTable;

std::string_view level_text(Level level) {
  switch (level) {
    case Level::Const: return "const";
    case Level::Param: return "param";
    case Level::Attr: return "any";
  }
  return "any";
}

TypeId field_type(const TypeTable& types, TypeId type, std::string_view name) {
  for (const sema::FieldType& f : types[type].fields) {
    if (f.name == name) return f.type;
  }
  return {};
}

/// What the level at the end of a path speaks of: `length`, `keys`, `presence`; empty: the value itself.
std::string_view own_part(const TypeTable& types, TypeId type) {
  if (!type.valid()) return {};
  switch (types.kind(type)) {
    case Kind::List: return "length";
    case Kind::Map: return "keys";
    case Kind::Optional: return "presence";
    default: return {};
  }
}

/// Words for one demand: `presence`, `elements`, `.host of elements`.
std::string part_text(const TypeTable& types, TypeId type, const std::vector<std::string_view>& path) {
  std::string where;
  const auto add = [&](std::string_view word) {
    where = where.empty() ? std::string(word) : fmt::format("{} of {}", word, where);
  };
  for (const std::string_view step : path) {
    if (!type.valid()) break;
    if (!step.empty()) {
      add(fmt::format("`{}`", step));
      type = field_type(types, type, step);
      continue;
    }
    // The content of an optional needs no word of its own.
    if (types.kind(type) == Kind::Map) add("values");
    if (types.kind(type) == Kind::List) add("elements");
    type = types[type].element;
  }
  if (const std::string_view own = own_part(types, type); !own.empty()) add(own);
  return where;
}

/// Every part of a value of `type` is as early as `level`: one word says it.
bool covers_all(const TypeTable& types, TypeId type, std::vector<std::string_view> path, Level level,
                const std::vector<StageDemand>& demands) {
  const bool asked = std::ranges::any_of(
      demands, [&](const StageDemand& d) { return d.path == path && d.at_most == level; });
  if (!asked) return false;
  const sema::Type& t = types[type];
  const bool has_elements = t.kind == Kind::List || t.kind == Kind::Map || t.kind == Kind::Optional;
  if (t.kind == Kind::Record) return false;
  if (!has_elements) return true;
  path.emplace_back();
  return covers_all(types, t.element, std::move(path), level, demands);
}

}  // namespace

std::string stage_text(const TypeTable& types, TypeId type, const std::vector<StageDemand>& demands) {
  if (demands.empty()) return "any";
  for (const Level level : {Level::Const, Level::Param}) {
    if (covers_all(types, type, {}, level, demands)) return std::string(level_text(level));
  }
  std::string text;
  for (const StageDemand& d : demands) {
    const std::string part = part_text(types, type, d.path);
    if (!text.empty()) text += ", ";
    text += part.empty() ? std::string(level_text(d.at_most)) : fmt::format("{} {}", part, level_text(d.at_most));
  }
  return text;
}

}  // namespace stackc::doc
