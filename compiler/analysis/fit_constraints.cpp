#include <charconv>

#include "compiler/analysis/fit.hpp"
#include "compiler/base/pattern.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;
using schema::Type;
using schema::TypeKind;

constexpr std::size_t kFewNames = 12;

/// The text that AWS sees for a scalar; empty storage when it is text already.
std::string_view scalar_text(ValueRef v, std::string& storage) {
  if (const auto* text = text_of(v)) return *text;
  if (const auto* number = v->get_if<std::int64_t>()) storage = fmt::format("{}", *number);
  else if (const auto* decimal = v->get_if<ir::Decimal>()) return decimal->text;
  else if (const auto* truth = v->get_if<bool>()) storage = *truth ? "true" : "false";
  return storage;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char ch : text) count += (static_cast<unsigned char>(ch) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

void known_values(const Context& c, Type type, ValueRef v, const Slot& slot) {
  std::string storage;
  const std::string_view text = scalar_text(v, storage);
  if (is_dynamic(text)) return;
  std::vector<std::string_view> names;
  const std::size_t count = type.kind() == TypeKind::Union ? type.arm_count() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Type arm = type.kind() == TypeKind::Union ? type.arm(i) : type;
    if (arm.kind() != TypeKind::Literal) continue;
    names.push_back(arm.literal());
    if (names.back() == text) return;
  }
  auto& d = c.sink.report(Code::UnknownValue, v->origin, fmt::format("`{}` is not a known value of {}", text, slot.what()));
  if (const auto close = did_you_mean(text, names); !close.empty()) {
    d.labels.front().text = fmt::format("did you mean `{}`?", close);
  } else if (names.size() <= kFewNames) {
    d.help(fmt::format("known values are {}", fmt::join(names, ", ")));
  }
}

void text_length(const Context& c, Type type, ValueRef v, const Slot& slot) {
  std::string storage;
  const std::string_view text = scalar_text(v, storage);
  if (is_dynamic(text)) return;
  const auto length = static_cast<std::int64_t>(characters(text));
  const auto least = type.minimum(), most = type.maximum();
  if ((least && length < *least) || (most && length > *most)) {
    c.sink.report(Code::ValueOutOfRange, v->origin,
                  fmt::format("{} takes `{}`, this has {} character{}", slot.what(), type.str(), length, length == 1 ? "" : "s"));
  } else if (!type.pattern().empty() && pattern_found(type.pattern(), text) == false) {
    c.sink.report(Code::ValueOutOfRange, v->origin,
                  fmt::format("{} does not match `/{}/`, which {} demands", shown(v), type.pattern(), slot.what()));
  }
}

void number_range(const Context& c, Type type, ValueRef v, const Slot& slot) {
  std::string storage;
  const std::string_view text = scalar_text(v, storage);
  double value = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) return;
  const auto least = type.minimum(), most = type.maximum();
  if ((least && value < static_cast<double>(*least)) || (most && value > static_cast<double>(*most))) {
    c.sink.report(Code::ValueOutOfRange, v->origin,
                  fmt::format("{} takes `{}`, this is {}", slot.what(), type.str(), text));
  }
}

}  // namespace

/// Lists, ranges and patterns are a snapshot of AWS's: a warning, never an error.
void Fitter::constraints(Type type, ValueRef v, const Slot& slot) {
  switch (type.kind()) {
    case TypeKind::Union:
    case TypeKind::Literal: return known_values(c_, type, v, slot);
    case TypeKind::Id: return check_id_form(c_, type, slot, v);
    case TypeKind::String: return text_length(c_, type, v, slot);
    case TypeKind::Integer:
    case TypeKind::Number: return number_range(c_, type, v, slot);
    default: return;
  }
}

}  // namespace stackc::analysis
