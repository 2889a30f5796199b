#include "compiler/eval/identity.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"

namespace stackc::eval {
namespace {

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// The nearest `for` around `frame` whose key cannot be part of a logical ID.
const Frame* bad_round(const Frame* frame) {
  for (; frame != nullptr; frame = frame->parent) {
    if (ast_of(frame).get_if<ast::ForDecl>(frame->owner) != nullptr && !is_id_text(frame->key)) return frame;
  }
  return nullptr;
}

void report_bad_key(Context& ctx, const Frame* frame, const ast::Decl& decl) {
  const Frame* round = bad_round(frame);
  if (round == nullptr) return;
  const ast::Ast& tree = ast_of(round);
  const ast::Loop& loop = tree.get_if<ast::ForDecl>(round->owner)->loop;
  const ast::ExprId place = loop.key.valid() ? loop.key : loop.in;
  Diagnostic& d = round->key.empty()
                      ? report(ctx, round->parent, Code::LoopKeyNeeded, tree[place].span,
                               fmt::format("`{}` in this loop has no key for its logical ID", decl.name.text))
                      : report(ctx, round->parent, Code::LoopKeyNeeded, tree[place].span,
                               fmt::format("the key `{}` cannot be part of the logical ID of `{}`",
                                           round->key, decl.name.text));
  d.label(decl.name.span, "the identity that takes the key");
  d.help(
      "add `key` and an expression of letters and digits after the loop's list: `for r in rules key r.name`");
}

}  // namespace

std::string capitalized(std::string_view text) {
  std::string out(text);
  if (!out.empty()) out[0] = to_upper(out[0]);
  return out;
}

bool is_id_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_alphanumeric);
}

std::string_view keep(Context& ctx, std::string_view text) { return ctx.tmpl.arena.copy(text); }

std::string_view logical_id(Context& ctx, const Frame* frame, const ast::Decl& decl) {
  if (const auto given = explicit_id(ctx, frame, decl)) return keep(ctx, *given);
  if (frame->bad_key) report_bad_key(ctx, frame, decl);
  const std::string& prefix = frame->body->prefix;
  const std::string_view name = decl.name.text;
  if (prefix.empty() && frame->id_suffix.empty()) return keep(ctx, name);
  std::string id;
  id.reserve(prefix.size() + name.size() + frame->id_suffix.size());
  id.append(prefix).append(name);
  if (!prefix.empty() && !name.empty()) id[prefix.size()] = to_upper(name[0]);
  return keep(ctx, id.append(frame->id_suffix));
}

bool claim(Context& ctx, NameTable<Identity>& taken, std::string_view id,
           const Frame* frame, Span span, std::string_view what) {
  const auto [first, fresh] = taken.add(id, Identity{span, frame});
  if (fresh) return true;
  if (first->span == span && first->frame->body == frame->body && first->frame != frame) {
    report(ctx, frame, Code::DuplicateLogicalId, span,
           fmt::format("two rounds of a loop give the {} `{}`", what, id), "declared once a round")
        .help("the keys of the rounds have to differ, also in their first letters; `key …` gives others");
    return false;
  }
  Diagnostic& d =
      report(ctx, frame, Code::DuplicateLogicalId, span,
             fmt::format("the {} `{}` is declared twice", what, id), "a second one with the same name");
  d.label(first->span, "the first one");
  for (const Frame* f = first->frame; f != nullptr && f->body->instance != nullptr;
       f = f->body->instance->frame) {
    if (f->body->instance->frame->body->instance == nullptr) {
      d.label(f->body->instance->decl->name.span, "which is in this instance");
    }
  }
  d.help("rename one, or give it a name of its own with `@id(\"…\")`");
  return false;
}

}  // namespace stackc::eval
