#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// The candidate that a person most likely meant by `name`: the closest by edit distance (insert,
/// delete, substitute, transpose; a difference of case counts little), if it is close enough for
/// the length. Empty when nothing is. Ties go to the candidate that comes first.
std::string_view did_you_mean(std::string_view name, std::span<const std::string_view> candidates);

/// Up to `limit` candidates that are close enough, closest first.
std::vector<std::string_view> close_names(std::string_view name,
                                          std::span<const std::string_view> candidates,
                                          std::size_t limit = 3);

}  // namespace stackc
