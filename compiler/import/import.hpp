#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/base/source.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"
#include "compiler/schema/schema.hpp"

/// CloudFormation templates as input: text -> document -> IR -> stack source.
namespace stackc::cfn {

struct Comment {
  Span span;              // without the line break
  std::string_view text;  // without `#` and one space; points into the source
  bool own_line = false;  // nothing but white space before it on its line
};

/// A JSON or YAML file as plain data, the way CloudFormation reads it: objects, lists, scalars with their
/// places; YAML's short forms are expanded (`!Ref X` is `{"Ref": "X"}`), anchors and merge keys resolved,
/// plain scalars typed by YAML 1.1 except dates, which are text. Keys keep their order.
struct Document {
  FileId file;
  bool is_yaml = false;
  ir::ValueRef root = nullptr;
  std::vector<Comment> comments;  // of YAML, in source order
  Arena arena{Arena::kMedium};
};

/// Reads one file of the source map; JSON if its first character that is not white space is `{` or `[` and
/// it reads as JSON, else YAML. Null after an error, which is reported: not UTF-8, malformed, nested too
/// deeply, a key given twice, an unknown tag, too large, aliases that grow without bound.
std::unique_ptr<Document> read_document(FileId file, const SourceMap& sources, Sink& sink);

/// Whether the document is meant as a template: an object with `Resources` or a format version. What else
/// lies in a folder of templates is passed over.
bool is_template(const Document& document);

/// Whether the document is an ECS definition: the input of `aws ecs register-task-definition` or `create-service`,
/// or what `describe-task-definition` answers.
bool is_definition(const Document& document);

/// Makes a template with one resource of an ECS definition, in CloudFormation's words. Members that say nothing to a
/// template (`clientToken`, `revision`) and nulls are left out; unknown ones are reported. Anything else stays as it is.
void definition_to_template(Document& document, Sink& sink);

/// The document as a template; every text and value of it lives as long as `document`, which must outlive
/// the template. Writing it gives the same JSON. Null after an error: no object, no resources, a section of
/// the wrong form.
std::unique_ptr<ir::Template> read_template(const Document& document, Sink& sink);

// ---------------------------------------------------------------- to stack source

/// How a piece of the template is to be written in stack source, from freely to literally.
enum class Faith : std::uint8_t {
  Idiom,           // as a person would write it
  Unchecked,       // the same inside `unchecked(…)`; a conditional resource inside `assume(…)`
  Exact,           // the intrinsic by its own name: `sub("…")`, `select(…)`, `ref(R)`
  UncheckedExact,  // both
  Raw,             // `raw { … }`, `@raw({ … })` or an entry of `raw Resources { … }`
};

/// The pieces that have to be written less freely, by JSON pointer (`/Resources/Db/Properties/Port`): values,
/// attributes (`/Resources/Db/DependsOn`, of which only `Raw` means anything; `/Resources/Db/Properties` below
/// `Raw` is `@unchecked`), and whole entries (`/Resources/Db`, `Raw`: in `raw Resources`).
using Wishes = std::map<std::string, Faith, std::less<>>;

/// A stretch of the source text and the piece of the template that it says.
struct Mark {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string pointer;
  Faith faith = Faith::Idiom;  // as it is written there
};

struct StackSource {
  std::string text;         // not yet formatted; parses
  std::vector<Mark> marks;  // outer before inner
};

/// Another stack of the project whose exports a template imports.
struct UpstreamStack {
  std::string name;    // in source: `Network`
  std::string file;    // the path from the importing stack's file: `network.stack`
  std::string param;   // the logical ID of the parameter that holds the other stack's name; empty: none does
  std::string before;  // the name of an export is `${param}`, `before`, its output's ID, `after`
  std::string after;
};

struct SourceOptions {
  std::string stack_name;
  std::vector<UpstreamStack> upstreams;
  struct Import {
    std::size_t upstream = 0;  // in `upstreams`
    std::string output;        // the logical ID of the output that is exported
  };
  /// What `Fn::ImportValue` may ask for, as text or as the text of an `Fn::Sub` -> where it comes from.
  std::map<std::string, Import, std::less<>> imports;
};

/// Stack source that builds to the template again, as far as `wishes` have shown what that takes. The
/// driver builds it, compares, and asks again with the differences as wishes until nothing differs.
StackSource stack_source(const ir::Template& t, const Document& document, schema::Schema schema,
                         const SourceOptions& options, const Wishes& wishes);

}  // namespace stackc::cfn
