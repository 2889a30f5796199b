#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"

namespace stackc::emit {

std::string document_json(const ir::Document& document) {
  JsonWriter w;
  w.value(document.value);
  w.buffer() += '\n';
  return w.take();
}

std::string holes_json(const ir::Document& document) {
  JsonWriter w;
  w.open('{');
  w.text_member("document", document.path.substr(document.path.rfind('/') + 1));
  w.key("holes");
  w.open('[');
  for (const ir::Hole& hole : document.holes) {
    w.item();
    w.open('{');
    w.text_member("name", hole.name);
    w.text_member("type", hole.type);
    w.text_member("source", hole.output.empty() ? "release" : "output");
    w.text_member("output", hole.output);
    w.close('}');
  }
  w.close(']');
  w.close('}');
  w.buffer() += '\n';
  return w.take();
}

}  // namespace stackc::emit
