#include "compiler/eval/units.hpp"

#include <array>

#include "compiler/base/text.hpp"

namespace stackc::eval {

using schema::Unit;

namespace {

/// A unit as a fraction of the base (seconds, KiB): `count * times / per` units.
struct Scale {
  Unit unit;
  std::string_view member;  // as `5m.minutes` names it
  std::string_view name;    // as a message names it
  std::int64_t times;
  std::int64_t per;
};
constexpr std::array kTimes = {
    Scale{Unit::Milliseconds, "milliseconds", "milliseconds", 1000, 1},
    Scale{Unit::Seconds, "seconds", "seconds", 1, 1},
    Scale{Unit::Minutes, "minutes", "minutes", 1, 60},
    Scale{Unit::Hours, "hours", "hours", 1, 3600},
    Scale{Unit::Days, "days", "days", 1, 86400},
};
constexpr std::array kSizes = {
    Scale{Unit::Bytes, "bytes", "bytes", 1024, 1},
    Scale{Unit::KiB, "kib", "KiB", 1, 1},
    Scale{Unit::MiB, "mib", "MiB", 1, 1024},
    Scale{Unit::GiB, "gib", "GiB", 1, 1024 * 1024},
    Scale{Unit::TiB, "tib", "TiB", 1, 1024ll * 1024 * 1024},
};

/// `count` in the unit of `scale`; reports a rest or a result that is too large.
Val scaled(Context& ctx, const Env& env, Val v, std::int64_t count, const Scale& scale, Span span) {
  std::int64_t out = 0;
  if (__builtin_mul_overflow(count, scale.times, &out)) {
    return fail(ctx, env, Code::IntegerOverflow, span, "the result does not fit in a 64-bit integer");
  }
  if (out % scale.per != 0) {
    return fail(ctx, env, Code::InexactUnit, span,
                fmt::format("{} is not a whole number of {}", describe(v), scale.name),
                fmt::format("counted in {} here", scale.name));
  }
  return ctx.values.integer(out / scale.per, span);
}

const Scale* find_scale(std::span<const Scale> scales, Unit unit) {
  for (const Scale& s : scales) {
    if (s.unit == unit) return &s;
  }
  return nullptr;
}

/// `PT5M`, `P7D`: the largest units that come out even.
std::string iso8601(std::int64_t seconds) {
  if (seconds == 0) return "PT0S";
  std::string out = "P";
  if (const auto days = seconds / 86400; days > 0) out += fmt::format("{}D", days);
  const std::int64_t rest = seconds % 86400;
  if (rest == 0) return out;
  out += 'T';
  if (const auto hours = rest / 3600; hours > 0) out += fmt::format("{}H", hours);
  if (const auto minutes = rest % 3600 / 60; minutes > 0) out += fmt::format("{}M", minutes);
  if (const auto left = rest % 60; left > 0) out += fmt::format("{}S", left);
  return out;
}

bool wants_text(Target target) { return target.kind() == sema::Kind::String; }

Val as_wanted(Context& ctx, Val number, Target target) {
  if (!wants_text(target)) return number;
  const auto text = scalar_text(number, ctx.values);
  return text ? ctx.values.make(*text, number->origin) : number;
}

/// The largest number there is where the product does not fit: past every limit, so found later.
std::int64_t times(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  return __builtin_mul_overflow(a, b, &out) ? INT64_MAX : out;
}

}  // namespace

std::int64_t seconds_in(const ast::DurationExpr& d) {
  switch (d.unit) {
    case ast::DurationUnit::Seconds:
      return d.count;
    case ast::DurationUnit::Minutes:
      return times(d.count, 60);
    case ast::DurationUnit::Hours:
      return times(d.count, 3600);
    case ast::DurationUnit::Days:
      return times(d.count, 86400);
  }
  return d.count;
}

std::int64_t kib_in(const ast::SizeExpr& s) {
  switch (s.unit) {
    case ast::SizeUnit::KiB:
      return s.count;
    case ast::SizeUnit::MiB:
      return times(s.count, 1ll << 10);
    case ast::SizeUnit::GiB:
      return times(s.count, 1ll << 20);
    case ast::SizeUnit::TiB:
      return times(s.count, 1ll << 30);
  }
  return s.count;
}

Val in_unit(Context& ctx, const Env& env, Val v, Target target) {
  const Unit unit = target.unit();
  if (v->is<Percent>()) {
    if (unit != Unit::Percent) return v;
    return as_wanted(ctx, ctx.values.decimal(number_of(v).value_or(0), v->origin), target);
  }
  if (const auto* duration = v->get_if<Duration>()) {
    if (unit == Unit::Iso8601) return ctx.values.text(iso8601(duration->seconds), v->origin);
    const Scale* scale = find_scale(kTimes, unit);
    if (scale == nullptr) return v;
    return as_wanted(ctx, scaled(ctx, env, v, duration->seconds, *scale, v->origin), target);
  }
  if (const auto* size = v->get_if<Size>()) {
    const Scale* scale = find_scale(kSizes, unit);
    if (scale == nullptr) return v;
    return as_wanted(ctx, scaled(ctx, env, v, size->kib, *scale, v->origin), target);
  }
  return v;
}

Val unit_member(Context& ctx, const Env& env, Val v, std::string_view name, Span span) {
  const auto* duration = v->get_if<Duration>();
  const auto* size = v->get_if<Size>();
  if (duration == nullptr && size == nullptr) return nullptr;
  const std::span<const Scale> scales = duration != nullptr ? std::span<const Scale>(kTimes) : kSizes;
  for (const Scale& s : scales) {
    if (s.member == name)
      return scaled(ctx, env, v, duration != nullptr ? duration->seconds : size->kib, s, span);
  }
  return nullptr;
}

}  // namespace stackc::eval
