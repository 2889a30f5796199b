#include "compiler/sema/types.hpp"

#include <algorithm>

#include "compiler/base/hash.hpp"

namespace stackc::sema {

namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::Range) + 1;

std::size_t hash_of(const Type& t) {
  std::uint64_t h = static_cast<std::uint64_t>(t.kind) << 32U | t.element.value;
  // The commonest by far: every text and number of a program has one.
  if (t.kind == Kind::Literal) return mixed(h, hash_of_text(t.text));
  // Most types have few of all these.
  const auto add_text = [&](std::string_view text) {
    if (!text.empty()) h = mixed(h, hash_of_text(text));
  };
  for (TypeId arm : t.arms) h = mixed(h, arm.value);
  for (const FieldType& f : t.fields) {
    add_text(f.name);
    h = mixed(h, std::uint64_t{f.type.value} * 2 + (f.optional ? 1 : 0));
  }
  add_text(t.text);
  add_text(t.resource_name);
  add_text(t.member);
  add_text(t.constraint.pattern);
  const std::uint64_t nested = t.nested ? t.nested.at() : 0;
  const std::uint64_t open = t.open ? t.open.ref() + 1 : 0;
  h = mixed(h, nested << 32U | open);
  h = mixed(h, std::uint64_t{t.component.module.value} << 32U | t.component.decl.value);
  const auto low = static_cast<std::uint64_t>(t.constraint.low.value_or(-1));
  const auto high = static_cast<std::uint64_t>(t.constraint.high.value_or(-1));
  return mixed(h, (low * 31 + high) * 16 + static_cast<std::uint64_t>(t.unit));
}

bool same(const Type& a, const Type& b) {
  return a.kind == b.kind && a.element == b.element && a.text == b.text && std::ranges::equal(a.arms, b.arms) &&
         std::ranges::equal(a.fields, b.fields) && a.resource_name == b.resource_name &&
         a.member == b.member && a.component == b.component && a.constraint == b.constraint && a.unit == b.unit &&
         static_cast<bool>(a.nested) == static_cast<bool>(b.nested) &&
         (!a.nested || (a.nested.at() == b.nested.at())) && static_cast<bool>(a.open) == static_cast<bool>(b.open) &&
         (!a.open || (a.open.blob() == b.open.blob() && a.open.ref() == b.open.ref()));
}

}  // namespace

TypeTable::TypeTable() {
  types_.reserve(512);
  plain_.resize(kKinds);
  for (std::size_t k = 0; k < kKinds; ++k) {
    Type t;
    t.kind = static_cast<Kind>(k);
    plain_[k] = intern(t);
  }
}

TypeId TypeTable::intern(const Type& type, Texts texts) {
  const std::size_t h = hash_of(type);
  const std::uint32_t known = by_content_.find(h, [&](std::uint32_t i) { return same(*types_[i], type); });
  if (known != HashIndex::kNone) return TypeId{known};
  auto* own = arena_.make<Type>(type);
  if (texts == Texts::Copied) {
    own->text = keep(type.text);
    own->resource_name = keep(type.resource_name);
    own->member = keep(type.member);
    own->constraint.pattern = keep(type.constraint.pattern);
    own->arms = arena_.copy(std::vector<TypeId>(type.arms.begin(), type.arms.end()));
    std::vector<FieldType> fields(type.fields.begin(), type.fields.end());
    for (FieldType& f : fields) f.name = keep(f.name);
    own->fields = arena_.copy(fields);
  }
  const TypeId id{static_cast<std::uint32_t>(types_.size())};
  types_.push_back(own);
  by_content_.add(h, id.value);
  return id;
}

/// The types that are made of one other and nothing else, found without a look at all that a type may have.
TypeId TypeTable::around(Kind kind, TypeId element) {
  TypeId& known = around_[static_cast<std::uint64_t>(kind) << 32 | element.value];
  if (known.valid()) return known;
  Type t;
  t.kind = kind;
  t.element = element;
  return known = intern(t);  // which adds to other tables, not to this
}

TypeId TypeTable::list(TypeId element) { return around(Kind::List, element); }
TypeId TypeTable::map(TypeId element) { return around(Kind::Map, element); }

TypeId TypeTable::optional(TypeId inner) {
  const Kind k = kind(inner);
  if (k == Kind::Optional || k == Kind::Error || k == Kind::None || k == Kind::Never) return inner;
  return around(Kind::Optional, inner);
}

