#include "compiler/eval/tags.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

void put(std::vector<Field>& tags, std::string_view key, Val value) {
  const auto same = std::find_if(tags.begin(), tags.end(), [&](const Field& f) { return f.key == key; });
  if (same != tags.end()) {
    same->value = value;
  } else {
    tags.push_back({key, value});
  }
}

/// The `tags` declarations of a block and of the branches and rounds in it.
void collect(Context& ctx, Frame* frame, std::vector<Field>& tags) {
  const ast::Ast& tree = ast_of(frame);
  for (const ast::DeclId decl : frame->block->decls) {
    const auto& node = tree[decl].node;
    if (const auto* own = std::get_if<ast::TagsDecl>(&node)) {
      const Env env = frame->env();
      const Val v = evaluate(ctx, env, own->body);
      const auto* record = v->get_if<Record>();
      if (record == nullptr) continue;
      // What holds for the whole body holds for its resources too: only a late branch makes a tag
      // conditional.
      const ir::ValueRef condition = frame->parent != nullptr ? frame->condition : nullptr;
      const Target text(ctx.program.types, ctx.program.types.plain(sema::Kind::String));
      for (const Field& f : record->fields) {
        const Val value = coerce(ctx, env, f.value, text);
        const Val none = ctx.values.none(value->origin);
        put(tags, f.key, condition == nullptr ? value : choose(ctx, condition, value, none, value->origin));
      }
    }
    if (std::holds_alternative<ast::IfDecl>(node) || std::holds_alternative<ast::ForDecl>(node)) {
      for (Frame* child : children(ctx, frame, decl)) collect(ctx, child, tags);
    }
  }
}

/// The tags that reach what `body` declares: those of the bodies around, then its own.
const std::vector<Field>& tags_of(Context& ctx, Body& body) {
  if (body.tags_ready) return body.tags;
  body.tags_ready = true;
  if (body.instance != nullptr) body.tags = tags_of(ctx, *body.instance->frame->body);
  collect(ctx, body.top, body.tags);
  return body.tags;
}

/// Own tags as fields; false when they are not known tag by tag.
bool own_tags(Val own, std::vector<Field>& out) {
  if (own == nullptr || own->is<Absent>()) return true;
  if (const auto* record = own->get_if<Record>()) {
    for (const Field& f : record->fields) put(out, f.key, f.value);
    return true;
  }
  const auto* list = own->get_if<List>();
  if (list == nullptr) return false;
  for (const Val item : list->items) {
    const auto* tag = item->get_if<Record>();
    const Val key = tag != nullptr ? tag->find("Key") : nullptr;
    const Val value = tag != nullptr ? tag->find("Value") : nullptr;
    if (key == nullptr || value == nullptr || !key->is<std::string_view>()) return false;
    put(out, *key->get_if<std::string_view>(), value);
  }
  return true;
}

class Shape {
 public:
  Shape(Context& ctx, Span span) : ctx_(ctx), span_(span) {}

  /// `[{Key, Value}]`, with `PropagateAtLaunch` for auto-scaling groups. Own elements stay as they were
  /// written.
  Val list(const std::vector<Field>& tags, Val own, bool propagate) {
    std::vector<Val> items;
    for (const Field& tag : tags) {
      const Val written = find_written(own, tag.key);
      items.push_back(written != nullptr ? written : element(tag, propagate));
    }
    return ctx_.values.list(items, span_);
  }
  Val map(const std::vector<Field>& tags) { return ctx_.values.record(tags, span_); }

 private:
  /// A choice stays inside the tag, unless one of its arms has no tag at all.
  Val element(const Field& tag, bool propagate) { return element(tag.key, tag.value, propagate); }
  Val element(std::string_view key, Val v, bool propagate) {
    if (v->is<Absent>()) return v;
    if (may_be_absent(v)) {
      const auto& choice = *v->get_if<Choice>();
      return choose(ctx_, choice.condition, element(key, choice.then, propagate),
                    element(key, choice.otherwise, propagate), v->origin);
    }
    std::vector<Field> fields{{"Key", ctx_.values.make(key, v->origin)}, {"Value", v}};
    if (propagate) fields.push_back({"PropagateAtLaunch", ctx_.values.boolean(true, v->origin)});
    return ctx_.values.record(fields, v->origin);
  }
  static bool may_be_absent(Val v) {
    const auto* choice = v->get_if<Choice>();
    return choice != nullptr ? may_be_absent(choice->then) || may_be_absent(choice->otherwise)
                             : v->is<Absent>();
  }
  static Val find_written(Val own, std::string_view key) {
    const auto* list = own != nullptr ? own->get_if<List>() : nullptr;
    if (list == nullptr) return nullptr;
    for (const Val item : list->items) {
      const Val k = item->get_if<Record>()->find("Key");
      if (*k->get_if<std::string_view>() == key) return item;
    }
    return nullptr;
  }

