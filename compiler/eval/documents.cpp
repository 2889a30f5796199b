#include "compiler/eval/documents.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

constexpr std::string_view kHole = "hole:";

/// The name of the hole that `v` is; empty: it is none.
std::string_view hole_in(ir::ValueRef v) {
  const auto* ref = v->call(ir::Fn::Ref);
  const auto* id = ref != nullptr ? ref->args[0]->get_if<std::string_view>() : nullptr;
  return id != nullptr && id->starts_with(kHole) ? id->substr(kHole.size()) : std::string_view{};
}

std::string_view json_type(Target type) {
  using sema::Kind;
  while (type.kind() == Kind::Optional || type.kind() == Kind::Secret) type = type.element();
  if (type.kind() == Kind::Literal) type = type.element();
  switch (type.kind()) {
    case Kind::Int:
    case Kind::Number:
      return "number";
    case Kind::Bool:
      return "boolean";
    case Kind::List:
      return "array";
    case Kind::Map:
    case Kind::Record:
    case Kind::Nested:
    case Kind::Properties:
      return "object";
    case Kind::Union: {
      const std::string_view first = json_type(type.arm(0));
      for (std::size_t i = 1; i < type.arm_count(); ++i) {
        if (json_type(type.arm(i)) != first) return "string";
      }
      return first;
    }
    default:
      return "string";
  }
}

/// `ELB_TARGET_GROUP_ARN` -> `ElbTargetGroupArn`: the output that fills the hole.
std::string output_id(std::string_view hole) {
  std::string out;
  while (!hole.empty()) {
    const std::string_view word = hole.substr(0, hole.find('_'));
    hole.remove_prefix(std::min(hole.size(), word.size() + 1));
    const bool shouted = std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
    std::string piece(word);
    for (char& c : piece) {
      if (shouted && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    out += capitalized(piece);
  }
  return out;
}

bool is_hole_name(std::string_view name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && letter(name[0]) && std::ranges::all_of(name, inner);
}

/// What fills a hole, as an output's value: text, a list with commas.
ir::ValueRef filled_with(Context& ctx, const Env& env, Val v) {
  const Target text(ctx.program.types, ctx.program.types.plain(sema::Kind::String));
  const ir::Builder b = ctx.ir.at(v->origin);
  if (const auto* late = v->get_if<Late>(); late != nullptr && late->list) return b.join(",", late->value);
  if (const auto* list = v->get_if<List>()) {
    std::vector<ir::ValueRef> items;
    for (const Val item : list->items) items.push_back(lower(ctx, coerce(ctx, env, item, text)));
    return b.join(",", b.list(items));
  }
  return lower(ctx, coerce(ctx, env, v, text));
}

/// The document as it is written: holes as `${NAME}`, everything else known.
class Write {
 public:
  Write(Context& ctx, const Frame* frame, ir::Document& document) : ctx_(ctx), frame_(frame), document_(document) {}

  ir::ValueRef value(ir::ValueRef v) {
    const ir::Builder b = ctx_.ir.at(v->origin);
    if (const auto* text = v->get_if<std::string_view>()) return b.string(escaped(*text));
    if (const auto* list = v->get_if<ir::List>()) {
      std::vector<ir::ValueRef> items;
      for (const ir::ValueRef item : list->items) items.push_back(value(item));
      return b.list(items);
    }
    if (const auto* object = v->get_if<ir::Object>()) {
      std::vector<ir::Member> members;
      for (const ir::Member& m : object->members) members.push_back({m.key, value(m.value)});
      return b.object(members);
    }
    if (v->get_if<ir::Call>() == nullptr) return v;
    const auto written = text_of(v);
    if (written) return b.string(*written);
    report(ctx_, frame_, Code::LateDocument, v->origin,
           "a document is written at compile time, and this is known only later")
        .help("make it a hole: `hole(\"NAME\", value)`");
    return b.string("");
  }

 private:
  static std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{') out += '$';
      out += text[i];
    }
    return out;
  }

  std::optional<std::string> text_of(ir::ValueRef v) {
    if (const auto* text = v->get_if<std::string_view>()) return escaped(*text);
    if (const std::string_view hole = hole_in(v); !hole.empty()) {
      add(hole);
      return fmt::format("${{{}}}", hole);
    }
    const auto* sub = v->call(ir::Fn::Sub);
    if (sub == nullptr) return std::nullopt;
    std::string out;
    for (const ir::ValueRef part : sub->args) {
      const auto piece = text_of(part);
      if (!piece) return std::nullopt;
      out += *piece;
    }
    return out;
  }

  void add(std::string_view name) {
    if (std::ranges::find(document_.holes, name, &ir::Hole::name) != document_.holes.end()) return;
    const auto known = ctx_.holes.find(name);
    if (known == ctx_.holes.end()) return;
    const std::string id = known->second.filled != nullptr ? output_id(name) : std::string{};
    document_.holes.push_back({keep(ctx_, name), known->second.type, keep(ctx_, id)});
  }

  Context& ctx_;
  const Frame* frame_;
  ir::Document& document_;
};

/// Why a document cannot be written there; empty: it can.
std::string_view wrong_path(std::string_view path) {
  if (path.empty()) return "is empty";
  if (path.starts_with('/') || path.find('\\') != std::string_view::npos) return "is no path below the template's folder";
  if (normalize_path(path) != path || path.starts_with("..")) return "is no plain path below the template's folder";
  const bool control = std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control) return "has a control character";
  if (!path.ends_with(".json") || path == ".json" || path.ends_with("/.json")) return "is not the name of a JSON file";
  for (const std::string_view own : {".template.json", ".parameters.json", ".map.json", ".holes.json"}) {
    if (path.ends_with(own)) return "ends like a file that the compiler writes itself";
  }
  return {};
}

