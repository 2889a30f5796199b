#pragma once

#include <string>

#include "compiler/diff/scope.hpp"

namespace stackc::diff {

/// Turns one value of a side into text and symbols, in one case.
enum class Says : std::uint8_t { Key, Words };

class Reader {
 public:
  Reader(const Scope& scope, const Case& when) : s_(scope), when_(when) {}

  Text text(ir::ValueRef v) { return text(v, 0); }
  /// What `Ref` gives of a parameter, pseudo parameter or resource.
  Text name(std::string_view id) { return of_name(id, 0); }
  /// A text of the value: literals, and symbols by their keys, so that it is equal for the same meaning
  /// alone, or as they are shown.
  std::string key(ir::ValueRef v, Says says) { return key(v, says, 0); }
  /// The same of a condition, through the names of conditions.
  std::string formula(ir::ValueRef v, Says says) { return formula(v, says, 0); }

 private:
  Text text(ir::ValueRef v, int depth);
  Text of_call(const ir::Call& c, ir::ValueRef v, int depth);
  Text of_name(std::string_view name, int depth);
  Text of_resource(std::string_view id, std::string_view attribute, int depth);
  Text of_sub(const ir::Call& c, int depth);
  Text of_join(const ir::Call& c, ir::ValueRef v, int depth);
  Text of_select(const ir::Call& c, ir::ValueRef v, int depth);
  Text of_map(const ir::Call& c, ir::ValueRef v, int depth);
  Text free(ir::ValueRef v, int depth);
  Text one(Symbol symbol);
  std::string key(ir::ValueRef v, Says says, int depth);
  std::string formula(ir::ValueRef v, Says says, int depth);

  const Scope& s_;
  const Case& when_;
};

}  // namespace stackc::diff
