#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "compiler/base/text.hpp"
#include "compiler/iam/blob.hpp"
#include "compiler/iam/iam.hpp"
#include "compiler/iam/names.hpp"

namespace stackc::iam {
namespace {

constexpr std::array<std::string_view, 5> kLevels = {"list", "read", "write", "tag", "permissions"};

struct ByName {
  bool operator()(std::string_view a, std::string_view b) const { return compare_names(a, b) < 0; }
};

struct ActionText {
  std::size_t level = 0;
  std::vector<std::string_view> uses;
};
struct ServiceText {
  std::map<std::string_view, std::string_view, ByName> resources;
  std::map<std::string_view, ActionText, ByName> actions;
};

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

class Reader {
 public:
  std::map<std::string_view, ServiceText, ByName> services;
  std::vector<std::string_view> keys;
  std::vector<std::string> mistakes;

  void text(std::string_view all) {
    service_ = nullptr;
    std::size_t number = 0;
    while (!all.empty()) {
      const std::size_t end = std::min(all.find('\n'), all.size());
      line(all.substr(0, end), ++number);
      all.remove_prefix(std::min(end + 1, all.size()));
    }
  }

 private:
  void line(std::string_view text, std::size_t number) {
    const auto words = words_of(text);
    if (words.empty() || words[0].starts_with('#')) return;
    const auto level = std::find(kLevels.begin(), kLevels.end(), words[0]);
    if (words[0] == "service" && words.size() == 2) {
      service_ = &services[words[1]];
    } else if (words[0] == "key" && words.size() == 2) {
      keys.push_back(words[1]);
    } else if (service_ != nullptr && words[0] == "resource" && words.size() == 3) {
      service_->resources.emplace(words[1], words[2]);
    } else if (service_ != nullptr && level != kLevels.end() && words.size() >= 2) {
      ActionText& action = service_->actions[words[1]];
      action.level = static_cast<std::size_t>(level - kLevels.begin());
      action.uses.assign(words.begin() + 2, words.end());
    } else {
      mistakes.push_back(fmt::format("{}: cannot be read: `{}`", number, text));
    }
  }

  ServiceText* service_ = nullptr;
};

class Writer {
 public:
  std::vector<std::string> mistakes;

  void service(std::string_view prefix, const ServiceText& from) {
    std::map<std::string_view, std::uint16_t, ByName> numbers;
    const auto first = static_cast<std::uint32_t>(resources_.size());
    for (const auto& [name, arn] : from.resources) {
      numbers.emplace(name, static_cast<std::uint16_t>(numbers.size()));
      resources_.push_back({text(name), text(arn)});
    }
    const auto first_action = static_cast<std::uint32_t>(actions_.size());
    for (const auto& [name, action] : from.actions) {
      ActionRecord record{text(name), static_cast<std::uint32_t>(uses_.size()), 0, static_cast<std::uint8_t>(action.level), 0};
      for (std::string_view use : action.uses) {
        if (use == "?") continue;
        if (use.ends_with('!')) use.remove_suffix(1);
        const auto found = numbers.find(use);
        if (found == numbers.end()) {
          mistakes.push_back(fmt::format("{}:{} names an unknown type of resource, `{}`", prefix, name, use));
          continue;
        }
        uses_.push_back(found->second);
        ++record.use_count;
      }
      if (action.uses.empty()) record.flags = ActionRecord::kAnyOnly;
      actions_.push_back(record);
    }
    services_.push_back({text(prefix),
                         {first_action, static_cast<std::uint32_t>(actions_.size()) - first_action},
                         {first, static_cast<std::uint32_t>(resources_.size()) - first}});
  }

  void keys(std::vector<std::string_view> names) {
    // By prefix first, as they are looked up; the letters of a prefix sort differently from the colon.
    const auto prefix = [](std::string_view k) { return k.substr(0, k.rfind(':')); };
    std::sort(names.begin(), names.end(), [&](std::string_view a, std::string_view b) {
      const int order = compare_names(prefix(a), prefix(b));
      return order != 0 ? order < 0 : compare_names(a, b) < 0;
    });
    const auto same = [](std::string_view a, std::string_view b) { return compare_names(a, b) == 0; };
    names.erase(std::unique(names.begin(), names.end(), same), names.end());
    for (const std::string_view name : names) keys_.push_back(text(name));
  }

  std::vector<unsigned char> finish() {
    std::vector<unsigned char> out(sizeof(Header));
    Header header{Header::kMagic, {}, {}, {}, {}, {}, {}};
    header.services = table(out, services_);
    header.actions = table(out, actions_);
    header.uses = table(out, uses_);
    header.resources = table(out, resources_);
    header.keys = table(out, keys_);
    header.texts = table(out, texts_);
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

 private:
  TextRef text(std::string_view t) {
    const auto [at, is_new] = refs_.emplace(t, static_cast<TextRef>(texts_.size()));
    if (!is_new) return at->second;
    const auto size = static_cast<std::uint16_t>(t.size());
    texts_.push_back(static_cast<unsigned char>(size & 0xff));
    texts_.push_back(static_cast<unsigned char>(size >> 8));
    texts_.insert(texts_.end(), t.begin(), t.end());
    return at->second;
  }

  template <class T>
  static Run table(std::vector<unsigned char>& out, const std::vector<T>& records) {
    while (out.size() % 8 != 0) out.push_back(0);
    const auto first = static_cast<std::uint32_t>(out.size());
    const auto* bytes = reinterpret_cast<const unsigned char*>(records.data());
    out.insert(out.end(), bytes, bytes + records.size() * sizeof(T));
    return {first, static_cast<std::uint32_t>(records.size())};
  }

  std::vector<unsigned char> texts_;
  std::map<std::string_view, TextRef> refs_;
  std::vector<ServiceRecord> services_;
  std::vector<ActionRecord> actions_;
  std::vector<ResourceRecord> resources_;
  std::vector<std::uint16_t> uses_;
  std::vector<TextRef> keys_;
};

}  // namespace

Built build(const std::vector<std::string_view>& texts) {
  Reader reader;
  for (const std::string_view text : texts) reader.text(text);
  Writer writer;
  for (const auto& [prefix, service] : reader.services) writer.service(prefix, service);
  writer.keys(reader.keys);
  Built built{writer.finish(), reader.mistakes};
  built.mistakes.insert(built.mistakes.end(), writer.mistakes.begin(), writer.mistakes.end());
  return built;
}

}  // namespace stackc::iam
