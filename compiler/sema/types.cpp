#include "compiler/sema/types.hpp"

#include <algorithm>

namespace stackc::sema {

namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::Range) + 1;

void mix(std::size_t& seed, std::size_t value) { seed ^= value + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2); }

std::size_t hash_of(const Type& t) {
  std::size_t h = static_cast<std::size_t>(t.kind);
  mix(h, t.element.value);
  for (TypeId arm : t.arms) mix(h, arm.value);
  // Most types have none of the texts.
  const auto text = [](std::string_view s) { return s.empty() ? 0 : std::hash<std::string_view>{}(s); };
  for (const FieldType& f : t.fields) {
    mix(h, text(f.name));
    mix(h, f.type.value * 2 + (f.optional ? 1 : 0));
  }
  mix(h, text(t.text));
  mix(h, text(t.resource_name));
  mix(h, text(t.member));
  mix(h, t.nested ? t.nested.at() : 0);
  mix(h, t.component.module.value);
  mix(h, t.component.decl.value);
  mix(h, static_cast<std::size_t>(t.unit));
  mix(h, t.constraint.low.value_or(-1) * 31 + t.constraint.high.value_or(-1));
  mix(h, text(t.constraint.pattern));
  mix(h, t.open ? t.open.ref() + 1 : 0);
  return h;
}

bool same(const Type& a, const Type& b) {
  return a.kind == b.kind && a.element == b.element && std::ranges::equal(a.arms, b.arms) &&
         std::ranges::equal(a.fields, b.fields) && a.text == b.text && a.resource_name == b.resource_name &&
         a.member == b.member && a.component == b.component && a.constraint == b.constraint && a.unit == b.unit &&
         static_cast<bool>(a.nested) == static_cast<bool>(b.nested) &&
         (!a.nested || (a.nested.at() == b.nested.at())) && static_cast<bool>(a.open) == static_cast<bool>(b.open) &&
         (!a.open || (a.open.blob() == b.open.blob() && a.open.ref() == b.open.ref()));
}

}  // namespace

TypeTable::TypeTable() {
  by_hash_.reserve(1024);
  types_.reserve(512);
  plain_.resize(kKinds);
  for (std::size_t k = 0; k < kKinds; ++k) {
    Type t;
    t.kind = static_cast<Kind>(k);
    plain_[k] = intern(t);
  }
}

TypeId TypeTable::intern(const Type& type) {
  const std::size_t h = hash_of(type);
  auto [first, last] = by_hash_.equal_range(h);
  for (; first != last; ++first) {
    if (same(types_[first->second.value], type)) return first->second;
  }
  const TypeId id{static_cast<std::uint32_t>(types_.size())};
  types_.push_back(type);
  by_hash_.emplace(h, id);
  return id;
}

/// The types that are made of one other and nothing else, found without a look at all that a type may have.
TypeId TypeTable::around(Kind kind, TypeId element) {
  TypeId& known = around_[static_cast<std::uint64_t>(kind) << 32 | element.value];
  if (known.valid()) return known;
  Type t;
  t.kind = kind;
  t.element = element;
  return known = intern(t);
}

TypeId TypeTable::list(TypeId element) { return around(Kind::List, element); }
TypeId TypeTable::map(TypeId element) { return around(Kind::Map, element); }

TypeId TypeTable::optional(TypeId inner) {
  const Kind k = kind(inner);
  if (k == Kind::Optional || k == Kind::Error || k == Kind::None || k == Kind::Never) return inner;
  return around(Kind::Optional, inner);
}

TypeId TypeTable::record(std::vector<FieldType> fields) {
  Type t;
  t.kind = Kind::Record;
  for (FieldType& f : fields) f.name = keep(f.name);
  t.fields = arena_.copy(fields);
  return intern(t);
}

TypeId TypeTable::upstream(std::vector<FieldType> fields) {
  Type t;
  t.kind = Kind::Upstream;
  for (FieldType& f : fields) f.name = keep(f.name);
  t.fields = arena_.copy(fields);
  return intern(t);
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
      id = types_[id.value].element;
    }
    if (kind(id) == Kind::Union) {
      for (TypeId arm : std::vector<TypeId>(types_[id.value].arms.begin(), types_[id.value].arms.end())) add(arm);
    } else {
      add(id);
    }
  }
  // A literal beside its plain type says nothing new.
  std::erase_if(flat, [&](TypeId id) {
    return kind(id) == Kind::Literal && std::ranges::find(flat, types_[id.value].element) != flat.end();
  });
  // An empty list is a list of whatever the others are of, and `{}` an empty map.
  const auto has_other = [&](Kind k, TypeId id) {
    return std::ranges::any_of(flat, [&](TypeId arm) { return kind(arm) == k && arm != id; });
  };
  std::erase_if(flat, [&](TypeId id) {
    const Type& t = types_[id.value];
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
    t.arms = arena_.copy(flat);
    result = intern(t);
  }
  return has_none ? optional(result) : result;
}

TypeId TypeTable::literal(TypeId base, std::string_view text) {
  Type t;
  t.kind = Kind::Literal;
  t.element = base;
  t.text = keep(text);
  return intern(t);
}

TypeId TypeTable::id(std::string_view resource, std::string_view member) {
  Type t;
  t.kind = Kind::Id;
  t.resource = find_resource(resource);
  t.resource_name = keep(resource);
  t.member = keep(t.resource ? t.resource.canonical(member) : member);
  return intern(t);
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
  t.resource_name = keep(type_name);
  return intern(t);
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
  Type t = types_[base.value];
  t.constraint = constraint;
  t.constraint.pattern = keep(constraint.pattern);
  return intern(t);
}

TypeId TypeTable::with_unit(TypeId base, schema::Unit unit) {
  Type t = types_[base.value];
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
  if (auto found = from_schema_.find(key); found != from_schema_.end()) return found->second;
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
        Type open = types_[result.value];
        open.open = type;
        result = intern(open);
      }
      break;
    }
  }
  from_schema_.emplace(key, result);
  return result;
}

TypeId TypeTable::strip_optional(TypeId id) const {
  return kind(id) == Kind::Optional ? types_[id.value].element : id;
}

schema::ResourceType TypeTable::find_resource(std::string_view name) const {
  for (const schema::Schema& s : declared_) {
    if (auto type = s.find(name)) return type;
  }
  return schema::Schema::aws().find(name);
}

}  // namespace stackc::sema
