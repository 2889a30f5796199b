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

Target property(schema::Properties properties, std::string_view name) {
  const schema::Property p = properties.find(name);
  return p ? Target(p.type()) : Target();
}

}  // namespace

Kind Target::kind() const {
  if (types_ != nullptr) return type().kind;
  if (slot_) return kind_of(slot_.kind());
  return resource_ ? Kind::Properties : Kind::Error;
}

Target Target::element() const {
  if (types_ != nullptr) return type().element.valid() ? of(type().element) : Target();
  if (!slot_) return {};
  const auto k = slot_.kind();
  return k == schema::TypeKind::List || k == schema::TypeKind::Map ? Target(slot_.element()) : Target();
}

std::size_t Target::arm_count() const {
  if (types_ != nullptr) return type().arms.size();
  return slot_ && slot_.kind() == schema::TypeKind::Union ? slot_.arm_count() : 0;
}

Target Target::arm(std::size_t i) const {
  return types_ != nullptr ? of(type().arms[i]) : Target(slot_.arm(i));
}

Target Target::field(std::string_view name) const {
  if (resource_) return property(resource_.properties(), name);
  if (types_ == nullptr) {
    if (slot_ && slot_.kind() == schema::TypeKind::Nested) return property(slot_.nested().properties(), name);
    return {};
  }
  switch (type().kind) {
    case Kind::Record:
    case Kind::Upstream:
      for (const sema::FieldType& f : type().fields) {
        if (f.name == name) return of(f.type);
      }
      return {};
    case Kind::Nested:
      return type().nested ? property(type().nested.properties(), name) : Target();
    case Kind::Properties:
      return property(type().resource.properties(), name);
    case Kind::Map:
      return element();
    default:
      return {};
  }
}

schema::Properties Target::properties() const {
  if (resource_) return resource_.properties();
  if (types_ == nullptr) return kind() == Kind::Nested ? slot_.nested().properties() : schema::Properties();
  if (type().kind == Kind::Nested && type().nested) return type().nested.properties();
  return type().kind == Kind::Properties ? type().resource.properties() : schema::Properties();
}

std::string_view Target::nested_name() const {
  if (kind() != Kind::Nested) return {};
  if (types_ == nullptr) return slot_.nested().name();
  return type().nested ? type().nested.name() : std::string_view{};
}

std::string_view Target::resource_name() const {
  if (types_ != nullptr) return type().resource_name;
  return slot_ && slot_.kind() == schema::TypeKind::Id ? slot_.resource_type() : std::string_view{};
}

std::string_view Target::member() const {
  if (types_ != nullptr) return type().member;
  return slot_ && slot_.kind() == schema::TypeKind::Id ? slot_.member() : std::string_view{};
}

std::string_view Target::literal() const {
  if (types_ != nullptr) return type().kind == Kind::Literal ? type().text : std::string_view{};
  return slot_ && slot_.kind() == schema::TypeKind::Literal ? slot_.literal() : std::string_view{};
}

schema::Unit Target::unit() const {
  if (types_ != nullptr) return type().unit;
  return slot_ ? slot_.unit() : schema::Unit::None;
}

std::span<const sema::FieldType> Target::record_fields() const {
  return types_ != nullptr && type().kind == Kind::Record ? type().fields
                                                          : std::span<const sema::FieldType>{};
}

std::string Target::str() const {
  if (types_ != nullptr) return types_->str(id_);
  if (slot_) return slot_.str();
  return resource_ ? std::string(resource_.name()) : "any value";
}

}  // namespace stackc::eval
