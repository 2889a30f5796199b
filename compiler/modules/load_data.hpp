#pragma once

#include "compiler/modules/modules.hpp"

namespace stackc {

/// Reads the files that a module names in calls of `text`, `json`, `yaml` and `base64File`, so that what
/// comes after needs no disk.
class DataLoader {
 public:
  /// `root`: the folder that files stand below; empty: the folder of the file that names them.
  DataLoader(const FileSystem& fs, std::string_view root, SourceMap& sources, Sink& sink)
      : fs_(fs), root_(root), sources_(sources), sink_(sink) {}

  void load(Module& m, ModuleGraph& graph);

 private:
  bool may_read(const Module& m, std::string_view name, Span span);
  bool read(const Module& m, std::string_view name, Span span, DataFile& into);
  bool parse(DataFile& file, Span span);

  // load_compose.cpp: `compose(yaml("f"), { … })`
  void load_compose(Module& m, std::uint32_t call_id, ModuleGraph& graph);
  bool read_compose(const Module& m, const ast::CallExpr& call, DataFile& into);

  const FileSystem& fs_;
  std::string root_;
  SourceMap& sources_;
  Sink& sink_;
};

}  // namespace stackc
