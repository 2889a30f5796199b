#pragma once

#include <string>
#include <string_view>

/// What the forms for services have in common, whoever writes them.
namespace stackc {

/// A path as a URI reference: what is no plain character of a path is percent-encoded.
std::string uri_of(std::string_view path);

/// The first letter upper-case and a full stop: a sentence, as SARIF asks for.
std::string sentence(std::string_view text);

/// What a workflow command would take for its own syntax, encoded; `in_property`: before the `::`.
std::string workflow_escaped(std::string_view text, bool in_property);

}  // namespace stackc
