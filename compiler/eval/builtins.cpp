#include "compiler/eval/builtins.hpp"

#include <algorithm>
#include <charconv>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {

using sema::BuiltinFn;

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Code points of UTF-8 text: the offsets at which they begin, and the end.
std::vector<std::size_t> boundaries(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) out.push_back(i);
  }
  out.push_back(text.size());
  return out;
}

class Function {
 public:
  Function(Context& ctx, const BuiltinCall& call)
      : ctx_(ctx), call_(call), env_(call.env), span_(call.span) {}

  Val run() {
    switch (call_.fn) {
      case BuiltinFn::Unchecked:
        return unchecked(ctx_, env_, assumed(arg(0)));
      case BuiltinFn::Assume:
      case BuiltinFn::Declared:
        return assumed(arg(0));
      case BuiltinFn::LogicalId:
        return logical_id_of(arg(0));
      case BuiltinFn::ToJson:
        return json_text(ctx_, env_, arg(0), span_);
      case BuiltinFn::Keys:
      case BuiltinFn::Values:
      case BuiltinFn::Length:
      case BuiltinFn::Concat:
      case BuiltinFn::Flatten:
      case BuiltinFn::Distinct:
      case BuiltinFn::Sort:
      case BuiltinFn::Contains:
      case BuiltinFn::Range:
      case BuiltinFn::Merge:
      case BuiltinFn::Zip:
        return collection();
      case BuiltinFn::Min:
      case BuiltinFn::Max:
      case BuiltinFn::Sum:
        return numbers();
      case BuiltinFn::Upper:
      case BuiltinFn::Lower:
      case BuiltinFn::Trim:
      case BuiltinFn::Replace:
      case BuiltinFn::StartsWith:
      case BuiltinFn::EndsWith:
      case BuiltinFn::Substring:
      case BuiltinFn::ToInt:
        return text();
      case BuiltinFn::ToString:
        return concatenate(ctx_, env_, {arg(0)}, span_);
      default:
        return nullptr;
    }
  }

 private:
  [[nodiscard]] Val arg(std::size_t i) const { return call_.args[i]; }
  [[nodiscard]] bool has(std::size_t i) const { return i < call_.args.size() && !arg(i)->is<Absent>(); }
  Val late(std::size_t i, std::string_view what) { return needs_constant(ctx_, env_, call_.spans[i], what); }

  /// `assume(x)`: the content, whether or not it is there.
  Val assumed(Val v) {
    const auto* choice = v->get_if<Choice>();
    if (choice == nullptr || call_.fn != BuiltinFn::Assume) return v;
    if (choice->otherwise->is<Absent>()) return assumed(choice->then);
    return choice->then->is<Absent>() ? assumed(choice->otherwise) : v;
  }

  Val logical_id_of(Val v) {
    if (const auto* handle = v->get_if<ResourceHandle>())
      return ctx_.values.make(handle->resource->id, span_);
    if (const auto* choice = v->get_if<Choice>()) {
      return logical_id_of(choice->then->is<Absent>() ? choice->otherwise : choice->then);
    }
    return ctx_.values.invalid(span_);
  }

  /// The elements of a list, a map or a family; null when its length is late.
  std::optional<std::span<const Val>> items(std::size_t i) {
    const Val v = splat(ctx_, env_, arg(i), span_);
    const auto* list = v->get_if<List>();
    return list != nullptr ? std::optional(list->items) : std::nullopt;
  }

  Val collection() {
    switch (call_.fn) {
      case BuiltinFn::Keys:
        return keys();
      case BuiltinFn::Values:
        return splat(ctx_, env_, arg(0), span_);
      case BuiltinFn::Length:
        return length();
      case BuiltinFn::Concat:
        return concat();
      case BuiltinFn::Flatten:
        return flatten();
      case BuiltinFn::Distinct:
        return distinct();
      case BuiltinFn::Sort:
        return sort();
      case BuiltinFn::Contains:
        return contains();
      case BuiltinFn::Range:
        return range();
      case BuiltinFn::Merge:
        return merge();
      default:
        return zip();
    }
  }

