#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/span.hpp"
#include "compiler/ir/ir.hpp"

/// What expressions evaluate to: immutable trees in the evaluation's arena, shared freely. Structure
/// (lists, records, choices) is kept until the very end, so that it can still be looked into; only
/// leaves are template values.
namespace stackc::eval {

struct Value;
/// Never null where it is documented as a value.
using Val = const Value*;

struct Resource;
struct Instance;
struct MapSource;

/// Unknown because of a mistake that was reported: silent everywhere after.
struct Invalid {};
/// `none`
struct Absent {};
struct Decimal {
  std::string_view text;
};
/// A block of addresses as written, `10.0.0.0/16`.
struct Cidr {
  std::string_view text;
};
struct Duration {
  std::int64_t seconds;
};
struct Size {
  std::int64_t kib;
};
struct Percent {
  std::string_view text;  // the digits before `%`
};
/// A list of known length. An element that is a choice with `none` in it may be absent.
struct List {
  std::span<const Val> items;
  const std::string_view* first_key = nullptr;
  bool range = false;  // made by `first..last`

  /// Of the loop that made the items, or empty.
  [[nodiscard]] std::span<const std::string_view> keys() const {
    return first_key != nullptr ? std::span(first_key, items.size()) : std::span<const std::string_view>{};
  }
};
struct Field {
  std::string_view key;
  Val value;
};
/// What a record has to do with a map that may become a mapping of the template.
struct MapPart {
  MapSource* map;
  std::string_view row;             // this is one row of it, under this key
  ir::ValueRef late_row = nullptr;  // likewise, under a key that is known late
};
/// A record or an ordered map.
struct Record {
  std::span<const Field> fields;
  bool family = false;            // what a `for` declared, by key
  const MapPart* part = nullptr;  // null: no mapping

  [[nodiscard]] Val find(std::string_view key) const;  // null when absent
};
struct ResourceHandle {
  Resource* resource;
};
struct InstanceHandle {
  Instance* instance;
};
enum class Protocol : std::uint8_t { Tcp, Udp, Icmp, All };
struct PortRange {
  Protocol protocol = Protocol::Tcp;
  std::int64_t from = 0, to = 0;
};
/// What stands behind the colon of `allow`.
struct Ports {
  std::span<const PortRange> ranges;
};
/// A value that only the deployment knows.
struct Late {
  ir::ValueRef value;
  bool list = false;  // a list, of unknown length
  bool bare = false;  // a number or a truth: no quotes around it in JSON
};
/// A truth that only the deployment knows: an IR condition expression.
struct Condition {
  ir::ValueRef value;
};
/// `then` if the IR condition expression holds, else `otherwise`.
struct Choice {
  ir::ValueRef condition;
  Val then;
  Val otherwise;
};

/// Forms that a value takes although the compiler sees another in it.
struct Forms {
  /// How source says that the template has it (`unchecked(30)`, `join("-", ["a", "b"])`): what the value computes
  /// to is for the compiler only. Null: as the place wants the value.
  ir::ValueRef written = nullptr;
  /// How a document says it, with holes in it as a `Ref` to `hole:NAME`, which no template can name. Null: as
  /// the value.
  ir::ValueRef document = nullptr;
};

/// There are thousands in an evaluation: it fits in one line of the machine's cache.
struct Value {
  std::variant<Invalid, Absent, bool, std::int64_t, Decimal, std::string_view, Cidr, Duration, Size, Percent,
               List, Record, ResourceHandle, InstanceHandle, Ports, Late, Condition, Choice>
      data;
  Span origin;
  /// How much there would be to write, in leaves and brackets; long texts count several times. Parts are
  /// shared, so that a few lines can make a value that no machine could walk through: its weight tells in
  /// time.
  std::uint32_t weight = 1;
  const Forms* forms = nullptr;  // null: as the place wants `data`

  [[nodiscard]] ir::ValueRef written() const { return forms != nullptr ? forms->written : nullptr; }
  [[nodiscard]] ir::ValueRef document() const { return forms != nullptr ? forms->document : nullptr; }

  template <class T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&data);
  }
  template <class T>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<T>(data);
  }
};

