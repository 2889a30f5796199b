#include "compiler/eval/documents.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/document_writer.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

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

/// Why a document cannot be written there; empty: it can.
std::string_view wrong_path(std::string_view path) {
  if (path.empty()) return "is empty";
  if (path.starts_with('/') || path.find('\\') != std::string_view::npos) return "is no path below the template's folder";
  if (normalize_path(path) != path || path.starts_with("..")) return "is no plain path below the template's folder";
  const bool control = std::ranges::any_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control) return "has a control character";
  if (!path.ends_with(".json") || path == ".json" || path.ends_with("/.json")) return "is not the name of a JSON file";
  for (const std::string_view own : {".template.json", ".parameters.json", ".map.json", ".release.json"}) {
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
  Diagnostic& d = report(ctx, frame, Code::DocumentPath, span, fmt::format("two documents are written to `{}`", path));
  if (!same->instance.valid()) {
    d.label(same->origin, "the first");
  } else if (same->instance != outermost_instance(frame)) {
    d.label(same->instance, "the first is in this one");
  }
  if (frame->body->instance != nullptr || !frame->id_suffix.empty()) {
    d.help("make a name that differs part of the path: `\"ecs/${name}.json\"`");
  }
  return false;
}

/// Places in the template where holes ended up.
class Strays {
 public:
  explicit Strays(Context& ctx) : ctx_(ctx) {}

  /// What to do about the hole `name`, which source or a Compose file has.
  std::string help_for(std::string_view name, Span origin) const {
    constexpr std::string_view kVariable = "ENVIRONMENT_";
    if (!origin.valid() || ctx_.sources.path(origin.file).ends_with(".stack")) {
      return fmt::format("`hole(\"{}\", value)` is the value in a template, and the hole in a document", name);
    }
    if (!name.starts_with(kVariable)) return "in a template, give the container an image: `{ ...file.web, image: … }`";
    return fmt::format("in a template, give the variable a value: `compose(yaml(\"…\"), {{ variables: {{ {}: … }} }})`",
                       name.substr(kVariable.size()));
  }

