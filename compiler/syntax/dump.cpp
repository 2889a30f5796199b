#include <iterator>
#include <string>

#include "compiler/base/text.hpp"
#include "compiler/syntax/format.hpp"

namespace stackc {

namespace {

using namespace ast;

constexpr std::string_view kExternWords[] = {"extern resource", "extern param", "extern condition"};
/// Writes one node a line, indented by its depth; an attribute stands behind the node's name.
class Dumper {
 public:
  explicit Dumper(const Ast& tree) : tree_(tree) {}

  std::string run() {
    for (const DeclId id : tree_.top.decls) decl(id);
    return std::move(out_);
  }

 private:
  /// One line deeper, for as long as it lives.
  struct Deeper {
    explicit Deeper(Dumper& d) : dumper(d) { ++dumper.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    ~Deeper() { --dumper.depth_; }
    Dumper& dumper;
  };

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_.append(2 * static_cast<std::size_t>(depth_), ' ');
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  static std::string text(std::string_view raw) {
    std::string result = "\"";
    for (const char c : raw) {
      if (c == '\n') {
        result += "\\n";
      } else if (c == '\r') {
        result += "\\r";
      } else if (c == '\t') {
        result += "\\t";
      } else if (c == '"' || c == '\\') {
        result += '\\';
        result += c;
      } else {
        result += c;
      }
    }
    return result + '"';
  }
  static std::string name(const Name& n) { return n.quoted ? text(n.text) : std::string(n.text); }

  // ---------------------------------------------------------------- pieces

  void labelled(std::string_view what, ExprId id) {
    if (!id.valid()) return;
    line("{}:", what);
    const Deeper deeper(*this);
    expr(id);
  }
  void labelled(std::string_view what, TypeId id) {
    if (!id.valid()) return;
    line("{}:", what);
    const Deeper deeper(*this);
    type(id);
  }
  void block(std::string_view what, const Block& block) {
    line("{}:", what);
    const Deeper deeper(*this);
    for (const DeclId id : block.decls) decl(id);
  }
  void arguments(Seq<Argument> args) {
    for (const Argument& arg : args) {
      if (arg.name.empty()) {
        line("{}:", arg.spread ? "spread" : "argument");
      } else {
        line("argument {}:", name(arg.name));
      }
      const Deeper deeper(*this);
      expr(arg.value);
    }
  }
  void decorators(Seq<Decorator> list) {
    for (const Decorator& decorator : list) {
      line("@{}{}", name(decorator.name), decorator.has_parens ? "()" : "");
      const Deeper deeper(*this);
      arguments(decorator.args);
    }
  }
  void loop(const Loop& loop) {
    line("loop {}{}{}", name(loop.first), loop.second.empty() ? "" : ", ", name(loop.second));
    const Deeper deeper(*this);
    labelled("in", loop.in);
    labelled("key", loop.key);
  }
  void with(const WithBlock& with) {
    if (with.entries.empty() && !with.span.valid()) return;
    line("with");
    const Deeper deeper(*this);
    for (const WithEntry& entry : with.entries) {
      decorators(entry.decorators);
      line("entry {}", name(entry.name));
      const Deeper inside(*this);
      for (const ExprId key : entry.keys) labelled("key", key);
      expr(entry.body);
      this->with(entry.inner);
    }
  }
  void properties(Seq<PropertyDecl> list) {
    for (const PropertyDecl& property : list) {
      decorators(property.decorators);
      line("{} {}{}", property.is_attribute ? "attribute" : "property", name(property.name),
           property.optional ? "?" : "");
      const Deeper deeper(*this);
      type(property.type);
      labelled("default", property.default_value);
    }
  }

  // ---------------------------------------------------------------- expressions

  void expr(ExprId id) {
    if (!id.valid()) return line("absent");
    std::visit([this](const auto& node) { show(node); }, tree_[id].node);
  }

