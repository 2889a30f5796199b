#include "compiler/driver/own_texts.hpp"

#include <string>
#include <vector>

namespace stackc {

SourceMap own_texts(const ModuleGraph& graph, const SourceMap& sources) {
  std::vector<bool> is_standard(sources.size(), false);
  for (const auto& module : graph.modules) {
    if (module->embedded) is_standard[module->file.value] = true;
  }
  SourceMap kept;
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const auto text = is_standard[i] ? std::string_view{} : sources.text(FileId{i});
    kept.add(std::string{sources.path(FileId{i})}, std::string{text});
  }
  return kept;
}

}  // namespace stackc
