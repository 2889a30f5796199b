#include "compiler/ir/condition_names.hpp"

namespace stackc::ir {
namespace {

constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `us-east-1` -> `UsEast1`: letters and digits, the first of every word capitalised. Stops soon after
/// no name could hold more.
std::string capitalised(std::string_view text) {
  std::string out;
  bool starts_word = true;
  for (const char c : text) {
    if (out.size() > kMaxDerivedName) break;
    if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
      starts_word = true;
      continue;
    }
    out += starts_word && is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    starts_word = is_digit(c) && starts_word;
  }
  return out;
}

std::string without_prefix(std::string_view id) {
  constexpr std::string_view kPseudo = "AWS::";
  if (id.substr(0, kPseudo.size()) == kPseudo) id.remove_prefix(kPseudo.size());
  return capitalised(id);
}

std::string words_of(ValueRef v);

std::string words_of_all(std::span<const ValueRef> values) {
  std::string out;
  for (ValueRef each : values) out += words_of(each);
  return out;
}

/// The words of an operand, in the order in which they are written.
std::string words_of(ValueRef v) {
  if (const auto* text = v->get_if<std::string_view>()) return capitalised(*text);
  if (const auto* number = v->get_if<std::int64_t>()) return std::to_string(*number);
  if (const auto* decimal = v->get_if<Decimal>()) return capitalised(decimal->text);
  if (const auto* truth = v->get_if<bool>()) return *truth ? "True" : "False";
  if (const auto* list = v->get_if<List>()) return words_of_all(list->items);
  const auto* c = v->get_if<Call>();
  if (c == nullptr) return {};
  if (c->fn == Fn::Ref) {
    const auto* id = c->args[0]->get_if<std::string_view>();
    return id != nullptr ? without_prefix(*id) : std::string();
  }
  if (c->fn == Fn::Select && c->args.size() == 2) return words_of(c->args[1]) + words_of(c->args[0]);
  return words_of_all(c->args);
}

bool is_empty_text(ValueRef v) {
  const auto* text = v->get_if<std::string_view>();
  return text != nullptr && text->empty();
}

std::string joined(const Call& c, std::string_view word) {
  std::string out;
  for (ValueRef arg : c.args) {
    if (!out.empty()) out += word;
    out += derived_name(arg);
  }
  return out;
}

}  // namespace

bool is_absence(ValueRef condition) {
  const Call* c = condition->call(Fn::Equals);
  return c != nullptr && c->args.size() == 2 && is_empty_text(c->args[1]);
}

std::string derived_name(ValueRef condition) {
  const auto* c = condition->get_if<Call>();
  if (c == nullptr) return words_of(condition);
  switch (c->fn) {
    case Fn::Condition: return words_of(c->args[0]);
    case Fn::And: return joined(*c, "And");
    case Fn::Or: return joined(*c, "Or");
    case Fn::Not:
      if (is_absence(c->args[0])) return "Is" + words_of(c->args[0]) + "Specified";
      return "Not" + derived_name(c->args[0]);
    case Fn::Equals:
      if (is_absence(condition)) return "NotIs" + words_of(condition) + "Specified";
      return "Is" + words_of_all(c->args);
    default: return words_of(condition);
  }
}

}  // namespace stackc::ir
