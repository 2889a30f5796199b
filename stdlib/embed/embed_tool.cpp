// stackc_embed TEXTS TABLE FILE…: puts the standard library's modules behind one another in TEXTS and
// writes a C++ table of where each lies and which module declares which name. Runs when the compiler
// is built; a syntax error in the standard library stops the build.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/base/text.hpp"
#include "compiler/parse/parse.hpp"

using namespace stackc;

namespace {

constexpr std::uint64_t kMaxBytes = 16u << 20;
constexpr std::size_t kMaxName = 59;  // embedded.cpp's records

struct Embedding {
  std::string texts;
  std::string modules;
  std::map<std::string, std::size_t, std::less<>> names;
  bool failed = false;
};

void fail(Embedding& out, std::string_view path, std::string_view message) {
  fmt::print(stderr, "{}: {}\n", path, message);
  out.failed = true;
}

/// `…/stdlib/std/network.stack` -> `std/network`
std::string module_name(std::string_view path) {
  const auto slash = path.rfind('/');
  auto file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return fmt::format("std/{}", file.substr(0, file.size() - std::string_view(".stack").size()));
}

bool is_importable(const ast::Decl& decl) {
  return !decl.is_private && !decl.name.empty() &&
         (std::holds_alternative<ast::ComponentDecl>(decl.node) ||
          std::holds_alternative<ast::TypeDecl>(decl.node) ||
          std::holds_alternative<ast::FnDecl>(decl.node) || std::holds_alternative<ast::LetDecl>(decl.node));
}

void embed(Embedding& out, std::size_t index, const std::string& path, const FileSystem& fs) {
  auto read = fs.read(path, kMaxBytes);
  if (const auto* error = std::get_if<FileError>(&read)) return fail(out, path, error->reason);
  const auto name = module_name(path);
  if (name.size() > kMaxName) return fail(out, path, "the name is too long");

  SourceMap sources;
  Sink sink;
  const auto file = sources.add(path, std::get<std::string>(read));
  const auto tree = parse(sources, file, sink);
  for (const auto& d : sink.all()) {
    const auto at = d.labels.empty() ? Position{1, 1} : sources.position(file, d.labels[0].span.begin);
    fmt::print(stderr, "{}:{}:{}: {}\n", path, at.line, at.column, d.message);
  }
  if (sink.has_errors()) out.failed = true;
  for (const auto id : tree->top.decls) {
    const auto& decl = (*tree)[id];
    if (!is_importable(decl)) continue;
    const std::string declared(decl.name.text);
    if (declared.size() > kMaxName) fail(out, path, fmt::format("`{}` is too long a name", declared));
    const auto [at, is_new] = out.names.emplace(declared, index);
    if (!is_new && at->second != index)
      fail(out, path, fmt::format("another module declares `{}` too", declared));
  }
  const auto& text = std::get<std::string>(read);
  out.modules +=
      fmt::format("    {{\"{}\", {}, {}}},\n", name, out.texts.size(), out.texts.size() + text.size());
  out.texts += text;
}

std::string table_of(const Embedding& out) {
  std::string table =
      "constexpr ModuleRecord kModules[] = {\n" + out.modules + "};\nconstexpr NameRecord kNames[] = {\n";
  for (const auto& [name, module] : out.names) table += fmt::format("    {{\"{}\", {}}},\n", name, module);
  return table + "};\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: stackc_embed TEXTS TABLE FILE...\n");
    return 2;
  }
  std::vector<std::string> files(argv + 3, argv + argc);
  // By module name: `a.stack` stands before `a-b.stack`, though not as paths.
  std::sort(files.begin(), files.end(),
            [](const auto& l, const auto& r) { return module_name(l) < module_name(r); });
  const auto fs = disk();
  Embedding out;
  for (std::size_t i = 0; i < files.size(); ++i) embed(out, i, files[i], *fs);
  if (out.failed) return 1;
  for (const auto& [path, text] : {std::pair{argv[1], out.texts}, std::pair{argv[2], table_of(out)}}) {
    const auto written = fs->write(path, text);
    if (const auto* error = std::get_if<FileError>(&written)) {
      fmt::print(stderr, "{}: {}\n", path, error->reason);
      return 1;
    }
  }
  return 0;
}
