#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/ir/ir.hpp"
#include "compiler/sema/checked.hpp"

namespace stackc::eval {

/// What an environment of `stackc.yaml` or `--set` says about one stack.
struct StackSettings {
  std::string stack_name;                        // empty: the source's
  std::map<std::string, std::string> consts;     // const param -> source text of an expression
  std::map<std::string, std::string> upstreams;  // upstream's name -> default of its `…StackName`
};

/// One export as an importing stack sees it. A list, map, record or instance has parts.
struct Export {
  enum class Kind : std::uint8_t { Value, List, Map, Record };
  Kind kind = Kind::Value;
  std::string name;          // Value: after the colon (`PublicSubnetsA`)
  std::string key;           // of this part in its parent (`A`, `listener`)
  bool conditional = false;  // Value: exported under a condition
  bool joined = false;       // Value: a late list, joined with commas
  bool exported = true;      // false: an output only, which a weak upstream may ask for
  /// Value, of `export … as`: the name in pieces, with the stack's name between them. Empty: `<stack>:<name>`.
  std::vector<std::string> name_pieces;
  bool name_known = true;  // false: the name depends on more than the stack's name
  std::vector<Export> parts;
};

struct Evaluated {
  std::unique_ptr<ir::Template> tmpl;  // before `hoist` and `name_conditions`
  std::vector<Export> exports;
  bool ok = true;
};

/// Compiles one stack: evaluates components, loops and constants, and builds the template.
/// `upstream_exports(decl)` gives the exports of the module behind an `upstream … from`
/// declaration, compiled in the same environment (null when that failed: silent).
struct Upstreams {
  virtual ~Upstreams() = default;
  virtual const std::vector<Export>* exports(ModuleId upstream) = 0;
};
Evaluated evaluate(const sema::CheckedProgram& program, ModuleId stack, const StackSettings& settings,
                   Upstreams& upstreams, const SourceMap& sources, Sink& sink);

}  // namespace stackc::eval
