#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ir/ir.hpp"

namespace stackc::diff {

/// The names by which people and AWS tell the entries of a list apart: a container by its `Name`, a tag by
/// its `Key`, a statement by its `Sid`, a listener's rule by its priority. One text for each entry of
/// `entries`, or nothing when the list has no such names: no row for `property` (the list's own name, of a
/// resource's property or of one inside: `Environment`), an entry that is no object, a name that is missing,
/// not known or there twice. Two lists are compared by name when both have names.
std::vector<std::string> natural_keys(std::string_view property, std::span<const ir::ValueRef> entries);

}  // namespace stackc::diff
