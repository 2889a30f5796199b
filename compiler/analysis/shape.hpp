#pragma once

#include "compiler/analysis/context.hpp"

namespace stackc::analysis {

/// What a function gives, as far as the template shows.
enum class Shape : std::uint8_t { Unknown, Text, TextList, Absent };
struct Result {
  Shape shape = Shape::Unknown;
  /// The kind of id, for a `Ref` or `Fn::GetAtt` of a resource whose type says so: its resource type.
  std::string_view identity_type;
  std::string_view identity_member;
  bool parameter = false;  // a parameter's value, which a deployment gives
};
Result result_of(const Context& c, const ir::Call& call);

/// Parameter types: `List<…>`, `CommaDelimitedList` and their SSM forms.
bool is_list_parameter(std::string_view type);

}  // namespace stackc::analysis
