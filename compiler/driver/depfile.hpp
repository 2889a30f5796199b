#pragma once

#include <string>
#include <vector>

#include "compiler/driver/recording.hpp"

namespace stackc {

/// A rule in the syntax of make, as compilers write it (`-MD -MP`) and make and ninja read it: `targets`
/// depend on `inputs`, and each input is a target by itself, so that one that was deleted does not stop the
/// build. https://www.gnu.org/software/make/manual/html_node/Rule-Syntax.html
std::string depfile_text(const std::vector<std::string>& targets, const std::vector<std::string>& inputs);

/// The inputs for a depfile, sorted: all files that were read, then those folders that were listed and hold none of
/// `written`; a folder changes by what is written into it, so it would be newer than the output for ever. What was
/// looked for and not found is left out: a build tool takes a missing input for a reason to run each time.
std::vector<std::string> depfile_inputs(const Answers& answers, const std::vector<std::string>& written);

}  // namespace stackc
