#include "compiler/driver/own_texts.hpp"

#include <string>
#include <vector>

namespace stackc {

SourceMap own_texts(const Compilation& compilation) {
  const auto& marked = compilation.marked;
  std::vector<bool> is_standard(compilation.sources.size(), false);
  for (std::size_t i = 1; i < marked.sources; ++i) is_standard[i] = true;  // 0: the project file
  for (auto i = marked.modules; i < compilation.graph.modules.size(); ++i) {
    const auto& module = *compilation.graph.modules[i];
    if (module.embedded) is_standard[module.file.value] = true;
  }
  SourceMap kept;
  for (std::uint32_t i = 0; i < compilation.sources.size(); ++i) {
    if (is_standard[i]) {
      kept.add({}, {});
    } else {
      kept.add(std::string{compilation.sources.path(FileId{i})}, std::string{compilation.sources.text(FileId{i})});
    }
  }
  return kept;
}

}  // namespace stackc
