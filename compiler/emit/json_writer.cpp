#include "compiler/emit/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "compiler/emit/call_form.hpp"

namespace stackc::emit {
namespace {

void append_escape(std::string& out, unsigned char c) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
  }
}

constexpr std::uint64_t every_byte(unsigned char c) { return 0x0101010101010101ULL * c; }

/// Whether some byte of `word` is zero. Exact for the lowest such byte, which is enough.
constexpr bool has_zero(std::uint64_t word) {
  return ((word - every_byte(1)) & ~word & every_byte(0x80)) != 0;
}

/// The first byte from `at` on that JSON does not take as it is; the end when there is none. Eight bytes at a
/// time: almost no text has one, and looking at each byte took 3 % of a whole build.
std::size_t find_special(std::string_view text, std::size_t at) {
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const bool control = ((word - every_byte(0x20)) & ~word & every_byte(0x80)) != 0;
    if (control || has_zero(word ^ every_byte('"')) || has_zero(word ^ every_byte('\\'))) break;
  }
  const auto is_special = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; };
  while (at < text.size() && !is_special(text[at])) ++at;
  return at;
}

/// Whether an object or list has entries that cannot stand on its line.
bool has_members(ir::ValueRef v) {
  const auto* object = v->get_if<ir::Object>();
  return object != nullptr && !object->members.empty();
}
bool must_spread(ir::ValueRef v) {
  if (const auto* object = v->get_if<ir::Object>()) {
    return std::ranges::any_of(object->members, [](const ir::Member& m) { return has_members(m.value); });
  }
  const auto* list = v->get_if<ir::List>();
  return list != nullptr && std::ranges::any_of(list->items, has_members);
}

void append_integer(std::string& out, std::int64_t v) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
  out.append(digits, end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t from = 0;;) {
    const std::size_t special = find_special(text, from);
    out.append(text.data() + from, special - from);
    if (special == text.size()) break;
    append_escape(out, static_cast<unsigned char>(text[special]));
    from = special + 1;
  }
  out += '"';
}

void JsonWriter::new_line() {
  out_ += '\n';
  line_start_ = out_.size();
  constexpr std::string_view kSpaces = "                                ";
  std::size_t spaces = depth_ * 2;
  for (; spaces > kSpaces.size(); spaces -= kSpaces.size()) out_ += kSpaces;
  out_.append(kSpaces.data(), spaces);
}

void JsonWriter::open(char bracket) {
  out_ += bracket;
  ++depth_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  out_ += bracket;
  first_ = false;
}

void JsonWriter::item() {
  if (!first_) out_ += ',';
  first_ = false;
  new_line();
}

void JsonWriter::key(std::string_view name) {
  item();
  append_json_string(out_, name);
  out_ += ": ";
}

void JsonWriter::text_member(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  key(name);
  string(text);
}

void JsonWriter::value_member(std::string_view name, ir::ValueRef v) {
  if (v == nullptr) return;
  key(name);
  value(v);
}

bool JsonWriter::inline_items(std::span<const ir::ValueRef> items) {
  out_ += '[';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out_ += ", ";
    if (!inline_value(items[i], false)) return false;
  }
  out_ += ']';
  return fits_line();
}

bool JsonWriter::inline_members(const ir::Object& object) {
  out_ += '{';
  for (std::size_t i = 0; i < object.members.size(); ++i) {
    if (i > 0) out_ += ", ";
    append_json_string(out_, object.members[i].key);
    out_ += ": ";
    if (!inline_value(object.members[i].value, false)) return false;
  }
  out_ += '}';
  return fits_line();
}

bool JsonWriter::inline_call(const ir::Call& call) {
  const CallForm form(call);
  if (form.bare() != nullptr) return inline_value(form.bare(), false);
  out_ += '{';
  append_json_string(out_, ir::key_of(call.fn));
  out_ += ": ";
  const bool fits = form.argument() != nullptr ? inline_value(form.argument(), false) : inline_items(form.list());
  out_ += '}';
  return fits && fits_line();
}

bool JsonWriter::inline_value(ir::ValueRef v, bool outermost) {
  if (const auto* object = v->get_if<ir::Object>()) {
    if (limited_ && !outermost && !object->members.empty()) return false;
    return inline_members(*object);
  }
  if (const auto* list = v->get_if<ir::List>()) return inline_items(list->items);
  if (const auto* call = v->get_if<ir::Call>()) return inline_call(*call);
  if (const auto* s = v->get_if<std::string_view>()) {
    if (limited_ && !outermost && s->size() > kWidth) return false;
    append_json_string(out_, *s);
  } else if (const auto* b = v->get_if<bool>()) {
    boolean(*b);
  } else if (const auto* i = v->get_if<std::int64_t>()) {
    append_integer(out_, *i);
  } else if (const auto* d = v->get_if<ir::Decimal>()) {
    out_ += d->text;
  } else {
    out_ += "null";
  }
  return fits_line();
}

void JsonWriter::spread_items(std::span<const ir::ValueRef> items) {
  open('[');
  for (ir::ValueRef each : items) {
    item();
    value(each);
  }
  close(']');
}

void JsonWriter::spread_call(const ir::Call& call) {
  const CallForm form(call);
  if (form.bare() != nullptr) return value(form.bare());
  out_ += '{';
  append_json_string(out_, ir::key_of(call.fn));
  out_ += ": ";
  if (form.argument() != nullptr) {
    value(form.argument());
  } else {
    spread_items(form.list());
  }
  out_ += '}';
}

void JsonWriter::value(ir::ValueRef v) {
  const std::size_t start = out_.size();
  if (!must_spread(v) && inline_value(v, true)) return;
  const bool scalar = v->get_if<ir::Object>() == nullptr && v->get_if<ir::List>() == nullptr &&
                      v->get_if<ir::Call>() == nullptr;
  if (scalar) return;  // a long string: there is no shorter form
  out_.resize(start);
  if (const auto* call = v->get_if<ir::Call>()) return spread_call(*call);
  if (const auto* list = v->get_if<ir::List>()) return spread_items(list->items);
  const auto& object = *v->get_if<ir::Object>();
  open('{');
  for (const ir::Member& m : object.members) value_member(m.key, m.value);
  close('}');
}

void JsonWriter::one_line(ir::ValueRef v) {
  limited_ = false;
  inline_value(v, true);
  limited_ = true;
}

}  // namespace stackc::emit
