#include "compiler/doc/library.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/doc/source_text.hpp"
#include "compiler/doc/stage_text.hpp"

namespace stackc::doc {

namespace {

class Describer {
 public:
  Describer(const sema::CheckedProgram& program, ModuleId module)
      : program_(program), checked_(program[module]), module_(*checked_.module), ast_(*module_.ast) {}

  Library run() {
    Library library;
    library.name = module_.path;
    library.introduction = introduction(ast_);
    if (module_.stack.valid()) {
      library.stack = component(module_.stack, ast_.top, nullptr);
      library.stack->name = module_.stack_name;
      return library;
    }
    for (const ast::DeclId id : ast_.top.decls) {
      if (!ast_[id].is_private) add(id, library);
    }
    return library;
  }

 private:
  void add(ast::DeclId id, Library& library) {
    const ast::Decl& d = ast_[id];
    if (const auto* c = ast_.get_if<ast::ComponentDecl>(id)) {
      library.components.push_back(component(id, c->body, interface_of(id)));
    } else if (const auto* f = ast_.get_if<ast::FnDecl>(id)) {
      library.functions.push_back(function(id, *f));
    } else if (std::holds_alternative<ast::TypeDecl>(d.node) || std::holds_alternative<ast::IdTypeDecl>(d.node) ||
               std::holds_alternative<ast::ResourceTypeDecl>(d.node)) {
      library.types.push_back({std::string(d.name.text), std::string(d.doc), std::string(source_of(ast_, d.span))});
    } else if (std::holds_alternative<ast::LetDecl>(d.node)) {
      library.values.push_back({std::string(d.name.text), std::string(d.doc), type_of(id)});
    }
  }

  const sema::Interface* interface_of(ast::DeclId id) const {
    const auto found = checked_.interfaces.find(id.value);
    return found == checked_.interfaces.end() ? nullptr : &found->second;
  }

  std::string type_text(sema::TypeId type) const {
    if (!type.valid()) return "?";
    const sema::Type& t = program_.types[type];
    switch (t.kind) {
      case sema::Kind::Instance: {
        const ast::Ast& owner = *program_[t.component.module].module->ast;
        return std::string(owner[t.component.decl].name.text);
      }
      case sema::Kind::List: return fmt::format("[{}]", type_text(t.element));
      case sema::Kind::Map: return fmt::format("{{[String]: {}}}", type_text(t.element));
      case sema::Kind::Optional:
        if (program_.types.kind(t.element) != sema::Kind::Union) return type_text(t.element) + "?";
        break;
      default: break;
    }
    return program_.types.str(type);
  }

  /// An inferred type; of a long record the names of its fields.
  std::string result_text(sema::TypeId type) const {
    constexpr std::size_t kLong = 80;
    std::string text = type_text(type);
    const bool listed = type.valid() && program_.types.kind(type) == sema::Kind::List;
    const sema::Type& t = program_.types[listed ? program_.types[type].element : type];
    if (text.size() <= kLong || t.kind != sema::Kind::Record) return text;
    std::vector<std::string_view> names;
    for (const sema::FieldType& f : t.fields) names.push_back(f.name);
    return fmt::format("{}{{ {} }}{}", listed ? "[" : "", fmt::join(names, ", "), listed ? "]" : "");
  }

  std::string type_of(ast::DeclId id) const { return type_text(checked_.decl_types[id.value]); }

  std::string written(ast::TypeId type) const { return on_one_line(source_of(ast_, ast_[type].span)); }

  Param param(ast::DeclId id, const ast::ParamDecl& p) const {
    const ast::Decl& d = ast_[id];
    const sema::TypeId type = checked_.decl_types[id.value];
    Param out{std::string(d.name.text), p.type.valid() ? written(p.type) : type_text(type), {}, {},
              std::string(d.doc)};
    if (p.default_value.valid()) {
      out.fallback = on_one_line(source_of(ast_, ast_[p.default_value].span));
    } else if (program_.types.is_optional(type)) {
      out.fallback = "none";
    }
    return out;
  }

