#include "compiler/eval/outputs.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/raw.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

/// Whether some arm of `v` has parts that become outputs of their own.
bool has_parts(Val v) {
  if (const auto* choice = v->get_if<Choice>())
    return has_parts(choice->then) || has_parts(choice->otherwise);
  return v->is<List>() || v->is<Record>() || v->is<InstanceHandle>();
}

class Emit {
 public:
  Emit(Context& ctx, Frame* frame, ast::DeclId decl)
      : ctx_(ctx),
        frame_(frame),
        decl_(ast_of(frame)[decl]),
        output_(std::get<ast::OutputDecl>(decl_.node)) {}

  void run() {
    const Env env = frame_->env();
    Val v = evaluate(ctx_, env, output_.value);
    if (output_.type.valid()) {
      v = coerce(ctx_, env, v, {ctx_.program.types, frame_->body->module->type_exprs[output_.type.value]});
    }
    const Target type = type_of(ctx_, env, output_.value);
    const std::string_view id = logical_id(ctx_, frame_, decl_);
    if (auto made = emit(env, settle(ctx_, env.facts, v), type, std::string(id))) record(std::move(*made));
  }

 private:
  /// Emits `v` under `id` and says what importers see; nothing when there is nothing to import.
  std::optional<Export> emit(const Env& env, Val v, Target type, const std::string& id) {
    while (type.kind() == sema::Kind::Optional) type = type.element();
    if (v->is<Invalid>() || v->is<Absent>()) return std::nullopt;
    if (v->is<Choice>() && has_parts(v)) return emit_parts(env, merged_parts(env, v), type, id);
    if (v->is<List>() || v->is<Record>() || v->is<InstanceHandle>()) return emit_parts(env, v, type, id);
    return emit_value(env, v, id);
  }

  std::optional<Export> emit_parts(const Env& env, Val v, Target type, const std::string& id) {
    Export out;
    out.name = id;
    std::vector<std::pair<std::string_view, Val>> parts;
    if (const auto* list = v->get_if<List>()) {
      out.kind = Export::Kind::List;
      if (list->keys().size() != list->items.size()) return no_keys();
      for (std::size_t i = 0; i < list->items.size(); ++i) parts.emplace_back(list->keys()[i], list->items[i]);
    } else if (const auto* record = v->get_if<Record>()) {
      const bool listed = type.kind() == sema::Kind::List;
      const bool mapped = record->family || type.kind() == sema::Kind::Map;
      out.kind = listed ? Export::Kind::List : mapped ? Export::Kind::Map : Export::Kind::Record;
      for (const Field& f : record->fields) parts.emplace_back(f.key, f.value);
    } else if (const auto* handle = v->get_if<InstanceHandle>()) {
      out.kind = Export::Kind::Record;
      parts = outputs_in(*handle->instance);
    }
    for (const auto& [key, part] : parts) {
      if (!check_key(key)) continue;
      const Target inner = out.kind == Export::Kind::Record ? type.field(key) : type.element();
      auto made = emit(env, part, inner, id + capitalized(key));
      if (!made) continue;
      made->key = std::string(key);
      out.parts.push_back(std::move(*made));
    }
    return out;
  }

  std::vector<std::pair<std::string_view, Val>> outputs_in(const Instance& instance) {
    std::vector<std::pair<std::string_view, Val>> out;
    const ast::Ast& tree = *instance.body->module->module->ast;
    for (const ast::DeclId decl : outputs_of(instance)) {
      const std::string_view name = tree[decl].name.text;
      const auto same = [&](const auto& known) { return known.first == name; };
      if (std::any_of(out.begin(), out.end(), same)) continue;
      if (const Val v = output_value(ctx_, instance, name, tree[decl].name.span)) out.emplace_back(name, v);
    }
    return out;
  }

  /// A late choice between records or lists as one record, whose parts are the choices.
  Val merged_parts(const Env& env, Val v) {
    std::vector<std::string_view> keys;
    collect_keys(v, keys);
    std::vector<Field> fields;
    for (const std::string_view key : keys) {
      fields.push_back({key, distribute(ctx_, env, v, [&](const Env&, Val arm) { return part(arm, key); })});
    }
    return ctx_.values.record(fields, v->origin);
  }
  void collect_keys(Val v, std::vector<std::string_view>& out) {
    const auto add = [&](std::string_view key) {
      if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
    };
    if (const auto* choice = v->get_if<Choice>()) {
      collect_keys(choice->then, out);
      collect_keys(choice->otherwise, out);
    } else if (const auto* list = v->get_if<List>()) {
      if (list->keys().size() != list->items.size()) no_keys();
      for (const std::string_view key : list->keys()) add(key);
    } else if (const auto* record = v->get_if<Record>()) {
      for (const Field& f : record->fields) add(f.key);
    } else if (const auto* handle = v->get_if<InstanceHandle>()) {
      for (const auto& [key, value] : outputs_in(*handle->instance)) add(key);
    }
  }
  Val part(Val v, std::string_view key) {
    Val out = nullptr;
    if (const auto* list = v->get_if<List>()) {
      for (std::size_t i = 0; i < list->keys().size(); ++i) {
        if (list->keys()[i] == key) out = list->items[i];
      }
    } else if (const auto* record = v->get_if<Record>()) {
      out = record->find(key);
    } else if (const auto* handle = v->get_if<InstanceHandle>()) {
      out = output_value(ctx_, *handle->instance, key, v->origin);
    }
    return out != nullptr ? out : ctx_.values.none(v->origin);
  }

