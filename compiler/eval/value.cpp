#include "compiler/eval/value.hpp"

#include <charconv>
#include <cmath>
#include <string>

#include "compiler/base/text.hpp"

namespace stackc::eval {
namespace {

std::optional<bool> lists_equal(const List& a, const List& b) {
  if (a.items.size() != b.items.size()) return false;
  bool sure = true;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    const auto same = const_equal(a.items[i], b.items[i]);
    if (same && !*same) return false;
    sure = sure && same.has_value();
  }
  return sure ? std::optional(true) : std::nullopt;
}

std::optional<bool> records_equal(const Record& a, const Record& b) {
  if (a.fields.size() != b.fields.size()) return false;
  bool sure = true;
  for (const Field& f : a.fields) {
    const Val other = b.find(f.key);
    if (other == nullptr) return false;
    const auto same = const_equal(f.value, other);
    if (same && !*same) return false;
    sure = sure && same.has_value();
  }
  return sure ? std::optional(true) : std::nullopt;
}

bool is_open(Val v) { return v->is<Late>() || v->is<Condition>() || v->is<Choice>() || v->is<Invalid>(); }

}  // namespace

Val Record::find(std::string_view name) const {
  for (const Field& f : fields) {
    if (f.key == name) return f.value;
  }
  return nullptr;
}

Val Values::invalid(Span origin) { return make(Invalid{}, origin); }

Val Values::decimal(double v, Span origin) {
  constexpr double kExactlyWhole = 9007199254740992.0;  // 2^53
  if (std::nearbyint(v) == v && std::fabs(v) < kExactlyWhole) {
    return integer(static_cast<std::int64_t>(v), origin);
  }
  return make(Decimal{keep(fmt::format("{}", v))}, origin);
}

bool is_const(Val v) {
  if (const auto* list = v->get_if<List>()) {
    for (Val item : list->items) {
      if (!is_const(item)) return false;
    }
    return true;
  }
  if (const auto* record = v->get_if<Record>()) {
    for (const Field& f : record->fields) {
      if (!is_const(f.value)) return false;
    }
    return true;
  }
  return !is_open(v) && !v->is<ResourceHandle>() && !v->is<InstanceHandle>();
}

std::optional<double> number_of(Val v) {
  if (const auto* i = v->get_if<std::int64_t>()) return static_cast<double>(*i);
  std::string_view text;
  if (const auto* d = v->get_if<Decimal>()) text = d->text;
  if (const auto* p = v->get_if<Percent>()) text = p->text;
  if (text.empty()) return std::nullopt;
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return out;
}

std::optional<bool> const_equal(Val a, Val b) {
  // Most comparisons: of two texts, of two truths.
  if (const auto *x = a->get_if<std::string_view>(), *y = b->get_if<std::string_view>(); x && y) return *x == *y;
  if (is_open(a) || is_open(b)) return std::nullopt;
  if (const auto* x = a->get_if<List>()) {
    const auto* y = b->get_if<List>();
    return y != nullptr ? lists_equal(*x, *y) : std::optional(false);
  }
  if (const auto* x = a->get_if<Record>()) {
    const auto* y = b->get_if<Record>();
    return y != nullptr ? records_equal(*x, *y) : std::optional(false);
  }
  if (const auto* x = a->get_if<ResourceHandle>()) {
    const auto* y = b->get_if<ResourceHandle>();
    return y != nullptr && x->resource == y->resource;
  }
  if (const auto* x = a->get_if<Duration>()) {
    const auto* y = b->get_if<Duration>();
    return y != nullptr && x->seconds == y->seconds;
  }
  if (const auto* x = a->get_if<Size>()) {
    const auto* y = b->get_if<Size>();
    return y != nullptr && x->kib == y->kib;
  }
  if (const auto* x = a->get_if<bool>()) {
    const auto* y = b->get_if<bool>();
    return y != nullptr && *x == *y;
  }
  if (a->is<Absent>() || b->is<Absent>()) return a->is<Absent>() && b->is<Absent>();
  if (const auto x = number_of(a), y = number_of(b); x && y) return *x == *y;
  const auto text = [](Val v) -> std::optional<std::string_view> {
    if (const auto* s = v->get_if<std::string_view>()) return *s;
    if (const auto* c = v->get_if<Cidr>()) return c->text;
    return std::nullopt;
  };
  const auto x = text(a), y = text(b);
  return x && y && *x == *y;
}

std::optional<bool> const_contains(std::span<const Val> items, Val v) {
  bool any = false;
  for (const Val item : items) {
    const auto same = const_equal(item, v);
    if (!same) return std::nullopt;
    any = any || *same;
  }
  return any;
}

std::optional<std::string_view> scalar_text(Val v, Values& values) {
  if (const auto* s = v->get_if<std::string_view>()) return *s;
  if (const auto* b = v->get_if<bool>()) return *b ? "true" : "false";
  if (const auto* i = v->get_if<std::int64_t>()) return values.keep(std::to_string(*i));
  if (const auto* d = v->get_if<Decimal>()) return d->text;
  if (const auto* c = v->get_if<Cidr>()) return c->text;
  if (const auto* p = v->get_if<Percent>()) return p->text;
  return std::nullopt;
}

std::string duration_text(std::int64_t seconds) {
  if (seconds != 0 && seconds % 86400 == 0) return fmt::format("{}d", seconds / 86400);
  if (seconds != 0 && seconds % 3600 == 0) return fmt::format("{}h", seconds / 3600);
  if (seconds != 0 && seconds % 60 == 0) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

std::string size_text(std::int64_t kib) {
  constexpr std::int64_t kMiB = 1024, kGiB = kMiB * 1024, kTiB = kGiB * 1024;
  if (kib != 0 && kib % kTiB == 0) return fmt::format("{}TiB", kib / kTiB);
  if (kib != 0 && kib % kGiB == 0) return fmt::format("{}GiB", kib / kGiB);
  if (kib != 0 && kib % kMiB == 0) return fmt::format("{}MiB", kib / kMiB);
  return fmt::format("{}KiB", kib);
}

std::string describe(Val v) {
  struct Describe {
    std::string operator()(const Invalid&) const { return "an unknown value"; }
    std::string operator()(const Absent&) const { return "`none`"; }
    std::string operator()(bool b) const { return b ? "`true`" : "`false`"; }
    std::string operator()(std::int64_t i) const { return fmt::format("`{}`", i); }
    std::string operator()(const Decimal& d) const { return fmt::format("`{}`", d.text); }
    std::string operator()(std::string_view s) const { return fmt::format("`\"{}\"`", s); }
    std::string operator()(const Cidr& c) const { return fmt::format("`{}`", c.text); }
    std::string operator()(const Duration& d) const { return fmt::format("`{}`", duration_text(d.seconds)); }
    std::string operator()(const Size& s) const { return fmt::format("`{}`", size_text(s.kib)); }
    std::string operator()(const Percent& p) const { return fmt::format("`{}%`", p.text); }
    std::string operator()(const List&) const { return "a list"; }
    std::string operator()(const Record& r) const { return r.family ? "a family" : "a record"; }
    std::string operator()(const ResourceHandle&) const { return "a resource"; }
    std::string operator()(const InstanceHandle&) const { return "an instance of a component"; }
    std::string operator()(const Ports&) const { return "ports"; }
    std::string operator()(const Late&) const { return "a value that only the deployment knows"; }
    std::string operator()(const Condition&) const { return "a condition"; }
    std::string operator()(const Choice&) const { return "a conditional value"; }
  };
  return std::visit(Describe{}, v->data);
}

}  // namespace stackc::eval
