#include <algorithm>

#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"

namespace stackc::emit {

std::string document_json(const ir::Document& document) {
  JsonWriter w;
  w.value(document.value);
  return w.take_file();
}

namespace {

using Members = std::vector<ir::Member>;

ir::ValueRef document_entry(const ir::Builder& b, const ir::Document& document) {
  std::vector<ir::ValueRef> holes;
  for (const std::string_view hole : document.holes) holes.push_back(b.string(hole));
  Members members{{"file", b.string(document.path)}};
  if (!document.api.empty()) members.push_back({"api", b.string(document.api)});
  members.push_back({"holes", b.list(holes)});
  return b.object(members);
}

ir::ValueRef hole_entry(const ir::Builder& b, const ir::Hole& hole) {
  Members members{{"name", b.string(hole.name)}, {"type", b.string(hole.type)}};
  if (hole.constant != nullptr) {
    members.push_back({"source", b.string("constant")});
    members.push_back({"value", hole.constant});
  } else if (!hole.output.empty()) {
    members.push_back({"source", b.string("output")});
    members.push_back({"output", b.string(hole.output)});
  } else {
    members.push_back({"source", b.string("release")});
  }
  return b.object(members);
}

}  // namespace

std::string release_json(const ir::Template& t) {
  std::vector<const ir::Document*> documents;
  for (const ir::Document& document : t.documents) documents.push_back(&document);
  std::ranges::sort(documents, {}, &ir::Document::path);
  Arena arena;
  const ir::Builder b(arena);
  std::vector<ir::ValueRef> files, holes;
  for (const ir::Document* document : documents) files.push_back(document_entry(b, *document));
  for (const ir::Hole& hole : t.holes) holes.push_back(hole_entry(b, hole));
  JsonWriter w;
  w.value(b.object({{"stack", b.string(t.stack_name)}, {"documents", b.list(files)}, {"holes", b.list(holes)}}));
  return w.take_file();
}

}  // namespace stackc::emit
