#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/modules/compose_scalars.hpp"

namespace stackc::compose {

/// A service of a project, with what it extends and merges, ready to be read.
struct ServiceNode {
  yaml::Node name;  // the key
  yaml::Node body;  // a map, unless reported
};

/// A project: a file with all that it includes.
struct Project {
  std::vector<ServiceNode> services;    // in the order of the files, included ones first
  std::vector<std::string> secrets;     // the top-level names
  std::vector<std::string> volumes;
};

/// Reads Compose files into services: `<<`, `include` and `extends` are resolved.
class Files {
 public:
  Files(const ReadFile& read_file, SourceMap& sources, Sink& sink, Scalars& scalars)
      : read_file_(read_file), sources_(sources), sink_(sink), scalars_(scalars) {}

  Project read(FileId file);
  /// A further file of the one that `span` is in; nothing: it is missing (reported if `required`).
  std::optional<FoundFile> open(std::string_view name, Span span, bool required);
  SourceMap& sources() { return sources_; }

 private:
  const yaml::Node* load(FileId file);
  const yaml::Node* load(std::string_view name, Span span);
  void add(const yaml::Node& root, Project& project, int depth);
  void include(const yaml::Node& list, Project& project, int depth);
  yaml::Node extended(const yaml::Node& root, const yaml::Node& service, std::string_view name, int depth);

  const ReadFile& read_file_;
  SourceMap& sources_;
  Sink& sink_;
  Scalars& scalars_;
  std::map<std::string, std::optional<yaml::Node>> loaded_;  // by path
};

}  // namespace stackc::compose
