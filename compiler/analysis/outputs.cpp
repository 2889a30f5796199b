#include <array>

#include "compiler/analysis/context.hpp"
#include "compiler/analysis/shape.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

constexpr auto kKeys = std::to_array<std::string_view>({"Condition", "Description", "Export", "Value"});

void key(const Context& c, const ir::Output& o, const ir::Member& m) {
  const Span place = m.key_origin.valid() ? m.key_origin : o.origin;
  const auto* text = text_of(m.value);
  if (m.key == "Export") {
    c.sink.report(Code::InvalidEntry, place, fmt::format("`Export` of the output `{}` is an object with `Name` alone", o.id));
  } else if (m.key == "Description" || m.key == "Condition") {
    const bool function = m.key == "Description" && m.value->get_if<ir::Call>() != nullptr;
    if (text == nullptr && !function && m.value->get_if<ir::Null>() == nullptr) {
      c.sink.report(Code::InvalidEntry, place,
                    fmt::format("`{}` of the output `{}` is text, found {}", m.key, o.id, shown(m.value)));
    }
  } else if (!is_function_key(m.key)) {
    auto& d = c.sink.report(Code::UnknownEntryKey, place, fmt::format("an output has no `{}`", m.key));
    if (const auto close = did_you_mean(m.key, kKeys); !close.empty()) d.help(fmt::format("did you mean `{}`?", close));
    else d.help(fmt::format("it has {}", fmt::join(kKeys, ", ")));
  }
}

/// An output is one text; a list has to be joined.
void text_only(const Context& c, const ir::Output& o, ir::ValueRef v) {
  const auto* made = v->get_if<ir::Call>();
  if (made != nullptr && made->fn == ir::Fn::If) {
    text_only(c, o, made->args[1]);
    text_only(c, o, made->args[2]);
    return;
  }
  const bool literal = list_of(v) != nullptr || (object_of(v) != nullptr && !is_open(*object_of(v)) &&
                                                 !(object_of(v)->members.size() == 1 && is_function_key(object_of(v)->members[0].key)));
  const bool list = made != nullptr && result_of(c, *made).shape == Shape::TextList;
  if (!literal && !list) return;
  auto& d = c.sink.report(Code::TypeMismatch, v->origin,
                          fmt::format("the value of the output `{}` is text, found {}", o.id, list ? "a list" : shown(v)));
  if (list || list_of(v) != nullptr) d.help("`Fn::Join` makes one text of a list");
}

}  // namespace

void check_outputs(const Context& c) {
  if (c.macros.rewrite) return;
  for (const ir::Output& o : c.t.outputs) {
    for (const ir::Member& m : o.raw) {
      if (m.value != nullptr) key(c, o, m);
    }
    if (o.value != nullptr) text_only(c, o, o.value);
  }
}

}  // namespace stackc::analysis
