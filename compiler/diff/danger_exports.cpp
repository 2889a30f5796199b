#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"
#include "compiler/diff/dangers.hpp"
#include "compiler/diff/resolve.hpp"

// Exports that go or change while other stacks import them: CloudFormation refuses both.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
namespace stackc::diff {
namespace {

using ir::Fn;
using ir::ValueRef;

/// One import: which stack, and where in it.
struct Import {
  std::string_view stack;
  std::string place;  // `Service.Cluster`
};
using Imports = std::unordered_map<std::string, std::vector<Import>>;  // by the name of the export

/// The stacks of one side, by name, with what computes the names of exports in them. A parameter without a
/// value has its default there.
class Project {
 public:
  explicit Project(const std::vector<Side>& sides) {
    for (const Side& side : sides) {
      if (side.tmpl != nullptr) sides_.emplace(side.tmpl->stack_name, &side);
    }
  }

  [[nodiscard]] const Side* side(std::string_view stack) const {
    const auto at = sides_.find(stack);
    return at == sides_.end() ? nullptr : at->second;
  }

  /// Nothing when only a deployment knows it.
  std::optional<std::string> name(std::string_view stack, ValueRef v) {
    if (v == nullptr) return std::nullopt;
    const auto [at, fresh] = stacks_.try_emplace(stack);
    if (fresh) {
      at->second.side = *side(stack);
      at->second.side.parameters.emplace_back("AWS::StackName", stack);
      at->second.resolver.emplace(at->second.side, arena_, Unknown::Default);
    }
    const ValueRef resolved = at->second.resolver->resolve(v);
    if (const auto text = resolved == nullptr ? std::nullopt : scalar_text(resolved)) return text;
    return pieces(resolved);
  }

  const Imports& imports() {
    if (read_) return imports_;
    read_ = true;
    for (const auto& [stack, side] : sides_) {
      for (const ir::Resource& r : side->tmpl->resources) walk(stack, r.properties, std::string(r.id));
      for (const ir::Output& o : side->tmpl->outputs) walk(stack, o.value, fmt::format("output {}", o.id));
    }
    return imports_;
  }

 private:
  struct Stack {
    Side side;
    std::optional<Resolver> resolver;
  };

  /// A text with pseudo parameters in it, which are the same for all stacks of a place.
  static std::optional<std::string> pieces(ValueRef v) {
    const ir::Call* sub = v == nullptr ? nullptr : v->call(Fn::Sub);
    if (sub == nullptr) return std::nullopt;
    std::string out;
    for (ValueRef part : sub->args) {
      const ir::Call* ref = part->call(Fn::Ref);
      const auto* id =
          ref == nullptr || ref->args.empty() ? nullptr : ref->args[0]->get_if<std::string_view>();
      if (const auto text = scalar_text(part))
        out += *text;
      else if (id != nullptr && id->starts_with("AWS::"))
        out += fmt::format("${{{}}}", *id);
      else
        return std::nullopt;
    }
    return out;
  }

  void walk(std::string_view stack, ValueRef v, const std::string& place) {
    if (v == nullptr) return;
    if (const auto* list = v->get_if<ir::List>()) {
      for (ValueRef item : list->items) walk(stack, item, place);
    } else if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) walk(stack, m.value, fmt::format("{}.{}", place, m.key));
    } else if (const auto* c = v->get_if<ir::Call>()) {
      for (ValueRef arg : c->args) walk(stack, arg, place);
      if (c->fn != Fn::ImportValue || c->args.empty()) return;
      if (const auto of = name(stack, c->args[0])) imports_[*of].push_back({stack, place});
    }
  }

  std::map<std::string_view, const Side*> sides_;
  Arena arena_;
  std::unordered_map<std::string_view, Stack> stacks_;
  Imports imports_;
  bool read_ = false;
};

const ir::Output* output(const Side* side, std::string_view id) {
  if (side == nullptr) return nullptr;
  for (const ir::Output& o : side->tmpl->outputs) {
    if (o.id == id) return &o;
  }
  return nullptr;
}

std::string names_of(const std::set<std::string_view>& stacks) {
  std::vector<std::string> out;
  for (const std::string_view s : stacks) out.push_back(fmt::format("`{}`", s));
  return fmt::format("{}", fmt::join(out, ", "));
}