  Context& ctx_;
  const Span span_;
};

Val replaced_field(Context& ctx, Val properties, std::string_view name, Val value) {
  const std::span<const Field> before = properties->get_if<Record>()->fields;
  const auto known = std::find_if(before.begin(), before.end(), [&](const Field& f) { return f.key == name; });
  const auto at = static_cast<std::size_t>(known - before.begin());
  Field* const fields = ctx.values.room_for<Field>(before.size() + 1);
  std::copy(before.begin(), before.end(), fields);
  fields[at] = {name, value};
  return ctx.values.make(Record{{fields, std::max(before.size(), at + 1)}}, properties->origin);
}

/// The inherited tags as most resources have them, as they stand in the template: made once for all that a body
/// declares, and shared.
Val shared_list(Context& ctx, Body& body, Span span) {
  if (body.tag_items.empty()) {
    const Val list = Shape(ctx, span).list(body.tags, nullptr, false);
    for (const Val item : list->get_if<List>()->items) {
      if (!item->is<Absent>()) body.tag_items.push_back(ctx.values.written(item, lower(ctx, item)));
    }
  }
  return ctx.values.list(body.tag_items, span);
}

/// What `@tags(…)` says of the resource, or of the innermost instance around that has one.
enum class Wish { Default, Always, Never };
Wish wish_in(Context& ctx, const std::optional<DecoratorUse>& use) {
  if (!use || use->decorator->args.empty()) return use ? Wish::Always : Wish::Default;
  return evaluate(ctx, use->env, use->decorator->args[0].value)->is<Absent>() ? Wish::Never : Wish::Always;
}
Wish wish_of(Context& ctx, const Resource& resource) {
  Wish wish = wish_in(ctx, find_decorator(resource.frame->env(), *resource.decl, resource.with, "tags"));
  for (const Instance* i = resource.frame->body->instance; i != nullptr; i = i->frame->body->instance) {
    if (wish != Wish::Default) break;
    wish = wish_in(ctx, find_decorator(i->frame->env(), *i->decl, i->with, "tags"));
  }
  return wish;
}

/// Launch templates tag what they launch: one specification a kind of resource.
Val specifications(Context& ctx, const std::vector<Field>& tags, Span span) {
  Shape shape(ctx, span);
  const Val list = shape.list(tags, nullptr, false);
  const Val kind = ctx.values.make(std::string_view("launch-template"), span);
  return ctx.values.list({ctx.values.record({{"ResourceType", kind}, {"Tags", list}}, span)}, span);
}

}  // namespace

Val with_tags(Context& ctx, Resource& resource, Val properties) {
  const schema::ResourceType type = resource.target->type;
  const auto* record = properties->get_if<Record>();
  if (!type || record == nullptr || type.tag_shape() == schema::TagShape::None) return properties;
  const Wish wish = wish_of(ctx, resource);
  const std::vector<Field>& inherited = tags_of(ctx, *resource.frame->body);
  if (wish == Wish::Never || inherited.empty()) return properties;
  const std::string_view name = type.tag_property();
  const schema::Property property = type.properties().find(name);
  const Env env = resource.frame->env();
  const Span span = resource.decl->name.span;
  if (property && property.replacement() == schema::Replacement::Yes && wish == Wish::Default) {
    report(ctx, resource.frame, Code::TagsSkipped, span,
           fmt::format("`{}` does not get the tags of the stack: changing them would replace it",
                       resource.decl->name.text))
        .help(
            "write `@tags(true)` above the resource to add them all the same, or `@tags(none)` to say that "
            "it needs none");
    return properties;
  }
  const Val own = record->find(name);
  if (type.tag_shape() == schema::TagShape::Specifications) {
    return own != nullptr ? properties
                          : replaced_field(ctx, properties, name, specifications(ctx, inherited, span));
  }
  if (own == nullptr && env.facts == nullptr && type.tag_shape() == schema::TagShape::List) {
    return replaced_field(ctx, properties, name, shared_list(ctx, *resource.frame->body, span));
  }
  std::vector<Field> tags = inherited;
  if (!own_tags(own, tags)) {
    if (own->is<Invalid>()) return properties;
    report(ctx, resource.frame, Code::TagsNotMergeable, own->origin,
           "tags that are known late cannot be merged with those of the stack")
        .help("write `@tags(none)` above the resource to keep its own alone");
    return properties;
  }
  for (Field& tag : tags) tag.value = settle(ctx, env.facts, tag.value);
  std::erase_if(tags, [](const Field& f) { return f.value->is<Absent>(); });
  Shape shape(ctx, span);
  const bool propagate = type.tag_shape() == schema::TagShape::AutoScaling;
  const Val merged =
      type.tag_shape() == schema::TagShape::Map ? shape.map(tags) : shape.list(tags, own, propagate);
  return replaced_field(ctx, properties, name, merged);
}

}  // namespace stackc::eval
