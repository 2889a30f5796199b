#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/analysis/functions.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// Looks for a condition that needs itself, through any number of others.
class ConditionCycles {
 public:
  explicit ConditionCycles(const Context& c) : c_(c) {
    for (const ir::Condition& condition : c.t.conditions) definitions_.emplace(condition.id, &condition);
  }

  void run() {
    for (const ir::Condition& condition : c_.t.conditions) visit(condition);
  }

 private:
  enum class State : std::uint8_t { New, Open, Done };

  void visit(const ir::Condition& condition) {
    State& state = states_[condition.id];
    if (state != State::New) return;
    state = State::Open;
    path_.push_back(&condition);
    follow(condition.value);
    path_.pop_back();
    states_[condition.id] = State::Done;
  }

  void follow(ValueRef v) {
    if (v == nullptr) return;
    if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) follow(item);
    } else if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) follow(m.value);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      const auto* name = made->fn == ir::Fn::Condition ? text_of(made->args[0]) : nullptr;
      if (name != nullptr) return reach(*name, v->origin);
      for (ValueRef argument : made->args) follow(argument);
    }
  }

  void reach(std::string_view name, Span place) {
    const auto at = definitions_.find(name);
    if (at == definitions_.end()) return;
    if (states_[name] != State::Open) return visit(*at->second);
    std::string way;
    bool inside = false;
    for (const ir::Condition* each : path_) {
      inside = inside || each->id == name;
      if (inside) way += fmt::format("`{}` -> ", each->id);
    }
    const bool alone = path_.back()->id == name;
    c_.sink.report(Code::ConditionCycle, place,
                   alone ? fmt::format("the condition `{}` needs itself", name)
                         : fmt::format("these conditions need each other: {}`{}`", way, name));
  }

  const Context& c_;
  std::unordered_map<std::string_view, const ir::Condition*> definitions_;
  std::unordered_map<std::string_view, State> states_;
  std::vector<const ir::Condition*> path_;
};

}  // namespace

void check_conditions(const Context& c) {
  if (c.macros.rewrite) return;
  FunctionChecker checker(c);
  for (const ir::Condition& condition : c.t.conditions) checker.condition(condition.value, condition.id);
  ConditionCycles(c).run();
}

}  // namespace stackc::analysis
