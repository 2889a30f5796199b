#include "compiler/eval/scope.hpp"

#include <algorithm>
#include <memory>

#include "compiler/base/text.hpp"
#include "compiler/eval/declarations.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

/// One block on the way from a body to a declaration.
struct Step {
  ast::DeclId owner;
  bool in_else;
};

/// The blocks around `decl` within its body, outermost first.
std::vector<Step> path_to(const sema::CheckedModule& module, ast::DeclId decl) {
  std::vector<Step> out;
  for (sema::DeclPlace at = module.places[decl.value]; at.parent.valid();
       at = module.places[at.parent.value]) {
    if (module.module->ast->get_if<ast::ComponentDecl>(at.parent) != nullptr) break;
    out.push_back({at.parent, at.in_else});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

/// The body around `env`, or of another file, that a declaration at `place` of `module` is in.
Body* body_of(Context& ctx, const Env& env, ModuleId module, const sema::DeclPlace& place) {
  for (Body* b = env.frame->body; b != nullptr; b = b->lexical) {
    if (b->component == place.component && b->module->id == module) return b;
  }
  return &file_body(ctx, module);
}

/// The innermost frame that `env` and the declaration at `path` share, and how much of the path it covers.
std::pair<Frame*, std::size_t> common_frame(const Env& env, Body* body, const std::vector<Step>& path) {
  if (env.frame->body != body) return {body->top, 0};
  std::vector<Frame*> chain;
  for (Frame* f = env.frame; f != nullptr && f != body->top; f = f->parent) chain.push_back(f);
  Frame* frame = body->top;
  std::size_t covered = 0;
  while (covered < path.size() && covered < chain.size()) {
    Frame* next = chain[chain.size() - 1 - covered];
    if (next->owner != path[covered].owner || next->in_else != path[covered].in_else) break;
    frame = next;
    ++covered;
  }
  return {frame, covered};
}

/// The frame around `env` that holds the declaration at `place` of `body`; null: it stands in a block that `env`
/// is not in.
Frame* frame_around(const Env& env, const Body* body, const sema::DeclPlace& place) {
  if (env.frame->body != body) return nullptr;
  for (Frame* f = env.frame; f != nullptr; f = f->parent) {
    if (f->owner == place.parent && f->in_else == place.in_else) return f;
  }
  return nullptr;
}

/// The declaration's value seen from `frame`, through the blocks of `path` from `from` on. Null: the branch
/// that holds it does not exist.
Val descend(Context& ctx, Frame* frame, const std::vector<Step>& path, std::size_t from, ast::DeclId decl,
            Span use) {
  if (from == path.size()) return slot_value(ctx, frame, decl);
  const Step& step = path[from];
  const std::span<Frame* const> blocks = children(ctx, frame, step.owner);
  if (ast_of(frame).get_if<ast::ForDecl>(step.owner) != nullptr) {
    std::vector<Field> rounds;
    for (Frame* round : blocks) {
      if (const Val v = descend(ctx, round, path, from + 1, decl, use)) rounds.push_back({round->key, v});
    }
    return ctx.values.record(rounds, use, true);
  }
  for (Frame* branch : blocks) {
    if (branch->in_else != step.in_else) continue;
    const Val v = descend(ctx, branch, path, from + 1, decl, use);
    if (v == nullptr || branch->own_condition == nullptr) return v;
    return choose(ctx, branch->own_condition, v, ctx.values.none(use), use);
  }
  return nullptr;
}

/// Two declarations of one name in different branches, seen from outside, as one value.
Val merged(Context& ctx, Val a, Val b) {
  if (a == nullptr) return b;
  if (b == nullptr) return a;
  const auto* first = a->get_if<Record>();
  const auto* second = b->get_if<Record>();
  if (first == nullptr || second == nullptr || !first->family || !second->family) {
    return coalesce(ctx, nullptr, a, b);
  }
  std::vector<Field> fields(first->fields.begin(), first->fields.end());
  for (const Field& f : second->fields) {
    const auto same =
        std::find_if(fields.begin(), fields.end(), [&](const Field& g) { return g.key == f.key; });
    if (same == fields.end()) {
      fields.push_back(f);
    } else {
      same->value = merged(ctx, same->value, f.value);
    }
  }
  return ctx.values.record(fields, a->origin, true);
}

/// The value of the name that `decls` declare, in whichever branches.
Val resolve_in(Context& ctx, const Env& env, Body* body, std::span<const ast::DeclId> decls, Span use,
               bool whole) {
  Val out = nullptr;
  for (const ast::DeclId decl : decls) {
    const std::vector<Step> path = path_to(*body->module, decl);
    const auto [frame, covered] =
        whole ? std::pair(body->top, std::size_t{0}) : common_frame(env, body, path);
    out = merged(ctx, out, descend(ctx, frame, path, covered, decl, use));
  }
  if (out == nullptr) return ctx.values.none(use);
  return ctx.values.at(settle(ctx, env.facts, out), use);
}

/// `One.text`: the instances around and the name.
std::string qualified(const Active& active) {
  std::string out(active.name);
  for (const Instance* i = active.frame->body->instance; i != nullptr; i = i->frame->body->instance) {
    out = fmt::format("{}.{}", i->decl->name.text, out);
  }
  return out;
}

void report_cycle(Context& ctx, Frame* frame, const Slot& slot, Span span) {
  std::size_t from = ctx.active.size();
  while (from > 0 && ctx.active[from - 1].slot != &slot) --from;
  std::vector<std::string> path;
  for (std::size_t i = from > 0 ? from - 1 : 0; i < ctx.active.size(); ++i) {
    // Blocks have no name; an output and the param behind it often share one.
    std::string name = qualified(ctx.active[i]);
    if (!ctx.active[i].name.empty() && (path.empty() || path.back() != name)) path.push_back(std::move(name));
  }
  if (!path.empty() && (path.size() == 1 || path.front() != path.back())) path.push_back(path.front());
  Diagnostic& d = report(ctx, frame, Code::EvaluationCycle, span, "this value depends on itself");
  d.note(fmt::format("`{}`", fmt::join(path, "` -> `")));
}

/// Marks a slot as being evaluated, for as long as it lives.
class Evaluating {
 public:
  Evaluating(Context& ctx, const Slot& slot, const Frame* frame, const ast::Decl& decl) : ctx_(ctx) {
    ctx_.active.push_back({&slot, frame, decl.name.text});
  }
  ~Evaluating() { ctx_.active.pop_back(); }
  Evaluating(const Evaluating&) = delete;
  Evaluating& operator=(const Evaluating&) = delete;

 private:
  Context& ctx_;
};

/// The outputs of a block and of those in it, in source order.
void collect_outputs(const ast::Ast& tree, const ast::Block& block, std::vector<ast::DeclId>& out) {
  for (const ast::DeclId id : block.decls) {
    const ast::Decl& decl = tree[id];
    if (std::holds_alternative<ast::OutputDecl>(decl.node)) {
      out.push_back(id);
    } else if (const auto* loop = std::get_if<ast::ForDecl>(&decl.node)) {
      collect_outputs(tree, loop->body, out);
    } else if (const auto* branch = std::get_if<ast::IfDecl>(&decl.node)) {
      collect_outputs(tree, branch->then, out);
      collect_outputs(tree, branch->otherwise, out);
    }
  }
}

}  // namespace

Body& file_body(Context& ctx, ModuleId module) {
  Body*& body = ctx.files[module.value];
  if (body != nullptr) return *body;
  body = &ctx.bodies.emplace_back();
  body->module = &ctx.program[module];
  body->top = open_frame(ctx, body, nullptr, {}, body->module->module->ast->top);
  return *body;
}

Frame* open_frame(Context& ctx, Body* body, Frame* parent, ast::DeclId owner, const ast::Block& block) {
  Frame* frame = ctx.arena.make<Frame>();
  frame->body = body;
  frame->tree = body->module->module->ast.get();
  frame->parent = parent;
  frame->owner = owner;
  frame->block = &block;
  Slot* const slots = ctx.arena.room_for<Slot>(block.decls.size());
  std::uninitialized_value_construct_n(slots, block.decls.size());
  frame->slots = {slots, block.decls.size()};
  if (parent != nullptr) {
    frame->id_suffix = parent->id_suffix;
    frame->bad_key = parent->bad_key;
    frame->locals = parent->locals;
    frame->condition = parent->condition;
    frame->facts = parent->facts;
  }
  ctx.declarations += static_cast<std::uint32_t>(block.decls.size());
  if (ctx.declarations > ctx.limits.declarations && !ctx.exhausted) {
    ctx.exhausted = true;
    report(ctx, frame, Code::ExpansionLimit, block.span,
           fmt::format("the stack expands to more than {} declarations", ctx.limits.declarations));
  }
  return frame;
}

std::span<Frame* const> children(Context& ctx, Frame* frame, ast::DeclId decl) {
  Slot& slot = slot_at(frame, decl);
  if (slot.expansion == Slot::State::Done) return slot.children;
  const ast::Decl& d = ast_of(frame)[decl];
  if (slot.expansion == Slot::State::Running) {
    report_cycle(ctx, frame, slot, d.span);
    return slot.children;
  }
  slot.expansion = Slot::State::Running;
  Evaluating guard(ctx, slot, frame, d);
  if (!ctx.exhausted) slot.children = ctx.arena.copy(expand(ctx, frame, decl));
  slot.expansion = Slot::State::Done;
  return slot.children;
}

Val slot_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  Slot& slot = slot_at(frame, decl);
  if (slot.state == Slot::State::Done) return slot.value;
  const ast::Decl& d = ast_of(frame)[decl];
  if (slot.state == Slot::State::Running) {
    report_cycle(ctx, frame, slot, d.name.span);
    slot.value = ctx.values.invalid(d.span);
    slot.state = Slot::State::Done;
    return slot.value;
  }
  slot.state = Slot::State::Running;
  Evaluating guard(ctx, slot, frame, d);
  const Val value = declaration_value(ctx, frame, decl);
  if (slot.state != Slot::State::Done) slot.value = value;
  slot.state = Slot::State::Done;
  return slot.value;
}

