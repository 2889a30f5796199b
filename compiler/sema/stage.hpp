#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/hash_index.hpp"
#include "compiler/base/number_table.hpp"
#include "compiler/base/span.hpp"

/// Stages: when a value is known (decision 1). A stage is a tree beside the type: a scalar has one
/// level, a list a level for its shape and a tree for its elements, a record one tree a field, an
/// optional a level for its presence and a tree for its content.
namespace stackc::sema {

enum class Level : std::uint8_t {
  Const,  // the compiler knows it
  Param,  // known when a deployment starts
  Attr,   // known once a resource exists
};

/// One link of the chain of names that made a value late, outermost first.
struct Why {
  Span span;
  std::string_view before, name, after;  // no name: `before` is all
  const Why* next;

  /// "before`name`after". Put into words when it is read: every name makes a link, and hardly one is.
  [[nodiscard]] std::string str() const;
};

/// A node of the stage tree of a component's or function's parameter, whose level the caller decides.
/// Node 0 does not exist.
using ParamNode = std::uint32_t;

/// What a value may be beside late, wherever it flows.
enum class Taint : std::uint8_t {
  Secret,  // nobody may read it
  Opaque,  // a dynamic reference: nobody sees the value, only the service that gets it
  Unheld,  // known only later, and no hole that keeps its place in a document
};
constexpr std::size_t kTaints = 3;

struct StageTree;
using Stage = const StageTree*;

struct StageField {
  std::string_view name;
  Stage stage;
};

struct StageTree {
  Level level = Level::Const;      // at least this late …
  const Why* why = nullptr;        // … because of this, when later than const
  std::span<const ParamNode> deps = {};  // … and as late as these
  bool uniform = false;                  // what is below is exactly like the node itself
  std::array<const Why*, kTaints> taints{};       // by Taint: why it is that; null: it is not …
  std::span<const ParamNode> taint_deps = {};  // … unless these are
  Stage element = nullptr;         // of lists, maps, optionals; null: like the node itself
  std::span<const StageField> fields = {};  // of records; a field that is not listed is like the element
  std::uint32_t size = 1;  // nodes of the tree; parts are shared, so that it can grow fast
};

/// A use that a value must be early enough for.
struct Demand {
  Level at_most = Level::Attr;
  Span span;                // the use
  std::string_view reason;  // "`for` needs its length at compile time"
};

/// A use that a value of some taint must not reach.
struct Refusal {
  Taint taint;
  Span span;                // the use
  std::string_view reason;  // "property `Name` of `AWS::S3::Bucket` can be read by others"
};

/// Makes and combines stage trees; owns them. One per compilation.
class Stages {
 public:
  Stages();

  /// The trees that there are now stay.
  void freeze() { frozen_ = arena_.mark(); }
  /// Forgets the trees that came after `freeze`, and the reasons in them. What is known of parameters stays, and is
  /// not asked for again: whoever has new ones numbers them otherwise.
  void forget() { arena_.rewind(frozen_); }

  [[nodiscard]] Stage constant() const { return constant_; }
  Stage leaf(Level level, const Why* why);
  Stage with_element(Stage own, Stage element);
  Stage with_fields(Stage own, std::vector<StageField> fields);

  /// The tree of a list's or map's elements, or of an optional's content.
  Stage element(Stage s);
  Stage field(Stage s, std::string_view name);
  /// As late as both, node by node.
  Stage join(Stage a, Stage b);
  /// The own level of `s`, for every node below as well.
  Stage flat(Stage s);
  /// One leaf that is as late as the latest node of the tree.
  Stage latest(Stage s);