bool check_path(Context& ctx, Frame* frame, std::string_view path, Span span) {
  if (const std::string_view wrong = wrong_path(path); !wrong.empty()) {
    report(ctx, frame, Code::DocumentPath, span, fmt::format("`{}` {}", path, wrong), "expected a path like `ecs/task.json`");
    return false;
  }
  const auto same = std::ranges::find(ctx.tmpl.documents, path, &ir::Document::path);
  if (same == ctx.tmpl.documents.end()) return true;
  report(ctx, frame, Code::DocumentPath, span, fmt::format("two documents are written to `{}`", path))
      .label(same->origin, "the first");
  return false;
}

/// Places in the template where holes ended up.
class Strays {
 public:
  explicit Strays(Context& ctx) : ctx_(ctx) {}

  void look(ir::ValueRef v) {
    if (v == nullptr || !seen_.insert({v, true}).second) return;
    if (const std::string_view name = hole_in(v); !name.empty()) {
      const auto hole = ctx_.holes.find(name);
      const bool known = hole != ctx_.holes.end();
      report(ctx_, known ? hole->second.frame : nullptr, Code::HolePlace, known ? hole->second.origin : v->origin,
             fmt::format("the hole `{}` stands in the template, and only a document has holes", name))
          .help("in a template, late values stand as they are");
      return;
    }
    if (const auto* call = v->get_if<ir::Call>()) std::ranges::for_each(call->args, [&](ir::ValueRef a) { look(a); });
    if (const auto* list = v->get_if<ir::List>()) std::ranges::for_each(list->items, [&](ir::ValueRef i) { look(i); });
    if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) look(m.value);
    }
  }

 private:
  Context& ctx_;
  std::unordered_map<ir::ValueRef, bool> seen_;
};

void report_strays(Context& ctx) {
  Strays strays(ctx);
  const ir::Template& t = ctx.tmpl;
  for (const ir::Resource& r : t.resources) {
    for (const ir::ValueRef v : {r.properties, r.metadata, r.creation_policy, r.update_policy, r.condition}) strays.look(v);
    for (const ir::Member& m : r.raw) strays.look(m.value);
  }
  for (const ir::Output& o : t.outputs) {
    for (const ir::ValueRef v : {o.value, o.condition, o.export_name}) strays.look(v);
  }
  for (const ir::Condition& c : t.conditions) strays.look(c.value);
  for (const ir::Rule& r : t.rules) strays.look(r.value);
  for (const ir::Mapping& m : t.mappings) strays.look(m.value);
  for (const ir::RawEntry& e : t.raw_entries) strays.look(e.value);
  strays.look(t.metadata);
}

