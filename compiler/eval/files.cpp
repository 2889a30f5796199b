#include <algorithm>
#include <charconv>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

/// What calls read from files, and texts with markers.
namespace stackc::eval {

namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

Val scalar(Context& ctx, const yaml::Node& node, Span span) {
  switch (yaml::scalar_kind(node)) {
    case yaml::ScalarKind::Null:
      return ctx.values.none(span);
    case yaml::ScalarKind::Bool:
      return ctx.values.boolean(node.text[0] == 't' || node.text[0] == 'T', span);
    case yaml::ScalarKind::Int: {
      std::int64_t value = 0;
      const std::string_view digits = std::string_view(node.text).substr(node.text.starts_with('+') ? 1 : 0);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (error == std::errc{}) return ctx.values.integer(value, span);
      return ctx.values.make(Decimal{digits}, span);
    }
    case yaml::ScalarKind::Decimal:
      return ctx.values.make(Decimal{node.text}, span);
    default:
      return ctx.values.make(std::string_view(node.text), span);
  }
}

Val data(Context& ctx, const yaml::Node& node, Span span) {
  switch (node.kind) {
    case yaml::Kind::Null:
      return ctx.values.none(span);
    case yaml::Kind::Scalar:
      return scalar(ctx, node, span);
    case yaml::Kind::List: {
      std::vector<Val> items;
      for (const yaml::Node& item : node.items) items.push_back(data(ctx, item, span));
      return ctx.values.list(items, span);
    }
    case yaml::Kind::Map: {
      std::vector<Field> fields;
      for (const auto& [key, value] : node.pairs) fields.push_back({key.text, data(ctx, value, span)});
      return ctx.values.record(fields, span);
    }
  }
  return ctx.values.invalid(span);
}

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The length of the marker `@NAME@` at `at`; 0: there is none.
std::size_t marker_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  if (end >= text.size() || !starts_name(text[end])) return 0;
  while (end < text.size() && (starts_name(text[end]) || (text[end] >= '0' && text[end] <= '9'))) ++end;
  return end < text.size() && text[end] == '@' ? end + 1 - at : 0;
}

class Render {
 public:
  Render(Context& ctx, const BuiltinCall& call, std::string_view text, const Record& values)
      : ctx_(ctx), call_(call), text_(text), values_(values), used_(values.fields.size()) {}

  Val run() {
    std::size_t done = 0;
    for (std::size_t at = text_.find('@'); at != std::string_view::npos; at = text_.find('@', at)) {
      const std::size_t length = marker_at(text_, at);
      if (length == 0) {
        ++at;
        continue;
      }
      add_text(text_.substr(done, at - done));
      add_value(text_.substr(at + 1, length - 2));
      at = done = at + length;
    }
    add_text(text_.substr(done));
    report_unused();
    return failed_ ? ctx_.values.invalid(call_.span) : concatenate(ctx_, call_.env, parts_, call_.span);
  }

 private:
  void add_text(std::string_view text) {
    if (!text.empty()) parts_.push_back(ctx_.values.make(text, call_.span));
  }

  void add_value(std::string_view name) {
    const auto at = std::ranges::find(values_.fields, name, &Field::key);
    if (at != values_.fields.end()) {
      const Target text(ctx_.program.types, ctx_.program.types.plain(sema::Kind::String));
      used_[static_cast<std::size_t>(at - values_.fields.begin())] = true;
      parts_.push_back(coerce(ctx_, call_.env, at->value, text));
      return;
    }
    if (std::ranges::find(unknown_, name) != unknown_.end()) return;
    unknown_.push_back(name);
    failed_ = true;
    std::vector<std::string_view> names;
    for (const Field& f : values_.fields) names.push_back(f.key);
    const auto close = did_you_mean(name, names);
    Diagnostic& d = report(ctx_, call_.env.frame, Code::RenderMarker, call_.spans[1],
                           fmt::format("the text has the marker `@{0}@`, and there is no value `{0}`", name));
    d.help(!close.empty() ? fmt::format("did you mean `{}`?", close)
                          : fmt::format("for text that is no marker: `{{ {0}: \"@{0}@\" }}`", name));
  }

  void report_unused() {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      const std::string_view name = values_.fields[i].key;
      const std::vector<std::string_view> one{name};
      const auto means_it = [&](std::string_view marker) { return !did_you_mean(marker, one).empty(); };
      const bool meant = std::ranges::any_of(unknown_, means_it);
      if (meant) continue;
      failed_ = true;
      report(ctx_, call_.env.frame, Code::RenderMarker, call_.spans[1],
             fmt::format("the text has no marker `@{}@` for this value", name));
    }
  }

  Context& ctx_;
  const BuiltinCall& call_;
  const std::string_view text_;
  const Record& values_;
  std::vector<Val> parts_;
  std::vector<bool> used_;
  std::vector<std::string_view> unknown_;
  bool failed_ = false;
};

}  // namespace

Val call_file(Context& ctx, const Env& env, ast::ExprId expr, sema::BuiltinFn fn, Span span) {
  using sema::BuiltinFn;
  if (fn != BuiltinFn::Text && fn != BuiltinFn::JsonFile && fn != BuiltinFn::YamlFile && fn != BuiltinFn::Base64File) {
    return nullptr;
  }
  const Module& m = *env.frame->body->module->module;
  const auto at = m.data_files.find(expr.value);
  if (at == m.data_files.end()) return ctx.values.invalid(span);
  const DataFile& file = *ctx.program.graph->data_files[at->second];
  if (!file.ok) return ctx.values.invalid(span);
  if (fn == BuiltinFn::Text) return ctx.values.make(std::string_view(file.text), span);
  if (fn == BuiltinFn::Base64File) return ctx.values.text(base64(file.text), span);
  return data(ctx, file.data, span);
}

Val call_render(Context& ctx, const BuiltinCall& call) {
  const auto text = scalar_text(call.args[0], ctx.values);
  if (!text) return needs_constant(ctx, call.env, call.spans[0], "the text of `render`");
  const auto* values = call.args[1]->get_if<Record>();
  if (values == nullptr) return needs_constant(ctx, call.env, call.spans[1], "the names of `render`");
  return Render(ctx, call, *text, *values).run();
}

}  // namespace stackc::eval
