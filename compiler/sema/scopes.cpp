#include <algorithm>

#include "compiler/sema/checker.hpp"

/// Who is declared where: bodies, blocks, and the names that an expression sees.
namespace stackc::sema {

namespace {

bool is_value(const ast::Decl& d) {
  return std::holds_alternative<ast::ParamDecl>(d.node) || std::holds_alternative<ast::LetDecl>(d.node) ||
         std::holds_alternative<ast::ConditionDecl>(d.node) || std::holds_alternative<ast::MappingDecl>(d.node) ||
         std::holds_alternative<ast::ResourceDecl>(d.node) || std::holds_alternative<ast::UpstreamDecl>(d.node) ||
         std::holds_alternative<ast::ExternDecl>(d.node) || std::holds_alternative<ast::InvalidDecl>(d.node);
}

}  // namespace

Body& ModuleChecker::new_body(ast::DeclId component, const Body* file) {
  auto& body = bodies_[component.value];
  body = std::make_unique<Body>();
  body->component = component;
  body->file = file;
  return *body;
}

Context& ModuleChecker::new_context(Context ctx) {
  context_store_.push_back(ctx);
  return context_store_.back();
}

void ModuleChecker::collect_imports() {
  ast::DeclId last;
  for (const auto& [decl, target] : module_.uses) {
    if (decl == last) continue;  // `use … from "std"` has an edge to every module that it names things of
    last = decl;
    for (const ast::ImportedName& n : std::get<ast::UseDecl>(ast_[decl].node).names) collect_import(decl, n);
  }
}

void ModuleChecker::collect_import(ast::DeclId use, const ast::ImportedName& n) {
  const ast::Name& as = n.alias.empty() ? n.name : n.alias;
  if (imports_.contains(as.text)) {
    report(Code::DuplicateName, as.span, fmt::format("`{}` is used twice", as.text));
    return;
  }
  DeclRef& import = *imports_.add(as.text, {}).first;
  const auto is_loaded = [&](ModuleId target) { return target.valid() && shared_.modules[target.value] != nullptr; };
  for (const auto& [decl, target] : module_.uses) {
    if (decl != use || !is_loaded(target)) continue;
    if (const ast::DeclId found = module(target).exported_decl(n.name.text); found.valid()) {
      import = {target, found};
      return;
    }
  }
  bool silent = false;  // the file is missing or broken: reported
  std::vector<std::string_view> names;
  std::string_view path;
  for (const auto& [decl, target] : module_.uses) {
    if (decl != use) continue;
    if (!is_loaded(target)) {
      silent = true;
      continue;
    }
    const ModuleChecker& other = module(target);
    silent = silent || other.module_.broken;
    path = other.module_.path;
    for (std::string_view name : other.exported_names()) names.push_back(name);
  }
  if (silent) return;
  const auto& node = std::get<ast::UseDecl>(ast_[use].node);
  Diagnostic& d = report(Code::NotInModule, n.name.span, fmt::format("`{}` declares no `{}`", path.empty() ? node.path.text : path, n.name.text));
  suggest(d, n.name.text, n.name.span, names);
}

ast::DeclId ModuleChecker::exported_decl(std::string_view name) const {
  for (ast::DeclId id : ast_.top.decls) {
    const ast::Decl& d = ast_[id];
    if (d.name.text != name || d.is_private) continue;
    if (std::holds_alternative<ast::ComponentDecl>(d.node) || std::holds_alternative<ast::FnDecl>(d.node) ||
        std::holds_alternative<ast::TypeDecl>(d.node) || std::holds_alternative<ast::LetDecl>(d.node) ||
        std::holds_alternative<ast::ResourceTypeDecl>(d.node)) {
      return id;
    }
  }
  return {};
}

std::vector<std::string_view> ModuleChecker::exported_names() const {
  std::vector<std::string_view> names;
  for (ast::DeclId id : ast_.top.decls) {
    const std::string_view name = ast_[id].name.text;
    if (!name.empty() && exported_decl(name) == id) names.push_back(name);
  }
  return names;
}

void ModuleChecker::collect_block(const ast::Block& block, Body& body, const Context& ctx) {
  for (std::uint32_t i = 0; i < block.decls.size(); ++i) collect_decl(block.decls[i], i, body, ctx);
}

void ModuleChecker::collect_decl(ast::DeclId id, std::uint32_t index, Body& body, const Context& ctx) {
  const ast::Decl& d = ast_[id];
  contexts_[id.value] = &ctx;
  const ast::DeclId around = ctx.block.valid() ? ctx.block : body.component;
  out_.places[id.value] = {around, body.component, index, ctx.in_else};
  if (is_value(d)) return add_value(id, body, ctx);

  const auto top_only = [&](std::string_view what) {
    if (!ctx.block.valid()) return true;
    report(Code::MisplacedDeclaration, d.name.span,
           fmt::format("{} cannot be declared inside a block", what))
        .help("move it out of the `for` or `if`");
    return false;
  };
  if (std::holds_alternative<ast::FnDecl>(d.node)) {
    if (top_only("a function")) add_unique(body.functions, id);
  } else if (std::holds_alternative<ast::TypeDecl>(d.node) || std::holds_alternative<ast::ResourceTypeDecl>(d.node)) {
    if (top_only("a type")) add_unique(body.types, id);
  } else if (const auto* component = std::get_if<ast::ComponentDecl>(&d.node)) {
    if (!top_only("a component")) return;
    add_unique(body.types, id);
    Body& inner = new_body(id, file_);
    const Context& inside = new_context({.body = &inner});
    inside_[id.value] = &inside;
    collect_block(component->body, inner, inside);
  } else if (const auto* loop = std::get_if<ast::ForDecl>(&d.node)) {
    LocalScope& scope = scope_store_.emplace_back();
    scope.outer = ctx.locals;
    std::vector<std::uint32_t>& locals = out_.decl_locals[id.value];
    for (const ast::Name* name : {&loop->loop.first, &loop->loop.second}) {
      if (name->empty()) continue;
      const auto local = static_cast<std::uint32_t>(out_.locals.size());
      out_.locals.push_back({name->text, name->span, {}});
      local_states_.push_back(
          {.loop = &loop->loop, .second = name == &loop->loop.second, .identity = true, .ctx = &ctx});
      scope.names.emplace_back(name->text, local);
      locals.push_back(local);
    }
    SymbolTable& lets = let_store_.emplace_back();
    const Context& inside =
        new_context({.body = &body, .block = id, .outer = &ctx, .lets = &lets, .locals = &scope});
    inside_[id.value] = &inside;
    collect_block(loop->body, body, inside);
  } else if (const auto* branch = std::get_if<ast::IfDecl>(&d.node)) {
    const Context& then =
        new_context({.body = &body, .block = id, .outer = &ctx, .lets = &let_store_.emplace_back(), .locals = ctx.locals});
    inside_[id.value] = &then;
    collect_block(branch->then, body, then);
    const Context& otherwise = new_context({.body = &body,
                                            .block = id,
                                            .in_else = true,
                                            .outer = &ctx,
                                            .lets = &let_store_.emplace_back(),
                                            .locals = ctx.locals});
    inside_else_[id.value] = &otherwise;
    if (branch->has_else) collect_block(branch->otherwise, body, otherwise);
  } else if (std::holds_alternative<ast::OutputDecl>(d.node)) {
    Symbol& symbol = *body.outputs.add(d.name.text, {}).first;
    for (ast::DeclId other : symbol.decls) {
      if (!exclusive(other, id)) return report_duplicate(id, other);
    }
    symbol.decls.push_back(id);
  }
}

void ModuleChecker::add_unique(NameTable<ast::DeclId>& table, ast::DeclId id) {
  const bool function = std::holds_alternative<ast::FnDecl>(ast_[id].node);
  if (clashes_with_import(id, function ? Space::Functions : Space::Types)) return;
  auto [first, added] = table.add(ast_[id].name.text, id);
  if (!added) report_duplicate(id, *first);
}

/// Where an imported name counts; what could not be found counts as a value, silently.
ModuleChecker::Space ModuleChecker::imported_space(const DeclRef& import) const {
  if (!import.decl.valid()) return Space::Values;
  const auto& node = shared_.modules[import.module.value]->ast_[import.decl].node;
  if (std::holds_alternative<ast::LetDecl>(node)) return Space::Values;
  return std::holds_alternative<ast::FnDecl>(node) ? Space::Functions : Space::Types;
}

bool ModuleChecker::clashes_with_import(ast::DeclId id, Space space) {
  const ast::Name& name = ast_[id].name;
  const DeclRef* const import = imports_.find(name.text);
  if (import == nullptr || imported_space(*import) != space) return false;
  Diagnostic& r = report(Code::DuplicateName, name.span,
                         fmt::format("`{}` is declared here and used from another file", name.text));
  if (import->decl.valid()) {
    r.label(module(import->module).ast_[import->decl].name.span, "the other one");
  }
  return true;
}

void ModuleChecker::add_value(ast::DeclId id, Body& body, const Context& ctx) {
  const ast::Decl& d = ast_[id];
  if (d.name.empty()) return;
  if (!body.component.valid() && clashes_with_import(id, Space::Values)) return;
  const bool local_let = std::holds_alternative<ast::LetDecl>(d.node) && ctx.block.valid();
  SymbolTable& table = local_let ? const_cast<SymbolTable&>(*ctx.lets) : body.values;
  Symbol& symbol = *table.add(d.name.text, {}).first;
  for (ast::DeclId other : symbol.decls) {
    if (!exclusive(other, id)) {
      if (!std::holds_alternative<ast::InvalidDecl>(d.node)) report_duplicate(id, other);
      return;
    }
  }
  symbol.decls.push_back(id);
}

void ModuleChecker::report_duplicate(ast::DeclId again, ast::DeclId first) {
  const ast::Name& name = ast_[again].name;
  report(Code::DuplicateName, name.span, fmt::format("`{}` is declared twice", name.text))
      .label(ast_[first].name.span, "first declared here");
}

std::vector<std::pair<ast::DeclId, bool>> ModuleChecker::path_of(ast::DeclId decl) const {
  std::vector<std::pair<ast::DeclId, bool>> path;
  for (const Context* c = contexts_[decl.value]; c != nullptr && c->block.valid(); c = c->outer) {
    path.emplace_back(c->block, c->in_else);
  }
  std::ranges::reverse(path);
  return path;
}

/// Whether the two stand in different branches of one `if`, so that never both exist.
bool ModuleChecker::exclusive(ast::DeclId a, ast::DeclId b) const {
  const auto pa = path_of(a);
  const auto pb = path_of(b);
  for (std::size_t i = 0; i < pa.size() && i < pb.size(); ++i) {
    if (pa[i].first != pb[i].first) return false;
    if (pa[i].second != pb[i].second) return true;
  }
  return false;
}

ModuleChecker::Found ModuleChecker::look_up(std::string_view name, const Context& ctx) const {
  Found found;
  for (const LocalScope* s = ctx.locals; s != nullptr; s = s->outer) {
    for (const auto& [local_name, local] : s->names) {
      if (local_name != name) continue;
      found.binding.kind = Binding::Kind::Local;
      found.binding.local = local;
      found.found = true;
      return found;
    }
  }
  const auto decl = [&](DeclRef target) {
    found.binding.kind = target.decl.valid() ? Binding::Kind::Decl : Binding::Kind::Unknown;
    found.binding.decl = target;
    found.found = true;
    return found;
  };
  for (const Context* c = &ctx; c != nullptr; c = c->outer) {
    if (c->lets == nullptr) continue;
    if (const Symbol* const let = c->lets->find(name)) return decl(ref(let->decls.front()));
  }
  if (const Symbol* const symbol = ctx.body->values.find(name)) return decl(ref(symbol->decls.front()));
  if (ctx.body->file != nullptr) {
    // A component sees the file's compile-time names, never its params and resources: those it takes as params.
    if (const Symbol* const symbol = ctx.body->file->values.find(name)) {
      const ast::DeclId id = symbol->decls.front();
      if (std::holds_alternative<ast::LetDecl>(ast_[id].node)) return decl(ref(id));
    }
  }
  if (const DeclRef* const import = imports_.find(name); import != nullptr && imported_space(*import) == Space::Values) {
    return decl(*import);
  }
  if (name == "aws") {
    found.binding.kind = Binding::Kind::Pseudo;
    found.found = true;
  }
  return found;
}

std::vector<std::string_view> ModuleChecker::visible_names(const Context& ctx) const {
  std::vector<std::string_view> names;
  for (const LocalScope* s = ctx.locals; s != nullptr; s = s->outer) {
    for (const auto& [name, local] : s->names) names.push_back(name);
  }
  for (const Context* c = &ctx; c != nullptr; c = c->outer) {
    if (c->lets == nullptr) continue;
    for (const auto& [name, symbol] : *c->lets) names.push_back(name);
  }
  for (const auto& [name, symbol] : ctx.body->values) names.push_back(name);
  if (ctx.body->file != nullptr) {
    for (const auto& [name, symbol] : ctx.body->file->values) {
      if (std::holds_alternative<ast::LetDecl>(ast_[symbol.decls.front()].node)) names.push_back(name);
    }
  }
  for (const auto& [name, target] : imports_) {
    if (imported_space(target) == Space::Values) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

ast::ExprId ModuleChecker::unparen(ast::ExprId id) const {
  while (const auto* p = ast_.get_if<ast::ParenExpr>(id)) id = p->inner;
  return id;
}

}  // namespace stackc::sema
