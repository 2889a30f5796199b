#include "compiler/schema/blob_writer.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "compiler/schema/buckets.hpp"

namespace stackc::schema {

BlobWriter::BlobWriter() {
  text({});
  const auto string = plain(TypeKind::String);
  const auto tag = reserve_nested({}, {"Tag"});
  fill_nested(tag, {{.name = "Key", .type = string, .required = true},
                    {.name = "Value", .type = string, .required = true}});
  tag_ = nested_type(tag);
}

BlobWriter::TextId BlobWriter::text(std::string_view text) {
  if (const auto known = text_ids_.find(text); known != text_ids_.end()) return known->second;
  const auto id = static_cast<TextId>(texts_.size());
  text_ids_.emplace(texts_.emplace_back(text), id);
  return id;
}

// ---------------------------------------------------------------- types

std::uint32_t BlobWriter::type(const TypeRecord& record, std::string_view tail) {
  std::string key(reinterpret_cast<const char*>(&record), sizeof record);
  key += tail;
  const auto [at, is_new] = type_ids_.emplace(std::move(key), static_cast<std::uint32_t>(types_.size()));
  if (is_new) types_.push_back(record);
  return at->second;
}

static TypeRecord type_record(TypeKind kind, std::uint32_t a = 0, std::uint32_t b = 0) {
  return {static_cast<std::uint8_t>(kind), 0, 0, a, b, TypeRecord::kNoConstraint};
}

std::uint32_t BlobWriter::plain(TypeKind kind, Unit unit, const Limits& limits) {
  auto record = type_record(kind);
  record.unit = static_cast<std::uint8_t>(unit);
  record.constraint = constraint(limits);
  return type(record);
}

std::uint32_t BlobWriter::constraint(const Limits& limits) {
  if (!limits.minimum && !limits.maximum && limits.pattern.empty()) return TypeRecord::kNoConstraint;
  ConstraintRecord record{limits.minimum.value_or(0), limits.maximum.value_or(0), text(limits.pattern), 0};
  if (limits.minimum) record.flags |= ConstraintRecord::kMinimum;
  if (limits.maximum) record.flags |= ConstraintRecord::kMaximum;
  const auto same = [&](const ConstraintRecord& r) { return std::memcmp(&r, &record, sizeof r) == 0; };
  const auto known = std::find_if(constraints_.begin(), constraints_.end(), same);
  if (known == constraints_.end()) {
    constraints_.push_back(record);
    return static_cast<std::uint32_t>(constraints_.size() - 1);
  }
  return static_cast<std::uint32_t>(known - constraints_.begin());
}

std::uint32_t BlobWriter::id(std::string_view resource, std::string_view member) {
  return type(type_record(TypeKind::Id, text(resource), text(member)));
}

std::uint32_t BlobWriter::literal(std::string_view value) {
  return type(type_record(TypeKind::Literal, text(value)));
}

std::uint32_t BlobWriter::element_type(TypeKind kind, std::uint32_t element) {
  return type(type_record(kind, element));
}

std::uint32_t BlobWriter::nested_type(std::uint32_t nested) {
  return type(type_record(TypeKind::Nested, nested));
}

std::uint32_t BlobWriter::union_of(const std::vector<std::uint32_t>& arms) {
  if (arms.size() == 1) return arms[0];
  const auto first = static_cast<std::uint32_t>(arms_.size());
  // The record's `a` is set after the look-up: equal arms must find the earlier run.
  const std::string_view tail(reinterpret_cast<const char*>(arms.data()), arms.size() * sizeof arms[0]);
  const auto before = types_.size();
  const auto at = type(type_record(TypeKind::Union, 0, static_cast<std::uint32_t>(arms.size())), tail);
  if (types_.size() != before) {
    types_[at].a = first;
    arms_.insert(arms_.end(), arms.begin(), arms.end());
  }
  return at;
}

// ---------------------------------------------------------------- declarations

Run BlobWriter::properties(std::vector<PropertyFacts> facts) {
  std::sort(facts.begin(), facts.end(), [](const auto& l, const auto& r) { return l.name < r.name; });
  const Run run{static_cast<std::uint32_t>(properties_.size()), static_cast<std::uint32_t>(facts.size())};
  for (const auto& f : facts) {
    PropertyRecord record{
        text(f.name), f.type, text(f.default_value), 0, static_cast<std::uint8_t>(f.replacement), 0, 0};
    if (f.required) record.flags |= PropertyRecord::kRequired;
    if (f.deprecated) record.flags |= PropertyRecord::kDeprecated;
    properties_.push_back(record);
  }
  hash_names(run);
  return run;
}

void BlobWriter::hash_names(Run run) {
  if (run.count > kMostHashed) return;
  for (auto i = run.count; i-- > 0;) {
    auto& property = properties_[run.first + i];
    auto& bucket = properties_[run.first + bucket_of(texts_[property.name], run.count)].bucket;
    property.next = bucket;
    bucket = static_cast<std::uint8_t>(i + 1);
  }
}

Run BlobWriter::names(const std::vector<std::string_view>& names) {
  const Run run{static_cast<std::uint32_t>(names_.size()), static_cast<std::uint32_t>(names.size())};
  for (const auto name : names) names_.push_back(text(name));
  return run;
}

std::uint32_t BlobWriter::reserve_nested(std::string_view resource,
                                         const std::vector<std::string_view>& names) {
  const auto first = static_cast<std::uint32_t>(nested_.size());
  for (const auto name : names) nested_.push_back({text(name), text(resource), {0, 0}});
  return first;
}

void BlobWriter::fill_nested(std::uint32_t nested, std::vector<PropertyFacts> facts) {
  nested_[nested].properties = properties(std::move(facts));
}

void BlobWriter::resource(const ResourceFacts& facts, Run nested) {
  ResourceRecord record{};
  record.name = text(facts.name);
  record.ref = text(facts.ref);
  record.tag_property = text(facts.tag_property);
  record.transform = text(facts.transform);
  record.properties = properties(facts.properties);
  record.attributes = properties(facts.attributes);
  record.nested = nested;
  record.primary = names(facts.primary);
  std::vector<std::string_view> same;
  for (const auto& [name, canonical] : facts.same) {
    same.push_back(name);
    same.push_back(canonical);
  }
  record.same = names(same);
  record.also = names(facts.also_replaces);
  auto unordered = facts.unordered;
  std::sort(unordered.begin(), unordered.end());
  record.unordered = names(unordered);
  record.tag_shape = static_cast<std::uint8_t>(facts.tag_shape);
  if (facts.stateful) record.flags |= ResourceRecord::kStateful;
  if (facts.snapshots) record.flags |= ResourceRecord::kSnapshots;
  resources_.push_back(record);
}

void BlobWriter::id_kind(std::string_view resource, std::string_view member) {
  id_kinds_.push_back({text(resource), text(member)});
}

// ---------------------------------------------------------------- layout

void BlobWriter::sort_tables() {
  const auto by_name = [&](const ResourceRecord& l, const ResourceRecord& r) {
    return texts_[l.name] < texts_[r.name];
  };
  std::sort(resources_.begin(), resources_.end(), by_name);
  const auto kind_less = [&](const IdKindRecord& l, const IdKindRecord& r) {
    return std::tie(texts_[l.resource], texts_[l.member]) < std::tie(texts_[r.resource], texts_[r.member]);
  };
  std::sort(id_kinds_.begin(), id_kinds_.end(), kind_less);
}

std::vector<std::uint32_t> BlobWriter::index() const {
  // At most half full, so that there is always an empty slot to stop at.
  std::vector<std::uint32_t> slots(std::bit_ceil(2 * resources_.size() + 1));
  const auto mask = static_cast<std::uint32_t>(slots.size() - 1);
  for (std::uint32_t i = 0; i < resources_.size(); ++i) {
    auto slot = hash_name(texts_[resources_[i].name]) & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = i + 1;
  }
  return slots;
}

std::vector<unsigned char> BlobWriter::lay_out_texts() {
  // As they came: what a resource type says of itself lies together.
  std::vector<unsigned char> bytes;
  for (const auto& text : texts_) {
    text_offsets_.push_back(static_cast<TextRef>(bytes.size()));
    const auto length = static_cast<std::uint32_t>(text.size());
    const auto* raw = reinterpret_cast<const unsigned char*>(&length);
    bytes.insert(bytes.end(), raw, raw + sizeof length);
    bytes.insert(bytes.end(), text.begin(), text.end());
  }
  return bytes;
}

void BlobWriter::replace_text_ids() {
  const auto fix = [&](TextRef& ref) { ref = text_offsets_[ref]; };
  for (auto& r : resources_) {
    for (TextRef* ref : {&r.name, &r.ref, &r.tag_property, &r.transform}) fix(*ref);
  }
  for (auto& p : properties_) {
    fix(p.name);
    fix(p.default_value);
  }
  for (auto& n : nested_) {
    fix(n.name);
    fix(n.resource);
  }
  for (auto& t : types_) {
    const auto kind = static_cast<TypeKind>(t.kind);
    if (kind == TypeKind::Literal || kind == TypeKind::Id) fix(t.a);
    if (kind == TypeKind::Id) fix(t.b);
  }
  for (auto& c : constraints_) fix(c.pattern);
  for (auto& n : names_) fix(n);
  for (auto& k : id_kinds_) {
    fix(k.resource);
    fix(k.member);
  }
}

std::vector<unsigned char> BlobWriter::finish() {
  sort_tables();
  const auto slots = index();  // before texts lose their ids
  const auto texts = lay_out_texts();
  replace_text_ids();

  std::vector<unsigned char> out(sizeof(Header));
  Header header{Header::kMagic, Header::kVersion, 0, 0, {}};
  const auto put = [&](Section s, const auto& table) {
    out.resize((out.size() + 7) / 8 * 8);
    header.sections[static_cast<std::size_t>(s)] = {static_cast<std::uint32_t>(out.size()),
                                                    static_cast<std::uint32_t>(table.size())};
    const auto* raw = reinterpret_cast<const unsigned char*>(table.data());
    out.insert(out.end(), raw, raw + table.size() * sizeof table[0]);
  };
  put(Section::Index, slots);
  put(Section::Resources, resources_);
  put(Section::Names, names_);
  put(Section::Nested, nested_);
  put(Section::Properties, properties_);
  put(Section::Types, types_);
  put(Section::Arms, arms_);
  put(Section::Constraints, constraints_);
  put(Section::IdKinds, id_kinds_);
  put(Section::Texts, texts);
  header.size = static_cast<std::uint32_t>(out.size());
  std::memcpy(out.data(), &header, sizeof header);
  return out;
}

}  // namespace stackc::schema
