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
  if ((v->holds & ir::kHoldsMembers) == 0) return false;
  const auto* object = v->get_if<ir::Object>();
  return object != nullptr && !object->members.empty();
}

/// At least so many bytes, between quotes or not.
std::size_t least_width(ir::ValueRef v) {
  const auto* text = v->get_if<std::string_view>();
  return text != nullptr ? text->size() + 2 : 1;
}

const std::string_view* text_of(ir::ValueRef v) { return v->get_if<std::string_view>(); }

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
  if (out_.put_quoted(text)) return;
  std::string escaped;
  append_json_string(escaped, text);
  out_.put(escaped);
}

void JsonWriter::new_line() {
  out_.put_line_break(depth_ * 2);
  line_start_ = out_.size() - depth_ * 2;
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
  function(call.fn);
  const bool fits = form.argument() != nullptr ? inline_value(form.argument(), false) : inline_items(form.list());
  out_.put('}');
  return fits && fits_line();
}

/// `{"Fn::X": `
void JsonWriter::function(ir::Fn fn) {
  out_.put('{');
  string(ir::key_of(fn));
  out_.put(": ");
}

bool JsonWriter::inline_value(ir::ValueRef v, bool outermost) {
  if (put_as_it_is(v)) return fits_line();
  if (const auto* call = v->get_if<ir::Call>()) return inline_call(*call);
  if (const auto* list = v->get_if<ir::List>()) return inline_items(list->items);
  const auto& object = *v->get_if<ir::Object>();
  if (limited_ && !outermost && !object.members.empty()) return false;
  return inline_members(object);
}

// ---------------------------------------------------------------- what has one form, however wide

/// Writes `v` if it is a scalar, or a function of the kind that most are; else false, and nothing is written.
bool JsonWriter::put_as_it_is(ir::ValueRef v) {
  if (const auto* text = text_of(v)) {
    string(*text);
  } else if (const auto* call = v->get_if<ir::Call>()) {
    return put_reference(*call) || (call->fn == ir::Fn::Sub && put_sub(call->args));
  } else if (v->get_if<ir::Object>() != nullptr || v->get_if<ir::List>() != nullptr) {
    return false;
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
  return true;
}

/// `{"Ref": "Id"}`
bool JsonWriter::put_reference(const ir::Call& call) {
  if (call.fn != ir::Fn::Ref || call.args.size() != 1 || text_of(call.args[0]) == nullptr) return false;
  out_.put("{\"Ref\": ");
  string(*text_of(call.args[0]));
  out_.put('}');
  return true;
}

/// `{"Fn::Sub": "text"}`, straight from parts that are plain texts and references: `SubText` would make the text
/// first, and then it would be copied.
bool JsonWriter::put_sub(std::span<const ir::ValueRef> parts) {
  const std::size_t start = out_.size();
  out_.put("{\"Fn::Sub\": \"");
  for (ir::ValueRef part : parts) {
    if (put_sub_part(part)) continue;
    out_.cut(start);
    return false;
  }
  out_.put("\"}");
  return true;
}

bool JsonWriter::put_sub_part(ir::ValueRef part) {
  if (const auto* text = text_of(part)) return text->find("${") == std::string_view::npos && out_.put_plain(*text);
  const auto* call = part->get_if<ir::Call>();
  const bool attribute = call != nullptr && call->fn == ir::Fn::GetAtt && call->args.size() == 2;
  if (!attribute && (call == nullptr || call->fn != ir::Fn::Ref || call->args.size() != 1)) return false;
  const std::string_view* const id = text_of(call->args[0]);
  const std::string_view* const name = text_of(call->args.back());
  if (id == nullptr || name == nullptr) return false;
  out_.put("${");
  if (!out_.put_plain(*id)) return false;
  if (attribute) {
    out_.put('.');
    if (name->empty() || !out_.put_plain(*name)) return false;
  }
  out_.put('}');
  return true;
}

// ---------------------------------------------------------------- what may need several lines

/// Whether it is plain to see, without writing it, that `v` cannot stand on one line.
bool JsonWriter::must_spread(ir::ValueRef v) const {
  std::size_t width = out_.size() - line_start_;
  if (const auto* object = v->get_if<ir::Object>()) {
    return std::ranges::any_of(object->members, [&](const ir::Member& m) {
      width += m.key.size() + 4 + least_width(m.value);
      return width > kWidth || has_members(m.value);
    });
  }
  const auto* list = v->get_if<ir::List>();
  return list != nullptr && std::ranges::any_of(list->items, [&](ir::ValueRef item) {
           width += least_width(item);
           return width > kWidth || has_members(item);
         });
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
  function(call.fn);
  if (form.argument() != nullptr) {
    value(form.argument());
  } else {
    spread_items(form.list());
  }
  out_.put('}');
}

void JsonWriter::value(ir::ValueRef v) {
  if (put_as_it_is(v)) return;
  const std::size_t start = out_.size();
  if (!must_spread(v) && inline_value(v, true)) return;
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
