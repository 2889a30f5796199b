#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/report/report.hpp"

namespace stackc::report {

/// How much is told of each danger: all of it, its sentence, or what it is about.
enum class DangerDetail : std::uint8_t { Whole, Line, Name };

/// The dangers of all stacks as Markdown, those of a stack worst first. `facts`: how many lines each shows.
void append_dangers(std::string& out, const diff::ProjectDiff& project, const Comparison& comparison,
                    const FailOn& fail_on, DangerDetail detail, std::size_t facts);

}  // namespace stackc::report