void add_output(Context& ctx, const ir::Hole& hole) {
  const HoleUse& use = ctx.holes.at(hole.name);
  const auto same = std::ranges::find(ctx.tmpl.outputs, hole.output, &ir::Output::id);
  // An output that says the same anyway fills the hole as well.
  if (same != ctx.tmpl.outputs.end() && same->condition == nullptr && ir::equal(same->value, use.filled)) return;
  if (!claim(ctx, ctx.output_ids, hole.output, use.frame, use.origin, "output")) return;
  ir::Output out;
  out.id = hole.output;
  out.value = use.filled;
  out.origin = use.origin;
  ctx.tmpl.outputs.push_back(out);
}

}  // namespace

Val hole_value(Context& ctx, const Env& env, ast::ExprId expr, const ast::CallExpr& call) {
  const ast::Ast& tree = ast_of(env.frame);
  const Span span = tree[expr].span;
  const Span name_span = tree[call.args[0].value].span;
  const Val given = evaluate(ctx, env, call.args[0].value);
  if (given->is<Invalid>()) return given;
  const auto name = scalar_text(given, ctx.values);
  if (!name) return needs_constant(ctx, env, name_span, "the name of a hole");
  if (!is_hole_name(*name)) {
    return fail(ctx, env, Code::HoleName, name_span, fmt::format("`{}` cannot be the name of a hole", *name),
                "expected letters, digits and `_`, a letter first");
  }
  HoleUse use{json_type(type_of(ctx, env, expr)), nullptr, span, env.frame};
  if (call.args.size() > 1) {
    const Val value = evaluate(ctx, env, call.args[1].value);
    if (value->is<Invalid>()) return value;
    use.filled = filled_with(ctx, env, value);
  }
  const auto [at, fresh] = ctx.holes.try_emplace(keep(ctx, *name), use);
  const HoleUse& first = at->second;
  const bool same_value = (first.filled == nullptr) == (use.filled == nullptr) &&
                          (use.filled == nullptr || ir::equal(first.filled, use.filled));
  if (!fresh && !same_value) {
    report(ctx, env.frame, Code::HoleName, span, fmt::format("the hole `{}` is filled with two values", *name))
        .label(first.origin, "the other one");
    return ctx.values.invalid(span);
  }
  const ir::ValueRef ref = ctx.ir.at(span).ref(keep(ctx, fmt::format("{}{}", kHole, *name)));
  return ctx.values.make(Late{ref}, span);
}

void emit_document(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const auto& document = std::get<ast::DocumentDecl>(d.node);
  const Env env = frame->env();
  const Span span = ast_of(frame)[document.path].span;
  if (frame->condition != nullptr) {
    report(ctx, frame, Code::LateDocument, span, "whether a document is written is known at compile time",
           "this stands under a condition that only the deployment knows");
    return;
  }
  const Val path = evaluate(ctx, env, document.path);
  const auto text = scalar_text(path, ctx.values);
  if (path->is<Invalid>()) return;
  if (!text) {
    needs_constant(ctx, env, span, "the path of a document");
    return;
  }
  if (!check_path(ctx, frame, *text, span)) return;
  const Target type(ctx.program.types, frame->body->module->decl_types[decl.value]);
  const Val value = coerce(ctx, env, evaluate(ctx, env, document.value), type);
  if (value->is<Invalid>()) return;
  ir::Document out;
  out.path = keep(ctx, *text);
  out.origin = span;
  out.value = Write(ctx, frame, out).value(lower(ctx, value));
  ctx.tmpl.documents.push_back(std::move(out));
}

void finish_documents(Context& ctx) {
  if (ctx.holes.empty()) return;
  report_strays(ctx);
  for (const ir::Document& d : ctx.tmpl.documents) {
    for (const ir::Hole& hole : d.holes) {
      if (!hole.output.empty()) add_output(ctx, hole);
    }
  }
}

}  // namespace stackc::eval