Val resolve(Context& ctx, const Env& env, const sema::DeclRef& ref, Span use, bool whole) {
  const sema::CheckedModule& here = *env.frame->body->module;
  const sema::DeclPlace& place = (here.id == ref.module ? here : ctx.program[ref.module]).places[ref.decl.value];
  Body* body = body_of(ctx, env, ref.module, place);
  if (place.several) return resolve_in(ctx, env, body, *body->module->same_name.find(ref.decl.value), use, whole);
  // Most names are declared once, in no block, and known already.
  if (place.parent == body->component) {
    const Slot& slot = body->top->slots[place.index];
    const Val v = slot.state == Slot::State::Done ? slot.value : slot_value(ctx, body->top, ref.decl);
    return ctx.values.at(settle(ctx, env.facts, v), use);
  }
  if (Frame* frame = whole ? nullptr : frame_around(env, body, place)) {
    return ctx.values.at(settle(ctx, env.facts, slot_value(ctx, frame, ref.decl)), use);
  }
  return resolve_in(ctx, env, body, {&ref.decl, 1}, use, whole);
}

Resource* resource_in(Context& ctx, Frame* frame, ast::DeclId decl) {
  Slot& slot = slot_at(frame, decl);
  if (slot.resource == nullptr) slot.resource = make_resource(ctx, frame, decl);
  return slot.resource;
}

