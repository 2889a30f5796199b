#include <algorithm>
#include <optional>

#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/scope.hpp"
#include "compiler/eval/units.hpp"

namespace stackc::eval {

using sema::Kind;

namespace {

/// A place whose values are text in the template.
bool is_textual(Target target) {
  switch (target.kind()) {
    case Kind::String:
    case Kind::Id:
    case Kind::Arn:
      return true;
    case Kind::Literal: {
      const Kind base = target.element().kind();
      return base != Kind::Int && base != Kind::Bool && base != Kind::Number;
    }
    default:
      return false;
  }
}

bool is_record_like(Kind kind) {
  return kind == Kind::Record || kind == Kind::Nested || kind == Kind::Properties || kind == Kind::Map ||
         kind == Kind::Upstream || kind == Kind::Instance;
}

/// How well an arm of a union takes a value; 0: not at all.
int fitness(Val v, Target arm) {
  const Kind kind = arm.kind();
  const bool textual = is_textual(arm);
  const bool counts = arm.unit() != schema::Unit::None;
  if (kind == Kind::Json || kind == Kind::Error) return 1;
  if (v->is<bool>() || v->is<Condition>()) return kind == Kind::Bool ? 4 : textual ? 2 : 0;
  if (v->is<std::int64_t>()) return kind == Kind::Int ? 5 : kind == Kind::Number ? 4 : textual ? 2 : 0;
  if (v->is<Decimal>()) return kind == Kind::Number ? 4 : textual ? 2 : 0;
  if (const auto* text = v->get_if<std::string_view>()) {
    if (kind == Kind::Literal) return arm.literal() == *text ? 5 : 2;
    return textual ? 3 : kind == Kind::Cidr ? 2 : 0;
  }
  if (v->is<Cidr>()) return kind == Kind::Cidr ? 4 : textual ? 2 : 0;
  if (v->is<Duration>()) return kind == Kind::Duration ? 5 : counts ? 4 : 0;
  if (v->is<Size>()) return kind == Kind::Size ? 5 : counts ? 4 : 0;
  if (v->is<Percent>()) return kind == Kind::Percent ? 5 : counts ? 4 : 0;
  if (v->is<List>()) return kind == Kind::List ? 4 : kind == Kind::Policy ? 2 : 0;
  if (v->is<Record>())
    return is_record_like(kind) ? 4 : kind == Kind::Policy ? 3 : kind == Kind::List ? 2 : 0;
  if (v->is<InstanceHandle>()) return is_record_like(kind) ? 4 : 0;
  if (const auto* late = v->get_if<Late>()) return (kind == Kind::List) == late->list ? 3 : 1;
  return v->is<Ports>() && kind == Kind::Port ? 4 : 0;
}

Target best_arm(Val v, Target target) {
  Target best;
  int score = 0;
  for (std::size_t i = 0; i < target.arm_count(); ++i) {
    const Target arm = target.arm(i);
    const int s = fitness(v, arm);
    if (s > score) {
      best = arm;
      score = s;
    }
  }
  return best;
}

/// `T` of `T?` and of the wrappers that do not change how a value is written.
Target unwrapped(Target target) {
  for (;;) {
    const Kind kind = target.kind();
    if (kind != Kind::Optional && kind != Kind::Secret && kind != Kind::Ssm) return target;
    target = target.element();
  }
}

/// The commonest values in the commonest places, where there is nothing to convert.
bool is_at_home(Val v, Kind kind) {
  if (v->is<Late>()) return kind != Kind::List && kind != Kind::Union;
  if (v->is<bool>()) return kind == Kind::Bool;
  return v->is<std::int64_t>() && (kind == Kind::Int || kind == Kind::Number);
}

class Coerce {
 public:
  Coerce(Context& ctx, const Env& env, Val v, Target target)
      : ctx_(ctx), env_(env), v_(v), target_(target), kind_(target.kind()) {}

