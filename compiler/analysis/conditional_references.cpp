#include <unordered_set>

#include "compiler/analysis/context.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/facts.hpp"
#include "compiler/ir/graph.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// References to resources that have a condition, from where the condition is not known to hold.
class ConditionalReferences {
 public:
  explicit ConditionalReferences(const Context& c) : c_(c), facts_(named_) {
    for (const ir::Condition& each : c.t.conditions) named_.emplace(each.id, each.value);
  }

  void run() {
    for (const ir::Resource& r : c_.t.resources) {
      const std::size_t mark = enter(r.id, r.condition);
      visit(r.properties);
      facts_.forget(mark);
    }
    for (const ir::Output& o : c_.t.outputs) {
      const std::size_t mark = enter(o.id, o.condition);
      visit(o.value);
      facts_.forget(mark);
    }
  }

 private:
  std::size_t enter(std::string_view id, ValueRef condition) {
    from_ = id;
    told_.clear();
    const std::size_t mark = facts_.mark();
    if (condition != nullptr) facts_.assume(condition, true);
    return mark;
  }

  void visit(ValueRef v) {
    if (v == nullptr) return;
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) visit(item);
    } else if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) visit(m.value);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      call(v, *made);
    }
  }

  void call(ValueRef v, const ir::Call& call) {
    if (call.fn == ir::Fn::If) {
      for (const std::size_t arm : {1U, 2U}) {
        const std::size_t mark = facts_.mark();
        facts_.assume(call.args[0], arm == 1);
        visit(call.args[arm]);
        facts_.forget(mark);
      }
      return;
    }
    if (call.fn == ir::Fn::Ref || call.fn == ir::Fn::GetAtt) {
      if (const auto* id = text_of(call.args[0])) refer(*id, v->origin);
    } else if (call.fn == ir::Fn::SubText) {
      for (const std::string_view id : ir::sub_references(call)) refer(id, v->origin);
    }
    for (ValueRef argument : call.args) visit(argument);
  }

  void refer(std::string_view id, Span place) {
    const ir::Resource* r = c_.resource(id);
    if (r == nullptr || r->condition == nullptr || facts_.decide(r->condition) == true) return;
    if (!told_.insert(id).second) return;
    const ir::Call* condition = r->condition->call(ir::Fn::Condition);
    const auto* name = condition == nullptr ? nullptr : text_of(condition->args[0]);
    if (name == nullptr || !named_.contains(*name)) return;
    c_.sink.report(Code::ConditionalReference, place,
                   fmt::format("`{}` refers to `{}`, which is there only if `{}` holds", from_, id, *name))
        .label(r->origin, "the resource")
        .help(fmt::format("refer to it under the same condition, or through `Fn::If` with `{}`", *name));
  }

  const Context& c_;
  ir::Definitions named_;
  ir::Facts facts_;
  std::string_view from_;
  std::unordered_set<std::string_view> told_;  // one finding for each pair
};

}  // namespace

void check_conditional_references(const Context& c) {
  if (c.macros.rewrite) return;
  bool any = false;
  for (const ir::Resource& r : c.t.resources) any = any || r.condition != nullptr;
  if (any) ConditionalReferences(c).run();
}

}  // namespace stackc::analysis
