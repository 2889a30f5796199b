#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compiler/doc/library.hpp"

namespace stackc::doc {

/// The name of a library's page: `network.md` for `std/network`, `lib/names.md` for `lib/names.stack`.
std::string page_name(std::string_view library);

/// One page of Markdown. Types that one of `all` declares become links to its page; `all` may be `library`
/// alone.
std::string markdown(const Library& library, std::span<const Library> all);

/// The page that leads to those of `libraries`, under `title`.
std::string markdown_index(std::string_view title, std::span<const Library> libraries);

}  // namespace stackc::doc
