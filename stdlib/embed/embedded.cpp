#include "stdlib/embed/embedded.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

extern "C" const char stackc_embedded_texts[];  // NOLINT: a symbol of the assembler

namespace stackc {

namespace {

// Names lie inside the records: pointers would have to be relocated at start.
struct ModuleRecord {
  char name[60];
  std::uint32_t begin;
  std::uint32_t end;
};
struct NameRecord {
  char name[60];
  std::uint32_t module;
};

#include "embedded_table.inc"

constexpr std::string_view name_of(const auto& record) { return record.name; }

/// The record of `name` in a sorted table, or null.
template <class Table>
const auto* find(const Table& table, std::string_view name) {
  const auto less = [](const auto& record, std::string_view wanted) { return name_of(record) < wanted; };
  const auto* at = std::lower_bound(std::begin(table), std::end(table), name, less);
  return at != std::end(table) && name_of(*at) == name ? at : nullptr;
}

template <class Table>
std::vector<std::string_view> names_of(const Table& table) {
  std::vector<std::string_view> out;
  for (const auto& record : table) out.push_back(name_of(record));
  return out;
}

}  // namespace

std::optional<std::string_view> embedded_module(std::string_view name) {
  const auto* module = find(kModules, name);
  if (module == nullptr) return std::nullopt;
  return std::string_view(stackc_embedded_texts + module->begin, module->end - module->begin);
}

std::vector<std::string_view> embedded_module_names() { return names_of(kModules); }

std::optional<std::string_view> embedded_module_of(std::string_view name) {
  const auto* record = find(kNames, name);
  if (record == nullptr) return std::nullopt;
  return name_of(kModules[record->module]);
}

std::vector<std::string_view> embedded_names() { return names_of(kNames); }

}  // namespace stackc
