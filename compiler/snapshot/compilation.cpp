#include "compiler/snapshot/compilation.hpp"

namespace stackc {

void Compilation::mark() {
  checking.freeze();
  marked = {sources.size(), graph.modules.size(), graph.order.size(), graph.data_files.size()};
}

void Compilation::rewind() {
  checking.forget_from(marked.modules);
  graph.roots.clear();
  graph.order.resize(marked.order);
  graph.truncate(marked.modules);
  graph.data_files.resize(marked.data_files);
  sources.truncate(marked.sources);
  static_cast<void>(sink.take());
}

}  // namespace stackc
