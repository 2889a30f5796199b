#pragma once

#include <string_view>

namespace stackc::cfn {

/// The key that the short form of a function stands for (`!GetAtt` is `Fn::GetAtt`, `!Ref` is `Ref`); empty
/// for a tag that CloudFormation does not have. `tag` begins with `!`.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
std::string_view key_of_tag(std::string_view tag);

/// The tag that is closest in spelling to one that is none; empty when none is close.
std::string_view closest_tag(std::string_view tag);

}  // namespace stackc::cfn
