#include <algorithm>

#include "compiler/syntax/format_printer.hpp"

namespace stackc::format_detail {

using namespace ast;

// ---------------------------------------------------------------- files and blocks

void Printer::file() {
  if (source_.starts_with("\xEF\xBB\xBF")) cursor_ = 3;
  bool first = true;
  for (const DeclId id : ast_.top.decls) {
    separate(Flat::Space, first);
    first = false;
    decl(id);
    comments_behind(true);
    if (lost_) return;
  }
  separate(Flat::Space, first);
  if (cursor_ != source_.size()) lose();
}

void Printer::block(const Block& block) {
  items(kBlock, [&](std::size_t i) {
    if (i >= block.decls.size()) return lose();
    decl(block.decls[i]);
  });
}

void Printer::decl(DeclId id) {
  const Decl& decl = ast_[id];
  decorators(decl.decorators, std::holds_alternative<ResourceTypeDecl>(decl.node));
  if (decl.is_private) word("private");
  std::visit([&](const auto& node) { write(decl, node); }, decl.node);
}

/// One a line above the declaration. The facts about a resource type share a line.
void Printer::decorators(Seq<Decorator> decorators, bool share_line) {
  if (decorators.empty()) return;
  if (share_line) layout_.begin_line();
  for (std::size_t i = 0; i < decorators.size(); ++i) {
    if (i > 0) {
      if (share_line)
        separate(Flat::Space, true);
      else
        separate_lines();
    }
    decorator(decorators[i]);
    comments_behind(false);
  }
  if (share_line) layout_.end();
  separate_lines();
}

void Printer::decorator(const Decorator& decorator) {
  token("@");
  name(decorator.name);
  if (decorator.has_parens) arguments(decorator.args);
}

void Printer::keyword(std::string_view keyword, const Decl& decl) {
  word(keyword);
  name(decl.name);
}

/// `: T = value`; either may be missing.
void Printer::type_and_value(bool has_type, ExprId initial) {
  if (has_type) {
    word(":");
    type();
  }
  if (initial.valid()) {
    space();
    word("=");
    value(initial);
  }
}

// ---------------------------------------------------------------- the file's own

void Printer::write(const Decl&, const InvalidDecl&) { lose(); }

void Printer::write(const Decl&, const StackDecl& stack) {
  word("stack");
  expr(stack.name);
}

void Printer::write(const Decl&, const UseDecl& use) {
  word("use");
  items(kRecord, [&](std::size_t i) {
    if (i >= use.names.size()) return lose();
    name(use.names[i].name);
    if (use.names[i].alias.empty()) return;
    space();
    word("as");
    name(use.names[i].alias);
  });
  space();
  word("from");
  name(use.path);
}

void Printer::write(const Decl& decl, const UpstreamDecl& upstream) {
  keyword("upstream", decl);
  space();
  if (upstream.scheme.valid()) {
    word("as");
    expr(upstream.scheme);
    space();
  }
  if (upstream.fields.valid()) return type();
  word("from");
  name(upstream.path);
}

// ---------------------------------------------------------------- names for values and types

void Printer::write(const Decl& decl, const ParamDecl& param) {
  if (param.is_const) word("const");
  keyword("param", decl);
  type_and_value(param.type.valid(), param.default_value);
}

void Printer::write(const Decl& decl, const LetDecl& let) {
  keyword("let", decl);
  type_and_value(let.type.valid(), let.value);
}

void Printer::write(const Decl& decl, const FnDecl& fn) {
  keyword("fn", decl);
  items(kArguments, [&](std::size_t i) {
    if (i >= fn.params.size()) return lose();
    name(fn.params[i].name);
    type_and_value(true, fn.params[i].default_value);
  });
  if (fn.result.valid()) {
    space();
    word("->");
    type();
  }
  type_and_value(false, fn.body);
}

void Printer::write(const Decl& decl, const TypeDecl&) {
  keyword("type", decl);
  space();
  word("=");
  type();
}

void Printer::write(const Decl&, const IdTypeDecl&) {
  word("id");
  word("type");
  type();
}

void Printer::write(const Decl& decl, const ConditionDecl& condition) {
  keyword("condition", decl);
  type_and_value(false, condition.value);
}

void Printer::write(const Decl& decl, const MappingDecl& mapping) {
  keyword("mapping", decl);
  type_and_value(false, mapping.value);
}

// ---------------------------------------------------------------- resources

void Printer::write(const Decl& decl, const ResourceDecl& resource) {
  keyword("resource", decl);
  type_and_value(true, {});
  if (resource.body.valid()) {
    space();
    expr(resource.body);
  }
  with(resource.with);
}

void Printer::write(const Decl& decl, const ExternDecl& node) {
  word("extern");
  if (node.kind == ExternKind::Condition) return keyword("condition", decl);
  keyword(node.kind == ExternKind::Resource ? "resource" : "param", decl);
  type_and_value(true, {});
}

void Printer::with(const WithBlock& with) {
  if (with.entries.empty() && !next_is_word("with")) return;
  space();
  word("with");
  ItemStyle style = kBlock;
  style.always_broken =
      with.entries.size() > 1 || (with.entries.size() == 1 && !with.entries[0].decorators.empty());
  items(style, [&](std::size_t i) {
    if (i >= with.entries.size()) return lose();
    with_entry(with.entries[i]);
  });
}

void Printer::with_entry(const WithEntry& entry) {
  decorators(entry.decorators, false);
  name(entry.name);
  for (const ExprId key : entry.keys) {
    token("[");
    expr(key);
    token("]");
  }
  space();
  expr(entry.body);
  with(entry.inner);
}

// ---------------------------------------------------------------- resource types

void Printer::write(const Decl& decl, const ResourceTypeDecl& type) {
  word("resource");
  keyword("type", decl);
  space();
  std::size_t property_index = 0;
  std::size_t nested_index = 0;
  items(kBlock, [&](std::size_t) {
    const bool more_properties = property_index < type.properties.size();
    const bool more_nested = nested_index < type.nested.size();
    if (!more_properties && !more_nested) return lose();
    if (more_properties && (!more_nested || type.properties[property_index].name.span.begin <
                                                type.nested[nested_index].name.span.begin)) {
      return property(type.properties[property_index++]);
    }
    const NestedTypeDecl& nested = type.nested[nested_index++];
    word("type");
    name(nested.name);
    space();
    items(kBlock, [&](std::size_t i) {
      if (i >= nested.properties.size()) return lose();
      property(nested.properties[i]);
    });
  });
}

/// Always one line, whatever its length: the AWS types read, and differ, line by line.
void Printer::property(const PropertyDecl& property) {
  layout_.begin_line();
  for (const Decorator& fact : property.decorators) {
    decorator(fact);
    space();
  }
  if (property.is_attribute) word("attribute");
  name(property.name);
  if (property.optional) token("?");
  type_and_value(true, property.default_value);
  layout_.end();
}

// ---------------------------------------------------------------- blocks

void Printer::write(const Decl& decl, const ComponentDecl& component) {
  keyword("component", decl);
  space();
  block(component.body);
}

void Printer::write(const Decl&, const ForDecl& node) {
  loop(node.loop);
  space();
  block(node.body);
}

void Printer::write(const Decl&, const IfDecl& node) {
  const IfDecl* branch = &node;
  while (!lost_) {
    word("if");
    expr(branch->condition);
    space();
    block(branch->then);
    if (!branch->has_else) return;
    space();
    word("else");
    if (!next_is_word("if")) return block(branch->otherwise);
    if (branch->otherwise.decls.size() != 1) return lose();
    branch = ast_.get_if<IfDecl>(branch->otherwise.decls[0]);
    if (!branch) return lose();
  }
}

// ---------------------------------------------------------------- what the template says

void Printer::write(const Decl& decl, const OutputDecl& output) {
  keyword(output.is_export ? "export" : "output", decl);
  if (output.export_name.valid()) {
    space();
    word("as");
    expr(output.export_name);
  }
  type_and_value(output.type.valid(), output.value);
}

void Printer::write(const Decl&, const TagsDecl& tags) {
  word("tags");
  expr(tags.body);
}

void Printer::write(const Decl&, const AllowDecl& allow) {
  word("allow");
  expr(allow.from);
  space();
  word("->");
  expr(allow.to);
  word(":");
  expr(allow.ports);
}

void Printer::write(const Decl&, const DocumentDecl& document) {
  word("document");
  expr(document.path);
  type_and_value(document.type.valid(), document.value);
}

void Printer::write(const Decl&, const AssertDecl& assertion) {
  word("assert");
  expr(assertion.condition);
  word(",");
  expr(assertion.message);
}

void Printer::write(const Decl& decl, const RuleDecl& rule) {
  keyword("rule", decl);
  space();
  expr(rule.body);
}

void Printer::write(const Decl&, const MetadataDecl& metadata) {
  word("metadata");
  expr(metadata.body);
}

void Printer::write(const Decl&, const TransformDecl& transform) {
  word("transform");
  expr(transform.value);
}

void Printer::write(const Decl& decl, const RawDecl& raw) {
  keyword("raw", decl);
  space();
  expr(raw.body);
}

}  // namespace stackc::format_detail
