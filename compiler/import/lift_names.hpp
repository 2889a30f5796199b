#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/ir/ir.hpp"

namespace stackc::cfn {

/// What the things of a template are called in source: their logical IDs, verbatim, unless two share one or
/// the language means something else by it; then `@id("…")` says the ID.
class Names {
 public:
  explicit Names(const ir::Template& t);

  /// A parameter or resource; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view id) const { return find(values_, id); }
  [[nodiscard]] std::string_view condition(std::string_view id) const { return find(conditions_, id); }
  [[nodiscard]] std::string_view mapping(std::string_view id) const { return find(mappings_, id); }
  [[nodiscard]] std::string_view output(std::string_view id) const { return find(outputs_, id); }

 private:
  using Table = std::unordered_map<std::string_view, std::string>;
  static std::string_view find(const Table& table, std::string_view id);
  void add(Table& table, std::string_view id, std::string_view prefix);

  Table values_, conditions_, mappings_, outputs_;
  std::unordered_map<std::string, bool> taken_;
};

}  // namespace stackc::cfn
