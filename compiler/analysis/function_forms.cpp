#include <array>
#include <charconv>

#include "compiler/analysis/functions.hpp"
#include "compiler/analysis/shape.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::Fn;
using ir::ValueRef;

struct Form {
  std::string_view key;
  std::string_view takes;
};

constexpr auto kForms = std::to_array<Form>({
    {"Ref", "the name of a parameter or resource"},
    {"Fn::GetAtt", "a resource and one of its attributes"},
    {"Fn::Sub", "a text, or a list of a text and an object of its variables"},
    {"Fn::Join", "a list of a delimiter and a list of values"},
    {"Fn::Select", "a list of an index and a list of values"},
    {"Fn::Split", "a list of a delimiter and a text"},
    {"Fn::FindInMap", "a list of a mapping's name and two keys, and perhaps a default"},
    {"Fn::GetAZs", "a region"},
    {"Fn::Cidr", "a list of an address block, a count and a number of bits"},
    {"Fn::Base64", "a text"},
    {"Fn::ImportValue", "the name of an export"},
    {"Fn::GetStackOutput", "an object with `StackName` and `OutputName`"},
    {"Fn::Transform", "an object with the `Name` of a macro"},
    {"Fn::If", "a list of a condition's name and two values"},
    {"Fn::And", "a list of 2 to 10 conditions"},
    {"Fn::Or", "a list of 2 to 10 conditions"},
    {"Fn::Not", "a list of one condition"},
    {"Fn::Equals", "a list of two values"},
    {"Fn::Length", "a list"},
    {"Fn::ToJsonString", "an object or a list"},
    {"Fn::Contains", "a list of a list of texts and a text"},
    {"Fn::EachMemberEquals", "a list of a list of texts and a text"},
    {"Fn::EachMemberIn", "a list of two lists of texts"},
    {"Fn::RefAll", "the name of a parameter type"},
    {"Fn::ValueOf", "a list of a parameter and an attribute"},
    {"Fn::ValueOfAll", "a list of a parameter type and an attribute"},
});

constexpr auto kKeys = [] {
  std::array<std::string_view, kForms.size()> keys{};
  for (std::size_t i = 0; i < kForms.size(); ++i) keys[i] = kForms[i].key;
  return keys;
}();

constexpr std::array<std::string_view, 4> kStackOutputKeys = {"OutputName", "Region", "RoleArn", "StackName"};

/// The number that a value is without any function, as text or as a number.
std::optional<std::int64_t> literal_integer(ValueRef v) {
  if (const auto* number = v->get_if<std::int64_t>()) return *number;
  const auto* text = text_of(v);
  if (text == nullptr) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

/// `eu-central-1`, `us-gov-west-1`; an empty text is the stack's own.
bool looks_like_region(std::string_view text) {
  if (text.empty()) return true;
  const std::size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == text.size()) return false;
  for (const char ch : text.substr(dash + 1)) {
    if (ch < '0' || ch > '9') return false;
  }
  return true;
}

}  // namespace

std::string_view takes(std::string_view key) {
  for (const Form& form : kForms) {
    if (form.key == key) return form.takes;
  }
  return {};
}

std::span<const std::string_view> function_keys() { return kKeys; }

void FunctionChecker::malformed(ValueRef at, std::string message) {
  c_.sink.report(Code::MalformedFunction, at->origin, std::move(message));
}

/// An object with the key of a function that did not become a call.
void FunctionChecker::broken(ValueRef v, const ir::Member& m) {
  if (m.key == "Fn::Transform" || m.key.starts_with("Fn::ForEach")) return;
  const Span place = m.key_origin.valid() ? m.key_origin : v->origin;
  const std::string_view form = takes(m.key);
  if (form.empty()) {
    const auto close = did_you_mean(m.key, kKeys);
    // Tools that rewrite a template before its deployment have functions of their own.
    auto& d = c_.sink.report(close.empty() ? Code::ForeignFunction : Code::UnsupportedFunction, place,
                             fmt::format("CloudFormation has no function `{}`", m.key));
    if (!close.empty()) d.help(fmt::format("did you mean `{}`?", close));
    return;
  }
  if (m.value->call(Fn::Transform) != nullptr) return;  // an include gives the arguments
  // With the extensions, names may be functions too.
  if (c_.macros.extensions && (object_of(m.value) != nullptr || list_of(m.value) != nullptr || m.value->get_if<ir::Call>() != nullptr)) return;
  const ir::List* list = list_of(m.value);
  const std::string found = list != nullptr ? fmt::format("a list of {}", list->items.size()) : shown(m.value);
  c_.sink.report(Code::MalformedFunction, place, fmt::format("`{}` takes {}, found {}", m.key, form, found));
}

void FunctionChecker::arguments(ValueRef v, const ir::Call& call) {
  switch (call.fn) {
    case Fn::Select: return select(call);
    case Fn::Join: return join(call);
    case Fn::Split:
      literal_argument(call.args[0], call.fn, "the delimiter");
      return text_argument(call.args[1], call.fn, "the text");
    case Fn::GetAZs: return zones(call);
    case Fn::Base64: return text_argument(call.args[0], call.fn, "the text");
    case Fn::ImportValue: return text_argument(call.args[0], call.fn, "the name");
    case Fn::Cidr: return cidr(call);
    case Fn::GetStackOutput: return stack_output(v, call);
    case Fn::FindInMap:
      for (std::size_t i = 0; i < 3 && i < call.args.size(); ++i) {
        text_argument(call.args[i], call.fn, i == 0 ? "the mapping" : "the key");
      }
      return;
    case Fn::Length:
    case Fn::ToJsonString:
      if (c_.macros.extensions || c_.macros.rewrite) return;
      c_.sink.report(Code::MissingTransform, v->origin,
                     fmt::format("`{}` needs the transform `AWS::LanguageExtensions`", ir::key_of(call.fn)));
      return;
    default: return;
  }
}

