#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/name_table.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/eval/eval.hpp"
#include "compiler/eval/value.hpp"

/// The state of one evaluation, and the run-time picture of the program: bodies (a file, or one
/// instance of a component), frames (a block's branch or round), slots (a declaration in a frame).
namespace stackc::eval {

struct Frame;
struct Body;

/// Known truths about IR conditions, as a list of simple facts: `a && b` stands as two.
struct Facts {
  ir::ValueRef condition;
  bool holds;
  const Facts* next;
};

/// A variable of a loop, a comprehension or a function, bound to its value.
struct LocalBinding {
  std::uint32_t local;  // index in CheckedModule::locals
  Val value;
  const LocalBinding* next;
};

/// Where an expression is evaluated: which declarations, which locals, what is known to hold.
struct Env {
  Frame* frame;
  const LocalBinding* locals;
  const Facts* facts;
};

/// What evaluation knows of one declaration in one frame; all of it is found on demand.
struct Slot {
  enum class State : std::uint8_t { Untouched, Running, Done };
  State state = State::Untouched;
  State expansion = State::Untouched;  // of `for` and `if`
  Val value = nullptr;
  Resource* resource = nullptr;
  Instance* instance = nullptr;
  std::span<Frame* const> children;  // rounds of a `for`, live branches of an `if`
};

/// One branch of an `if`, one round of a `for`, or the outermost block of a body. In the evaluation's arena, as
/// its slots are: there are hundreds of frames with dozens of slots each.
struct Frame {
  Body* body = nullptr;
  const ast::Ast* tree = nullptr;  // of the body's file
  Frame* parent = nullptr;
  ast::DeclId owner;     // the `for` or `if`; invalid: outermost
  bool in_else = false;  // of an `if`
  const ast::Block* block = nullptr;
  std::string_view key;   // of a round, as it is
  std::string_view id_suffix;  // the keys of all rounds around, outermost first, as logical IDs take them
  bool bad_key = false;   // some key around cannot be part of a logical ID
  const LocalBinding* locals = nullptr;
  ir::ValueRef own_condition = nullptr;  // of a late `if`: what decides this branch
  ir::ValueRef condition = nullptr;      // all that must hold for what is declared here; null: always
  const Facts* facts = nullptr;          // the same, as facts
  std::span<Slot> slots;                 // by place in the block

  [[nodiscard]] Env env() { return {this, locals, facts}; }
};

/// A `with` block as an instance received it.
struct Overrides {
  const ast::WithBlock* block;
  Env env;                 // of who wrote it
  std::vector<bool> used;  // by entry
};

/// A file, or one instance of a component.
struct Body {
  const sema::CheckedModule* module = nullptr;
  ast::DeclId component;         // invalid: a file
  Body* lexical = nullptr;       // of the file that declares the component
  Instance* instance = nullptr;  // null: a file
  Frame* top = nullptr;
  std::string prefix;       // of logical IDs
  std::uint32_t depth = 0;  // instances around
  bool tags_ready = false;
  std::vector<Field> tags;            // that reach what it declares, those of the bodies around included
  std::vector<Val> tag_items;         // the same as `{Key, Value}`, once somebody asks
  std::vector<Overrides*> overrides;  // outermost last: it wins
  bool outputs_ready = false;
  std::vector<ast::DeclId> outputs;  // of a component, in source order
};

/// An instance of a component.
struct Instance {
  Frame* frame = nullptr;  // where it is declared
  const ast::Decl* decl = nullptr;
  std::vector<std::pair<const ast::WithEntry*, Env>> with;  // what overrides its arguments
  Body* body = nullptr;
  bool hands_down = false;      // has decorators that count for the resources inside
  bool snapshot_found = false;  // something inside can take one
};

/// A resource with an identity in the template.
struct Resource {
  Frame* frame = nullptr;
  const ast::Decl* decl = nullptr;
  const sema::ResourceTarget* target = nullptr;
  std::string_view id;
  std::vector<std::pair<const ast::WithEntry*, Env>> with;
  std::vector<std::string_view> running;  // properties whose values are being found
};

/// A constant map that may be asked by a late key, and then is a mapping of the template.
struct MapSource {
  std::string_view id;  // empty: it has no name
  Span origin;
  Val value = nullptr;  // the whole Record
  bool emitted = false;
};

/// Limits on what a program may expand to; each is far above what a template can hold.
struct Limits {
  std::uint32_t rounds = 10'000;
  std::uint32_t declarations = 100'000;
  std::uint32_t component_depth = 64;
  std::uint32_t nesting = 1000;     // of evaluations inside each other, for the machine's stack
  std::int64_t range = 10'000;      // elements of `first..last`
  std::uint32_t weight = 250'000;   // of one value: some megabytes of template
  std::uint64_t work = 32'000'000;  // of all values looked at: a second or so
};

/// A declaration that is being evaluated, for the path of a cycle.
struct Active {
  const Slot* slot;
  const Frame* frame;
  std::string_view name;
};

struct Identity {
  Span span;
  const Frame* frame;
};

/// `hole("NAME", value)`, `hole("NAME")`: see `Value::document`.
struct HoleUse {
  std::string_view type;             // its own, in JSON
  ir::ValueRef filled = nullptr;     // what fills it, as an output's value; null: not the stack
  ir::ValueRef constant = nullptr;   // what fills it, known already
  Span origin;
  const Frame* frame = nullptr;
  std::string_view placed;  // its type where a document has it as a whole value; empty: nowhere
  Span placed_at;
};

struct Context {
  Context(const sema::CheckedProgram& p, ModuleId s, const StackSettings& set, Upstreams& up,
          const SourceMap& src, Sink& diagnostics, ir::Template& t)
      : program(p),
        stack(s),
        settings(set),
        upstreams(up),
        sources(src),
        sink(diagnostics),
        tmpl(t),
        values(arena),
        ir(t.arena) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const sema::CheckedProgram& program;
  const ModuleId stack;
  const StackSettings& settings;
  Upstreams& upstreams;
  const SourceMap& sources;
  Sink& sink;
  ir::Template& tmpl;
  Arena arena{Arena::kMedium};
  Values values;
  ir::Builder ir;
  Limits limits;

