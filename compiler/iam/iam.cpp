#include "compiler/iam/iam.hpp"

#include "compiler/iam/blob.hpp"
#include "compiler/iam/names.hpp"

namespace stackc::iam {

namespace {

/// The first of `count` records whose name is not less than `name`; `name_of(i)` gives them sorted by lower case.
template <class NameOf>
std::uint32_t lower_bound(std::uint32_t count, std::string_view name, NameOf name_of) {
  std::uint32_t low = 0;
  while (count > 0) {
    const std::uint32_t half = count / 2;
    if (compare_names(name_of(low + half), name) < 0) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

}  // namespace

std::string_view ResourceType::name() const { return blob_->text(blob_->resource(at_).name); }
std::string_view ResourceType::arn() const { return blob_->text(blob_->resource(at_).arn); }

std::string_view Action::name() const { return blob_->text(blob_->action(at_).name); }
Level Action::level() const { return static_cast<Level>(blob_->action(at_).level); }
std::size_t Action::resource_count() const { return blob_->action(at_).use_count; }
ResourceType Action::resource(std::size_t i) const {
  const std::uint16_t within = blob_->use(blob_->action(at_).uses + static_cast<std::uint32_t>(i));
  return {blob_, blob_->service(service_).resources.first + within};
}
bool Action::takes_any_resource_only() const { return (blob_->action(at_).flags & ActionRecord::kAnyOnly) != 0; }

std::string_view Service::prefix() const { return blob_->text(blob_->service(at_).prefix); }
std::size_t Service::size() const { return blob_->service(at_).actions.count; }
Action Service::operator[](std::size_t i) const {
  return {blob_, at_, blob_->service(at_).actions.first + static_cast<std::uint32_t>(i)};
}
Action Service::find(std::string_view name) const {
  const Run run = blob_->service(at_).actions;
  const auto name_of = [&](std::uint32_t i) { return blob_->text(blob_->action(run.first + i).name); };
  const std::uint32_t i = lower_bound(run.count, name, name_of);
  if (i == run.count || compare_names(name_of(i), name) != 0) return {};
  return {blob_, at_, run.first + i};
}
bool Service::any_matches(std::string_view pattern) const {
  for (std::size_t i = 0; i < size(); ++i) {
    if (matches(pattern, (*this)[i].name())) return true;
  }
  return false;
}
std::vector<std::string_view> Service::action_names() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < size(); ++i) names.push_back((*this)[i].name());
  return names;
}

std::size_t Iam::size() const { return blob_->header().services.count; }
Service Iam::operator[](std::size_t i) const { return {blob_, static_cast<std::uint32_t>(i)}; }
Service Iam::find(std::string_view prefix) const {
  const std::uint32_t count = blob_->header().services.count;
  const auto name_of = [&](std::uint32_t i) { return blob_->text(blob_->service(i).prefix); };
  const std::uint32_t i = lower_bound(count, prefix, name_of);
  if (i == count || compare_names(name_of(i), prefix) != 0) return {};
  return {blob_, i};
}
std::vector<std::string_view> Iam::prefixes() const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < size(); ++i) names.push_back((*this)[i].prefix());
  return names;
}

std::vector<std::string_view> Iam::keys_of(std::string_view prefix) const {
  std::vector<std::string_view> keys;
  const std::uint32_t count = blob_->header().keys.count;
  const auto prefix_of = [&](std::uint32_t i) {
    const std::string_view key = blob_->key(i);
    return key.substr(0, key.rfind(':'));
  };
  for (std::uint32_t i = lower_bound(count, prefix, prefix_of); i < count; ++i) {
    if (compare_names(prefix_of(i), prefix) != 0) break;
    keys.push_back(blob_->key(i));
  }
  return keys;
}
bool Iam::has_keys(std::string_view prefix) const { return !keys_of(prefix).empty(); }
bool Iam::knows_key(std::string_view key) const {
  const auto prefix_of = [](std::string_view name) { return name.substr(0, name.rfind(':')); };
  // Most are written as they are listed, in the order of prefixes and then of keys. The others match one with `*`.
  std::uint32_t low = 0;
  for (std::uint32_t count = blob_->header().keys.count; count > 0;) {
    const std::uint32_t half = count / 2;
    const std::string_view known = blob_->key(low + half);
    int order = compare_names(prefix_of(known), prefix_of(key));
    if (order == 0) order = compare_names(known, key);
    if (order == 0) return true;
    if (order < 0) low += half + 1;
    count = order < 0 ? count - half - 1 : half;
  }
  for (const std::string_view known : keys_of(key.substr(0, key.rfind(':')))) {
    if (matches(known, key)) return true;
  }
  // A part that the user chooses may hold colons: `aws:ResourceTag/team:name`.
  const std::size_t colon = key.find(':');
  if (colon == key.rfind(':')) return false;
  for (const std::string_view known : keys_of(key.substr(0, colon))) {
    if (matches(known, key)) return true;
  }
  return false;
}

bool matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || lower(pattern[p]) == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace stackc::iam
