// The form for programs; docs/diff.md is its contract.
#include "compiler/base/text.hpp"
#include "compiler/diag/json_text.hpp"
#include "compiler/emit/emit.hpp"
#include "compiler/report/report.hpp"
#include "compiler/report/value_text.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

constexpr std::uint64_t kFormatVersion = 1;

class JsonForm {
 public:
  JsonForm(const Comparison& comparison, const Options& options)
      : comparison_(comparison), options_(options) {}

  std::string draw() {
    json_.begin_object();
    json_.member("version", kFormatVersion);
    json_.member("old", comparison_.old_name);
    json_.member("new", comparison_.new_name);
    json_.member("fails", options_.fail_on.fails(comparison_.projects));
    list("projects", comparison_.projects, [&](const auto& project) { put(project); });
    json_.end_object();
    return json_.take();
  }

 private:
  void put(const diff::ProjectDiff& project) {
    if (!project.environment.empty()) json_.member("environment", std::string_view{project.environment});
    totals(project.totals);
    list("stacks", project.stacks, [&](const auto& stack) { put(stack); });
  }

  void put(const diff::StackDiff& stack) {
    json_.member("name", std::string_view{stack.name});
    json_.member("change", stack.added ? "create" : stack.removed ? "delete" : "update");
    totals(stack.totals);
    list("dangers", stack.dangers, [&](const auto& danger) { put(danger); });
    list("resources", stack.resources, [&](const auto& change) { put(change); });
    list("entries", stack.entries, [&](const auto& entry) { put(entry); });
  }

  void put(const diff::Danger& danger) {
    json_.member("kind", diff::name_of(danger.kind));
    if (!danger.resource.empty()) json_.member("resource", danger.resource);
    json_.member("message", std::string_view{danger.message});
    json_.key("facts");
    json_.begin_array();
    for (const auto& fact : danger.facts) json_.value(std::string_view{fact});
    json_.end_array();
    if (!danger.help.empty()) json_.member("help", std::string_view{danger.help});
    if (!danger.acknowledged.empty()) json_.member("acknowledged", danger.acknowledged);
    json_.member("mild", danger.mild);
    json_.member("fails", options_.fail_on.fails(danger));
    place("place", danger.origin);
  }

  void put(const diff::ResourceChange& change) {
    json_.member("id", change.id);
    json_.member("type", change.type);
    json_.member("action", diff::name_of(change.action));
    if (!change.old_id.empty()) json_.member("oldId", change.old_id);
    if (!change.old_stack.empty()) json_.member("oldStack", change.old_stack);
    json_.member("fate", diff::name_of(change.fate));
    json_.member("stateful", change.stateful);
    if (!change.acknowledged.empty()) json_.member("acknowledged", change.acknowledged);
    place("place", place_of(change));
    list("properties", change.properties, [&](const auto& property) { put(property); });
  }

  void put(const diff::PropertyChange& change) {
    json_.member("path", std::string_view{change.path});
    if (change.secret) {
      json_.member("secret", true);
    } else {
      values(change.before, change.after);
    }
    constexpr std::string_view kAnswers[] = {"no", "yes", "maybe"};
    json_.member("replaces", kAnswers[static_cast<std::size_t>(change.replacement)]);
    json_.member("interrupts", change.interrupts);
    chain(change.chain);
    if (change.after != nullptr) place("place", change.after->origin);
  }

  void chain(const diff::Chain& chain) {
    if (chain.skipped > 0) json_.member("chainSkipped", static_cast<std::uint64_t>(chain.skipped));
    list("chain", chain.steps, [&](const diff::Step& step) {
      if (!step.section.empty()) json_.member("section", step.section);
      json_.member("resource", step.resource);
      json_.member("path", std::string_view{step.path});
    });
  }

  void put(const diff::EntryChange& entry) {
    json_.member("section", entry.section);
    json_.member("id", entry.id);
    if (!entry.path.empty()) json_.member("path", std::string_view{entry.path});
    if (entry.secret) {
      json_.member("secret", true);
    } else {
      values(entry.before, entry.after);
    }
    chain(entry.chain);
    place("place", entry.origin);
  }

  /// As they stand in the template, and as source says them. An absent value has no members.
  void values(ir::ValueRef before, ir::ValueRef after) {
    value("before", "beforeText", before);
    value("after", "afterText", after);
  }

  void value(std::string_view key, std::string_view text_key, ir::ValueRef value) {
    if (value == nullptr) return;
    json_.key(key);
    json_.json(emit::value_json(value));
    json_.member(text_key, std::string_view{value_text(value)});
  }

  void totals(const diff::Totals& totals) {
    json_.key("totals");
    json_.begin_object();
    const auto count = [&](diff::Action action, std::size_t n) {
      json_.member(diff::name_of(action), static_cast<std::uint64_t>(n));
    };
    count(diff::Action::Create, totals.create);
    count(diff::Action::Update, totals.update);
    count(diff::Action::Interrupt, totals.interrupt);
    count(diff::Action::MayReplace, totals.may_replace);
    count(diff::Action::Replace, totals.replace);
    count(diff::Action::Delete, totals.remove);
    count(diff::Action::Move, totals.move);
    json_.end_object();
  }

  void place(std::string_view key, Span span) {
    if (!span.valid()) return;
    const auto at = comparison_.sources.position(span.file, span.begin);
    json_.key(key);
    json_.begin_object();
    json_.member("side", span.file.value < comparison_.first_new_file ? "old" : "new");
    json_.member("file", comparison_.sources.path(span.file));
    json_.member("line", at.line);
    json_.member("column", at.column);
    json_.end_object();
  }

  template <class Items, class Put>
  void list(std::string_view key, const Items& items, Put put_item) {
    json_.key(key);
    json_.begin_array();
    for (const auto& item : items) {
      json_.begin_object();
      put_item(item);
      json_.end_object();
    }
    json_.end_array();
  }

  const Comparison& comparison_;
  const Options& options_;
  JsonText json_;
};

}  // namespace

std::string render_json(const Comparison& comparison, const Options& options) {
  return JsonForm{comparison, options}.draw();
}

std::string refactor_mappings(const diff::ProjectDiff& project) {
  JsonText json;
  const auto location = [&](std::string_view key, std::string_view stack, std::string_view id) {
    json.key(key);
    json.begin_object();
    json.member("StackName", stack);
    json.member("LogicalResourceId", id);
    json.end_object();
  };
  json.begin_array();
  for (const auto& stack : project.stacks) {
    for (const auto& change : stack.resources) {
      // Something that moves and is replaced as well is nothing to map.
      const bool other_id = !change.old_id.empty() && change.old_id != change.id;
      if (change.action == diff::Action::Replace || (!other_id && change.old_stack.empty())) continue;
      json.begin_object();
      location("Source", change.old_stack.empty() ? std::string_view{stack.name} : change.old_stack,
               change.old_id.empty() ? change.id : change.old_id);
      location("Destination", stack.name, change.id);
      json.end_object();
    }
  }
  json.end_array();
  return json.take();
}

}  // namespace stackc::report
