#include "compiler/eval/document_writer.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"

namespace stackc::eval {

using sema::Kind;

namespace {

/// `T` of `T?` and its like.
Target content_of(Target target) {
  while (target.kind() == Kind::Optional || target.kind() == Kind::Secret) target = target.element();
  return target;
}

/// The arm of a union that a value of many parts goes to.
Target arm_with_parts(Target target) {
  if (target.kind() != Kind::Union) return target;
  for (std::size_t i = 0; i < target.arm_count(); ++i) {
    const Kind kind = target.arm(i).kind();
    if (kind == Kind::Nested || kind == Kind::Record || kind == Kind::List || kind == Kind::Map) return target.arm(i);
  }
  return {};
}

/// A literal `${` is no hole.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') out += '$';
    out += text[i];
  }
  return out;
}

}  // namespace

std::string_view hole_in(ir::ValueRef v) {
  const auto* ref = v->call(ir::Fn::Ref);
  const auto* id = ref != nullptr ? ref->args[0]->get_if<std::string_view>() : nullptr;
  return id != nullptr && id->starts_with(kHole) ? id->substr(kHole.size()) : std::string_view{};
}

std::string_view json_type(Target type) {
  type = content_of(type);
  if (type.kind() == Kind::Literal) type = type.element();
  switch (type.kind()) {
    case Kind::Int:
    case Kind::Number:
      return "number";
    case Kind::Bool:
      return "boolean";
    case Kind::List:
      return "array";
    case Kind::Map:
    case Kind::Record:
    case Kind::Nested:
    case Kind::Properties:
      return "object";
    case Kind::Union: {
      const std::string_view first = json_type(type.arm(0));
      for (std::size_t i = 1; i < type.arm_count(); ++i) {
        if (json_type(type.arm(i)) != first) return "string";
      }
      return first;
    }
    default:
      return "string";
  }
}

ir::ValueRef DocumentWriter::write(Val v, Target target) {
  target = content_of(target);
  if (v->document() != nullptr) return write_held(v->document(), target, v->origin);
  const ir::Builder b = ctx_.ir.at(v->origin);
  if (v->written() != nullptr) return write_plain(v->written());
  target = arm_with_parts(target);
  if (const auto* record = v->get_if<Record>()) return write_record(*record, v->origin, target);
  if (const auto* list = v->get_if<List>()) {
    const Target element = target.kind() == Kind::List ? target.element() : Target();
    std::vector<ir::ValueRef> items;
    for (const Val item : list->items) {
      if (!item->is<Absent>()) items.push_back(write(item, element));
    }
    return b.list(items);
  }
  if (v->is<Choice>() || v->is<Late>() || v->is<Condition>() || v->is<ResourceHandle>()) {
    report_late(v->origin);
    return b.string("");
  }
  return write_plain(lower(ctx_, v));
}

ir::ValueRef DocumentWriter::write_record(const Record& record, Span origin, Target target) {
  const bool typed = target.kind() == Kind::Nested || target.kind() == Kind::Properties;
  const bool spelled = api_ != nullptr && typed;
  const std::string_view nested = spelled ? target.nested_name() : std::string_view{};
  const bool whole = nested.empty();
  std::vector<ir::Member> members;
  std::vector<std::string_view> seen;
  for (const Field& f : record.fields) {
    if (f.value->is<Absent>()) continue;
    if (!spelled) {
      const Target t = target.kind() == Kind::Map ? target.element() : target.field(f.key);
      members.push_back({f.key, write(f.value, t)});
      continue;
    }
    seen.push_back(f.key);
    if (whole && std::ranges::find(api_->left_out, f.key) != api_->left_out.end()) continue;
    const ir::ValueRef value = write_member(f, nested, target, origin);
    if (value != nullptr) members.push_back({ctx_.values.keep(schema::api_key(*api_, f.key, !whole)), value});
  }
  if (spelled) report_missing(seen, nested, target, origin);
  return ctx_.ir.at(origin).object(members);
}

