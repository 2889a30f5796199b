// `compose(yaml("f"), { services: [ … ] })`: Compose files, with all that they read in turn.

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/modules/load_data.hpp"

namespace stackc {

namespace {

ast::ExprId without_parens(const ast::Ast& ast, ast::ExprId id) {
  while (const auto* paren = ast.get_if<ast::ParenExpr>(id)) id = paren->inner;
  return id;
}

bool reads_yaml(const ast::Ast& ast, ast::ExprId id) {
  const auto* call = ast.get_if<ast::CallExpr>(id);
  return call != nullptr && !call->receiver.valid() && call->name->text == "yaml";
}

/// The call of `yaml` that a call of `compose` is given, in its place or as the value of a `let`; invalid: none.
ast::ExprId source_of(const ast::Ast& ast, ast::ExprId id) {
  id = without_parens(ast, id);
  if (reads_yaml(ast, id)) return id;
  const auto* name = ast.get_if<ast::NameExpr>(id);
  if (name == nullptr) return {};
  for (const ast::Decl& d : ast.decls) {
    const auto* let = std::get_if<ast::LetDecl>(&d.node);
    if (let == nullptr || d.name.text != name->name) continue;
    const ast::ExprId value = without_parens(ast, let->value);
    return reads_yaml(ast, value) ? value : ast::ExprId{};
  }
  return {};
}

/// The plain texts of `key: ["a", "b"]` in the options.
std::vector<compose::Wanted::Name> names_in(const ast::Ast& ast, const ast::CallExpr& call, std::string_view key) {
  std::vector<compose::Wanted::Name> names;
  const auto* options = call.args.size() > 1 ? ast.get_if<ast::RecordExpr>(without_parens(ast, call.args[1].value)) : nullptr;
  if (options == nullptr) return names;
  for (const ast::Field& f : options->fields) {
    const auto* list = f.key.text == key ? ast.get_if<ast::ListExpr>(f.value) : nullptr;
    if (list == nullptr) continue;
    for (const ast::ListItem& item : list->items) {
      const auto* text = ast.get_if<ast::StringExpr>(item.value);
      if (text != nullptr && text->is_plain()) names.push_back({std::string(text->plain()), ast[item.value].span});
    }
  }
  return names;
}

}  // namespace

void DataLoader::load_compose(Module& m, std::uint32_t call_id, ModuleGraph& graph) {
  const auto& call = std::get<ast::CallExpr>(m.ast->exprs[call_id].node);
  const ast::ExprId source = source_of(*m.ast, call.args[0].value);
  const auto data = source.valid() ? m.data_files.find(source.value) : m.data_files.end();
  if (data == m.data_files.end()) return;  // checking says what is expected
  const DataFile& yaml = *graph.data_files[data->second];
  auto file = std::make_unique<DataFile>();
  file->kind = DataKind::Compose;
  file->path = yaml.path;
  file->ok = yaml.ok && read_compose(m, call, *file);
  m.data_files[call_id] = static_cast<std::uint32_t>(graph.data_files.size());
  graph.data_files.push_back(std::move(file));
}

bool DataLoader::read_compose(const Module& m, const ast::CallExpr& call, DataFile& into) {
  auto text = fs_.read(into.path, kMaxDataBytes);
  if (std::get_if<FileError>(&text) != nullptr) return false;  // it was there a moment ago
  const FileId file = sources_.add(into.path, std::get<std::string>(std::move(text)));
  const compose::Wanted wanted{names_in(*m.ast, call, "services"), names_in(*m.ast, call, "profiles"),
                              names_in(*m.ast, call, "secrets")};
  const auto read_file = [&](std::string_view from, std::string_view path, Span span,
                             bool required) -> std::optional<compose::FoundFile> {
    Module place;  // a file of the project reads further ones by the same rules
    place.path = std::string(from);
    if (!may_read(place, path, span)) return std::nullopt;
    compose::FoundFile found{join_path(directory_of(from), path), {}};
    if (!required && fs_.kind(found.path) == PathKind::Missing) return std::nullopt;
    auto content = fs_.read(found.path, kMaxDataBytes);
    if (const auto* error = std::get_if<FileError>(&content)) {
      report_unreadable(fs_, found.path, *error, span, sink_);
      return std::nullopt;
    }
    found.text = std::get<std::string>(std::move(content));
    if (find_non_utf8(found.text) == std::string_view::npos) return found;
    sink_.report(Code::FileContent, span, fmt::format("`{}` is not UTF-8", found.path));
    return std::nullopt;
  };
  auto services = compose::read(file, wanted, read_file, sources_, sink_);
  if (!services) return false;
  into.services = std::move(*services);
  return true;
}

}  // namespace stackc