  void show(const InvalidExpr&) { line("invalid"); }
  void show(const NoneExpr&) { line("none"); }
  void show(const BoolExpr& e) { line("bool {}", e.value); }
  void show(const IntExpr& e) { line("int {}", e.value); }
  void show(const NumberExpr& e) { line("number {}", e.text); }
  void show(const StringExpr& e) {
    constexpr std::string_view kForms[] = {"string", "multi-line string", "raw string",
                                           "raw multi-line string"};
    const std::string_view form = kForms[static_cast<std::size_t>(e.form)];
    if (e.is_plain()) return line("{} {}", form, text(e.plain()));
    line("{}", form);
    const Deeper deeper(*this);
    for (const StringPart& part : e.parts) {
      if (part.expr.valid()) {
        expr(part.expr);
      } else {
        line("text {}", text(part.text));
      }
    }
  }
  void show(const CidrExpr& e) { line("cidr {}", e.text); }
  void show(const DurationExpr& e) {
    line("duration {}{}", e.count, "smhd"[static_cast<std::size_t>(e.unit)]);
  }
  void show(const SizeExpr& e) { line("size {}{}iB", e.count, "KMGT"[static_cast<std::size_t>(e.unit)]); }
  void show(const PercentExpr& e) { line("percent {}", e.text); }
  void show(const RangeExpr& e) { node("range", e.first, e.last); }
  void show(const NameExpr& e) { line("name {}", e.name); }
  void show(const ListExpr& e) {
    line("list");
    const Deeper deeper(*this);
    for (const ListItem& item : e.items) item.spread ? labelled("spread", item.value) : expr(item.value);
  }
  void show(const RecordExpr& e) {
    line("record");
    const Deeper deeper(*this);
    for (const Field& field : e.fields) labelled(field.spread ? "spread" : name(field.key), field.value);
  }
  void show(const ListComprehension& e) {
    line("list comprehension");
    const Deeper deeper(*this);
    loop(*e.loop);
    labelled("if", e.condition);
    labelled("element", e.element);
  }
  void show(const MapComprehension& e) {
    line("map comprehension");
    const Deeper deeper(*this);
    loop(*e.loop);
    labelled("if", e.condition);
    labelled("key", e.key);
    labelled("value", e.value);
  }
  void show(const UnaryExpr& e) { node(e.op == UnaryOp::Not ? "unary !" : "unary -", e.operand); }
  void show(const BinaryExpr& e) {
    constexpr std::string_view kSigns[] = {"+",  "-", "*",  "/",  "==", "!=", "<",
                                           "<=", ">", ">=", "&&", "||", "??"};
    line("binary {}", kSigns[static_cast<std::size_t>(e.op)]);
    const Deeper deeper(*this);
    expr(e.left);
    expr(e.right);
  }
  void show(const ChoiceExpr& e) { node("choice", e.condition, e.then, e.otherwise); }
  void show(const MemberExpr& e) {
    line("member {}{}", e.optional ? "?." : ".", e.name.text);
    const Deeper deeper(*this);
    expr(e.object);
  }
  void show(const IndexExpr& e) { node(e.optional ? "index ?." : "index", e.object, e.index); }
  void show(const SplatExpr& e) { node("splat", e.object); }
  void show(const CallExpr& e) {
    line("call {}{}", e.optional ? "?." : e.receiver.valid() ? "." : "", e.name->text);
    const Deeper deeper(*this);
    if (e.receiver.valid()) expr(e.receiver);
    arguments(e.args);
  }
  void show(const RawExpr& e) { node("raw", e.body); }
  void show(const ParenExpr& e) { node("paren", e.inner); }

  template <class... Children>
  void node(std::string_view what, Children... children) {
    line("{}", what);
    const Deeper deeper(*this);
    (expr(children), ...);
  }

  // ---------------------------------------------------------------- types

  void type(TypeId id) {
    if (!id.valid()) return line("absent");
    std::visit([this](const auto& node) { show(node); }, tree_[id].node);
  }

  void show(const InvalidType&) { line("invalid type"); }
  void show(const NamedType& t) {
    line("type {}", t.name.text);
    const Deeper deeper(*this);
    for (const TypeId argument : t.arguments) labelled("of", argument);
    labelled("low", t.low);
    labelled("high", t.high);
    if (!t.regex.empty()) line("regex /{}/", t.regex);
  }
  void show(const ResourceTypeName& t) {
    line("type {}{}{}{}{}", t.type.text, t.nested.empty() ? "" : "#", t.nested.text,
         t.member.empty() ? "" : ".", t.member.text);
  }
  void show(const LiteralType& t) {
    line("literal type");
    const Deeper deeper(*this);
    expr(t.value);
  }
  void show(const OptionalType& t) { around("optional type", t.inner); }
  void show(const ListType& t) { around("list type", t.element); }
  void show(const MapType& t) { around("map type", t.element); }
  void show(const RecordType& t) {
    line("record type");
    const Deeper deeper(*this);
    for (const TypeField& field : t.fields)
      labelled(name(field.name) + (field.optional ? "?" : ""), field.type);
  }
  void show(const UnionType& t) {
    line("union type");
    const Deeper deeper(*this);
    for (const TypeId arm : t.arms) type(arm);
  }
  void around(std::string_view what, TypeId inner) {
    line("{}", what);
    const Deeper deeper(*this);
    type(inner);
  }

  // ---------------------------------------------------------------- declarations

  void decl(DeclId id) {
    const Decl& decl = tree_[id];
    if (!decl.doc.empty()) line("doc {}", text(decl.doc));
    decorators(decl.decorators);
    std::visit([&](const auto& node) { head(decl, node); }, decl.node);
    const Deeper deeper(*this);
    std::visit([this](const auto& node) { inside(node); }, decl.node);
  }