TypeId TypeTable::record(const std::vector<FieldType>& fields) {
  Type t;
  t.kind = Kind::Record;
  t.fields = fields;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::upstream(const std::vector<FieldType>& fields) {
  Type t;
  t.kind = Kind::Upstream;
  t.fields = fields;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::union_of(std::vector<TypeId> arms) {
  std::vector<TypeId> flat;
  bool has_none = false;
  const auto add = [&](TypeId id) {
    if (std::ranges::find(flat, id) == flat.end()) flat.push_back(id);
  };
  for (TypeId id : arms) {
    if (kind(id) == Kind::Error) return id;
    if (kind(id) == Kind::Never) continue;
    if (kind(id) == Kind::None) {
      has_none = true;
      continue;
    }
    if (kind(id) == Kind::Optional) {
      has_none = true;
      id = (*this)[id].element;
    }
    if (kind(id) == Kind::Union) {
      for (TypeId arm : (*this)[id].arms) add(arm);
    } else {
      add(id);
    }
  }
  // A literal beside its plain type says nothing new.
  std::erase_if(flat, [&](TypeId id) {
    return kind(id) == Kind::Literal && std::ranges::find(flat, (*this)[id].element) != flat.end();
  });
  // An empty list is a list of whatever the others are of, and `{}` an empty map.
  const auto has_other = [&](Kind k, TypeId id) {
    return std::ranges::any_of(flat, [&](TypeId arm) { return kind(arm) == k && arm != id; });
  };
  std::erase_if(flat, [&](TypeId id) {
    const Type& t = (*this)[id];
    return (t.kind == Kind::List && kind(t.element) == Kind::Never && has_other(Kind::List, id)) ||
           (t.kind == Kind::Record && t.fields.empty() && has_other(Kind::Map, id));
  });
  TypeId result;
  if (flat.empty()) {
    return plain(has_none ? Kind::None : Kind::Never);
  }
  if (flat.size() == 1) {
    result = flat[0];
  } else {
    Type t;
    t.kind = Kind::Union;
    t.arms = flat;
    result = intern(t, Texts::Copied);
  }
  return has_none ? optional(result) : result;
}

TypeId TypeTable::literal(TypeId base, std::string_view text) {
  Type t;
  t.kind = Kind::Literal;
  t.element = base;
  t.text = text;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::id(std::string_view resource, std::string_view member) {
  Type t;
  t.kind = Kind::Id;
  t.resource = find_resource(resource);
  t.resource_name = resource;
  t.member = t.resource ? t.resource.canonical(member) : member;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::resource(schema::ResourceType type) {
  Type t;
  t.kind = Kind::Resource;
  t.resource = type;
  t.resource_name = type.name();
  return intern(t);
}

TypeId TypeTable::custom(std::string_view type_name) {
  Type t;
  t.kind = Kind::Resource;
  t.resource_name = type_name;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::properties(schema::ResourceType type) {
  Type t;
  t.kind = Kind::Properties;
  t.resource = type;
  t.resource_name = type.name();
  return intern(t);
}

TypeId TypeTable::nested(schema::NestedType type) {
  Type t;
  t.kind = Kind::Nested;
  t.nested = type;
  t.resource_name = type.resource_type();
  t.member = type.name();
  return intern(t);
}

TypeId TypeTable::instance(DeclRef component) {
  Type t;
  t.kind = Kind::Instance;
  t.component = component;
  return intern(t);
}

TypeId TypeTable::constrained(TypeId base, Constraint constraint) {
  Type t = (*this)[base];
  t.constraint = constraint;
  return intern(t, Texts::Copied);
}

TypeId TypeTable::with_unit(TypeId base, schema::Unit unit) {
  Type t = (*this)[base];
  t.unit = unit;
  return intern(t);
}

TypeId TypeTable::wrapped(Kind wrapper, TypeId element) {
  Type t;
  t.kind = wrapper;
  t.element = element;
  return intern(t);
}

TypeId TypeTable::from_schema(schema::Type type) {
  const std::uint64_t key = (reinterpret_cast<std::uintptr_t>(type.blob()) << 20) ^ type.ref();
  if (const TypeId* const found = from_schema_.find(key)) return *found;
  TypeId result;
  const auto scalar = [&](Kind k) {
    TypeId id = plain(k);
    if (type.unit() != schema::Unit::None) id = with_unit(id, type.unit());
    Constraint c{type.minimum(), type.maximum(), type.pattern()};
    if (c.low || c.high || !c.pattern.empty()) id = constrained(id, c);
    return id;
  };
  switch (type.kind()) {
    case schema::TypeKind::String: result = scalar(Kind::String); break;
    case schema::TypeKind::Integer: result = scalar(Kind::Int); break;
    case schema::TypeKind::Number: result = scalar(Kind::Number); break;
    case schema::TypeKind::Boolean: result = plain(Kind::Bool); break;
    case schema::TypeKind::Json: result = plain(Kind::Json); break;
    case schema::TypeKind::Timestamp: result = plain(Kind::String); break;
    case schema::TypeKind::Id: result = id(type.resource_type(), type.member()); break;
    case schema::TypeKind::Literal: result = literal(plain(Kind::String), type.literal()); break;
    case schema::TypeKind::List: result = list(from_schema(type.element())); break;
    case schema::TypeKind::Map: result = map(from_schema(type.element())); break;
    case schema::TypeKind::Nested: result = nested(type.nested()); break;
    case schema::TypeKind::Policy: result = plain(Kind::Policy); break;
    case schema::TypeKind::Union: {
      std::vector<TypeId> arms;
      for (std::size_t i = 0; i < type.arm_count(); ++i) arms.push_back(from_schema(type.arm(i)));
      result = union_of(std::move(arms));
      // A value list of the schema is a snapshot: strangers only warn.
      if (kind(result) == Kind::Union) {
        Type open = (*this)[result];
        open.open = type;
        result = intern(open);
      }
      break;
    }
  }
  from_schema_.add(key, result);
  return result;
}

TypeId TypeTable::strip_optional(TypeId id) const {
  return kind(id) == Kind::Optional ? (*this)[id].element : id;
}

schema::ResourceType TypeTable::find_resource(std::string_view name) const {
  for (const schema::Schema& s : declared_) {
    if (auto type = s.find(name)) return type;
  }
  return schema::Schema::aws().find(name);
}

}  // namespace stackc::sema
