#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Does a type fit a slot.
namespace stackc::sema {

namespace {

/// Whether a slot that counts in `unit` takes a duration, a size or a percentage.
bool unit_takes(schema::Unit unit, Kind kind) {
  using schema::Unit;
  switch (unit) {
    case Unit::None: return false;
    case Unit::Milliseconds:
    case Unit::Seconds:
    case Unit::Minutes:
    case Unit::Hours:
    case Unit::Days:
    case Unit::Iso8601: return kind == Kind::Duration;
    case Unit::Bytes:
    case Unit::KiB:
    case Unit::MiB:
    case Unit::GiB:
    case Unit::TiB: return kind == Kind::Size;
    case Unit::Percent: return kind == Kind::Percent;
  }
  return false;
}

}  // namespace

bool ModuleChecker::is_arn(TypeId id) {
  const Type& t = type(id);
  if (t.kind == Kind::Arn) return true;
  return t.kind == Kind::Id && (t.member.ends_with("Arn") || t.member.ends_with("ARN"));
}

/// Whether a bare resource has an identity of the kind `to`: what `Ref` returns, or an attribute.
bool ModuleChecker::resource_fits(const Type& resource, TypeId to) {
  const Type& t = type(to);
  switch (t.kind) {
    case Kind::Optional: return resource_fits(resource, t.element);
    case Kind::Union: return std::ranges::any_of(t.arms, [&](TypeId arm) { return resource_fits(resource, arm); });
    case Kind::Resource: return t.resource_name == resource.resource_name;
    case Kind::Id: {
      if (t.resource_name != resource.resource_name || !resource.resource) return false;
      if (resource.resource.canonical(resource.resource.ref_member()) == t.member) return true;
      const schema::Properties attributes = resource.resource.attributes();
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (resource.resource.canonical(attributes[i].name()) == t.member) return true;
      }
      return false;
    }
    case Kind::Arn: return resource.resource && !resource.resource.arn_member().empty();
    default: return false;
  }
}

bool ModuleChecker::fits(const Info& value, TypeId expected, const Slot& slot) {
  return fits_type(value.type, expected, slot, value.stage);
}

