#pragma once

#include <string>

#include "compiler/ir/ir.hpp"

namespace stackc::ir {

/// The longest name that the compiler derives; longer ones are for people to choose.
constexpr std::size_t kMaxDerivedName = 64;

/// The name of an anonymous condition, from its formula alone (decision 14):
///   P == "value"          Is<P><Value>, the value's words capitalised: `IsRegionUsEast1`
///   P != "", P != []      Is<P>Specified
///   !X                    Not<X>
///   A && B, A || B        <A>And<B>, <A>Or<B>
/// A reference to a named condition is its name; `AWS::` of a pseudo parameter is dropped. Empty when
/// the formula has no words at all.
std::string derived_name(ValueRef condition);

/// `P == ""` and the like: the opposite of a formula that is called `Is<P>Specified`.
bool is_absence(ValueRef condition);

}  // namespace stackc::ir
