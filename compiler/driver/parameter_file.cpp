#include "compiler/driver/parameter_file.hpp"

#include "compiler/base/text.hpp"
#include "compiler/import/import.hpp"

namespace stackc {

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

/// A value as the text that CloudFormation is given.
bool text_of(ir::ValueRef value, std::string& into) {
  if (value == nullptr) return false;
  if (const auto* text = value->get_if<std::string_view>()) {
    into += *text;
  } else if (const auto* number = value->get_if<std::int64_t>()) {
    into += fmt::format("{}", *number);
  } else if (const auto* decimal = value->get_if<ir::Decimal>()) {
    into += decimal->text;
  } else if (const auto* truth = value->get_if<bool>()) {
    into += *truth ? "true" : "false";
  } else if (const auto* list = value->get_if<ir::List>()) {
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      if (i > 0) into += ',';
      if (!text_of(list->items[i], into)) return false;
    }
  } else {
    return false;
  }
  return true;
}

bool read_list(const ir::List& list, Values& values) {
  for (const auto* item : list.items) {
    const auto* entry = item->get_if<ir::Object>();
    if (entry == nullptr) return false;
    std::string key;
    if (!text_of(entry->find("ParameterKey"), key)) return false;
    const auto* value = entry->find("ParameterValue");
    std::string text;
    if (value != nullptr && !text_of(value, text)) return false;
    if (value != nullptr) values.emplace_back(std::move(key), std::move(text));
  }
  return true;
}

bool read_object(const ir::Object& object, Values& values) {
  const auto* parameters = object.find("Parameters");
  const auto* members = parameters != nullptr ? parameters->get_if<ir::Object>() : nullptr;
  if (members == nullptr) return false;
  for (const auto& member : members->members) {
    std::string text;
    if (!text_of(member.value, text)) return false;
    values.emplace_back(member.key, std::move(text));
  }
  return true;
}

}  // namespace

Values read_parameter_file(FileId file, const SourceMap& sources, Sink& sink) {
  const auto document = cfn::read_document(file, sources, sink);
  if (document == nullptr || document->root == nullptr) return {};
  Values values;
  bool good = false;
  if (const auto* list = document->root->get_if<ir::List>()) good = read_list(*list, values);
  if (const auto* object = document->root->get_if<ir::Object>()) good = read_object(*object, values);
  if (!good) {
    sink.report(Code::FileContent, Span{file, 0, 0},
                "no parameters file: expected a list of `ParameterKey` and `ParameterValue`, or an object "
                "with `Parameters`");
    values.clear();
  }
  return values;
}

}  // namespace stackc