bool ModuleChecker::fits_type(TypeId from, TypeId to, const Slot& slot, Stage stage) {
  if (from == to) return true;
  const Type& f = type(from);
  const Type& t = type(to);
  if (f.kind == Kind::Error || t.kind == Kind::Error || f.kind == Kind::Never) return true;
  if (t.kind == Kind::Optional) {
    if (f.kind == Kind::None) return true;
    if (f.kind == Kind::Optional) return fits_type(f.element, t.element, slot, stages_.element(stage));
    return fits_type(from, t.element, slot, stage);
  }
  if (f.kind == Kind::Optional || f.kind == Kind::None) return t.kind == Kind::Json && f.kind == Kind::None;
  if (f.kind == Kind::Union) {
    return std::ranges::all_of(f.arms, [&](TypeId arm) { return fits_type(arm, to, slot, stage); });
  }
  if (t.kind == Kind::Union) {
    if (std::ranges::any_of(t.arms, [&](TypeId arm) { return fits_type(from, arm, slot, stage); })) return true;
    const auto has_truth = [&](std::string_view text) {
      return std::ranges::any_of(t.arms, [&](TypeId arm) { return type(arm).text == text && is_bool(arm); });
    };
    if (f.kind == Kind::Bool && has_truth("true") && has_truth("false")) return true;
    // A value list of AWS is a snapshot: other text only warns, and a parameter may hold any of it.
    return t.open && is_text(from) && std::ranges::any_of(t.arms, [&](TypeId arm) { return kind(arm) == Kind::Literal; });
  }
  if (f.kind == Kind::Resource) return resource_fits(f, to) || (t.kind == Kind::Policy && resource_fits(f, types_.plain(Kind::Arn)));

  switch (t.kind) {
    case Kind::String:
      if (unit_takes(t.unit, f.kind)) return true;
      if (is_text(from)) return true;
      return slot.schema && is_scalar(from);
    case Kind::Cidr: return f.kind == Kind::String || f.kind == Kind::Id || (f.kind == Kind::Literal && is_text(from));
    case Kind::Arn: return is_arn(from) || f.kind == Kind::String || (f.kind == Kind::Literal && is_text(from));
    case Kind::Id:
      if (f.kind == Kind::Id) {
        if (f.resource_name == t.resource_name && f.member == t.member) return true;
        return false;
      }
      if (f.kind == Kind::Arn) return is_arn(to);
      return f.kind == Kind::String || (f.kind == Kind::Literal && is_text(from));
    case Kind::Int:
    case Kind::Number: {
      if (unit_takes(t.unit, f.kind)) return true;
      if (f.kind == Kind::Int) return true;
      if (f.kind == Kind::Literal && kind(f.element) == Kind::Int) return true;
      if (f.kind == Kind::Number) return t.kind == Kind::Number;
      if (!slot.schema) return false;
      // CloudFormation converts text to numbers; an attribute or a constant text of digits may go there.
      if (f.kind == Kind::Literal) return !f.text.empty() && std::ranges::all_of(f.text, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; });
      return is_text(from) && stage != nullptr && stage->level == Level::Attr;
    }
    case Kind::Bool:
      if (f.kind == Kind::Literal) return kind(f.element) == Kind::Bool || (slot.schema && (f.text == "true" || f.text == "false"));
      return slot.schema && is_text(from) && stage != nullptr && stage->level == Level::Attr;
    case Kind::Literal: return false;
    case Kind::Percent: return is_numeric(from);
    case Kind::Json:
    case Kind::Policy: {
      switch (f.kind) {
        case Kind::List:
        case Kind::Map: return fits_type(f.element, to, slot, stages_.element(stage));
        case Kind::Record:
        case Kind::Upstream: {
          // Records share their parts, and neither stage nor slot has a say here: one answer for each type.
          const auto key = std::uint64_t{from.value} << 32 | to.value;
          if (const bool* const known = open_fits_.find(key)) return *known;
          const bool fits = std::ranges::all_of(f.fields, [&](const FieldType& g) {
            return fits_type(types_.strip_optional(g.type), to, slot, stages_.field(stage, g.name));
          });
          open_fits_.add(key, fits);
          return fits;
        }
        case Kind::Instance:
        case Kind::Duration:
        case Kind::Size:
        case Kind::Port:
        case Kind::Pseudo: return false;
        default: return true;
      }
    }
    case Kind::List:
      if (f.kind == Kind::List || f.kind == Kind::Map) return fits_type(f.element, t.element, slot, stages_.element(stage));
      // CloudFormation's own comma-separated text is never a list by itself.
      return f.kind == Kind::Json;
    case Kind::Map:
      if (f.kind == Kind::Map) return fits_type(f.element, t.element, slot, stages_.element(stage));
      if (f.kind == Kind::Record || f.kind == Kind::Upstream) {
        return std::ranges::all_of(f.fields, [&](const FieldType& g) {
          return fits_type(types_.strip_optional(g.type), t.element, slot, stages_.field(stage, g.name));
        });
      }
      return f.kind == Kind::Json;
    case Kind::Record:
    case Kind::Nested:
    case Kind::Properties:
    case Kind::Instance: {
      if (f.kind == Kind::Json) return true;
      if (f.kind != Kind::Record && f.kind != Kind::Upstream && f.kind != Kind::Nested && f.kind != Kind::Instance && f.kind != Kind::Properties) {
        return false;
      }
      const std::vector<FieldType> have = fields_of(from);
      const std::vector<FieldType> want = fields_of(to);
      return std::ranges::all_of(want, [&](const FieldType& w) {
        auto at = std::ranges::find(have, w.name, &FieldType::name);
        if (at == have.end()) return w.optional;
        return fits_type(at->type, w.optional ? types_.optional(w.type) : w.type, slot, stages_.field(stage, w.name));
      });
    }
    case Kind::Port: return is_numeric(from) || f.kind == Kind::List;
    default: return false;
  }
}

}  // namespace stackc::sema
