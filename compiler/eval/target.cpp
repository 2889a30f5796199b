#include "compiler/eval/target.hpp"

namespace stackc::eval {

using sema::Kind;

namespace {

Kind kind_of(schema::TypeKind kind) {
  switch (kind) {
    case schema::TypeKind::String:
    case schema::TypeKind::Timestamp:
      return Kind::String;
    case schema::TypeKind::Integer:
      return Kind::Int;
    case schema::TypeKind::Number:
      return Kind::Number;
    case schema::TypeKind::Boolean:
      return Kind::Bool;
    case schema::TypeKind::Json:
      return Kind::Json;
    case schema::TypeKind::Id:
      return Kind::Id;
    case schema::TypeKind::Literal:
      return Kind::Literal;
    case schema::TypeKind::List:
      return Kind::List;
    case schema::TypeKind::Map:
      return Kind::Map;
    case schema::TypeKind::Nested:
      return Kind::Nested;
    case schema::TypeKind::Union:
      return Kind::Union;
    case schema::TypeKind::Policy:
      return Kind::Policy;
  }
  return Kind::Error;
}

}  // namespace

Target::Target(schema::Type slot) {
  if (!slot) return;
  base_ = slot.blob();
  id_ = slot.ref();
  form_ = Form::Slot;
  kind_ = kind_of(slot.kind());
}

Target::Target(schema::ResourceType resource) {
  if (!resource) return;
  base_ = resource.blob();
  id_ = resource.at();
  form_ = Form::Resource;
  kind_ = Kind::Properties;
}

Target Target::element() const {
  if (form_ == Form::Declared) return of(type().element);
  if (form_ != Form::Slot) return {};
  return kind_ == Kind::List || kind_ == Kind::Map ? Target(slot().element()) : Target();
}

std::size_t Target::arm_count() const {
  if (kind_ != Kind::Union) return 0;
  return form_ == Form::Declared ? type().arms.size() : slot().arm_count();
}

Target Target::arm(std::size_t i) const {
  return form_ == Form::Declared ? of(type().arms[i]) : Target(slot().arm(i));
}

Target Target::field(std::string_view name) const {
  switch (kind_) {
    case Kind::Record:
    case Kind::Upstream:
      for (const sema::FieldType& f : type().fields) {
        if (f.name == name) return of(f.type);
      }
      return {};
    case Kind::Nested:
    case Kind::Properties: {
      const schema::Property p = properties().find(name);
      return p ? Target(p.type()) : Target();
    }
    case Kind::Map:
      return form_ == Form::Declared ? element() : Target();
    default:
      return {};
  }
}

schema::Properties Target::properties() const {
  if (kind_ != Kind::Nested && kind_ != Kind::Properties) return {};
  switch (form_) {
    case Form::Slot:
      return slot().nested().properties();
    case Form::Resource:
      return resource().properties();
    default: {
      const sema::Type& t = type();
      if (kind_ == Kind::Properties) return t.resource.properties();
      return t.nested ? t.nested.properties() : schema::Properties();
    }
  }
}

std::string_view Target::nested_name() const {
  if (kind_ != Kind::Nested) return {};
  const schema::NestedType nested = form_ == Form::Declared ? type().nested : slot().nested();
  return nested ? nested.name() : std::string_view{};
}

std::string_view Target::resource_name() const {
  if (form_ == Form::Declared) return type().resource_name;
  return kind_ == Kind::Id ? slot().resource_type() : std::string_view{};
}

std::string_view Target::member() const {
  if (form_ == Form::Declared) return type().member;
  return kind_ == Kind::Id ? slot().member() : std::string_view{};
}

std::string_view Target::literal() const {
  if (kind_ != Kind::Literal) return {};
  return form_ == Form::Declared ? std::string_view(type().text) : slot().literal();
}

schema::Unit Target::unit() const {
  if (form_ == Form::Declared) return type().unit;
  return form_ == Form::Slot ? slot().unit() : schema::Unit::None;
}

std::span<const sema::FieldType> Target::record_fields() const {
  return form_ == Form::Declared && kind_ == Kind::Record ? type().fields : std::span<const sema::FieldType>{};
}

std::string Target::str() const {
  switch (form_) {
    case Form::Declared:
      return types().str(sema::TypeId{id_});
    case Form::Slot:
      return slot().str();
    case Form::Resource:
      return std::string(resource().name());
    default:
      return "any value";
  }
}

}  // namespace stackc::eval