  Val operator()(const Invalid&) { return v_; }
  Val operator()(const Absent&) { return v_; }
  Val operator()(bool) { return is_textual(target_) ? as_text() : v_; }
  Val operator()(std::int64_t) { return is_textual(target_) ? as_text() : v_; }
  Val operator()(const Decimal&) { return is_textual(target_) ? as_text() : v_; }
  Val operator()(std::string_view) { return v_; }
  Val operator()(const Cidr&) { return kind_ == Kind::Cidr || kind_ == Kind::Error ? v_ : as_text(); }
  Val operator()(const Duration&) { return in_unit(ctx_, env_, v_, target_); }
  Val operator()(const Size&) { return in_unit(ctx_, env_, v_, target_); }
  Val operator()(const Percent&) { return in_unit(ctx_, env_, v_, target_); }
  Val operator()(const Ports&) { return v_; }
  Val operator()(const Late& late) {
    return kind_ == Kind::List && !late.list ? ctx_.values.make(Late{late.value, true}, v_->origin) : v_;
  }
  Val operator()(const Condition& condition) {
    if (!is_textual(target_)) return v_;
    return choose(ctx_, condition.value, ctx_.values.make(std::string_view("true"), v_->origin),
                  ctx_.values.make(std::string_view("false"), v_->origin), v_->origin);
  }
  Val operator()(const Choice&) { return v_; }  // distributed before
  Val operator()(const List& list) {
    const Target item_target = kind_ == Kind::List ? unwrapped(target_.element()) : same_inside();
    Val* items = nullptr;  // from the first that changes on
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      Val item = list.items[i];
      if (!is_same_everywhere(item)) item = coerce(ctx_, env_, item, item_target);
      if (items == nullptr && item == list.items[i]) continue;
      if (items == nullptr) items = copy_of(list.items.first(i), list.items.size());
      items[i] = item;
    }
    if (items == nullptr) return v_;
    return ctx_.values.make(List{{items, list.items.size()}, list.first_key, list.range}, v_->origin);
  }
  Val operator()(const Record& record) {
    if (kind_ == Kind::List) return as_list(record);
    const bool uniform = kind_ == Kind::Map || is_open();
    const Target every = kind_ == Kind::Map ? target_.element() : target_;
    Field* fields = nullptr;  // from the first that changes on
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      const Field& f = record.fields[i];
      Val value = f.value;
      if (!is_same_everywhere(value)) value = coerce(ctx_, env_, value, uniform ? every : target_.field(f.key));
      if (fields == nullptr && value == f.value) continue;
      if (fields == nullptr) fields = copy_of(record.fields.first(i), record.fields.size());
      fields[i] = {f.key, value};
    }
    if (fields == nullptr) return v_;
    Record out = record;
    out.fields = {fields, record.fields.size()};
    return ctx_.values.make(out, v_->origin);
  }
  Val operator()(const ResourceHandle& handle) {
    const Resource& resource = *handle.resource;
    switch (kind_) {
      case Kind::Error:
      case Kind::Resource:
        return v_;
      case Kind::Arn:
      case Kind::Policy:
        return late(arn_of(ctx_, resource, v_->origin));
      case Kind::Id:
        if (const auto id = identity_as(ctx_, resource, target_, v_->origin)) return late(*id);
        break;
      case Kind::List: {
        const Val item = coerce(ctx_, env_, v_, target_.element());
        return ctx_.values.list({item}, v_->origin);
      }
      default:
        break;
    }
    return late(ctx_.ir.at(v_->origin).ref(resource.id));
  }
  Val operator()(const InstanceHandle& handle) {
    if (kind_ != Kind::Record) return v_;
    std::vector<Field> fields;
    for (const sema::FieldType& f : target_.record_fields()) {
      const Val value = output_value(ctx_, *handle.instance, f.name, v_->origin);
      if (value != nullptr) fields.push_back({f.name, coerce(ctx_, env_, value, target_.field(f.name))});
    }
    return ctx_.values.record(fields, v_->origin);
  }

 private:
  /// Text is text wherever it goes, and nothing is nothing.
  static bool is_same_everywhere(Val v) { return v->is<std::string_view>() || v->is<Absent>(); }
  /// Room for `count` parts, with those before the first that changes.
  template <class T>
  T* copy_of(std::span<const T> before, std::size_t count) {
    T* const out = ctx_.values.room_for<T>(count);
    std::copy(before.begin(), before.end(), out);
    return out;
  }
  Val late(ir::ValueRef value) { return ctx_.values.make(Late{value, false}, v_->origin); }
  Val as_text() {
    const auto text = scalar_text(v_, ctx_.values);
    return text ? ctx_.values.make(*text, v_->origin) : v_;
  }
  /// Json and policies are the same all the way down.
  [[nodiscard]] bool is_open() const { return kind_ == Kind::Json || kind_ == Kind::Policy; }
  [[nodiscard]] Target same_inside() const { return is_open() ? target_ : Target(); }
  /// A family or map where a list belongs: its values, under their keys.
  Val as_list(const Record& record) {
    const Kind element = unwrapped(target_.element()).kind();
    const bool nested = std::any_of(record.fields.begin(), record.fields.end(), [](const Field& f) {
      const auto* inner = f.value->get_if<Record>();
      return inner != nullptr && inner->family;
    });
    if (nested && element != Kind::List && !is_record_like(element)) {
      return coerce(ctx_, env_, flatten_family(ctx_, record, v_->origin), target_);
    }
    std::vector<Val> items;
    std::vector<std::string_view> keys;
    for (const Field& f : record.fields) {
      if (f.value->is<Absent>()) continue;
      items.push_back(coerce(ctx_, env_, f.value, target_.element()));
      keys.push_back(f.key);
    }
    return ctx_.values.list(items, keys, v_->origin);
  }