/// The sum of weights, where it can be expressed, else the largest.
constexpr std::uint32_t add_weights(std::uint32_t a, std::uint32_t b) {
  return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/// The weight of a value made of parts that have theirs.
template <class T>
std::uint32_t weight_of(const T&) {
  return 1;
}
inline std::uint32_t weight_of(std::string_view text) {
  constexpr std::size_t kBytes = 16;  // of text that count as much as a bracket
  return add_weights(1, static_cast<std::uint32_t>(text.size() / kBytes));
}
inline std::uint32_t weight_of(const List& list) {
  std::uint32_t out = 1;
  for (const Val item : list.items) out = add_weights(out, item->weight);
  return out;
}
inline std::uint32_t weight_of(const Record& record) {
  std::uint32_t out = 1;
  for (const Field& f : record.fields) out = add_weights(out, f.value->weight);
  return out;
}
inline std::uint32_t weight_of(const Choice& choice) {
  return add_weights(1, add_weights(choice.then->weight, choice.otherwise->weight));
}

/// Makes values in an arena.
class Values {
 public:
  explicit Values(Arena& arena) : arena_(arena) {}

  template <class T>
  Val make(T data, Span origin) {
    const std::uint32_t weight = weight_of(data);
    return arena_.make<Value>(std::move(data), origin, weight);
  }
  Val invalid(Span origin);
  Val none(Span origin) { return make(Absent{}, origin); }
  Val boolean(bool v, Span origin) { return make(v, origin); }
  Val integer(std::int64_t v, Span origin) { return make(v, origin); }
  Val decimal(double v, Span origin);  // an Int when it is whole
  Val text(std::string_view v, Span origin) { return make(arena_.copy(v), origin); }  // copies
  Val list(const std::vector<Val>& items, Span origin) { return make(List{arena_.copy(items)}, origin); }
  /// `keys` is empty or as long as `items`; the texts must live as long as the arena.
  Val list(const std::vector<Val>& items, const std::vector<std::string_view>& keys, Span origin) {
    return make(List{arena_.copy(items), keys.empty() ? nullptr : arena_.copy(keys).data()}, origin);
  }
  /// Keys must live as long as the arena.
  Val record(const std::vector<Field>& fields, Span origin, bool family = false) {
    return make(Record{arena_.copy(fields), family}, origin);
  }
  /// The same value seen at another place.
  Val at(Val v, Span origin) {
    return v->origin == origin ? v : arena_.make<Value>(v->data, origin, v->weight, v->forms);
  }
  /// The same value, which stands in the template as `json`.
  Val written(Val v, ir::ValueRef json) { return with_forms(v, {json, v->document()}); }
  /// The same value, which documents say as `json`.
  Val in_documents(Val v, ir::ValueRef json) { return with_forms(v, {v->written(), json}); }
  /// The same value, known to weigh at least so much: what a template value is made of cannot be seen from
  /// outside.
  Val weighing(Val v, std::uint32_t weight) {
    return v->weight >= weight ? v : arena_.make<Value>(v->data, v->origin, weight, v->forms);
  }
  std::string_view keep(std::string_view text) { return arena_.copy(text); }
  template <class T>
  std::span<const T> keep(const std::vector<T>& items) {
    return arena_.copy(items);
  }
  /// Room for so many parts of a value, which is told of them when they are there.
  template <class T>
  T* room_for(std::size_t count) {
    return arena_.room_for<T>(count);
  }

 private:
  Val with_forms(Val v, Forms forms) {
    return arena_.make<Value>(v->data, v->origin, v->weight, arena_.make<Forms>(forms));
  }

  Arena& arena_;
};

/// Known completely at compile time, resources and instances included not.
bool is_const(Val v);
/// Equality of constants; nothing when one side is late somewhere that matters.
std::optional<bool> const_equal(Val a, Val b);
/// Whether one of `items` is equal to `v`; nothing when a comparison is not one of constants.
std::optional<bool> const_contains(std::span<const Val> items, Val v);
/// The text that a constant scalar becomes in a string; nothing for anything else.
std::optional<std::string_view> scalar_text(Val v, Values& values);
/// A constant number as a double; nothing for anything else.
std::optional<double> number_of(Val v);
/// `30s`, `100GiB`, `"text"`, `a list`: for messages.
std::string describe(Val v);
/// As the source writes them: `5m`, `100GiB`.
std::string duration_text(std::int64_t seconds);
std::string size_text(std::int64_t kib);

}  // namespace stackc::eval
