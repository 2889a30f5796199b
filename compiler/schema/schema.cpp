#include "compiler/schema/schema.hpp"

#include <algorithm>
#include <tuple>

#include "compiler/base/suggest.hpp"
#include "compiler/schema/blob.hpp"

namespace stackc::schema {

std::size_t Schema::size() const { return blob_->count(Section::Resources); }

ResourceType Schema::operator[](std::size_t i) const { return {blob_, static_cast<std::uint32_t>(i)}; }

Schema Schema::with(Schema over) const {
  Schema both = *this;
  both.over_ = over.blob_;
  return both;
}

ResourceType Schema::find(std::string_view name) const {
  if (over_ != nullptr) {
    if (const ResourceType type = Schema(over_).find(name)) return type;
  }
  const auto mask = blob_->count(Section::Index) - 1;
  for (auto slot = hash_name(name) & mask;; slot = (slot + 1) & mask) {
    const auto entry = blob_->index(slot);
    if (entry == 0) return {};
    const ResourceType type(blob_, entry - 1);
    if (type.name() == name) return type;
  }
}

bool Schema::has_id_kind(std::string_view resource_type, std::string_view member) const {
  if (over_ != nullptr && Schema(over_).has_id_kind(resource_type, member)) return true;
  std::uint32_t low = 0;
  std::uint32_t high = blob_->count(Section::IdKinds);
  const auto wanted = std::tie(resource_type, member);
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    const auto record = blob_->id_kind(middle);
    const auto resource = blob_->text(record.resource);
    const auto name = blob_->text(record.member);
    const auto here = std::tie(resource, name);
    if (here == wanted) return true;
    if (here < wanted)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

// ---------------------------------------------------------------- search

static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

static std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

static std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t')
      word += lower(c);
    else if (!word.empty())
      out.push_back(std::move(word)), word.clear();
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

/// How well a lower-cased type name fits, smaller is better: a word that is the whole last part,
/// then one that starts it, then one inside it, then one elsewhere. Negative: it does not fit.
static int fit(std::string_view name, const std::vector<std::string>& words) {
  const auto colons = name.rfind("::");
  const auto last = colons == std::string_view::npos ? name : name.substr(colons + 2);
  int total = 0;
  for (const auto& word : words) {
    if (name.find(word) == std::string_view::npos) return -1;
    if (last == word)
      total += 0;
    else if (last.substr(0, word.size()) == word)
      total += 1;
    else if (last.find(word) != std::string_view::npos)
      total += 2;
    else
      total += 3;
  }
  return total;
}

std::vector<ResourceType> Schema::search(std::string_view words) const {
  const auto wanted = words_of(words);
  if (wanted.empty()) return {};
  std::vector<std::tuple<int, std::size_t, ResourceType>> found;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto type = (*this)[i];
    const auto rank = fit(lowered(type.name()), wanted);
    if (rank >= 0) found.emplace_back(rank, type.name().size(), type);
  }
  // Stable: types of equal rank and length stay in the order of their names.
  std::stable_sort(found.begin(), found.end(), [](const auto& l, const auto& r) {
    return std::tie(std::get<0>(l), std::get<1>(l)) < std::tie(std::get<0>(r), std::get<1>(r));
  });
  std::vector<ResourceType> out;
  out.reserve(found.size());
  for (const auto& entry : found) out.push_back(std::get<2>(entry));
  return out;
}

std::vector<std::string_view> Schema::close_names(std::string_view name) const {
  std::vector<std::string_view> all;
  all.reserve(size());
  for (std::size_t i = 0; over_ != nullptr && i < Schema(over_).size(); ++i) all.push_back(Schema(over_)[i].name());
  for (std::size_t i = 0; i < size(); ++i) all.push_back((*this)[i].name());
  return stackc::close_names(name, all);
}

}  // namespace stackc::schema