class ExportSearch {
 public:
  ExportSearch(const std::vector<Side>& before, const std::vector<Side>& after)
      : before_(before), after_(after) {}

  void stack(StackDiff& diff) {
    const Side* old = before_.side(diff.name);
    if (old == nullptr) return;
    std::set<std::string_view> seen;
    for (const EntryChange& e : diff.entries) {
      if (e.section == "Outputs" && seen.insert(e.id).second) entry(diff, output(old, e.id));
    }
    if (!diff.removed) return;
    for (const ir::Output& o : old->tmpl->outputs) {
      if (seen.insert(o.id).second) entry(diff, &o);
    }
  }

 private:
  void entry(StackDiff& diff, const ir::Output* old) {
    const auto name = old == nullptr ? std::nullopt : before_.name(diff.name, old->export_name);
    if (!name) return;
    const auto users = before_.imports().find(*name);
    if (users == before_.imports().end()) return;
    const Side* side = after_.side(diff.name);
    const ir::Output* now = output(side, old->id);
    const bool stays = now != nullptr && after_.name(diff.name, now->export_name) == name;
    if (!stays && exported_elsewhere(side, diff.name, *name)) return;
    if (stays && !value_changes(diff, old->id)) return;
    report(diff, *name, *old, now, stays, users->second);
  }

  /// Another output of the stack takes the name over; its value is what counts then, and is another change.
  bool exported_elsewhere(const Side* side, std::string_view stack, const std::string& name) {
    if (side == nullptr) return false;
    return std::any_of(side->tmpl->outputs.begin(), side->tmpl->outputs.end(),
                       [&](const ir::Output& o) { return after_.name(stack, o.export_name) == name; });
  }

  static bool value_changes(const StackDiff& diff, std::string_view id) {
    return std::any_of(diff.entries.begin(), diff.entries.end(), [&](const EntryChange& e) {
      return e.section == "Outputs" && e.id == id &&
             (e.path == "Value" || e.path.starts_with("Value.") || e.path.starts_with("Value["));
    });
  }

  void report(StackDiff& diff, const std::string& name, const ir::Output& old, const ir::Output* now,
              bool stays, const std::vector<Import>& users) {
    const auto still = after_.imports().find(name);
    std::set<std::string_view> importers, keep;
    Danger d;
    for (const Import& user : users) {
      if (user.stack == diff.name) continue;
      importers.insert(user.stack);
      const bool kept = still != after_.imports().end() &&
                        std::any_of(still->second.begin(), still->second.end(),
                                    [&](const Import& i) { return i.stack == user.stack; });
      if (kept) keep.insert(user.stack);
      d.facts.push_back(
          fmt::format("{} imports it at {}{}", user.stack, user.place, kept ? "" : ", and no longer will"));
    }
    if (importers.empty()) return;
    d.kind = DangerKind::ExportInUse;
    d.mild = keep.empty();
    const std::string_view import = importers.size() > 1 ? "import" : "imports";
    d.message =
        stays
            ? fmt::format("the value of the export `{}` changes while {} {} it, which CloudFormation refuses",
                          name, names_of(importers), import)
            : fmt::format("the export `{}` goes while {} {} it, which CloudFormation refuses", name,
                          names_of(importers), import);
    if (keep.empty()) {
      d.help = fmt::format("in two steps: first deploy {}, which no longer {} it, then this stack",
                           names_of(importers), import);
    } else if (stays) {
      d.help = fmt::format(
          "in two steps: first export the new value under another name beside this one, and let {} import "
          "that; "
          "then drop this export",
          names_of(keep));
    } else {
      d.help =
          fmt::format("in two steps: first deploy {} without the import, then this stack without the export",
                      names_of(keep));
    }
    d.facts = shortened(std::move(d.facts));
    d.origin = now != nullptr ? now->origin : old.origin;
    diff.dangers.push_back(std::move(d));
    worst_first(diff.dangers);
  }

  Project before_, after_;
};

}  // namespace

void find_project_dangers(ProjectDiff& diff, const std::vector<Side>& before,
                          const std::vector<Side>& after) {
  ExportSearch search(before, after);
  for (StackDiff& stack : diff.stacks) search.stack(stack);
}

}  // namespace stackc::diff
