#include "compiler/import/lift_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"

namespace stackc::cfn {
namespace {

/// Names that mean something in an expression, or begin something there.
constexpr std::array<std::string_view, 11> kWords = {"aws", "true", "false", "none", "raw", "for",
                                                     "if",  "else", "in",    "key",  "r"};

std::string identifier_of(std::string_view id) {
  std::string out;
  for (const char c : id) out += is_identifier(std::string("x") + c) ? c : '_';
  if (out.empty() || !is_identifier(out)) out.insert(0, "_");
  return out;
}

std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

Names::Names(const ir::Template& t) {
  for (const std::string_view word : kWords) taken_[std::string(word)] = true;
  for (const ir::Parameter& p : t.parameters) add(values_, p.id, "Param");
  for (const ir::Resource& r : t.resources) add(values_, r.id, "The");
  for (const ir::ExternResource& r : t.externs) add(values_, r.id, "The");
  for (const ir::Condition& c : t.conditions) add(conditions_, c.id, "Is");
  for (const ir::Mapping& m : t.mappings) add(mappings_, m.id, "Map");
  taken_.clear();  // outputs are a namespace of their own
  for (const ir::Output& o : t.outputs) add(outputs_, o.id, "Out");
}

std::string_view Names::find(const Table& table, std::string_view id) {
  const auto at = table.find(id);
  return at == table.end() ? std::string_view() : std::string_view(at->second);
}

void Names::add(Table& table, std::string_view id, std::string_view prefix) {
  if (table.contains(id)) return;
  std::string name = identifier_of(id);
  if (name == "_") name = std::string(prefix);
  if (taken_.contains(name)) name = std::string(prefix) + capitalized(name);
  for (int n = 2; taken_.contains(name); ++n) name = fmt::format("{}{}", name, n);
  taken_[name] = true;
  table.emplace(id, std::move(name));
}

}  // namespace stackc::cfn
