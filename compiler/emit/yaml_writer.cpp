#include "compiler/emit/yaml_writer.hpp"

#include "compiler/emit/call_form.hpp"

namespace stackc::emit {
namespace {

/// Keys beyond this are no simple keys to readers, who look no further for the colon.
constexpr std::size_t kMaxSimpleKey = 1000;

/// The short form of a function, where AWS documents one that takes any argument; else empty.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
std::string_view tag_of(ir::Fn fn) {
  using ir::Fn;
  switch (fn) {
    case Fn::Ref:
      return "!Ref";
    case Fn::GetAtt:
      return "!GetAtt";
    case Fn::Sub:
    case Fn::SubText:
      return "!Sub";
    case Fn::Join:
      return "!Join";
    case Fn::Select:
      return "!Select";
    case Fn::Split:
      return "!Split";
    case Fn::FindInMap:
      return "!FindInMap";
    case Fn::GetAZs:
      return "!GetAZs";
    case Fn::Cidr:
      return "!Cidr";
    case Fn::Base64:
      return "!Base64";
    case Fn::ImportValue:
      return "!ImportValue";
    case Fn::If:
      return "!If";
    case Fn::And:
      return "!And";
    case Fn::Or:
      return "!Or";
    case Fn::Not:
      return "!Not";
    case Fn::Equals:
      return "!Equals";
    case Fn::Condition:
      return "!Condition";
    default:
      return {};
  }
}

const std::string_view* text_of(ir::ValueRef v) { return v->get_if<std::string_view>(); }

/// `A.B` when reading it gives the two names again.
std::optional<std::string> dotted(const ir::Call& get_att) {
  const auto* id = get_att.args.size() == 2 ? text_of(get_att.args[0]) : nullptr;
  const auto* attribute = id != nullptr ? text_of(get_att.args[1]) : nullptr;
  if (attribute == nullptr || id->empty() || attribute->empty() || id->find('.') != std::string_view::npos)
    return {};
  return std::string(*id) + "." + std::string(*attribute);
}

/// What a tag may stand before: a text, a list, an object.
bool takes_tag(ir::ValueRef argument) {
  return text_of(argument) != nullptr || argument->get_if<ir::List>() != nullptr ||
         argument->get_if<ir::Object>() != nullptr;
}

std::string scalar(ir::ValueRef v, YamlPlace place) {
  if (const auto* s = text_of(v)) return yaml_text(*s, place);
  if (const auto* b = v->get_if<bool>()) return *b ? "true" : "false";
  if (const auto* i = v->get_if<std::int64_t>()) return std::to_string(*i);
  if (const auto* d = v->get_if<ir::Decimal>()) return yaml_number(d->text);
  return "null";
}

bool is_scalar(ir::ValueRef v) {
  return v->get_if<ir::List>() == nullptr && v->get_if<ir::Object>() == nullptr &&
         v->get_if<ir::Call>() == nullptr;
}

}  // namespace

// ---------------------------------------------------------------- the skeleton

void YamlWriter::open() { levels_.push_back(0); }

void YamlWriter::close() {
  if (levels_.back() == 0) out_ += " {}";
  levels_.pop_back();
}

void YamlWriter::key(std::string_view name) {
  // Sections stand apart.
  if (levels_.size() == 1 && levels_.back() > 0) out_ += '\n';
  ++levels_.back();
  new_line(column());
  write_key(name, column());
}

void YamlWriter::text_member(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  key(name);
  this->text(text, column());
}

void YamlWriter::value_member(std::string_view name, ir::ValueRef v) {
  if (v == nullptr) return;
  key(name);
  value(v);
}

std::string YamlWriter::take_file() {
  out_ += '\n';
  return std::move(out_);
}

void YamlWriter::new_line(std::size_t column) {
  if (!out_.empty()) out_ += '\n';
  out_.append(column, ' ');
}

void YamlWriter::write_key(std::string_view name, std::size_t column) {
  const std::string shown = yaml_text(name, YamlPlace::Block);
  if (shown.size() > kMaxSimpleKey) {
    out_ += "? " + shown;
    new_line(column);
  } else {
    out_ += shown;
  }
  out_ += ':';
}

// ---------------------------------------------------------------- values

void YamlWriter::node(ir::ValueRef v, std::size_t column, Place place) {
  if (const auto* object = v->get_if<ir::Object>()) return members(*object, column, place);
  if (const auto* list = v->get_if<ir::List>()) return items(list->items, column, place);
  if (const auto* c = v->get_if<ir::Call>()) return call(*c, column, place);
  if (const auto* s = text_of(v)) return text(*s, column);
  out_ += ' ';
  out_ += scalar(v, YamlPlace::Block);
}

void YamlWriter::text(std::string_view text, std::size_t column) {
  if (fits_block_scalar(text)) return append_block_scalar(out_, text, column + 2);
  out_ += ' ';
  out_ += yaml_text(text, YamlPlace::Block);
}

/// The first member may stand on the line of a dash.
void YamlWriter::members(const ir::Object& object, std::size_t column, Place place) {
  if (object.members.empty()) {
    out_ += " {}";
    return;
  }
  bool same_line = place == Place::Dash;
  for (const ir::Member& m : object.members) {
    if (same_line) {
      out_ += ' ';
    } else {
      new_line(column + 2);
    }
    same_line = false;
    write_key(m.key, column + 2);
    node(m.value, column + 2, Place::Key);
  }
}

void YamlWriter::items(std::span<const ir::ValueRef> list, std::size_t column, Place place) {
  if (list.empty()) {
    out_ += " []";
    return;
  }
  bool same_line = place == Place::Dash;
  for (ir::ValueRef each : list) {
    if (same_line) {
      out_ += ' ';
    } else {
      new_line(column + 2);
    }
    same_line = false;
    out_ += '-';
    node(each, column + 2, Place::Dash);
  }
}

void YamlWriter::call(const ir::Call& call, std::size_t column, Place place) {
  const CallForm form(call);
  if (form.bare() != nullptr) return node(form.bare(), column, place);
  const std::size_t line_start = out_.rfind('\n') + 1;
  if (const auto line = one_line_call(call, YamlPlace::Block);
      line && out_.size() - line_start + line->size() < kWidth) {
    out_ += ' ';
    out_ += *line;
    return;
  }
  const std::string_view tag = tag_of(call.fn);
  const bool fits_tag = form.argument() == nullptr ? call.fn != ir::Fn::GetAtt : takes_tag(form.argument());
  if (tag.empty() || !fits_tag)
    return long_form(ir::key_of(call.fn), form.argument(), form.list(), column, place);
  out_ += ' ';
  if (call.fn == ir::Fn::GetAtt && dotted(call)) {
    out_ += std::string(tag) + " " + yaml_text(*dotted(call), YamlPlace::Block);
    return;
  }
  out_ += tag;
  if (form.argument() != nullptr) return node(form.argument(), column, Place::Tag);
  items(form.list(), column, Place::Tag);
}

void YamlWriter::long_form(std::string_view key, ir::ValueRef argument, std::span<const ir::ValueRef> list,
                           std::size_t column, Place place) {
  if (place == Place::Dash) {
    out_ += ' ';
  } else {
    new_line(column + 2);
  }
  out_ += key;
  out_ += ':';
  if (argument != nullptr) return node(argument, column + 2, Place::Key);
  items(list, column + 2, Place::Key);
}

// ---------------------------------------------------------------- one line

std::optional<std::string> YamlWriter::one_line(ir::ValueRef v, YamlPlace place) {
  if (const auto* list = v->get_if<ir::List>()) return one_line_list(list->items);
  if (const auto* c = v->get_if<ir::Call>()) return one_line_call(*c, place);
  if (!is_scalar(v)) return std::nullopt;
  const auto* s = text_of(v);
  if (s != nullptr && (s->size() > kWidth || s->find('\n') != std::string_view::npos)) return std::nullopt;
  return scalar(v, place);
}

std::optional<std::string> YamlWriter::one_line_list(std::span<const ir::ValueRef> list) {
  std::string out = "[";
  for (ir::ValueRef each : list) {
    const auto part = one_line(each, YamlPlace::Flow);
    if (!part) return std::nullopt;
    if (out.size() > 1) out += ", ";
    out += *part;
    if (out.size() > kWidth) return std::nullopt;
  }
  return out + "]";
}

std::optional<std::string> YamlWriter::one_line_call(const ir::Call& call, YamlPlace place) {
  const CallForm form(call);
  const std::string_view tag = tag_of(call.fn);
  if (form.bare() != nullptr || tag.empty()) return std::nullopt;
  std::optional<std::string> argument;
  if (call.fn == ir::Fn::GetAtt) {
    const auto name = dotted(call);
    if (!name) return std::nullopt;
    argument = yaml_text(*name, place);
  } else if (form.argument() == nullptr) {
    argument = one_line_list(form.list());
  } else if (takes_tag(form.argument())) {
    argument = one_line(form.argument(), place);
  }
  if (!argument) return std::nullopt;
  return std::string(tag) + " " + *argument;
}

}  // namespace stackc::emit
