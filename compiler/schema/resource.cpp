#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/schema/schema.hpp"

namespace stackc::schema {

std::string_view ResourceType::name() const { return blob_->text(blob_->resource(at_).name); }

Properties ResourceType::properties() const {
  const auto run = blob_->resource(at_).properties;
  return {blob_, run.first, run.count};
}

Properties ResourceType::attributes() const {
  const auto run = blob_->resource(at_).attributes;
  return {blob_, run.first, run.count};
}

NestedType ResourceType::nested(std::string_view name) const {
  const auto run = blob_->resource(at_).nested;
  auto low = run.first;
  auto high = run.first + run.count;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto order = blob_->text(blob_->nested(middle).name).compare(name);
    if (order == 0) return {blob_, middle};
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return {};
}

std::vector<NestedType> ResourceType::nested_types() const {
  const auto run = blob_->resource(at_).nested;
  std::vector<NestedType> out;
  out.reserve(run.count);
  for (std::uint32_t i = 0; i < run.count; ++i) out.emplace_back(blob_, run.first + i);
  return out;
}

static std::vector<std::string_view> names_of(const Blob& blob, Run run) {
  std::vector<std::string_view> out;
  out.reserve(run.count);
  for (std::uint32_t i = 0; i < run.count; ++i) out.push_back(blob.name(run.first + i));
  return out;
}

std::string_view ResourceType::ref_member() const { return blob_->text(blob_->resource(at_).ref); }

std::vector<std::string_view> ResourceType::primary_identifier() const {
  return names_of(*blob_, blob_->resource(at_).primary);
}

std::string_view ResourceType::canonical(std::string_view member) const {
  const auto run = blob_->resource(at_).same;
  for (std::uint32_t i = 0; i < run.count; i += 2) {
    if (blob_->name(run.first + i) == member) return blob_->name(run.first + i + 1);
  }
  return member;
}

bool ResourceType::is_identity(std::string_view member) const {
  const auto name = canonical(member);
  if (name != member || name == ref_member()) return true;
  const auto run = blob_->resource(at_).same;
  for (std::uint32_t i = 1; i < run.count; i += 2) {
    if (blob_->name(run.first + i) == name) return true;
  }
  const auto own = [&](Property p) {
    if (!p) return false;
    const auto type = p.type();
    return type.kind() == TypeKind::Id && type.resource_type() == this->name() && type.member() == name;
  };
  return own(attributes().find(name)) || own(properties().find(name));
}

static bool is_arn_name(std::string_view name) { return name.ends_with("Arn") || name.ends_with("ARN"); }

std::string_view ResourceType::arn_member() const {
  if (is_arn_name(ref_member())) return ref_member();
  const auto all = attributes();
  if (const auto arn = all.find("Arn"); arn && is_identity("Arn")) return arn.name();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto name = all[i].name();
    if (is_arn_name(name) && is_identity(name)) return canonical(name);
  }
  return {};
}

TagShape ResourceType::tag_shape() const { return static_cast<TagShape>(blob_->resource(at_).tag_shape); }

std::string_view ResourceType::tag_property() const { return blob_->text(blob_->resource(at_).tag_property); }

bool ResourceType::stateful() const { return (blob_->resource(at_).flags & ResourceRecord::kStateful) != 0; }

bool ResourceType::supports_snapshot() const {
  return (blob_->resource(at_).flags & ResourceRecord::kSnapshots) != 0;
}

std::vector<std::string_view> ResourceType::also_replaces() const {
  return names_of(*blob_, blob_->resource(at_).also);
}

std::string_view ResourceType::required_transform() const {
  return blob_->text(blob_->resource(at_).transform);
}

std::string ResourceType::documentation_url() const {
  std::string vendor, service, rest;
  std::string* part = &vendor;
  const auto name = this->name();
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i, 2) == "::") {
      part = part == &vendor ? &service : &rest;
      ++i;
    } else {
      const char c = name[i];
      *part += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if ((vendor != "aws" && vendor != "alexa") || rest.empty()) return {};
  return fmt::format(
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/{}-resource-{}-{}.html", vendor,
      service, rest);
}

}  // namespace stackc::schema
