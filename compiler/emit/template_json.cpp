#include "compiler/emit/emit.hpp"
#include "compiler/emit/json_writer.hpp"
#include "compiler/emit/template_writer.hpp"
#include "compiler/emit/yaml_writer.hpp"

namespace stackc::emit {

std::string template_json(const ir::Template& t) { return TemplateWriter<JsonWriter>(t).write(); }

std::string template_yaml(const ir::Template& t) { return TemplateWriter<YamlWriter>(t).write(); }

std::string value_json(ir::ValueRef value, bool indented) {
  JsonWriter writer;
  if (value == nullptr) return "null";
  if (indented) {
    writer.value(value);
  } else {
    writer.one_line(value);
  }
  return writer.take();
}

std::string parameters_json(const std::vector<ParameterValue>& values) {
  std::string out = "[";
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += i == 0 ? "\n  {\"ParameterKey\": " : ",\n  {\"ParameterKey\": ";
    append_json_string(out, values[i].key);
    out += ", \"ParameterValue\": ";
    append_json_string(out, values[i].value);
    out += '}';
  }
  out += values.empty() ? "]\n" : "\n]\n";
  return out;
}

}  // namespace stackc::emit
