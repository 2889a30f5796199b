#include "compiler/base/text.hpp"
#include "compiler/import/import.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::cfn {
namespace {

constexpr std::string_view kVersion = "AWSTemplateFormatVersion";

}  // namespace

bool is_template(const Document& document) {
  const auto* object = document.root != nullptr ? document.root->get_if<ir::Object>() : nullptr;
  return object != nullptr && (object->find("Resources") != nullptr || object->find(kVersion) != nullptr);
}

std::unique_ptr<ir::Template> read_template(const Document& document, Sink& sink) {
  const auto* object = document.root->get_if<ir::Object>();
  const Span start{document.file, document.root->origin.begin, document.root->origin.begin};
  if (object == nullptr || !is_template(document)) {
    sink.report(Code::NotATemplate, start,
                object == nullptr
                    ? fmt::format("found no object, expected a template with `Resources`")
                    : fmt::format("found neither `Resources` nor `{}`, expected a template", kVersion));
    return nullptr;
  }
  const std::size_t errors_before = sink.error_count();
  auto t = std::make_unique<ir::Template>();
  t->file = document.file;
  if (object->find(kVersion) == nullptr) t->raw.push_back({kVersion, nullptr});
  for (const ir::Member& m : object->members) ir::read_section(*t, m.key, m.value, sink, m.key_origin);
  if (object->find("Resources") == nullptr) {
    sink.report(Code::SectionForm, start, "the template has no `Resources`, expected at least one");
  }
  return sink.error_count() == errors_before ? std::move(t) : nullptr;
}

}  // namespace stackc::cfn
