#pragma once

#include <string_view>

namespace stackc::ir {

/// A pseudo parameter as stack source says it: `aws.region` of `AWS::Region`. Empty for anything else, also
/// for `AWS::NoValue`, which is no parameter in source.
std::string_view pseudo_name(std::string_view parameter);

}  // namespace stackc::ir
