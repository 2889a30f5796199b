#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diff/changes.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/report/report.hpp"

namespace stackc::tests {

/// A comparison made by hand: what the forms are tested on, without the engine.
class MadeComparison {
 public:
  MadeComparison() { projects.emplace_back(); }

  ir::Builder build() { return ir::Builder{arena_}; }

  /// A file of the old side, or of the new one. All of the old side come first.
  FileId file(const std::string& path, const std::string& text, bool old = false) {
    const auto id = sources.add(path, text);
    if (old) first_new = static_cast<std::uint32_t>(sources.size());
    return id;
  }

  diff::StackDiff& stack(const std::string& name) {
    projects.back().stacks.emplace_back().name = name;
    return projects.back().stacks.back();
  }

  /// A resource of the new side at `origin`.
  const ir::Resource* resource(std::string_view id, std::string_view type, Span origin = {}) {
    auto made = std::make_unique<ir::Resource>();
    made->id = id;
    made->type = type;
    made->origin = origin;
    resources_.push_back(std::move(made));
    return resources_.back().get();
  }

  [[nodiscard]] report::Comparison comparison() const {
    return {"git:main", "stacks/", projects, sources, first_new};
  }

  SourceMap sources;
  std::uint32_t first_new = 0;
  std::vector<diff::ProjectDiff> projects;

 private:
  Arena arena_;
  std::vector<std::unique_ptr<ir::Resource>> resources_;
};

}  // namespace stackc::tests