/// Null: reported, or there is nothing to say.
ir::ValueRef DocumentWriter::write_member(const Field& field, std::string_view nested, Target owner, Span origin) {
  const bool known = owner.has_field(field.key);
  const bool further = nested.empty() && std::ranges::find(api_->further, field.key) != api_->further.end();
  if (!known && !further) {
    const Span at = field.value->origin.valid() ? field.value->origin : origin;
    report(ctx_, frame_, Code::ApiMember, at,
           fmt::format("`{}` takes no `{}` here", api_->command, schema::api_key(*api_, field.key, !nested.empty())))
        .help(fmt::format("`stackc schema {}` lists what it knows", api_->resource_type));
    return nullptr;
  }
  // A block in a template, for which the API has an answer to one question.
  if (nested.empty() && field.key == "ForceNewDeployment") {
    const auto* block = field.value->get_if<Record>();
    const Val enabled = block != nullptr ? block->find("EnableForceNewDeployment") : nullptr;
    if (enabled == nullptr) return nullptr;
    return write(enabled, owner.field(field.key).field("EnableForceNewDeployment"));
  }
  return write(field.value, owner.field(field.key));
}

void DocumentWriter::report_missing(const std::vector<std::string_view>& seen, std::string_view nested, Target target,
                                    Span origin) {
  std::vector<std::string> missing;
  for (const std::string_view name : target.field_names()) {
    if (!schema::api_requires(*api_, nested, name) || std::ranges::find(seen, name) != seen.end()) continue;
    missing.push_back(fmt::format("`{}`", name));
  }
  if (missing.empty()) return;
  const std::string where = nested.empty() ? std::string() : fmt::format(" in `{}`", nested);
  report(ctx_, frame_, Code::ApiMissing, origin,
         fmt::format("`aws {}` needs {}{}", api_->command, fmt::join(missing, missing.size() == 2 ? " and " : ", "), where),
         "CloudFormation does without, the API does not");
}

ir::ValueRef DocumentWriter::write_held(ir::ValueRef document, Target target, Span origin) {
  const ir::Builder b = ctx_.ir.at(origin);
  if (const std::string_view hole = hole_in(document); !hole.empty()) {
    const auto known = ctx_.holes.find(hole);
    const bool open = target.kind() == Kind::Error || target.kind() == Kind::Json;
    const std::string_view own = known != ctx_.holes.end() ? known->second.type : "string";
    place(hole, open ? own : json_type(target), origin);
    return b.string(fmt::format("${{{}}}", hole));
  }
  std::string out;
  append_text(document, out);
  return b.string(out);
}

ir::ValueRef DocumentWriter::write_plain(ir::ValueRef v) {
  const ir::Builder b = ctx_.ir.at(v->origin);
  if (const auto* text = v->get_if<std::string_view>()) return b.string(escaped(*text));
  if (const auto* list = v->get_if<ir::List>()) {
    std::vector<ir::ValueRef> items;
    for (const ir::ValueRef item : list->items) items.push_back(write_plain(item));
    return b.list(items);
  }
  if (const auto* object = v->get_if<ir::Object>()) {
    std::vector<ir::Member> members;
    for (const ir::Member& m : object->members) members.push_back({m.key, write_plain(m.value)});
    return b.object(members);
  }
  if (v->get_if<ir::Call>() == nullptr) return v;
  report_late(v->origin);
  return b.string("");
}

void DocumentWriter::append_text(ir::ValueRef part, std::string& out) {
  if (const auto* text = part->get_if<std::string_view>()) {
    out += escaped(*text);
  } else if (const std::string_view hole = hole_in(part); !hole.empty()) {
    place(hole, {}, part->origin);
    out += fmt::format("${{{}}}", hole);
  } else if (const auto* sub = part->call(ir::Fn::Sub)) {
    for (const ir::ValueRef inner : sub->args) append_text(inner, out);
  } else {
    report_late(part->origin);
  }
}

void DocumentWriter::place(std::string_view hole, std::string_view type, Span origin) {
  if (std::ranges::find(holes_, hole) == holes_.end()) holes_.push_back(hole);
  const auto known = ctx_.holes.find(hole);
  if (known == ctx_.holes.end() || type.empty()) return;
  HoleUse& use = known->second;
  if (!use.placed.empty() && use.placed != type) {
    report(ctx_, frame_, Code::HoleType, origin,
           fmt::format("the hole `{}` is a {} here and a {} elsewhere", hole, type, use.placed))
        .label(use.placed_at, fmt::format("a {}", use.placed))
        .help("one name is one value of one type: give the holes two names");
    return;
  }
  if (use.placed.empty()) use.placed_at = origin;
  use.placed = type;
}

void DocumentWriter::report_late(Span origin) {
  report(ctx_, frame_, Code::LateDocument, origin, "a document is written at compile time, and this is known only later")
      .help("make it a hole: `hole(\"NAME\", value)`");
}

}  // namespace stackc::eval
