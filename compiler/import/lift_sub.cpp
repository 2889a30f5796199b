#include "compiler/base/text.hpp"
#include "compiler/import/lift_literals.hpp"
#include "compiler/import/lifter.hpp"
#include "compiler/ir/pseudo.hpp"
#include "compiler/ir/template_form.hpp"

/// `Fn::Sub`: text with interpolations where that says the same text again.
namespace stackc::cfn {
namespace {

/// Literal text as the compiler writes it into an `Fn::Sub`.
void append_literal(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') {
      out += "{!";
      ++i;
    }
  }
}

}  // namespace

/// Every name stands for something, and writing the parts again gives the same text.
bool Lifter::can_interpolate(const ir::Call& c) const {
  const auto* text = c.args[0]->get_if<std::string_view>();
  if (text == nullptr || c.args.size() != 1) return false;
  std::string again;
  std::size_t names = 0;
  const std::vector<ir::SubPart> parts = ir::sub_parts(*text);
  for (const ir::SubPart& part : parts) {
    if (!part.is_name) {
      append_literal(again, part.text);
      continue;
    }
    ++names;
    again += fmt::format("${{{}}}", part.text);
    if (!ir::pseudo_name(part.text).empty()) continue;
    const std::size_t dot = part.text.find('.');
    const std::string_view id = part.text.substr(0, dot);
    if (names_.value(id).empty()) return false;
    if ((dot == std::string_view::npos) == (parameter_of(id) != nullptr)) continue;
    if (dot != std::string_view::npos && parameter_of(id) != nullptr) return false;
  }
  const bool alone = parts.size() == 1;  // `"${X}"` is X itself
  return names > 0 && again == *text && (!alone || parts[0].text.find('.') != std::string_view::npos);
}

void Lifter::substitution(const ir::Call& c, bool exact) {
  if (exact || !can_interpolate(c)) return function("sub", c, Slot::text(), Slot::any());
  const auto text = *c.args[0]->get_if<std::string_view>();
  const bool lines = wants_lines(text);
  std::string out;
  const std::vector<ir::SubPart> parts = ir::sub_parts(text);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ir::SubPart& part = parts[i];
    if (!part.is_name) {
      out += escaped(part.text, lines ? Quotes::Triple : Quotes::Single, i == 0, i + 1 == parts.size());
      continue;
    }
    const std::string_view pseudo = ir::pseudo_name(part.text);
    const std::size_t dot = part.text.find('.');
    const std::string_view id = part.text.substr(0, dot);
    if (!pseudo.empty()) {
      out += fmt::format("${{{}}}", pseudo);
    } else if (parameter_of(id) != nullptr) {
      out += fmt::format("${{{}}}", names_.value(id));
    } else {
      const std::string_view attribute = dot == std::string_view::npos ? "ref" : part.text.substr(dot + 1);
      const std::string name(names_.value(id));
      out += fmt::format("${{{}.{}}}", assumed_ ? fmt::format("assume({})", name) : name, attribute);
    }
  }
  put(lines ? in_triple_quotes(out) : fmt::format("\"{}\"", out));
}

}  // namespace stackc::cfn
