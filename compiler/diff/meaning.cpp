#include "compiler/diff/meaning.hpp"

#include <algorithm>

#include "compiler/diff/facts.hpp"
#include "compiler/diff/json_value.hpp"
#include "compiler/diff/number.hpp"

namespace stackc::diff {

using ir::ValueRef;
using schema::TypeKind;

namespace {

bool is_tree(ValueRef v) {
  return v->get_if<ir::List>() != nullptr || v->get_if<ir::Object>() != nullptr ||
         v->get_if<ir::Call>() != nullptr;
}

/// What a scalar at a slot is read as.
enum class Reading : std::uint8_t { AsIs, Number, Boolean, Text };

Reading reading_of(schema::Type type) {
  if (!type) return Reading::AsIs;
  switch (type.kind()) {
    case TypeKind::Integer:
    case TypeKind::Number:
      return Reading::Number;
    case TypeKind::Boolean:
      return Reading::Boolean;
    case TypeKind::String:
    case TypeKind::Timestamp:
    case TypeKind::Id:
    case TypeKind::Literal:
      return Reading::Text;
    case TypeKind::Union: {
      const Reading first = reading_of(type.arm(0));
      for (std::size_t i = 1; i < type.arm_count(); ++i) {
        if (reading_of(type.arm(i)) != first) return Reading::AsIs;
      }
      return first;
    }
    default:
      return Reading::AsIs;
  }
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// `arn:aws:iam::123456789012:root` and `123456789012` are the same principal.
std::string_view account_of(std::string_view principal) {
  constexpr std::string_view kEnd = ":root";
  const std::size_t at = principal.find(":iam::");
  if (!principal.starts_with("arn:aws") || at == std::string_view::npos || !principal.ends_with(kEnd)) {
    return principal;
  }
  const std::string_view account = principal.substr(at + 6, principal.size() - at - 6 - kEnd.size());
  const bool is_account =
      account.size() == 12 && account.find_first_not_of("0123456789") == std::string_view::npos;
  return is_account ? account : principal;
}

}  // namespace

Meanings::Meanings(Pool& pool, Resolver& known, Resolver& defaults, schema::Schema schema,
                   const std::unordered_map<std::string_view, Meaning>& symbols, Arena& arena)
    : pool_(pool), known_(known), defaults_(defaults), schema_(schema), symbols_(symbols), arena_(arena) {}

Meaning Meanings::of(ValueRef value, const Slot& slot) {
  if (value == nullptr || value->is_no_value()) return kAbsent;
  if (!is_tree(value)) return compute(value, slot);
  const std::uint32_t flags =
      (static_cast<std::uint32_t>(slot.part) << 2) | (slot.unordered ? 2U : 0U) | (plain_ ? 1U : 0U);
  const Key key{value, slot.type ? slot.type.ref() + 1 : 0, flags};
  if (const auto known = known_meanings_.find(key); known != known_meanings_.end()) return known->second;
  const Meaning made = compute(value, slot);
  known_meanings_.emplace(key, made);
  return made;
}

Meaning Meanings::of_member(ValueRef value, const Slot& slot) {
  const Meaning made = of(value, slot);
  if (made == kAbsent) return kAbsent;
  if (is_tags(slot) && pool_.form(made) == Form::Set && pool_.parts(made).empty()) return kAbsent;
  return made == default_of(slot) ? kAbsent : made;
}

/// What AWS uses when nothing is said, read as the slot reads it; kAbsent when that is not known.
Meaning Meanings::default_of(const Slot& slot) {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
  if (slot.part == Part::Version) return pool_.text("2008-10-17");
  std::string_view text = slot.property ? slot.property.default_value() : std::string_view{};
  if (text.empty()) text = documented_default(slot);
  if (text.empty()) return kAbsent;
  const ir::Value value{text, {}};
  return scalar(&value, slot);
}

Meaning Meanings::of_properties(const ir::Resource& resource) {
  const ValueRef all = known_.resolve(resource.properties);
  const auto* object = all != nullptr ? all->get_if<ir::Object>() : nullptr;
  if (object == nullptr) return of(all, {});
  const schema::ResourceType type = schema_.find(resource.type);
  std::vector<std::pair<Meaning, Meaning>> members;
  for (const ir::Member& m : object->members) {
    const Meaning value = of_member(m.value, slot_of(type, m.key));
    if (value != kAbsent) members.emplace_back(pool_.text(m.key), value);
  }
  std::ranges::sort(members);
  std::vector<Meaning> parts;
  for (const auto& [key, value] : members) parts.insert(parts.end(), {key, value});
  return pool_.make(Form::Object, {}, parts);
}

ValueRef Meanings::unwrapped(ValueRef value, const Slot& slot) {
  if (value == nullptr) return nullptr;
  const bool is_text = value->get_if<std::string_view>() != nullptr || value->call(ir::Fn::Sub) != nullptr;
  const bool is_json =
      slot.type && (slot.type.kind() == TypeKind::Json || slot.type.kind() == TypeKind::Policy);
  if (const ir::Call* c = value->call(ir::Fn::ToJsonString); c != nullptr && !c->args.empty()) {
    return is_json || holds_json(slot) ? c->args[0] : value;
  }
  if (!is_text || (!is_json && !holds_json(slot))) return value;
  const auto [at, fresh] = unwrapped_.try_emplace(value, value);
  if (fresh) {
    if (const ValueRef parsed = json_value(value, arena_)) at->second = parsed;
  }
  return at->second;
}

Meaning Meanings::compute(ValueRef value, const Slot& slot) {
  const ValueRef v = unwrapped(value, slot);
  if (v != value) return of(v, slot);
  if (const auto* c = v->get_if<ir::Call>()) {
    if (c->fn == ir::Fn::If) return choice(*c, slot);
    if (!takes_one_or_several(slot)) return call(v, *c);
  }
  if (slot.part != Part::None) return in_policy(v, slot);
  if (const auto* items = v->get_if<ir::List>()) return list(*items, slot);
  if (const auto* members = v->get_if<ir::Object>()) return object(*members, slot);
  return scalar(v, slot);
}

Meaning Meanings::scalar(ValueRef value, const Slot& slot) {
  const auto text = scalar_text(value);
  if (!text) return pool_.make(Form::Null, {}, {});
  const Reading reading = reading_of(slot.type);
  const bool is_number = value->get_if<std::int64_t>() != nullptr || value->get_if<ir::Decimal>() != nullptr;
  if (reading == Reading::Number || (reading == Reading::AsIs && is_number)) {
    if (const auto number = number_form(*text)) return pool_.make(Form::Number, *number, {});
  }
  if (reading == Reading::Boolean || (reading == Reading::AsIs && value->get_if<bool>() != nullptr)) {
    if (*text == "true" || *text == "false") return pool_.make(Form::Boolean, *text, {});
  }
  return pool_.text(*text);
}

Meaning Meanings::list(const ir::List& items, const Slot& slot) {
  const Slot inner = item_of(slot);
  std::vector<Meaning> parts;
  for (ValueRef item : items.items) {
    const Meaning m = of(item, inner);
    if (m != kAbsent) parts.push_back(m);
  }
  return slot.unordered ? pool_.set(std::move(parts)) : pool_.make(Form::List, {}, parts);
}

Meaning Meanings::object(const ir::Object& members, const Slot& slot) {
  std::vector<std::pair<Meaning, Meaning>> pairs;
  for (const ir::Member& m : members.members) {
    const Meaning value = of_member(m.value, member_of(slot, m.key));
    if (value != kAbsent) pairs.emplace_back(pool_.text(m.key), value);
  }
  std::ranges::sort(pairs);
  std::vector<Meaning> parts;
  for (const auto& [key, value] : pairs) parts.insert(parts.end(), {key, value});
  return pool_.make(Form::Object, {}, parts);
}

/// Words of policies: one is a list of one, actions have no case, accounts have two names.
Meaning Meanings::in_policy(ValueRef value, const Slot& slot) {
  const auto* text = value->get_if<std::string_view>();
  if (slot.part == Part::Principals && text != nullptr) {  // `*` is everyone, as {"AWS": "*"} is
    const Meaning everyone = pool_.set({pool_.text(*text)});
    return pool_.make(Form::Object, {}, std::vector<Meaning>{pool_.text("AWS"), everyone});
  }
  if (text != nullptr && slot.part == Part::Action) return pool_.text(lower_case(std::string(*text)));
  if (slot.part == Part::Word) {
    const auto word = scalar_text(value);
    if (word) return pool_.text(account_of(*word));
  }
  if (!takes_one_or_several(slot)) {
    if (const auto* members = value->get_if<ir::Object>()) return object(*members, slot);
    const auto* items = value->get_if<ir::List>();
    return items != nullptr ? list(*items, slot) : scalar(value, slot);
  }
  const Slot inner = item_of(slot);
  std::vector<Meaning> parts;
  for (ValueRef item : items_at(value)) {
    const Meaning m =
        item->get_if<ir::List>() != nullptr ? list(*item->get_if<ir::List>(), {}) : of(item, inner);
    if (m != kAbsent) parts.push_back(m);
  }
  std::ranges::sort(parts);
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return pool_.make(Form::Set, {}, parts);
}

}  // namespace stackc::diff