  void headline(const Decl& decl, std::string_view what) {
    line("{}{}{}{}", decl.is_private ? "private " : "", what, decl.name.empty() ? "" : " ", decl.name.text);
  }
  void head(const Decl& d, const InvalidDecl&) { headline(d, "invalid"); }
  void head(const Decl& d, const StackDecl&) { headline(d, "stack"); }
  void head(const Decl& d, const UseDecl& n) {
    headline(d, "use");
    const Deeper deeper(*this);
    for (const ImportedName& import : n.names) {
      line("import {}{}{}", import.name.text, import.alias.empty() ? "" : " as ", import.alias.text);
    }
    line("from {}", text(n.path.text));
  }
  void head(const Decl& d, const UpstreamDecl& n) {
    headline(d, "upstream");
    const Deeper deeper(*this);
    if (!n.path.empty()) line("from {}", text(n.path.text));
  }
  void head(const Decl& d, const ParamDecl& n) { headline(d, n.is_const ? "const param" : "param"); }
  void head(const Decl& d, const LetDecl&) { headline(d, "let"); }
  void head(const Decl& d, const FnDecl&) { headline(d, "fn"); }
  void head(const Decl& d, const TypeDecl&) { headline(d, "type"); }
  void head(const Decl& d, const IdTypeDecl&) { headline(d, "id type"); }
  void head(const Decl& d, const ConditionDecl&) { headline(d, "condition"); }
  void head(const Decl& d, const MappingDecl&) { headline(d, "mapping"); }
  void head(const Decl& d, const ResourceDecl&) { headline(d, "resource"); }
  void head(const Decl& d, const ResourceTypeDecl&) { headline(d, "resource type"); }
  void head(const Decl& d, const ComponentDecl&) { headline(d, "component"); }
  void head(const Decl& d, const ForDecl&) { headline(d, "for"); }
  void head(const Decl& d, const IfDecl&) { headline(d, "if"); }
  void head(const Decl& d, const OutputDecl& n) { headline(d, n.is_export ? "export" : "output"); }
  void head(const Decl& d, const TagsDecl&) { headline(d, "tags"); }
  void head(const Decl& d, const AllowDecl&) { headline(d, "allow"); }
  void head(const Decl& d, const DocumentDecl&) { headline(d, "document"); }
  void head(const Decl& d, const AssertDecl&) { headline(d, "assert"); }
  void head(const Decl& d, const RuleDecl&) { headline(d, "rule"); }
  void head(const Decl& d, const MetadataDecl&) { headline(d, "metadata"); }
  void head(const Decl& d, const TransformDecl&) { headline(d, "transform"); }
  void head(const Decl& d, const RawDecl&) { headline(d, "raw"); }
  void head(const Decl& d, const ExternDecl& n) { headline(d, kExternWords[static_cast<std::size_t>(n.kind)]); }

  void inside(const InvalidDecl&) {}
  void inside(const StackDecl& n) { expr(n.name); }
  void inside(const UseDecl&) {}
  void inside(const UpstreamDecl& n) {
    labelled("as", n.scheme);
    labelled("fields", n.fields);
  }
  void inside(const ParamDecl& n) { typed(n.type, "default", n.default_value); }
  void inside(const LetDecl& n) { typed(n.type, "value", n.value); }
  void inside(const FnDecl& n) {
    for (const FnParam& param : n.params) {
      line("param {}", param.name.text);
      const Deeper deeper(*this);
      typed(param.type, "default", param.default_value);
    }
    labelled("result", n.result);
    labelled("body", n.body);
  }
  void inside(const TypeDecl& n) { type(n.type); }
  void inside(const IdTypeDecl& n) { type(n.type); }
  void inside(const ConditionDecl& n) { expr(n.value); }
  void inside(const MappingDecl& n) { expr(n.value); }
  void inside(const ResourceDecl& n) {
    typed(n.type, "body", n.body);
    with(n.with);
  }
  void inside(const ResourceTypeDecl& n) {
    properties(n.properties);
    for (const NestedTypeDecl& nested : n.nested) {
      line("type {}", nested.name.text);
      const Deeper deeper(*this);
      properties(nested.properties);
    }
  }
  void inside(const ComponentDecl& n) { block("body", n.body); }
  void inside(const ForDecl& n) {
    loop(n.loop);
    block("body", n.body);
  }
  void inside(const IfDecl& n) {
    labelled("condition", n.condition);
    block("then", n.then);
    if (n.has_else) block("else", n.otherwise);
  }
  void inside(const OutputDecl& n) {
    labelled("as", n.export_name);
    typed(n.type, "value", n.value);
  }
  void inside(const TagsDecl& n) { expr(n.body); }
  void inside(const AllowDecl& n) {
    labelled("from", n.from);
    labelled("to", n.to);
    labelled("ports", n.ports);
  }
  void inside(const DocumentDecl& n) {
    labelled("path", n.path);
    typed(n.type, "value", n.value);
  }
  void inside(const AssertDecl& n) {
    labelled("condition", n.condition);
    labelled("message", n.message);
  }
  void inside(const RuleDecl& n) { expr(n.body); }
  void inside(const MetadataDecl& n) { expr(n.body); }
  void inside(const TransformDecl& n) { expr(n.value); }
  void inside(const RawDecl& n) { expr(n.body); }
  void inside(const ExternDecl& n) { type(n.type); }

  void typed(TypeId of, std::string_view what, ExprId value) {
    labelled("type", of);
    labelled(what, value);
  }

  const Ast& tree_;
  std::string out_;
  std::uint32_t depth_ = 0;
};

}  // namespace

std::string dump(const ast::Ast& ast) { return Dumper(ast).run(); }

}  // namespace stackc
