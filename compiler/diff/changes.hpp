#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// What a deployment would do, as data. Texts and values point into the two templates that were compared,
/// which must outlive it, or are kept by the `StackDiff` itself.
namespace stackc::diff {

/// What happens to one resource.
enum class Action : std::uint8_t {
  None,        // `DependsOn` differs, which changes nothing that is there
  Create,
  Update,      // in place
  Interrupt,   // in place, and it stops for a while
  MayReplace,  // AWS decides by the values
  Replace,
  Delete,
  Move,        // another logical ID or stack, the same thing, and nothing else
};
/// `create`, `update`, …: as JSON output and messages say it.
std::string_view name_of(Action action);

/// What becomes of what is there when a resource is deleted or replaced, by `DeletionPolicy` and
/// `UpdateReplacePolicy`.
enum class Fate : std::uint8_t { Stays, Deleted, Retained, Snapshot };
std::string_view name_of(Fate fate);

/// One step on the way from a change to what it causes: `resource` holds, at `path`, what the step before
/// changes.
struct Step {
  std::string_view section;   // `Parameters`, `Mappings`, `Conditions` of a first cause that is no resource
  std::string_view resource;  // logical ID, or the name of the parameter, mapping or condition
  std::string path;           // of the property that forces (`VpcId`), or what is read (`.Arn`, `Ref`)
};

/// Longer chains are cut in the middle.
constexpr std::size_t kMaxChain = 16;

/// The way from the first cause (a changed parameter, mapping, condition, a replaced resource) to a place that
/// changes though its text does not. Empty: the text differs.
struct Chain {
  std::vector<Step> steps;  // the first cause first, the place itself last
  std::size_t skipped = 0;  // steps left out after the first
  [[nodiscard]] bool empty() const { return steps.empty(); }
};

/// A value that differs. Both values are as far computed as the parameters are known; of a parameter whose
/// default changed they are the defaults.
struct PropertyChange {
  std::string path;                // `Tags[Key=Name].Value`, `VpcConfig.SubnetIds[2]`, `DeletionPolicy`
  ir::ValueRef before = nullptr;   // null: absent
  ir::ValueRef after = nullptr;
  schema::Replacement replacement = schema::Replacement::No;  // what this change alone asks of the resource
  bool interrupts = false;
  bool secret = false;             // never show the values
  Chain chain;
};

struct ResourceChange {
  std::string_view id;             // as the new side says it; of a deleted one, as the old side does
  std::string_view old_id;         // of the same resource before, when it was another
  std::string_view old_stack;      // where it was before, when that is another stack
  std::string_view type;
  Action action = Action::None;
  Fate fate = Fate::Stays;
  bool stateful = false;           // holds data
  std::vector<PropertyChange> properties;     // the forcing ones first, then in the order of the template
  const ir::Resource* before = nullptr;       // null: Create
  const ir::Resource* after = nullptr;        // null: Delete
  std::string_view acknowledged;   // the reason of `@replace(ok: "…")`
};

/// A change of a parameter, mapping, condition, rule, output, or of the template itself.
struct EntryChange {
  std::string_view section;  // `Parameters`, `Outputs`, …; `Documents`: the files beside the template
  std::string_view id;       // empty: of the section itself (`Description`)
  std::string path;          // inside it: `Default`, `Value`, `Export.Name`; empty: the whole entry
  ir::ValueRef before = nullptr;
  ir::ValueRef after = nullptr;
  Chain chain;               // of an output's value
  Span origin;               // in the new side, else in the old
  bool secret = false;       // never show the values
};

/// What a reviewer must not miss.
enum class DangerKind : std::uint8_t {
  ReplaceStateful,    // data is lost or left behind
  DeleteStateful,
  SecurityWidening,   // more may reach or do more
  SecurityNarrowing,
  SecurityUnknown,    // it changes, and the templates do not say which way
  ExportInUse,        // CloudFormation will refuse it
  NameCollision,      // a named resource is replaced: the new one cannot be made while the old one is there
  Quota,              // less than a fifth of a limit is left
};
/// `replace-stateful`, `security-widening`, …: what `--fail-on` takes.
std::string_view name_of(DangerKind kind);

struct Danger {
  DangerKind kind{};
  std::string_view resource;       // logical ID; empty: of the stack
  std::string message;             // one sentence, code in backticks: what was, what will be
  std::vector<std::string> facts;  // lines that show it: statements, rules, chains
  std::string help;                // what to do; may be empty
  std::string_view acknowledged;
  /// Said, but no reason to fail: what is lost elsewhere is kept here (`Retain`, `Snapshot`).
  bool mild = false;
  Span origin;                     // in the new side, else in the old
};

struct Totals {
  std::size_t create = 0, update = 0, interrupt = 0, may_replace = 0, replace = 0, remove = 0, move = 0;
};

struct StackDiff {
  std::string name;
  bool added = false, removed = false;     // the whole stack
  std::vector<Danger> dangers;             // worst first
  std::vector<ResourceChange> resources;   // those with a change, in the order of the new template, deleted ones last
  std::vector<EntryChange> entries;
  Totals totals;
  std::shared_ptr<Arena> values;  // what was computed
  [[nodiscard]] bool empty() const { return !added && !removed && resources.empty() && entries.empty(); }
};

/// Several stacks in the order in which they have to be deployed.
struct ProjectDiff {
  std::string environment;  // empty: none
  std::vector<StackDiff> stacks;  // those with a change
  Totals totals;
};

}  // namespace stackc::diff
