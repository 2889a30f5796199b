#include "compiler/analysis/context.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

void add_transform(Macros& m, std::string_view name) {
  if (name == "AWS::LanguageExtensions") {
    m.extensions = true;
  } else if (name == "AWS::Serverless-2016-10-31") {
    m.serverless = m.add = true;
  } else if (name.starts_with("AWS::SecretsManager") || name == "AWS::CodeDeployBlueGreen") {
    m.add = true;
  } else {
    m.rewrite = m.add = true;  // a macro of the account, AWS::Include, AWS::ServiceCatalog
  }
}

void add_transform(Macros& m, ir::ValueRef v) {
  if (const auto* name = text_of(v)) {
    add_transform(m, *name);
  } else if (const auto* list = list_of(v)) {
    for (ir::ValueRef item : list->items) add_transform(m, item);
  } else if (const auto* object = object_of(v)) {
    const auto* name_of = text_of(object->find("Name"));
    add_transform(m, name_of != nullptr ? *name_of : std::string_view{});
  } else {
    m.rewrite = m.add = true;
  }
}

}  // namespace

Macros macros_of(const ir::Template& t) {
  Macros m;
  for (ir::ValueRef transform : t.transforms) add_transform(m, transform);
  for (const ir::Member& key : t.raw) {
    if (key.key == "Transform" && key.value != nullptr) add_transform(m, key.value);
    if (key.key == "Fn::Transform") m.rewrite = m.add = true;
  }
  for (const ir::RawEntry& entry : t.raw_entries) {
    if (entry.key == "Fn::Transform") m.add = true;
  }
  return m;
}

Context::Context(const ir::Template& template_, schema::Schema schema_, Sink& sink_)
    : t(template_), schema(schema_), sink(sink_), macros(macros_of(template_)) {
  for (const ir::Resource& r : t.resources) resources_.emplace(r.id, &r);
  for (const ir::Parameter& p : t.parameters) parameters_.emplace(p.id, &p);
}

const ir::Resource* Context::resource(std::string_view id) const {
  const auto at = resources_.find(id);
  return at == resources_.end() ? nullptr : at->second;
}

const ir::Parameter* Context::parameter(std::string_view id) const {
  const auto at = parameters_.find(id);
  return at == parameters_.end() ? nullptr : at->second;
}

bool is_open(const ir::Object& object) {
  return std::any_of(object.members.begin(), object.members.end(), [](const ir::Member& m) {
    return m.key == "Fn::Transform" || m.key.starts_with("Fn::ForEach");
  });
}

bool is_aws_type(std::string_view type) {
  return (type.starts_with("AWS::") || type.starts_with("Alexa::")) && !is_module(type) && type != "AWS::CDK::Metadata";
}
bool is_module(std::string_view type) { return type.ends_with("::MODULE"); }
bool is_custom(std::string_view type) {
  return type.starts_with("Custom::") || type == "AWS::CloudFormation::CustomResource";
}

bool is_dynamic(std::string_view text) { return text.find("{{resolve:") != std::string_view::npos; }

bool reads_as_integer(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.empty()) return false;
  // `80.0` is the integer 80.
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  return rest.empty() || (rest[0] == '.' && rest.find_first_not_of('0', 1) == std::string_view::npos);
}

bool reads_as_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && !text.empty() && end == text.data() + text.size();
}

Span place_in_text(const ir::Value& value, std::uint32_t offset, std::size_t length) {
  const auto* text = value.get_if<std::string_view>();
  const Span whole = value.origin;
  if (text == nullptr || !whole.valid()) return whole;
  const std::size_t in_source = whole.end - whole.begin;
  const std::size_t quote = in_source == text->size() ? 0 : 1;
  if (in_source != text->size() + 2 * quote) return whole;
  const auto begin = static_cast<std::uint32_t>(whole.begin + quote + offset);
  return {whole.file, begin, static_cast<std::uint32_t>(begin + length)};
}

std::string shown(ir::ValueRef v) {
  constexpr std::size_t kLong = 60;
  if (v == nullptr || v->get_if<ir::Null>() != nullptr) return "null";
  if (const auto* text = text_of(v)) {
    return text->size() <= kLong ? fmt::format("`\"{}\"`", *text) : fmt::format("a text of {} bytes", text->size());
  }
  if (const auto* truth = v->get_if<bool>()) return *truth ? "`true`" : "`false`";
  if (const auto* number = v->get_if<std::int64_t>()) return fmt::format("`{}`", *number);
  if (const auto* number = v->get_if<ir::Decimal>()) return fmt::format("`{}`", number->text);
  if (v->get_if<ir::List>() != nullptr) return "a list";
  if (v->get_if<ir::Object>() != nullptr) return "an object";
  return fmt::format("`{}`", ir::key_of(v->get_if<ir::Call>()->fn));
}

}  // namespace stackc::analysis
