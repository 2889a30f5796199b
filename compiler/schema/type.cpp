#include <array>

#include "compiler/base/text.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/schema/buckets.hpp"
#include "compiler/schema/names.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::schema {

// ---------------------------------------------------------------- Type

TypeKind Type::kind() const { return static_cast<TypeKind>(blob_->type(ref_).kind); }

Type Type::element() const { return {blob_, blob_->type(ref_).a}; }

NestedType Type::nested() const { return {blob_, blob_->type(ref_).a}; }

std::size_t Type::arm_count() const { return blob_->type(ref_).b; }

Type Type::arm(std::size_t i) const {
  return {blob_, blob_->arm(blob_->type(ref_).a + static_cast<std::uint32_t>(i))};
}

std::string_view Type::literal() const { return blob_->text(blob_->type(ref_).a); }

std::string_view Type::resource_type() const { return blob_->text(blob_->type(ref_).a); }

std::string_view Type::member() const { return blob_->text(blob_->type(ref_).b); }

Unit Type::unit() const { return static_cast<Unit>(blob_->type(ref_).unit); }

static std::optional<ConstraintRecord> constraint_of(const Blob& blob, std::uint32_t ref) {
  const auto at = blob.type(ref).constraint;
  if (at == TypeRecord::kNoConstraint) return std::nullopt;
  return blob.constraint(at);
}

std::string_view Type::pattern() const {
  const auto c = constraint_of(*blob_, ref_);
  return c ? blob_->text(c->pattern) : std::string_view{};
}

std::optional<std::int64_t> Type::minimum() const {
  const auto c = constraint_of(*blob_, ref_);
  return c && (c->flags & ConstraintRecord::kMinimum) ? std::optional(c->minimum) : std::nullopt;
}

std::optional<std::int64_t> Type::maximum() const {
  const auto c = constraint_of(*blob_, ref_);
  return c && (c->flags & ConstraintRecord::kMaximum) ? std::optional(c->maximum) : std::nullopt;
}

/// `(1..32)`, `(/^[a-z]+$/)`, or nothing.
static std::string limits_text(Type type) {
  std::string out;
  if (type.minimum() || type.maximum()) {
    if (type.minimum()) out += std::to_string(*type.minimum());
    out += "..";
    if (type.maximum()) out += std::to_string(*type.maximum());
  }
  if (!type.pattern().empty()) out += fmt::format("{}/{}/", out.empty() ? "" : ", ", type.pattern());
  return out.empty() ? out : "(" + out + ")";
}

static std::string plain_text(Type type) {
  if (type.unit() == Unit::Iso8601) return "Iso8601";
  std::string out(plain_type_name(type.kind()));
  if (type.unit() != Unit::None) out += fmt::format("<{}>", unit_name(type.unit()));
  return out + limits_text(type);
}

static std::string nested_text(NestedType nested) {
  // A bare `Policy` is the language's own: a nested type of that name is told by its owner.
  if (!is_plain_type_name(nested.name())) return std::string(nested.name());
  return fmt::format("{}#{}", nested.resource_type(), nested.name());
}

std::string Type::str() const {
  switch (kind()) {
    case TypeKind::Id:
      return fmt::format("{}.{}", resource_type(), member());
    case TypeKind::Literal:
      return fmt::format("\"{}\"", literal());
    case TypeKind::List:
      return "[" + element().str() + "]";
    case TypeKind::Map:
      return "{[String]: " + element().str() + "}";
    case TypeKind::Nested:
      return nested_text(nested());
    case TypeKind::Union: {
      std::string out;
      for (std::size_t i = 0; i < arm_count(); ++i) out += (i ? " | " : "") + arm(i).str();
      return out;
    }
    default:
      return plain_text(*this);
  }
}

// ---------------------------------------------------------------- Property

std::string_view Property::name() const { return blob_->text(blob_->property(at_).name); }

Type Property::type() const { return {blob_, blob_->property(at_).type}; }

bool Property::required() const { return (blob_->property(at_).flags & PropertyRecord::kRequired) != 0; }

Replacement Property::replacement() const {
  return static_cast<Replacement>(blob_->property(at_).replacement);
}

bool Property::deprecated() const { return (blob_->property(at_).flags & PropertyRecord::kDeprecated) != 0; }

std::string_view Property::default_value() const { return blob_->text(blob_->property(at_).default_value); }

// ---------------------------------------------------------------- Properties

Property Properties::operator[](std::size_t i) const {
  return {blob_, first_ + static_cast<std::uint32_t>(i)};
}

/// In a run that is too long for a hash table.
static Property find_by_order(const Blob* blob, std::uint32_t first, std::uint32_t count, std::string_view name) {
  std::uint32_t low = 0;
  std::uint32_t high = count;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto order = blob->text(blob->property(first + middle).name).compare(name);
    if (order == 0) return {blob, first + middle};
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return {};
}

Property Properties::find(std::string_view name) const {
  if (count_ == 0) return {};
  if (count_ > kMostHashed) return find_by_order(blob_, first_, count_, name);
  std::uint32_t number = blob_->property(first_ + bucket_of(name, count_)).bucket;
  while (number != 0) {
    const auto at = first_ + number - 1;
    const PropertyRecord record = blob_->property(at);
    if (blob_->text(record.name) == name) return {blob_, at};
    number = record.next;
  }
  return {};
}

std::vector<std::string_view> Properties::names() const {
  std::vector<std::string_view> out;
  out.reserve(count_);
  for (std::size_t i = 0; i < count_; ++i) out.push_back((*this)[i].name());
  return out;
}

// ---------------------------------------------------------------- NestedType

std::string_view NestedType::name() const { return blob_->text(blob_->nested(at_).name); }

std::string_view NestedType::resource_type() const { return blob_->text(blob_->nested(at_).resource); }

Properties NestedType::properties() const {
  const auto run = blob_->nested(at_).properties;
  return {blob_, run.first, run.count};
}

}  // namespace stackc::schema