  Context& ctx_;
  const Env& env_;
  const Val v_;
  const Target target_;
  const Kind kind_;
};

/// The class of identity that `member` stands for in `type`.
std::string_view canonical(schema::ResourceType type, std::string_view member) {
  const std::string_view name = type.canonical(member);
  return name.empty() ? member : name;
}

bool ref_gives(schema::ResourceType type, std::string_view member) {
  const std::string_view ref = type.ref_member();
  return ref == member ? !ref.empty() : !ref.empty() && canonical(type, ref) == canonical(type, member);
}

bool ref_fits(const Resource& resource, Target id) {
  const schema::ResourceType type = resource.target->type;
  return type && id.kind() == Kind::Id && id.resource_name() == resource.target->type_name &&
         ref_gives(type, id.member());
}

/// A resource goes to the first arm that its `Ref` fits, else to the first one that an attribute fits.
Target arm_for_resource(Context& ctx, const Resource& resource, Target target, Span use) {
  for (std::size_t i = 0; i < target.arm_count(); ++i) {
    if (ref_fits(resource, target.arm(i))) return target.arm(i);
  }
  for (std::size_t i = 0; i < target.arm_count(); ++i) {
    const Target arm = target.arm(i);
    if (arm.kind() == Kind::Id && identity_as(ctx, resource, arm, use)) return arm;
    if (arm.kind() == Kind::Arn || arm.kind() == Kind::Resource) return arm;
  }
  return {};
}

bool ends_with_arn(std::string_view name) { return name.ends_with("Arn") || name.ends_with("ARN"); }

}  // namespace

std::optional<ir::ValueRef> identity_as(Context& ctx, const Resource& resource, Target id, Span use) {
  if (id.resource_name() != resource.target->type_name) return std::nullopt;
  return identity_as(ctx, resource, id.member(), use);
}

std::optional<ir::ValueRef> identity_as(Context& ctx, const Resource& resource, std::string_view member,
                                        Span use) {
  const schema::ResourceType type = resource.target->type;
  if (!type) return std::nullopt;
  const ir::Builder b = ctx.ir.at(use);
  if (ref_gives(type, member)) return b.ref(resource.id);
  const schema::Properties attributes = type.attributes();
  const std::string_view wanted = canonical(type, member);
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const std::string_view name = attributes[i].name();
    if (canonical(type, name) == wanted) return b.get_att(resource.id, name);
  }
  return std::nullopt;
}

ir::ValueRef arn_of(Context& ctx, const Resource& resource, Span use) {
  const schema::ResourceType type = resource.target->type;
  const ir::Builder b = ctx.ir.at(use);
  if (!type || ends_with_arn(type.ref_member())) return b.ref(resource.id);
  const schema::Properties attributes = type.attributes();
  if (attributes.find("Arn")) return b.get_att(resource.id, "Arn");
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    if (ends_with_arn(attributes[i].name())) return b.get_att(resource.id, attributes[i].name());
  }
  return b.ref(resource.id);
}

Val attribute_value(Context& ctx, const Resource& resource, std::string_view attribute, Span use) {
  const schema::ResourceType type = resource.target->type;
  const schema::Property known = type ? type.attributes().find(attribute) : schema::Property();
  const schema::TypeKind kind = known && known.type() ? known.type().kind() : schema::TypeKind::String;
  const bool bare = kind == schema::TypeKind::Integer || kind == schema::TypeKind::Number ||
                    kind == schema::TypeKind::Boolean;
  const ir::ValueRef value = ctx.ir.at(use).get_att(resource.id, attribute);
  return ctx.values.make(Late{value, kind == schema::TypeKind::List, bare}, use);
}

Val coerce(Context& ctx, const Env& env, Val v, Target target) {
  constexpr std::uint64_t kStep = 8;
  if (!spend(ctx, env.frame, v->origin, kStep)) return ctx.values.invalid(v->origin);
  v = settle(ctx, env.facts, v);
  if (v->written() != nullptr || v->is<std::string_view>()) return v;  // text is text wherever it goes
  target = unwrapped(target);
  if (is_at_home(v, target.kind())) return v;
  if (v->is<Choice>()) {
    return distribute(ctx, env, v,
                      [&](const Env& inner, Val arm) { return coerce(ctx, inner, arm, target); });
  }
  if (target.kind() == Kind::Union) {
    const auto* handle = v->get_if<ResourceHandle>();
    target =
        handle != nullptr ? arm_for_resource(ctx, *handle->resource, target, v->origin) : best_arm(v, target);
    target = unwrapped(target);
  }
  const Val out = std::visit(Coerce(ctx, env, v, target), v->data);
  return v->document() == nullptr || out->document() != nullptr ? out : ctx.values.in_documents(out, v->document());
}

}  // namespace stackc::eval