  /// A parameter of a component or function, named by any number its owner chooses.
  Stage parameter(std::uint32_t root);
  /// Requires `s` (its own node) to be known at `d.at_most`. False: it is certainly later, report it.
  /// Otherwise the demand is remembered for the parameters that `s` depends on.
  bool require(Stage s, const Demand& d);
  /// What bodies demanded of the nodes of parameter `root`.
  [[nodiscard]] std::vector<std::pair<ParamNode, Demand>> demands_of(std::uint32_t root) const;
  /// `s` with one more reason to be what `taint` says, all of it.
  Stage tainted(Stage s, Taint taint, const Why* why);
  /// As late as all of `s`, with no taint but that of being late.
  Stage untainted(Stage s);
  /// The same as the content of a hole: documents may have it, however late it is.
  Stage held(Stage s);
  /// Why something in the tree is what `taint` says; null: nothing is, as far as is known here.
  static const Why* taint_of(Stage s, Taint taint);
  /// Whether the caller of a component or function decides what is in the tree.
  static bool may_become(Stage s);
  /// Requires that nothing in `s` has the taint of `r`: the reason why something has, or null. What
  /// depends on parameters is remembered for them.
  const Why* refuse(Stage s, const Refusal& r);
  /// What bodies refuse of the nodes of parameter `root`.
  [[nodiscard]] std::span<const std::pair<ParamNode, Refusal>> refusals_of(std::uint32_t root) const;
  /// The node of `argument`'s tree at the path of `node` below its root.
  Stage at_path(Stage argument, ParamNode node);
  /// `.field` steps and `[]` steps from the root, for messages: `zones[]`.
  [[nodiscard]] std::string path_text(ParamNode node) const;
  /// The same as steps: the name of a field, or empty.
  [[nodiscard]] std::vector<std::string_view> path_steps(ParamNode node) const;
  /// `s` with its parameters replaced by what `argument(root)` gives.
  template <class ArgumentOf>
  Stage substitute(Stage s, ArgumentOf&& argument) {
    if (is_closed(s)) return s;
    Stage result = own_of(s);
    for (ParamNode node : s->deps) {
      Stage arg = argument(nodes_[node].root);
      if (arg != nullptr) result = join(result, taint_follows(s, node) ? at_path(arg, node) : held(at_path(arg, node)));
    }
    if (s->element != nullptr) {
      Stage e = substitute(s->element, argument);
      result = with_element(result, result->element != nullptr ? join(result->element, e) : e);
    }
    if (!s->fields.empty()) {
      std::vector<StageField> fields;
      for (const StageField& f : s->fields) fields.push_back({f.name, substitute(f.stage, argument)});
      result = with_fields(result, std::move(fields));
    }
    return result;
  }

  /// `s` with one more link in front of every chain: it is late through this name.
  Stage through(Stage s, Span span, const char* before, std::string_view name, const char* after);
  const Why* because(Span span, std::string_view text, const Why* next = nullptr);
  /// "`name`after"
  const Why* because_of(Span span, std::string_view name, const char* after);
  std::string_view keep(std::string_view text) { return arena_.copy(text); }

 private:
  /// Sets the size; a tree that is too large to walk through becomes one node, as late as its latest part.
  Stage bounded(StageTree* s);
  struct Node {
    std::uint32_t root = 0;
    ParamNode parent = 0;
    std::string_view step;  // empty: element
  };
  ParamNode child(ParamNode parent, std::string_view step);
  std::span<const ParamNode> children(std::span<const ParamNode> parents, std::string_view step);
  std::span<const ParamNode> joined(std::span<const ParamNode> a, std::span<const ParamNode> b);
  Stage part(Stage s, std::string_view step);
  Stage behind(Stage s, const Why& link);
  /// The node alone, without parts and without the parameters that it depends on.
  Stage own_of(Stage s);
  static bool taint_follows(Stage s, ParamNode node);
  static bool is_closed(Stage s);
  static bool is_clean(Stage s);

  Arena arena_{std::size_t{1} << 20};  // most of the standard library's stages in one block
  Arena::Mark frozen_;
  Arena steps_;  // the texts of `nodes_`
  Stage constant_;
  std::vector<Node> nodes_;  // of forgotten trees too
  HashIndex children_;  // nodes by parent and step
  NumberTable<std::uint32_t, ParamNode> roots_;
  NumberTable<std::uint32_t, std::vector<std::pair<ParamNode, Demand>>> demands_;   // by root; in the order of the nodes
  NumberTable<std::uint32_t, std::vector<std::pair<ParamNode, Refusal>>> refusals_;  // by root
};

/// Puts the stage of a map together, field by field as it is written.
class MapStage {
 public:
  explicit MapStage(Stages& stages) : stages_(stages), own_(stages.constant()) {}
  /// `name: value`
  void put(std::string_view name, Stage value);
  /// `...value`, a record or a map: its keys are as late as it says, its values where they come to stand.
  void spread(Stage value, bool optional);
  [[nodiscard]] Stage stage();

 private:
  Stages& stages_;
  Stage own_;
  std::vector<StageField> fields_;
  Stage rest_ = nullptr;  // of the keys that are not written here; null: there are none
};

}  // namespace stackc::sema
