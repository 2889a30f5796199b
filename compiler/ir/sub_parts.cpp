#include <algorithm>

#include "compiler/ir/graph.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::ir {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace

std::vector<SubPart> sub_parts(std::string_view text) {
  std::vector<SubPart> parts;
  const auto literal = [&](std::size_t from, std::size_t to) {
    if (from < to) parts.push_back({text.substr(from, to - from), false, static_cast<std::uint32_t>(from)});
  };
  std::size_t from = 0;  // of the literal text at hand
  std::size_t at = 0;
  while ((at = text.find("${", at)) != std::string_view::npos) {
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) break;
    if (at + 2 < text.size() && text[at + 2] == '!') {
      // `${!X}` is the text `${X}`: two pieces around the exclamation mark.
      literal(from, at + 2);
      from = at + 3;
      at = close;
      continue;
    }
    literal(from, at);
    const std::string_view name = trimmed(text.substr(at + 2, close - at - 2));
    parts.push_back({name, true, static_cast<std::uint32_t>(name.empty() ? at + 2 : name.data() - text.data())});
    from = at = close + 1;
  }
  literal(from, text.size());
  return parts;
}

std::vector<std::string_view> sub_references(const Call& sub_text) {
  std::vector<std::string_view> ids;
  const auto* text = sub_text.args.empty() ? nullptr : sub_text.args[0]->get_if<std::string_view>();
  if (text == nullptr) return ids;
  const auto* variables = sub_text.args.size() > 1 ? sub_text.args[1]->get_if<Object>() : nullptr;
  for (const SubPart& part : sub_parts(*text)) {
    if (!part.is_name || (variables != nullptr && variables->find(part.text) != nullptr)) continue;
    ids.push_back(part.text.substr(0, part.text.find('.')));
  }
  return ids;
}

}  // namespace stackc::ir
