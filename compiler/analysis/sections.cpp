#include <algorithm>
#include <array>

#include "compiler/analysis/context.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

constexpr auto kSections = std::to_array<std::string_view>(
    {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform",
     "Hooks", "Resources", "Outputs"});
constexpr std::string_view kVersion = "2010-09-09";

Span place_of(const ir::Member& m) { return m.key_origin.valid() ? m.key_origin : (m.value != nullptr ? m.value->origin : Span{}); }

void unknown_section(const Context& c, const ir::Member& m) {
  if (c.macros.serverless && m.key == "Globals") return;
  auto& d = c.sink.report(Code::UnknownSection, place_of(m), fmt::format("a template has no section `{}`", m.key));
  if (m.key == "Globals") {
    d.help("`Globals` belongs to the transform `AWS::Serverless-2016-10-31`");
  } else if (const auto close = did_you_mean(m.key, kSections); !close.empty()) {
    d.help(fmt::format("did you mean `{}`?", close));
  } else {
    d.help(fmt::format("its sections are {}", fmt::join(kSections, ", ")));
  }
}

void section_form(const Context& c, const ir::Member& m) {
  const auto* text = text_of(m.value);
  if (m.key == "AWSTemplateFormatVersion" && (text == nullptr || *text != kVersion)) {
    c.sink.report(Code::InvalidEntry, place_of(m),
                  fmt::format("the format version is {}, and `{}` is the only one", shown(m.value), kVersion));
  }
  if (m.key == "Description" && text == nullptr) {
    c.sink.report(Code::InvalidEntry, place_of(m), fmt::format("the description of a template is text, found {}", shown(m.value)));
  }
}

/// CloudFormation refuses names of rows with anything but letters, digits, `-` and `.`, and of the columns below them
/// with anything but letters and digits. Its documentation tells less than its messages do: a warning. A macro may
/// rename both.
void mapping_name(const Context& c, const ir::Mapping& m, const ir::Member& key, std::string_view also) {
  if (c.macros.add || c.macros.extensions || is_function_key(key.key)) return;
  const bool fits = !key.key.empty() && std::all_of(key.key.begin(), key.key.end(), [&](char ch) {
    const bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
    return letter || (ch >= '0' && ch <= '9') || also.find(ch) != std::string_view::npos;
  });
  if (fits) return;
  c.sink.report(Code::ValueOutOfRange, place_of(key),
                fmt::format("`{}` in the mapping `{}` is no name that CloudFormation accepts, expected {}",
                            std::string_view(key.key).substr(0, 64), m.id,
                            also.empty() ? "letters and digits" : "letters, digits, `-` and `.`"));
}

}  // namespace

void check_sections(const Context& c) {
  for (const ir::Member& m : c.t.raw) {
    if (m.value == nullptr || m.key == "Fn::Transform") continue;
    const bool known = std::find(kSections.begin(), kSections.end(), m.key) != kSections.end();
    if (known) section_form(c, m);
    else if (!c.macros.rewrite) unknown_section(c, m);
  }
}

/// Two levels of names, then text or a list of text; a transform may stand for any of them.
void check_mappings(const Context& c) {
  if (c.macros.rewrite) return;
  for (const ir::Mapping& m : c.t.mappings) {
    const ir::Object* rows = object_of(m.value);
    if (rows == nullptr || is_open(*rows)) continue;
    for (const ir::Member& row : rows->members) {
      mapping_name(c, m, row, "-.");
      const ir::Object* columns = object_of(row.value);
      if (columns == nullptr && row.value->get_if<ir::Call>() == nullptr) {
        c.sink.report(Code::InvalidEntry, place_of(row),
                      fmt::format("`{}` of the mapping `{}` is {}, expected an object", row.key, m.id, shown(row.value)));
      }
      if (columns == nullptr || is_open(*columns)) continue;
      for (const ir::Member& column : columns->members) {
        mapping_name(c, m, column, {});
        const bool object = object_of(column.value) != nullptr;
        const auto* made = column.value->get_if<ir::Call>();
        if (!object && (made == nullptr || made->fn == ir::Fn::Transform)) continue;
        c.sink.report(Code::InvalidEntry, column.value->origin,
                      fmt::format("`{}.{}` of the mapping `{}` is {}, expected text or a list of text", row.key,
                                  column.key, m.id, shown(column.value)));
      }
    }
  }
}

}  // namespace stackc::analysis