  void look(ir::ValueRef v) {
    if (v == nullptr || !seen_.insert({v, true}).second) return;
    if (const std::string_view name = hole_in(v); !name.empty()) {
      const auto hole = ctx_.holes.find(name);
      const bool known = hole != ctx_.holes.end();
      report(ctx_, known ? hole->second.frame : nullptr, Code::HolePlace, known ? hole->second.origin : v->origin,
             fmt::format("the hole `{}` stands in the template, which nobody fills", name))
          .help(help_for(name, known ? hole->second.origin : Span{}));
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

void add_output(Context& ctx, std::string_view name) {
  const HoleUse& use = ctx.holes.at(name);
  const std::string_view id = keep(ctx, output_id(name));
  const auto same = std::ranges::find(ctx.tmpl.outputs, id, &ir::Output::id);
  // An output that says the same anyway fills the hole as well.
  if (same != ctx.tmpl.outputs.end() && same->condition == nullptr && ir::equal(same->value, use.filled)) return;
  if (!claim(ctx, ctx.output_ids, id, use.frame, use.origin, "output")) return;
  ir::Output out;
  out.id = id;
  out.value = use.filled;
  out.origin = use.origin;
  ctx.tmpl.outputs.push_back(out);
}

bool same_value(ir::ValueRef a, ir::ValueRef b) {
  return a == nullptr || b == nullptr ? a == b : ir::equal(a, b);
}

/// A hole that some document has, as the manifest of the release tells it.
ir::Hole described(Context& ctx, std::string_view name) {
  const HoleUse& use = ctx.holes.at(name);
  ir::Hole out{name, use.placed.empty() ? "string" : use.placed, {}, use.constant};
  if (use.filled != nullptr) out.output = keep(ctx, output_id(name));
  if (out.type == "string" && out.constant != nullptr) {
    const ir::Builder b = ctx.ir.at(use.origin);
    if (const auto* n = out.constant->get_if<std::int64_t>()) out.constant = b.string(fmt::format("{}", *n));
    if (const auto* yes = out.constant->get_if<bool>()) out.constant = b.string(*yes ? "true" : "false");
    if (const auto* n = out.constant->get_if<ir::Decimal>()) out.constant = b.string(n->text);
  }
  return out;
}

/// The API that a document is for, null for none; nothing after a mistake.
std::optional<const schema::Api*> api_for(Context& ctx, const Env& env, const ast::Decl& decl, sema::TypeId id) {
  const sema::Type& type = ctx.program.types[id];
  const std::string_view name = type.kind == sema::Kind::Properties ? type.resource_name : std::string_view{};
  const auto asked = std::ranges::find(decl.decorators, "api", [](const ast::Decorator& d) { return d.name.text; });
  if (asked == decl.decorators.end()) return schema::find_api(name);
  const Val given = evaluate(ctx, env, asked->args[0].value);
  if (given->is<Invalid>()) return std::nullopt;
  if (given->is<Absent>()) return nullptr;
  const auto operation = scalar_text(given, ctx.values);
  const schema::Api* api = operation && !operation->empty() ? schema::find_api(name, *operation) : nullptr;
  if (api != nullptr) return api;
  const auto known = schema::api_operations(name);
  Diagnostic& d = report(ctx, env.frame, Code::UnknownApi, asked->span,
                         fmt::format("no API `{}` takes {}", operation.value_or("?"),
                                     name.empty() ? "a document that is no resource type's" : fmt::format("an `{}`", name)));
  if (!known.empty()) d.help(fmt::format("it goes to {}", fmt::join(known, " or ")));
  return std::nullopt;
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
  const Target type = type_of(ctx, env, expr);
  HoleUse use{json_type(type), nullptr, nullptr, span, env.frame, {}, {}};
  const ir::ValueRef ref = ctx.ir.at(span).ref(keep(ctx, std::string(kHole).append(*name)));
  Val inside = ctx.values.make(Late{ref}, span);
  if (call.args.size() > 1) {
    inside = evaluate(ctx, env, call.args[1].value);
    if (inside->is<Invalid>()) return inside;
    if (is_const(inside)) {
      use.constant = lower(ctx, coerce(ctx, env, inside, type));
    } else {
      use.filled = filled_with(ctx, env, inside);
    }
  }
  const auto [at, fresh] = ctx.holes.try_emplace(keep(ctx, *name), use);
  const HoleUse& first = at->second;
  if (!fresh && !(same_value(first.filled, use.filled) && same_value(first.constant, use.constant))) {
    Diagnostic& d = report(ctx, env.frame, Code::HoleName, span, fmt::format("the hole `{}` is filled with two values", *name));
    const Span other = outermost_instance(first.frame);
    d.label(other.valid() && other != outermost_instance(env.frame) ? other : first.origin, "the other one");
    return ctx.values.invalid(span);
  }
  return ctx.values.in_documents(ctx.values.at(inside, span), ref);
}

Val release_hole(Context& ctx, const Env& env, std::string_view name, Span span) {
  const auto [at, fresh] = ctx.holes.try_emplace(keep(ctx, name), HoleUse{"string", nullptr, nullptr, span, env.frame, {}, {}});
  if (!fresh && (at->second.filled != nullptr || at->second.constant != nullptr)) {
    report(ctx, env.frame, Code::HoleName, span, fmt::format("the hole `{}` is filled with two values", name))
        .label(at->second.origin, "the other one");
    return ctx.values.invalid(span);
  }
  const ir::ValueRef ref = ctx.ir.at(span).ref(keep(ctx, std::string(kHole).append(name)));
  return ctx.values.in_documents(ctx.values.make(Late{ref}, span), ref);
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
  const sema::TypeId type_id = frame->body->module->decl_types[decl.value];
  const auto api = api_for(ctx, env, d, type_id);
  if (!api) return;
  const Target type(ctx.program.types, type_id);
  const Val value = coerce(ctx, env, evaluate(ctx, env, document.value), type);
  if (value->is<Invalid>()) return;
  ir::Document out;
  out.path = keep(ctx, *text);
  out.api = *api != nullptr ? (*api)->command : std::string_view{};
  out.origin = span;
  out.instance = outermost_instance(frame);
  out.value = DocumentWriter(ctx, frame, *api, out.holes).write(value, type);
  std::ranges::sort(out.holes);
  ctx.tmpl.documents.push_back(std::move(out));
}

void finish_documents(Context& ctx) {
  if (ctx.holes.empty()) return;
  // A hole that has a value is that value everywhere but in documents.
  const auto is_open = [](const auto& hole) { return hole.second.filled == nullptr && hole.second.constant == nullptr; };
  if (std::ranges::any_of(ctx.holes, is_open)) report_strays(ctx);
  std::vector<std::string_view> names;
  for (const ir::Document& d : ctx.tmpl.documents) names.insert(names.end(), d.holes.begin(), d.holes.end());
  for (const std::string_view name : names) {
    if (ctx.holes.at(name).filled != nullptr) add_output(ctx, name);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const std::string_view name : names) ctx.tmpl.holes.push_back(described(ctx, name));
}

}  // namespace stackc::eval