  Val keys() {
    std::vector<Val> out;
    if (const auto* record = arg(0)->get_if<Record>()) {
      for (const Field& f : record->fields) out.push_back(ctx_.values.make(f.key, span_));
    } else if (const auto* list = arg(0)->get_if<List>();
               list != nullptr && list->keys().size() == list->items.size()) {
      for (const std::string_view key : list->keys()) out.push_back(ctx_.values.make(key, span_));
    } else {
      return late(0, "`keys`");
    }
    return ctx_.values.list(out, span_);
  }
  Val length() {
    if (const auto* s = arg(0)->get_if<std::string_view>()) {
      return ctx_.values.integer(static_cast<std::int64_t>(boundaries(*s).size()) - 1, span_);
    }
    if (const auto* record = arg(0)->get_if<Record>()) {
      return ctx_.values.integer(static_cast<std::int64_t>(record->fields.size()), span_);
    }
    const auto list = items(0);
    return list ? ctx_.values.integer(static_cast<std::int64_t>(list->size()), span_) : late(0, "`length`");
  }
  Val concat() {
    std::vector<Val> out;
    for (std::size_t i = 0; i < call_.args.size(); ++i) {
      const auto list = items(i);
      if (!list) return late(i, "`concat`");
      out.insert(out.end(), list->begin(), list->end());
    }
    return ctx_.values.list(out, span_);
  }
  Val flatten() {
    const auto lists = items(0);
    if (!lists) return late(0, "`flatten`");
    std::vector<Val> out;
    for (const Val inner : *lists) {
      const Val flat = splat(ctx_, env_, inner, span_);
      const auto* list = flat->get_if<List>();
      if (list == nullptr) return late(0, "`flatten`");
      out.insert(out.end(), list->items.begin(), list->items.end());
    }
    return ctx_.values.list(out, span_);
  }
  /// What is known later is the same only if it is the same resource or the same expression.
  static bool same_late(Val a, Val b) {
    const auto *x = a->get_if<Late>(), *y = b->get_if<Late>();
    if (x != nullptr && y != nullptr) return ir::equal(x->value, y->value);
    const auto *r = a->get_if<ResourceHandle>(), *t = b->get_if<ResourceHandle>();
    return r != nullptr && t != nullptr && r->resource == t->resource;
  }
  Val distinct() {
    const auto list = items(0);
    if (!list) return late(0, "`distinct`");
    std::vector<Val> out;
    for (const Val v : *list) {
      bool again = false;
      for (const Val other : out) again = again || const_equal(v, other).value_or(same_late(v, other));
      if (!again) out.push_back(v);
    }
    return ctx_.values.list(out, span_);
  }
  Val sort() {
    const auto unsorted = items(0);
    if (!unsorted) return late(0, "`sort`");
    std::vector<Val> list(unsorted->begin(), unsorted->end());
    const auto all_numbers =
        std::all_of(list.begin(), list.end(), [](Val v) { return number_of(v).has_value(); });
    const auto all_text = std::all_of(list.begin(), list.end(),
                                      [](Val v) { return v->is<std::string_view>() || v->is<Cidr>(); });
    if (!all_numbers && !all_text) return late(0, "`sort`");
    std::stable_sort(list.begin(), list.end(), [&](Val a, Val b) {
      return all_numbers ? *number_of(a) < *number_of(b)
                         : *scalar_text(a, ctx_.values) < *scalar_text(b, ctx_.values);
    });
    return ctx_.values.list(list, span_);
  }
  Val contains() {
    if (const auto* s = arg(0)->get_if<std::string_view>()) {
      const auto* part = arg(1)->get_if<std::string_view>();
      return part != nullptr ? ctx_.values.boolean(s->find(*part) != std::string_view::npos, span_)
                             : late(1, "`contains`");
    }
    if (const auto* record = arg(0)->get_if<Record>()) {
      const auto key = scalar_text(arg(1), ctx_.values);
      if (key) return ctx_.values.boolean(record->find(*key) != nullptr, span_);
    }
    if (const auto* listed = arg(0)->get_if<Late>(); listed != nullptr && listed->list) {
      const auto text = scalar_text(arg(1), ctx_.values);
      if (!text) return late(1, "`contains`");
      const ir::Builder rule = ctx_.ir.at(span_);
      return from_condition(ctx_, rule.call(ir::Fn::Contains, {listed->value, rule.string(*text)}), span_);
    }
    const auto list = items(0);
    if (!list) return late(0, "`contains`");
    if (const auto known = const_contains(*list, arg(1))) return ctx_.values.boolean(*known, span_);
    // A late element or value: true where one of the comparisons is.
    const ir::Builder b = ctx_.ir.at(span_);
    ir::ValueRef any = b.boolean(false);
    for (const Val v : *list) {
      const ir::ValueRef same = as_condition(ctx_, env_, equal_values(ctx_, env_, v, arg(1), span_), span_);
      if (same == nullptr) return ctx_.values.invalid(span_);
      any = b.either(any, same);
    }
    return from_condition(ctx_, any, span_);
  }
  Val range() {
    const auto* count = arg(0)->get_if<std::int64_t>();
    if (count == nullptr) return late(0, "`range`");
    if (*count > ctx_.limits.range) {
      return fail(ctx_, env_, Code::ExpansionLimit, span_,
                  fmt::format("a range has at most {} elements", ctx_.limits.range));
    }
    std::vector<Val> out;
    for (std::int64_t i = 0; i < *count; ++i) out.push_back(ctx_.values.integer(i, span_));
    return ctx_.values.make(List{ctx_.values.keep(out), nullptr, true}, span_);
  }
  Val merge() {
    std::vector<Field> fields;
    for (std::size_t i = 0; i < call_.args.size(); ++i) {
      if (arg(i)->is<Absent>()) continue;
      const auto* record = arg(i)->get_if<Record>();
      if (record == nullptr) return late(i, "`merge`");
      for (const Field& f : record->fields) {
        const auto same =
            std::find_if(fields.begin(), fields.end(), [&](const Field& g) { return g.key == f.key; });
        if (same != fields.end()) {
          same->value = f.value;
        } else {
          fields.push_back(f);
        }
      }
    }
    return ctx_.values.record(fields, span_);
  }
  Val zip() {
    const auto names = items(0), values = items(1);
    if (!names) return late(0, "`zip`");
    if (!values) return late(1, "`zip`");
    if (names->size() != values->size()) {
      return fail(ctx_, env_, Code::IndexOutOfRange, span_,
                  fmt::format("`zip` takes lists of one length, and these have {} and {} elements",
                              names->size(), values->size()));
    }
    std::vector<Field> fields;
    for (std::size_t i = 0; i < names->size(); ++i) {
      const auto key = scalar_text((*names)[i], ctx_.values);
      if (!key) return late(0, "`zip`");
      fields.push_back({*key, (*values)[i]});
    }
    return ctx_.values.record(fields, span_);
  }

