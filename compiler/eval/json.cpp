#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// `toJson`: text known at compile time, with late leaves interpolated (decision 13).
namespace stackc::eval {
namespace {

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
}

class Json {
 public:
  Json(Context& ctx, const Env& env, Span span) : ctx_(ctx), env_(env), span_(span) {}

  Val run(Val v) {
    const bool fine = add(v);
    flush();
    return fine ? concatenate(ctx_, env_, parts_, span_) : ctx_.values.invalid(span_);
  }

 private:
  void flush() {
    if (!text_.empty()) parts_.push_back(ctx_.values.text(text_, span_));
    text_.clear();
  }
  void quoted(std::string_view text) {
    text_ += '"';
    escape(text_, text);
    text_ += '"';
  }

  /// False after a mistake, which is reported.
  bool add(Val v) {
    if (v->is<Invalid>()) return false;
    if (const auto* list = v->get_if<List>()) return add_list(*list);
    if (const auto* record = v->get_if<Record>()) return add_record(*record);
    if (v->is<Absent>()) {
      text_ += "null";
    } else if (v->is<bool>() || v->is<std::int64_t>() || v->is<Decimal>()) {
      text_ += scalar_text(v, ctx_.values).value_or("");
    } else if (const auto text = scalar_text(v, ctx_.values)) {
      quoted(*text);
    } else if (const auto* choice = v->get_if<Choice>()) {
      return add_choice(*choice);
    } else if (v->is<Condition>()) {
      flush();
      parts_.push_back(v);
    } else if (const auto* late = v->get_if<Late>()) {
      if (late->list) return late_shape(v);
      if (!late->bare) text_ += '"';
      flush();
      parts_.push_back(v);
      if (!late->bare) text_ += '"';
    } else {
      return late_shape(v);
    }
    return true;
  }
  /// Each arm becomes a text of its own.
  bool add_choice(const Choice& choice) {
    const Val then = Json(ctx_, env_, span_).run(choice.then);
    const Val otherwise = Json(ctx_, env_, span_).run(choice.otherwise);
    if (then->is<Invalid>() || otherwise->is<Invalid>()) return false;
    flush();
    parts_.push_back(ctx_.values.make(Choice{choice.condition, then, otherwise}, span_));
    return true;
  }
  bool add_list(const List& list) {
    std::vector<Field> parts;
    for (const Val item : list.items) parts.push_back({{}, item});
    return add_parts('[', ']', std::move(parts), false);
  }
  bool add_record(const Record& record) {
    return add_parts('{', '}', {record.fields.begin(), record.fields.end()}, true);
  }

  /// Elements or fields between brackets. One that may be absent takes its comma with it: the one before it,
  /// or the one after it as long as nothing certain stands before.
  bool add_parts(char open, char close, std::vector<Field> parts, bool keyed) {
    for (Field& part : parts) part.value = settle(ctx_, env_.facts, part.value);
    std::erase_if(parts, [](const Field& part) { return part.value->is<Absent>(); });
    const auto certain =
        std::find_if(parts.begin(), parts.end(), [](const Field& f) { return !may_be_absent(f.value); });
    if (certain == parts.end() && !parts.empty()) return add_either(open, close, parts, keyed);
    text_ += open;
    for (auto part = parts.begin(); part != parts.end(); ++part) {
      const bool before = part < certain;
      const std::string key = keyed ? quoted_key(part->key) : std::string();
      if (!may_be_absent(part->value)) {
        if (part != certain) text_ += ',';
        text_ += key;
        if (!add(part->value)) return false;
        continue;
      }
      const Val text = distribute(ctx_, env_, part->value, [&](const Env& env, Val arm) {
        if (arm->is<Absent>()) return ctx_.values.text("", span_);
        Json inner(ctx_, env, span_);
        inner.text_ = (before ? "" : ",") + key;
        const bool fine = inner.add(arm);
        if (before) inner.text_ += ',';
        inner.flush();
        return fine ? concatenate(ctx_, env, inner.parts_, span_) : ctx_.values.invalid(span_);
      });
      if (text->is<Invalid>()) return false;
      flush();
      parts_.push_back(text);
    }
    text_ += close;
    return true;
  }
  /// Everything may be absent: the whole, once with the first part and once without.
  bool add_either(char open, char close, const std::vector<Field>& parts, bool keyed) {
    const Val text = distribute(ctx_, env_, parts.front().value, [&](const Env& env, Val arm) {
      std::vector<Field> chosen = parts;
      chosen.front().value = arm;
      Json inner(ctx_, env, span_);
      const bool fine = inner.add_parts(open, close, std::move(chosen), keyed);
      inner.flush();
      return fine ? concatenate(ctx_, env, inner.parts_, span_) : ctx_.values.invalid(span_);
    });
    if (text->is<Invalid>()) return false;
    flush();
    parts_.push_back(text);
    return true;
  }
  static bool may_be_absent(Val v) {
    const auto* choice = v->get_if<Choice>();
    return choice != nullptr ? may_be_absent(choice->then) || may_be_absent(choice->otherwise)
                             : v->is<Absent>();
  }
  static std::string quoted_key(std::string_view key) {
    std::string out = "\"";
    escape(out, key);
    return out + "\":";
  }
  bool late_shape(Val v) {
    report(
        ctx_, env_.frame, Code::TooLate, v->origin.valid() ? v->origin : span_,
        "`toJson` writes text at compile time, and this list's length is known only when a deployment starts")
        .help(
            "a list of that kind in JSON needs `transform \"AWS::LanguageExtensions\"`; `join` makes plain "
            "text of it");
    return false;
  }

  Context& ctx_;
  const Env& env_;
  const Span span_;
  std::string text_;
  std::vector<Val> parts_;
};

}  // namespace

Val json_text(Context& ctx, const Env& env, Val v, Span span) {
  const Target open(ctx.program.types, ctx.program.types.plain(sema::Kind::Json));
  return Json(ctx, env, span).run(coerce(ctx, env, v, open));
}

}  // namespace stackc::eval