  std::optional<Export> no_keys() {
    if (!complained_) {
      Diagnostic& d =
          report(ctx_, frame_, Code::ExportNeedsKeys, ast_of(frame_)[output_.value].span,
                 fmt::format("`{}` is a list without keys, so its outputs have no names", decl_.name.text));
      d.help(
          "take a map, or a list made by a loop over texts: `[for z in zones: …]` keeps the keys of its "
          "loop");
    }
    complained_ = true;
    return std::nullopt;
  }

  bool check_key(std::string_view key) {
    if (is_id_text(key)) return true;
    report(ctx_, frame_, Code::LoopKeyNeeded, ast_of(frame_)[output_.value].span,
           fmt::format("the key `{}` cannot be part of the name of an output", key),
           "expected letters and digits");
    return false;
  }

  std::optional<Export> emit_value(const Env& env, Val v, const std::string& id) {
    const ir::ValueRef present = presence(ctx_, v);
    const auto* known = present->get_if<bool>();
    ir::Output out;
    out.condition = frame_->condition;
    if (known == nullptr) {
      out.condition = out.condition == nullptr ? present : ctx_.ir.both(out.condition, present);
      v = settle(ctx_, assume(ctx_, env.facts, present, true), v);
    }
    const Target text(ctx_.program.types, ctx_.program.types.plain(sema::Kind::String));
    const auto* late = v->get_if<Late>();
    const bool joined = late != nullptr && late->list;
    const ir::Builder b = ctx_.ir.at(ast_of(frame_)[output_.value].span);
    out.id = keep(ctx_, id);
    out.value = joined ? b.join(",", late->value) : lower(ctx_, coerce(ctx_, env, v, text));
    out.description = keep(ctx_, decl_.doc);
    out.origin = decl_.name.span;
    if (output_.is_export) {
      out.export_name = export_name(env, id);
      if (joined) {
        ctx_.sink
            .report(Code::JoinedExport, decl_.name.span,
                    fmt::format(
                        "`{}` is a list whose length is known only later, so it is exported as one text", id))
            .note(
                "CloudFormation refuses to change an export that another stack imports: this list cannot "
                "grow")
            .help("export a list of known length, which becomes one export an element");
      }
    }
    apply_raw(ctx_, raw_attributes(ctx_, find_decorator(env, decl_, {}, "raw")), out);
    if (!claim(ctx_, ctx_.output_ids, out.id, frame_, decl_.name.span, "output")) return std::nullopt;
    ctx_.tmpl.outputs.push_back(out);
    Export e;
    e.name = id;
    e.conditional = out.condition != nullptr;
    e.joined = joined;
    e.exported = output_.is_export;
    if (output_.export_name.valid()) name_pieces(out.export_name, e);
    return e;
  }

  ir::ValueRef export_name(const Env& env, const std::string& id) {
    const ir::Builder b = ctx_.ir.at(decl_.name.span);
    if (!output_.export_name.valid()) return b.sub({b.ref("AWS::StackName"), b.string(":" + id)});
    const ir::ValueRef given = lower(ctx_, evaluate(ctx_, env, output_.export_name));
    const std::string rest = id.substr(std::min(id.size(), logical_id(ctx_, frame_, decl_).size()));
    return rest.empty() ? given : b.sub({given, b.string(rest)});
  }

  /// The name of an export as an importer can make it up again.
  static void name_pieces(ir::ValueRef name, Export& into) {
    into.name_pieces.emplace_back();
    const auto add = [&](ir::ValueRef part) {
      if (const auto* text = part->get_if<std::string_view>()) {
        into.name_pieces.back() += *text;
      } else if (const auto* ref = part->call(ir::Fn::Ref); ref != nullptr && *ref->args[0]->get_if<std::string_view>() == "AWS::StackName") {
        into.name_pieces.emplace_back();
      } else {
        into.name_known = false;
      }
    };
    const auto* sub = name->call(ir::Fn::Sub);
    if (sub == nullptr) return add(name);
    for (const ir::ValueRef part : sub->args) add(part);
  }

  /// Enters what was exported, under the declaration's name and the keys of the loops around.
  void record(Export made) {
    std::vector<Export>* level = &ctx_.exports;
    std::string key(decl_.name.text);
    for (const std::string_view round : round_keys(frame_)) {
      Export* family = find(*level, key);
      if (family == nullptr) {
        family = &level->emplace_back();
        family->kind = Export::Kind::Map;
        family->key = key;
        family->name = key;
      }
      level = &family->parts;
      key = std::string(round);
    }
    made.key = key;
    if (find(*level, key) == nullptr) level->push_back(std::move(made));
  }
  static Export* find(std::vector<Export>& level, const std::string& key) {
    for (Export& e : level) {
      if (e.key == key) return &e;
    }
    return nullptr;
  }

  Context& ctx_;
  Frame* frame_;
  const ast::Decl& decl_;
  const ast::OutputDecl& output_;
  bool complained_ = false;
};

}  // namespace

void emit_output(Context& ctx, Frame* frame, ast::DeclId decl) { Emit(ctx, frame, decl).run(); }

}  // namespace stackc::eval
