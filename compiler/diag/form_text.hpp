#pragma once

#include <string>
#include <string_view>

/// What the forms for services have in common, whoever writes them.
namespace stackc {

/// Where the paths start that a service shows: at the root of a repository, not where the command ran.
struct PathRoot {
  std::string root;    // absolute, of the repository; empty: paths stay as they are
  std::string folder;  // the working folder, from there; empty: the root itself

  /// `path`, which starts at the working folder or is absolute, from the root. What is outside stays as it is.
  [[nodiscard]] std::string path_of(std::string_view path) const;
};

/// A path as a URI reference: what is no plain character of a path is percent-encoded.
std::string uri_of(std::string_view path);

/// The first letter upper-case and a full stop: a sentence, as SARIF asks for.
std::string sentence(std::string_view text);

/// What a workflow command would take for its own syntax, encoded; `in_property`: before the `::`.
std::string workflow_escaped(std::string_view text, bool in_property);

}  // namespace stackc
