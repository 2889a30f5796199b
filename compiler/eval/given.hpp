#pragma once

#include <vector>

#include "compiler/eval/context.hpp"

/// From a place inside a component to what its user wrote: an error about an argument belongs there.
namespace stackc::eval {

/// The arguments that the expression at `span`, evaluated in `frame`, depends on: places in the file
/// outside of all instances, in the order in which the expression names them, each once. Names lead
/// through `let`s, loops and the arguments of outer instances. A default that nobody overrode has no place.
std::vector<Span> given_for(const Frame* frame, Span span);

}  // namespace stackc::eval
