#include "compiler/diff/json_value.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace stackc::diff {
namespace {

using nlohmann::json;

// Marks around the number of a part: of Unicode's private use, so that no text of a template has them by
// chance.
constexpr std::string_view kOpen = "\xEE\x80\x80", kClose = "\xEE\x80\x81";
constexpr int kMaxDepth = 200;

class Reader {
 public:
  Reader(ir::ValueRef text, Arena& arena) : arena_(arena), builder_(ir::Builder(arena).at(text->origin)) {}

  ir::ValueRef read(ir::ValueRef text) {
    std::string written;
    if (!write(text, written)) return nullptr;
    const std::size_t first = written.find_first_not_of(" \t\r\n");
    if (first == std::string::npos || (written[first] != '{' && written[first] != '[')) return nullptr;
    int depth = 0;
    const auto shallow = [&](int at, json::parse_event_t, json&) {
      depth = std::max(depth, at);
      return at <= kMaxDepth;
    };
    const json parsed = json::parse(written, shallow, false);
    if (parsed.is_discarded() || depth > kMaxDepth || has_part_in_key(parsed)) return nullptr;
    return value(parsed);
  }

 private:
  bool write(ir::ValueRef text, std::string& out) {
    if (const auto* plain = text->get_if<std::string_view>()) {
      out = *plain;
      return true;
    }
    const ir::Call* sub = text->call(ir::Fn::Sub);
    if (sub == nullptr) return false;
    for (ir::ValueRef part : sub->args) {
      if (const auto* plain = part->get_if<std::string_view>()) {
        out += *plain;
        continue;
      }
      out += kOpen;
      out += std::to_string(parts_.size());
      out += kClose;
      parts_.push_back(part);
    }
    return true;
  }

  static bool has_part_in_key(const json& j) {
    if (!j.is_structured()) return false;
    for (const auto& [key, member] : j.items()) {
      if (key.find(kOpen) != std::string::npos || has_part_in_key(member)) return true;
    }
    return false;
  }

  ir::ValueRef value(const json& j) {
    if (j.is_object()) {
      std::vector<ir::Member> members;
      for (const auto& [key, member] : j.items()) members.push_back({key, value(member)});
      return builder_.object(members);
    }
    if (j.is_array()) {
      std::vector<ir::ValueRef> items;
      for (const json& item : j) items.push_back(value(item));
      return builder_.list(items);
    }
    if (j.is_string()) return text(j.get_ref<const std::string&>());
    if (j.is_boolean()) return builder_.boolean(j.get<bool>());
    if (j.is_number_integer() && !j.is_number_unsigned()) return builder_.integer(j.get<std::int64_t>());
    if (j.is_number_unsigned() && j.get<std::uint64_t>() <= INT64_MAX)
      return builder_.integer(j.get<std::int64_t>());
    return j.is_null() ? builder_.null() : builder_.decimal(j.dump());
  }

  /// A text with the parts in it that its marks stand for.
  ir::ValueRef text(std::string_view from) {
    std::vector<ir::ValueRef> out;
    std::size_t at = 0;
    for (std::size_t open = from.find(kOpen); open != std::string_view::npos; open = from.find(kOpen, at)) {
      const std::size_t close = from.find(kClose, open);
      const std::string_view digits = from.substr(open + kOpen.size(), close - open - kOpen.size());
      std::size_t index = parts_.size();
      std::from_chars(digits.data(), digits.data() + digits.size(), index);
      if (close == std::string_view::npos || index >= parts_.size()) break;
      out.push_back(builder_.string(from.substr(at, open - at)));
      out.push_back(parts_[index]);
      at = close + kClose.size();
    }
    out.push_back(builder_.string(from.substr(at)));
    return builder_.sub(out);
  }

  Arena& arena_;
  ir::Builder builder_;
  std::vector<ir::ValueRef> parts_;
};

}  // namespace

ir::ValueRef json_value(ir::ValueRef text, Arena& arena) { return Reader(text, arena).read(text); }

}  // namespace stackc::diff
