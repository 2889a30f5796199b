#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"

namespace stackc {

/// The values in a parameters file, in its order: `[{"ParameterKey", "ParameterValue"}]` as the AWS CLI takes
/// it, or an object whose `Parameters` has a member for each, as a pipeline's template configuration has it.
/// What has no value (`UsePreviousValue`) is left out; a list is joined with commas. A file that is neither
/// is an error.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
std::vector<std::pair<std::string, std::string>> read_parameter_file(FileId file, const SourceMap& sources,
                                                                     Sink& sink);

}  // namespace stackc