void FunctionChecker::text_argument(ValueRef argument, Fn fn, std::string_view what) {
  if (object_of(argument) == nullptr && list_of(argument) == nullptr) return;
  if (const ir::Object* object = object_of(argument); object != nullptr && object->members.size() == 1 &&
                                                      is_function_key(object->members[0].key)) {
    return;  // reported as a function without its form
  }
  malformed(argument, fmt::format("{} of `{}` is text, found {}", what, ir::key_of(fn), shown(argument)));
}

void FunctionChecker::literal_argument(ValueRef argument, Fn fn, std::string_view what) {
  if (text_of(argument) != nullptr || argument->get_if<std::int64_t>() != nullptr) return;
  if (const auto* made = argument->get_if<ir::Call>(); made != nullptr && c_.macros.extensions) return;
  malformed(argument, fmt::format("{} of `{}` is a text that stands in the template, found {}", what, ir::key_of(fn), shown(argument)));
}

void FunctionChecker::list_argument(ValueRef argument, Fn fn) {
  if (list_of(argument) != nullptr) return;
  if (const auto* made = argument->get_if<ir::Call>()) {
    const Result result = result_of(c_, *made);
    if (result.shape != Shape::Text || result.parameter || c_.macros.rewrite) return;
    return malformed(argument, fmt::format("`{}` takes a list, but `{}` gives text", ir::key_of(fn), ir::key_of(made->fn)));
  }
  if (object_of(argument) != nullptr) return;
  malformed(argument, fmt::format("`{}` takes a list, found {}", ir::key_of(fn), shown(argument)));
}

void FunctionChecker::select(const ir::Call& call) {
  list_argument(call.args[1], Fn::Select);
  if (call.args[0]->get_if<ir::Call>() != nullptr || object_of(call.args[0]) != nullptr) return;
  const auto index = literal_integer(call.args[0]);
  if (!index || *index < 0) {
    return malformed(call.args[0], fmt::format("the index of `Fn::Select` counts from 0, found {}", shown(call.args[0])));
  }
  const ir::List* list = list_of(call.args[1]);
  if (list == nullptr || static_cast<std::size_t>(*index) < list->items.size()) return;
  malformed(call.args[0], fmt::format("the list of `Fn::Select` has {} element{}, so none at index {}", list->items.size(),
                                      list->items.size() == 1 ? "" : "s", *index));
}

void FunctionChecker::join(const ir::Call& call) {
  literal_argument(call.args[0], Fn::Join, "the delimiter");
  list_argument(call.args[1], Fn::Join);
}

void FunctionChecker::range(ValueRef argument, std::int64_t least, std::int64_t most, std::string_view what) {
  if (argument->get_if<ir::Call>() != nullptr || object_of(argument) != nullptr) return;
  const auto number = literal_integer(argument);
  if (number && *number >= least && *number <= most) return;
  // The count of blocks and bits beyond its limit is reported with the other limits.
  if (argument->get_if<std::int64_t>() != nullptr) return;
  malformed(argument, fmt::format("{} of `Fn::Cidr` is {} to {}, found {}", what, least, most, shown(argument)));
}

void FunctionChecker::cidr(const ir::Call& call) {
  text_argument(call.args[0], Fn::Cidr, "the block");
  if (call.args.size() > 1) range(call.args[1], 1, 256, "the count");
  if (call.args.size() > 2) range(call.args[2], 1, 128, "the number of bits");
}

void FunctionChecker::zones(const ir::Call& call) {
  text_argument(call.args[0], Fn::GetAZs, "the region");
  const auto* region = text_of(call.args[0]);
  if (region == nullptr || looks_like_region(*region)) return;
  c_.sink.report(Code::MalformedFunction, call.args[0]->origin,
                 fmt::format("`Fn::GetAZs` takes a region, found `{}`", *region))
      .help("an empty text stands for the region of the stack");
}

void FunctionChecker::stack_output(ValueRef v, const ir::Call& call) {
  const ir::Object* object = object_of(call.args[0]);
  if (object == nullptr) return;
  for (const ir::Member& m : object->members) {
    if (std::find(kStackOutputKeys.begin(), kStackOutputKeys.end(), m.key) != kStackOutputKeys.end()) continue;
    c_.sink.report(Code::MalformedFunction, m.key_origin.valid() ? m.key_origin : v->origin,
                   fmt::format("`Fn::GetStackOutput` takes no `{}`", m.key))
        .help(fmt::format("it takes {}", fmt::join(kStackOutputKeys, ", ")));
  }
  for (const std::string_view key : {"StackName", "OutputName"}) {
    if (object->find(key) == nullptr) malformed(v, fmt::format("`Fn::GetStackOutput` needs `{}`", key));
  }
}

}  // namespace stackc::analysis