  Component component(ast::DeclId id, const ast::Block& body, const sema::Interface* interface) {
    const ast::Decl& d = ast_[id];
    Component c{std::string(d.name.text), std::string(d.doc), {}, {}, {}, {}};
    std::size_t next = 0;
    for (const ast::DeclId inner : body.decls) {
      const auto* p = ast_.get_if<ast::ParamDecl>(inner);
      if (p == nullptr) continue;
      Param described = param(inner, *p);
      const auto& demands = interface != nullptr ? interface->demands.at(next) : none_;
      ++next;
      // A parameter of a template is known when a deployment starts.
      if (interface == nullptr) described.stage = p->is_const ? "const" : "param";
      else described.stage = p->is_const ? "const" : stage_text(program_.types, checked_.decl_types[inner.value], demands);
      c.params.push_back(std::move(described));
    }
    interface_ = interface;
    walk(body, c);
    return c;
  }

  void walk(const ast::Block& block, Component& c) {
    for (const ast::DeclId id : block.decls) {
      const ast::Decl& d = ast_[id];
      if (const auto* f = std::get_if<ast::ForDecl>(&d.node)) {
        const ast::Loop& loop = f->loop;
        keys_.push_back(loop.key.valid() ? on_one_line(source_of(ast_, ast_[loop.key].span)) : std::string(loop.first.text));
        walk(f->body, c);
        keys_.pop_back();
      } else if (const auto* i = std::get_if<ast::IfDecl>(&d.node)) {
        const std::string condition = on_one_line(source_of(ast_, ast_[i->condition].span));
        conditions_.push_back(condition);
        walk(i->then, c);
        conditions_.back() = fmt::format("!({})", condition);
        walk(i->otherwise, c);
        conditions_.pop_back();
      } else if (const auto* r = std::get_if<ast::ResourceDecl>(&d.node)) {
        if (!d.is_private) c.resources.push_back({std::string(d.name.text), keys_, written(r->type), condition(), std::string(d.doc)});
      } else if (const auto* o = std::get_if<ast::OutputDecl>(&d.node)) {
        add_output(id, *o, c);
      } else if (const auto* a = std::get_if<ast::AssertDecl>(&d.node)) {
        const auto* text = ast_.get_if<ast::StringExpr>(a->message);
        if (text != nullptr && text->is_plain()) c.asserts.emplace_back(text->plain());
      }
    }
  }

  void add_output(ast::DeclId id, const ast::OutputDecl& o, Component& c) {
    const ast::Decl& d = ast_[id];
    if (std::ranges::any_of(c.outputs, [&](const Output& known) { return known.name == d.name.text; })) return;
    std::string type = o.type.valid() && keys_.empty() && conditions_.empty() ? written(o.type) : type_of(id);
    if (interface_ != nullptr && !o.type.valid()) {
      for (const auto& [name, placed] : interface_->results) {
        if (name == d.name.text) type = type_text(placed);
      }
    }
    c.outputs.push_back({std::string(d.name.text), std::move(type), o.is_export, std::string(d.doc)});
  }

  [[nodiscard]] std::string condition() const { return fmt::format("{}", fmt::join(conditions_, " && ")); }

  Function function(ast::DeclId id, const ast::FnDecl& f) const {
    const ast::Decl& d = ast_[id];
    Function out{std::string(d.name.text), std::string(d.doc), {}, {}};
    const sema::Interface* interface = interface_of(id);
    const auto* const locals = checked_.decl_locals.find(id.value);
    for (std::size_t k = 0; k < f.params.size(); ++k) {
      const ast::FnParam& p = f.params[k];
      Param described{std::string(p.name.text), written(p.type), {}, "any", {}};
      sema::TypeId type;
      if (locals != nullptr && k < locals->size()) type = checked_.locals[(*locals)[k]].type;
      if (p.default_value.valid()) {
        described.fallback = on_one_line(source_of(ast_, ast_[p.default_value].span));
      } else if (type.valid() && program_.types.is_optional(type)) {
        described.fallback = "none";
      }
      if (interface != nullptr && type.valid()) described.stage = stage_text(program_.types, type, interface->demands.at(k));
      out.params.push_back(std::move(described));
    }
    if (f.result.valid()) {
      out.result = written(f.result);
    } else if (interface != nullptr) {
      out.result = result_text(interface->results.front().second);
    }
    return out;
  }

  const sema::CheckedProgram& program_;
  const sema::CheckedModule& checked_;
  const Module& module_;
  const ast::Ast& ast_;
  const std::vector<sema::StageDemand> none_;
  const sema::Interface* interface_ = nullptr;  // of the component at hand
  std::vector<std::string> keys_;
  std::vector<std::string> conditions_;
};

}  // namespace

Library describe(const sema::CheckedProgram& program, ModuleId module) { return Describer(program, module).run(); }

}  // namespace stackc::doc
