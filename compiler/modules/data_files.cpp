#include "compiler/modules/data_files.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/modules/load_data.hpp"

namespace stackc {

bool reads_file(std::string_view name, DataKind& kind) {
  if (name == "text") kind = DataKind::Text;
  else if (name == "json") kind = DataKind::Json;
  else if (name == "yaml") kind = DataKind::Yaml;
  else if (name == "base64File") kind = DataKind::Bytes;
  else return false;
  return true;
}

std::size_t find_non_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) {
      return at + i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[at + i])) : 0U;
    };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead <= 0xDF ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    bool good = length > 0;
    for (std::size_t i = 1; i < length; ++i) good = good && (byte(i) & 0xC0U) == 0x80U;
    const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    const bool outside = (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF4 && byte(1) > 0x8F);
    if (!good || overlong || outside) return at;
    at += length;
  }
  return std::string_view::npos;
}

namespace {

/// Whether `path` is `root` or stands below it, both real or both normalized.
bool is_below(std::string_view path, std::string_view root) {
  if (root == ".") return !path.starts_with('/') && path != ".." && !path.starts_with("../");
  if (root == "/") return path.starts_with('/');
  return path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/';
}

bool has_function(const Module& m, std::string_view name) {
  const auto imported = [&](const ast::Decl& d) {
    const auto* use = std::get_if<ast::UseDecl>(&d.node);
    return use != nullptr && std::ranges::any_of(use->names, [&](const ast::ImportedName& n) {
             return (n.alias.empty() ? n.name : n.alias).text == name;
           });
  };
  return std::ranges::any_of(m.ast->decls, [&](const ast::Decl& d) {
    return (std::holds_alternative<ast::FnDecl>(d.node) && d.name.text == name) || imported(d);
  });
}

}  // namespace

void DataLoader::load(Module& m, ModuleGraph& graph) {
  for (std::uint32_t i = 0; i < m.ast->exprs.size(); ++i) {
    const auto* call = std::get_if<ast::CallExpr>(&m.ast->exprs[i].node);
    DataKind kind{};
    if (call == nullptr || call->receiver.valid()) continue;
    if (call->args.size() != 1) continue;
    if (!reads_file(call->name->text, kind) || has_function(m, call->name->text)) continue;
    const auto* name = m.ast->get_if<ast::StringExpr>(call->args[0].value);
    if (name == nullptr || !name->is_plain()) continue;  // checking says that it has to be written out
    m.data_files[i] = static_cast<std::uint32_t>(graph.data_files.size());
    auto file = std::make_unique<DataFile>();
    file->kind = kind;
    file->ok = read(m, name->plain(), (*m.ast)[call->args[0].value].span, *file);
    graph.data_files.push_back(std::move(file));
  }
  // They speak of files that were read above.
  for (std::uint32_t i = 0; i < m.ast->exprs.size(); ++i) {
    const auto* call = std::get_if<ast::CallExpr>(&m.ast->exprs[i].node);
    const bool compose = call != nullptr && !call->receiver.valid() && call->name->text == "compose" && !call->args.empty();
    if (compose && !has_function(m, "compose")) load_compose(m, i, graph);
  }
}

bool DataLoader::may_read(const Module& m, std::string_view name, Span span) {
  const auto refuse = [&](std::string_view what) {
    sink_.report(Code::FilePath, span, fmt::format("`{}` {}", name, what))
        .help("a source reads files below the project's folder only, by paths relative to itself");
    return false;
  };
  if (name.empty()) return refuse("is an empty path");
  if (name.starts_with('/')) return refuse("is an absolute path");
  const std::string folder(directory_of(m.path));
  const std::string root = fs_.real_path(root_.empty() ? folder : root_);
  const std::string here = fs_.real_path(folder);
  if (root.empty() || here.empty() || !is_below(join_path(here, name), root)) {
    return refuse("leads out of the project's folder");
  }
  const std::string real = fs_.real_path(join_path(folder, name));
  if (!real.empty() && !is_below(real, root)) return refuse("is a link that leads out of the project's folder");
  return true;
}

bool DataLoader::read(const Module& m, std::string_view name, Span span, DataFile& into) {
  if (!may_read(m, name, span)) return false;
  into.path = join_path(directory_of(m.path), name);
  auto text = fs_.read(into.path, kMaxDataBytes);
  if (const auto* error = std::get_if<FileError>(&text)) {
    report_unreadable(fs_, into.path, *error, span, sink_);
    return false;
  }
  into.text = std::get<std::string>(std::move(text));
  if (into.kind == DataKind::Bytes) return true;
  if (const auto bad = find_non_utf8(into.text); bad != std::string_view::npos) {
    sink_.report(Code::FileContent, span,
                 fmt::format("`{}` is not UTF-8: found the byte 0x{:02X} at byte {}", into.path,
                             static_cast<unsigned>(static_cast<unsigned char>(into.text[bad])), bad))
        .help("`base64File(…)` reads a file that is no text");
    return false;
  }
  return into.kind == DataKind::Text || parse(into, span);
}

bool DataLoader::parse(DataFile& file, Span span) {
  std::string reason;
  std::size_t at = 0;
  const bool json = file.kind == DataKind::Json;
  std::string text = std::move(file.text);
  file.text.clear();
  file.data = json ? parse_json(text, reason, at) : yaml::parse_data(text, reason, at);
  if (reason.empty()) return true;
  const FileId id = sources_.add(file.path, std::move(text));
  const auto place = static_cast<std::uint32_t>(std::min(at, sources_.text(id).size()));
  sink_.report(Code::FileContent, Span{id, place, place},
               fmt::format("`{}` is not {}: {}", file.path, json ? "JSON" : "YAML", reason))
      .label(span, "read here");
  return false;
}

}  // namespace stackc