  /// The numbers among which to choose: one list, or the arguments themselves.
  Val numbers() {
    std::vector<Val> all(call_.args.begin(), call_.args.end());
    if (all.size() == 1 && !number_of(all[0])) {
      const auto list = items(0);
      if (!list) return late(0, "arithmetic");
      all.assign(list->begin(), list->end());
    }
    if (call_.fn == BuiltinFn::Sum) {
      Val out = ctx_.values.integer(0, span_);
      for (const Val v : all) out = arithmetic(ctx_, env_, ast::BinaryOp::Add, out, v, span_);
      return out;
    }
    Val best = nullptr;
    for (const Val v : all) {
      const auto n = number_of(v);
      if (!n) return late(0, "an order comparison");
      const bool better =
          best == nullptr || (call_.fn == BuiltinFn::Min ? *n < *number_of(best) : *n > *number_of(best));
      if (better) best = v;
    }
    return best != nullptr ? best
                           : fail(ctx_, env_, Code::IndexOutOfRange, span_,
                                  "an empty list has no smallest or largest number");
  }

  Val text() {
    std::vector<std::string_view> texts;
    for (std::size_t i = 0; i < call_.args.size(); ++i) {
      const auto t =
          arg(i)->is<Absent>() ? std::optional<std::string_view>("") : scalar_text(arg(i), ctx_.values);
      if (!t) return late(i, "this function");
      texts.push_back(*t);
    }
    const std::string_view s = texts[0];
    switch (call_.fn) {
      case BuiltinFn::Upper:
        return mapped(s, 'a', 'z', 'A' - 'a');
      case BuiltinFn::Lower:
        return mapped(s, 'A', 'Z', 'a' - 'A');
      case BuiltinFn::Trim:
        return trim(s);
      case BuiltinFn::Replace:
        return replace(s, texts[1], texts[2]);
      case BuiltinFn::StartsWith:
        return ctx_.values.boolean(s.starts_with(texts[1]), span_);
      case BuiltinFn::EndsWith:
        return ctx_.values.boolean(s.ends_with(texts[1]), span_);
      case BuiltinFn::Substring:
        return substring(s);
      default:
        return to_int(s);
    }
  }
  Val mapped(std::string_view s, char from, char to, int shift) {
    std::string out(s);
    for (char& c : out) {
      if (c >= from && c <= to) c = static_cast<char>(c + shift);
    }
    return ctx_.values.text(out, span_);
  }
  Val trim(std::string_view s) {
    while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
    while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
    return ctx_.values.make(s, span_);
  }
  Val replace(std::string_view s, std::string_view from, std::string_view to) {
    if (from.empty()) return ctx_.values.make(s, span_);
    std::string out;
    for (std::size_t at = s.find(from); at != std::string_view::npos; at = s.find(from)) {
      out += s.substr(0, at);
      out += to;
      if (!may_weigh(ctx_, env_.frame, span_, weight_of(std::string_view(out))))
        return ctx_.values.invalid(span_);
      s.remove_prefix(at + from.size());
    }
    out += s;
    return ctx_.values.text(out, span_);
  }
  Val substring(std::string_view s) {
    const auto at = boundaries(s);
    const auto size = static_cast<std::int64_t>(at.size()) - 1;
    const auto* start = arg(1)->get_if<std::int64_t>();
    const auto* count = has(2) ? arg(2)->get_if<std::int64_t>() : nullptr;
    if (start == nullptr) return late(1, "`substring`");
    if (*start < 0 || *start > size || (count != nullptr && *count < 0)) {
      return fail(ctx_, env_, Code::IndexOutOfRange, span_,
                  fmt::format("position {} is out of range: the text has {} characters", *start, size));
    }
    const std::int64_t end = count != nullptr && *count < size - *start ? *start + *count : size;
    const auto from = at[static_cast<std::size_t>(*start)];
    return ctx_.values.make(s.substr(from, at[static_cast<std::size_t>(end)] - from), span_);
  }
  Val to_int(std::string_view s) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
    if (error == std::errc{} && end == s.data() + s.size() && !s.empty())
      return ctx_.values.integer(out, span_);
    return fail(ctx_, env_, Code::InvalidLiteral, call_.spans[0], fmt::format("`{}` is not an integer", s));
  }

  Context& ctx_;
  const BuiltinCall& call_;
  const Env& env_;
  const Span span_;
};

}  // namespace

Val call_function(Context& ctx, const BuiltinCall& call) { return Function(ctx, call).run(); }

}  // namespace stackc::eval
