#include "compiler/schema/order.hpp"

#include "compiler/schema/blob.hpp"

namespace stackc::schema {
namespace {

/// `name` against `nested.property`, or against `property` alone: less than, equal to or greater than 0.
int compare(std::string_view name, std::string_view nested, std::string_view property) {
  if (nested.empty()) return name.compare(property);
  if (const int order = name.substr(0, nested.size()).compare(nested); order != 0) return order;
  name.remove_prefix(nested.size());
  if (const int order = name.substr(0, 1).compare("."); order != 0) return order;
  return name.substr(1).compare(property);
}

}  // namespace

std::vector<std::string_view> unordered_lists(ResourceType type) {
  std::vector<std::string_view> out;
  if (!type) return out;
  const Run run = type.blob()->resource(type.at()).unordered;
  for (std::uint32_t i = 0; i < run.count; ++i) out.push_back(type.blob()->name(run.first + i));
  return out;
}

bool ignores_order(ResourceType type, std::string_view nested, std::string_view property) {
  if (!type) return false;
  const Run run = type.blob()->resource(type.at()).unordered;
  std::uint32_t low = 0, high = run.count;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int order = compare(type.blob()->name(run.first + middle), nested, property);
    if (order == 0) return true;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return false;
}

}  // namespace stackc::schema