Instance* instance_in(Context& ctx, Frame* frame, ast::DeclId decl) {
  Slot& slot = slot_at(frame, decl);
  if (slot.instance == nullptr) slot.instance = make_instance(ctx, frame, decl);
  return slot.instance;
}

const std::vector<ast::DeclId>& outputs_of(const Instance& instance) {
  Body& body = *instance.body;
  if (body.outputs_ready) return body.outputs;
  body.outputs_ready = true;
  const ast::Ast& tree = *body.module->module->ast;
  if (const auto* component = tree.get_if<ast::ComponentDecl>(body.component)) {
    collect_outputs(tree, component->body, body.outputs);
  }
  return body.outputs;
}

Val output_value(Context& ctx, const Instance& instance, std::string_view name, Span use) {
  Body* body = instance.body;
  const ast::Ast& tree = *body->top->tree;
  std::vector<ast::DeclId> named;  // stays empty for one output of the name that is in no block
  for (const ast::DeclId id : outputs_of(instance)) {
    if (tree[id].name.text != name) continue;
    const sema::DeclPlace& place = body->module->places[id.value];
    if (!place.several && place.parent == body->component) {
      return ctx.values.at(settle(ctx, body->top->facts, slot_value(ctx, body->top, id)), use);
    }
    named.push_back(id);
  }
  if (named.empty()) return nullptr;
  return resolve_in(ctx, body->top->env(), body, named, use, true);
}

std::vector<std::string_view> round_keys(const Frame* frame) {
  std::vector<std::string_view> out;
  for (; frame != nullptr; frame = frame->parent) {
    if (frame->owner.valid() && ast_of(frame).get_if<ast::ForDecl>(frame->owner) != nullptr)
      out.push_back(frame->key);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace stackc::eval
