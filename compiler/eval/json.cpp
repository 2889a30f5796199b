#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// `toJson`: text known at compile time, with late leaves interpolated (decision 13).
namespace stackc::eval {
namespace {

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
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
      text_ += '"';
      flush();
      parts_.push_back(v);
      text_ += '"';
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
    text_ += '[';
    bool first = true;
    for (const Val item : list.items) {
      if (item->is<Absent>()) continue;
      if (!first) text_ += ',';
      first = false;
      if (!add(item)) return false;
    }
    text_ += ']';
    return true;
  }
  bool add_record(const Record& record) {
    text_ += '{';
    bool first = true;
    for (const Field& f : record.fields) {
      if (f.value->is<Absent>()) continue;
      if (!first) text_ += ',';
      first = false;
      quoted(f.key);
      text_ += ':';
      if (!add(f.value)) return false;
    }
    text_ += '}';
    return true;
  }
  bool late_shape(Val v) {
    needs_constant(ctx_, env_, v->origin.valid() ? v->origin : span_, "the shape of JSON text");
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
