#include "compiler/emit/json_writer.hpp"

#include <algorithm>
#include <charconv>

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

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    append_escape(out, c);
    from = i + 1;
  }
  out.append(text, from);
  out += '"';
}

void JsonWriter::string(std::string_view text) {
  if (out_.put_plain_json_string(text)) return;
  std::string escaped;
  append_json_string(escaped, text);
  out_.put(escaped);
}

void JsonWriter::new_line() {
  out_.put('\n');
  line_start_ = out_.size();
  out_.put_spaces(depth_ * 2);
}

void JsonWriter::open(char bracket) {
  out_.put(bracket);
  ++depth_;
  first_ = true;
}

void JsonWriter::close(char bracket) {
  --depth_;
  if (!first_) new_line();
  out_.put(bracket);
  first_ = false;
}

void JsonWriter::item() {
  if (!first_) out_.put(',');
  first_ = false;
  new_line();
}

void JsonWriter::key(std::string_view name) {
  item();
  string(name);
  out_.put(": ");
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
  out_.put('[');
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out_.put(", ");
    if (!inline_value(items[i], false)) return false;
  }
  out_.put(']');
  return fits_line();
}

bool JsonWriter::inline_members(const ir::Object& object) {
  out_.put('{');
  for (std::size_t i = 0; i < object.members.size(); ++i) {
    if (i > 0) out_.put(", ");
    string(object.members[i].key);
    out_.put(": ");
    if (!inline_value(object.members[i].value, false)) return false;
  }
  out_.put('}');
  return fits_line();
}

bool JsonWriter::inline_call(const ir::Call& call) {
  const CallForm form(call);
  if (form.bare() != nullptr) return inline_value(form.bare(), false);
  out_.put('{');
  string(ir::key_of(call.fn));
  out_.put(": ");
  const bool fits = form.argument() != nullptr ? inline_value(form.argument(), false) : inline_items(form.list());
  out_.put('}');
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
    string(*s);
  } else if (const auto* b = v->get_if<bool>()) {
    boolean(*b);
  } else if (const auto* i = v->get_if<std::int64_t>()) {
    char digits[24];
    const char* const end = std::to_chars(digits, digits + sizeof digits, *i).ptr;
    out_.put(std::string_view(digits, static_cast<std::size_t>(end - digits)));
  } else if (const auto* d = v->get_if<ir::Decimal>()) {
    out_.put(d->text);
  } else {
    out_.put("null");
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
  out_.put('{');
  string(ir::key_of(call.fn));
  out_.put(": ");
  if (form.argument() != nullptr) {
    value(form.argument());
  } else {
    spread_items(form.list());
  }
  out_.put('}');
}

void JsonWriter::value(ir::ValueRef v) {
  const std::size_t start = out_.size();
  if (!must_spread(v) && inline_value(v, true)) return;
  const bool scalar = v->get_if<ir::Object>() == nullptr && v->get_if<ir::List>() == nullptr &&
                      v->get_if<ir::Call>() == nullptr;
  if (scalar) return;  // a long string: there is no shorter form
  out_.cut(start);
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