  std::deque<Body> bodies;
  std::deque<Instance> instances;
  std::deque<Resource> resources;
  std::deque<Overrides> overrides;
  std::deque<MapSource> maps;
  std::vector<Body*> files;                                       // by ModuleId; null: not needed yet
  std::unordered_map<std::string_view, ir::ValueRef> conditions;  // definitions, by name
  NameTable<Identity> ids, condition_ids, mapping_ids, output_ids, rule_ids;
  std::vector<Active> active;
  std::vector<Export> exports;
  std::unordered_map<std::string_view, HoleUse> holes;  // by name
  std::uint32_t rounds = 0;
  std::uint32_t declarations = 0;
  std::uint32_t nesting = 0;
  std::uint64_t spent = 0;  // of `limits.work`
  bool exhausted = false;   // a limit was passed and reported: stop expanding
  /// Findings inside of instances, by their number in `sink`, and the instances of which an assertion failed:
  /// what else goes wrong inside of those follows from it.
  std::vector<std::pair<std::size_t, const Instance*>> inside;
  std::vector<const Instance*> refused;
  bool failed = false;
};

inline const ast::Ast& ast_of(const Frame* frame) { return *frame->tree; }

/// The name of the outermost instance around `frame`, in the user's file; no place outside components.
Span outermost_instance(const Frame* frame);

/// Reports a finding that shows at `span`, seen from `frame`. Inside a component the primary label is
/// the instance in the user's file, and `span` with `label` follows as the place in the body.
Diagnostic& report(Context& ctx, const Frame* frame, Code code, Span span, std::string message,
                   std::string label = {});
/// Reports, once, that the work is spent, or that a value weighs too much; false.
bool refuse_work(Context& ctx, const Frame* frame, Span span);
bool refuse_weight(Context& ctx, const Frame* frame, Span span);
/// Takes `cost` from the work that a stack may make; false, and reported once, when nothing is left.
inline bool spend(Context& ctx, const Frame* frame, Span span, std::uint64_t cost) {
  ctx.spent += cost;
  return ctx.spent <= ctx.limits.work ? !ctx.exhausted : refuse_work(ctx, frame, span);
}
/// Whether a value may weigh so much; false, and reported once, when it may not.
inline bool may_weigh(Context& ctx, const Frame* frame, Span span, std::uint64_t weight) {
  return weight <= ctx.limits.weight || refuse_weight(ctx, frame, span);
}
/// The same for a value that cannot be computed: reports and gives the silent value.
Val fail(Context& ctx, const Env& env, Code code, Span span, std::string message, std::string label = {});

}  // namespace stackc::eval
