#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/driver/round_trip.hpp"

/// Where two documents differ, by value.
namespace stackc {
namespace {

void append_key(std::string& path, std::string_view key) {
  path += '/';
  for (const char c : key) {
    if (c == '~')
      path += "~0";
    else if (c == '/')
      path += "~1";
    else
      path += c;
  }
}

/// `A.B.C` or `["A", "B.C"]`: the argument of `Fn::GetAtt` in one form; nothing when it has another.
std::string attribute_text(ir::ValueRef v) {
  if (const auto* text = v->get_if<std::string_view>()) return std::string(*text);
  const auto* list = v->get_if<ir::List>();
  if (list == nullptr || list->items.size() < 2) return {};
  std::string out;
  for (const ir::ValueRef item : list->items) {
    const auto* part = item->get_if<std::string_view>();
    if (part == nullptr) return {};
    out += fmt::format("{}{}", out.empty() ? "" : ".", *part);
  }
  return out;
}

/// A number with an exponent, which source writes without one, is compared by its value.
bool same_number(ir::ValueRef a, ir::ValueRef b) {
  const auto text = [](ir::ValueRef v) {
    const auto* decimal = v->get_if<ir::Decimal>();
    const auto* integer = v->get_if<std::int64_t>();
    return decimal != nullptr   ? std::string(decimal->text)
           : integer != nullptr ? std::to_string(*integer)
                                : "";
  };
  const std::string x = text(a), y = text(b);
  if (x.empty() || y.empty() || (x + y).find_first_of("eE") == std::string::npos) return false;
  return std::strtod(x.c_str(), nullptr) == std::strtod(y.c_str(), nullptr);
}

class Compare {
 public:
  explicit Compare(std::size_t most) : most_(most) {}

  void values(ir::ValueRef a, ir::ValueRef b) {
    const auto* object_a = a->get_if<ir::Object>();
    const auto* object_b = b->get_if<ir::Object>();
    if (object_a != nullptr && object_b != nullptr) return objects(*object_a, *object_b);
    const auto* list_a = a->get_if<ir::List>();
    const auto* list_b = b->get_if<ir::List>();
    if (list_a != nullptr && list_b != nullptr && list_a->items.size() == list_b->items.size()) {
      for (std::size_t i = 0; i < list_a->items.size(); ++i) {
        const std::size_t length = path_.size();
        path_ += fmt::format("/{}", i);
        values(list_a->items[i], list_b->items[i]);
        path_.resize(length);
      }
      return;
    }
    if (!ir::equal(a, b) && !same_number(a, b)) differ();
  }

  std::vector<std::string> found;

 private:
  void differ() {
    if (found.size() < most_) found.push_back(path_);
  }

  void objects(const ir::Object& a, const ir::Object& b) {
    std::unordered_map<std::string_view, ir::ValueRef> in_b;
    for (const ir::Member& m : b.members) in_b.emplace(m.key, m.value);
    for (const ir::Member& m : a.members) {
      const std::size_t length = path_.size();
      append_key(path_, m.key);
      const auto other = in_b.find(m.key);
      if (other == in_b.end()) {
        differ();
      } else {
        member(m.key, m.value, other->second);
        in_b.erase(other);
      }
      path_.resize(length);
    }
    for (const ir::Member& m : b.members) {
      if (!in_b.contains(m.key)) continue;
      const std::size_t length = path_.size();
      append_key(path_, m.key);
      differ();
      path_.resize(length);
    }
  }

  void member(std::string_view key, ir::ValueRef a, ir::ValueRef b) {
    if (key == "Fn::GetAtt") {
      const std::string text = attribute_text(a);
      if (!text.empty() && text == attribute_text(b)) return;
    }
    values(a, b);
  }

  std::size_t most_;
  std::string path_;
};

/// A part of a JSON pointer as the key that it means.
std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '~' || i + 1 == part.size()) {
      out += part[i];
    } else {
      out += part[++i] == '1' ? '/' : '~';
    }
  }
  return out;
}

}  // namespace

Span place_of(const cfn::Document& document, std::string_view pointer) {
  ir::ValueRef at = document.root;
  Span place = at->origin;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string part = unescaped(pointer.substr(1, end - 1));
    pointer.remove_prefix(end);
    if (const auto* object = at->get_if<ir::Object>()) {
      const auto m = std::find_if(object->members.begin(), object->members.end(),
                                  [&](const ir::Member& each) { return each.key == part; });
      if (m == object->members.end()) return place;
      place = m->key_origin.valid() ? m->key_origin : m->value->origin;
      at = m->value;
    } else if (const auto* list = at->get_if<ir::List>()) {
      const auto i = static_cast<std::size_t>(std::strtoul(part.c_str(), nullptr, 10));
      if (i >= list->items.size()) return place;
      at = list->items[i];
      place = at->origin;
    } else {
      return place;
    }
  }
  return place;
}

std::vector<std::string> differences(ir::ValueRef a, ir::ValueRef b, std::size_t most) {
  Compare compare(most);
  compare.values(a, b);
  return std::move(compare.found);
}

}  // namespace stackc
