#include <algorithm>
#include <string>
#include <unordered_set>

#include "compiler/base/hash.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/modules/load_data.hpp"
#include "compiler/modules/standard_library.hpp"
#include "compiler/parse/parse.hpp"

namespace stackc {

namespace {

/// A wish for another module: one `use` or `upstream … from`. A `use` of "std" makes one a name.
struct Link {
  ast::DeclId decl;
  bool upstream = false;
  std::string path;  // resolved: a normalized path, or `std/…`; empty: cannot be, reported
  bool standard = false;
  Span span;  // of the path as written
  ModuleId target;
};

/// CloudFormation's rule for stack names, which are also file names here.
bool is_stack_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_inner = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  return !name.empty() && name.size() <= 128 && is_letter(name[0]) && std::ranges::all_of(name, is_inner);
}

class Loader {
 public:
  Loader(ModuleGraph& graph, const FileSystem& fs, SourceMap& sources, Sink& sink, std::string_view root)
      : fs_(fs), sources_(sources), sink_(sink), data_(fs, root, sources, sink), graph_(graph) {
    links_.resize(graph.modules.size());
    marks_.resize(graph.modules.size(), Mark::Done);
    graph.roots.clear();
  }

  void run(const std::vector<std::string>& files) {
    for (const auto& file : files) {
      const auto path = normalize_path(file);
      const bool standard = standard_library::is_standard(path) && fs_.kind(path) != PathKind::File;
      const auto id = standard ? open_standard(path, Span{}) : open(path, Span{});
      if (!id.valid()) continue;
      if (std::ranges::find(graph_.roots, id) == graph_.roots.end()) graph_.roots.push_back(id);
      visit(id);
    }
  }

 private:
  enum class Mark : std::uint8_t { New, Open, Done };
  struct Frame {
    ModuleId module;
    std::size_t next = 0;  // in links_[module]
  };

  ModuleId open(const std::string& path, Span asked);
  ModuleId open_standard(const std::string& name, Span asked);
  ModuleId add(std::string path, std::string text, bool embedded);
  void read_head(Module& m, std::vector<Link>& links);
  void read_stack_name(Module& m, ast::DeclId decl);
  void add_use(const Module& m, ast::DeclId decl, const ast::UseDecl& use, std::vector<Link>& links);
  Link resolve(const Module& m, ast::DeclId decl, const ast::Name& path, bool upstream);
  void report_unknown_standard(std::string_view name, Span span);
  void report_unknown_name(const ast::Name& name);

  void visit(ModuleId root);
  ModuleId follow(ModuleId from, Link& link);
  bool fits(const Link& link, const Module& target);
  void report_cycle(std::size_t first);
  void finish(ModuleId id);

  const FileSystem& fs_;
  SourceMap& sources_;
  Sink& sink_;
  DataLoader data_;
  ModuleGraph& graph_;
  std::unordered_set<std::string> unreadable_;         // paths of files, reported
  std::vector<std::vector<Link>> links_;               // by ModuleId
  std::vector<Mark> marks_;                            // by ModuleId
  std::vector<Frame> path_;                            // from the root to where we are
};

// ---------------------------------------------------------------- reading one file

ModuleId Loader::open(const std::string& path, Span asked) {
  if (const auto known = graph_.find(path, false); known.valid()) return known;
  // A second `use` of a missing file is a second mistake to mend, so it gets its own message.
  if (!asked.valid() && unreadable_.contains(path)) return {};
  auto text = fs_.read(path, kMaxSourceBytes);
  if (const auto* error = std::get_if<FileError>(&text)) {
    report_unreadable(fs_, path, *error, asked, sink_);
    unreadable_.insert(path);
    return {};
  }
  return add(path, std::get<std::string>(std::move(text)), false);
}

ModuleId Loader::open_standard(const std::string& name, Span asked) {
  if (const auto known = graph_.find(name, true); known.valid()) return known;
  const auto text = standard_library::text(name);
  if (!text) {
    report_unknown_standard(name, asked);
    return {};
  }
  return add(name, std::string{*text}, true);
}

void Loader::report_unknown_standard(std::string_view name, Span span) {
  const auto names = standard_library::names();
  const auto close = did_you_mean(name, names);
  auto& d = sink_.report(Code::NotInStandardLibrary, span,
                         fmt::format("the standard library has no module `{}`", name),
                         close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
  if (!close.empty() && span.valid()) {
    d.fix(span, fmt::format("\"{}\"", close));
  } else if (!names.empty()) {
    d.help(fmt::format("its modules are `{}`", fmt::join(names, "`, `")));
  }
}

void Loader::report_unknown_name(const ast::Name& name) {
  const auto names = standard_library::all_names();
  const auto close = did_you_mean(name.text, names);
  auto& d = sink_.report(Code::NotInStandardLibrary, name.span,
                         fmt::format("the standard library has no `{}`", name.text),
                         close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
  if (!close.empty()) d.fix(name.span, std::string{close});
}

ModuleId Loader::add(std::string path, std::string text, bool embedded) {
  const ModuleId id{static_cast<std::uint32_t>(graph_.modules.size())};
  auto m = std::make_unique<Module>();
  m->path = path;
  m->embedded = embedded;
  m->file = sources_.add(std::move(path), std::move(text));
  const auto errors_before = sink_.error_count();
  m->ast = parse(sources_, m->file, sink_);
  m->broken = sink_.error_count() != errors_before;
  links_.emplace_back();
  marks_.push_back(Mark::New);
  read_head(*m, links_.back());
  if (!embedded) data_.load(*m, graph_);
  graph_.add(std::move(m));
  return id;
}

void Loader::read_head(Module& m, std::vector<Link>& links) {
  for (const auto decl : m.ast->top.decls) {
    if (m.ast->get_if<ast::StackDecl>(decl) != nullptr) {
      read_stack_name(m, decl);
    } else if (const auto* use = m.ast->get_if<ast::UseDecl>(decl)) {
      add_use(m, decl, *use, links);
    } else if (const auto* up = m.ast->get_if<ast::UpstreamDecl>(decl); up != nullptr && !up->path.empty()) {
      links.push_back(resolve(m, decl, up->path, true));
    }
  }
}

void Loader::read_stack_name(Module& m, ast::DeclId decl) {
  const auto& ast = *m.ast;
  const auto name_id = ast.get_if<ast::StackDecl>(decl)->name;
  const auto place = name_id.valid() ? ast[name_id].span : ast[decl].span;
  if (m.stack.valid()) {
    auto& d = sink_.report(Code::SecondStackName, place, "a file is one stack, this one has a second name",
                           "the second name");
    d.label(ast[m.stack].span, "the first");
    return;
  }
  m.stack = decl;
  const auto* text = ast.get_if<ast::StringExpr>(name_id);
  if (text == nullptr || !text->is_plain()) return;  // the parser said so
  m.stack_name = text->plain();
  if (is_stack_name(m.stack_name)) return;
  auto& d = sink_.report(Code::InvalidStackName, place,
                         fmt::format("`{}` is no stack name that CloudFormation accepts", m.stack_name));
  d.help(
      "a stack name starts with a letter, goes on with letters, digits and `-`, and has at most 128 "
      "characters");
}

void Loader::add_use(const Module& m, ast::DeclId decl, const ast::UseDecl& use, std::vector<Link>& links) {
  if (use.path.text != "std") {
    links.push_back(resolve(m, decl, use.path, false));
    return;
  }
  for (const auto& imported : use.names) {
    const auto module = standard_library::module_of(imported.name.text);
    Link link{decl, false, module ? std::string{*module} : std::string{}, true, use.path.span, {}};
    if (!module) report_unknown_name(imported.name);
    const auto same = [&](const Link& l) { return l.decl == decl && l.path == link.path; };
    if (std::ranges::none_of(links, same)) links.push_back(std::move(link));
  }
}

Link Loader::resolve(const Module& m, ast::DeclId decl, const ast::Name& path, bool upstream) {
  Link link{decl, upstream, {}, false, path.span, {}};
  if (path.text.empty()) {
    sink_.report(Code::FileNotFound, path.span, "an empty path, expected the name of a file");
    return link;
  }
  link.standard = !upstream && (standard_library::is_standard(path.text) || m.embedded);
  if (link.standard && standard_library::is_standard(path.text)) {
    link.path = std::string{path.text};
  } else {
    link.path = join_path(directory_of(m.path), path.text);
    if (link.standard && link.path.ends_with(".stack")) link.path.resize(link.path.size() - 6);
  }
  return link;
}

// ---------------------------------------------------------------- following links

/// Depth first with a stack of its own: a long chain of files is no danger for the thread's stack.
void Loader::visit(ModuleId root) {
  if (marks_[root.value] != Mark::New) return;
  marks_[root.value] = Mark::Open;
  path_.push_back({root});
  while (!path_.empty()) {
    const auto here = path_.back().module;
    if (path_.back().next == links_[here.value].size()) {
      finish(here);
      path_.pop_back();
      continue;
    }
    const auto index = path_.back().next++;
    auto link = links_[here.value][index];  // a copy: loading adds to `links_`
    const auto target = follow(here, link);
    links_[here.value][index].target = target;
    if (!target.valid() || marks_[target.value] == Mark::Done) continue;
    if (marks_[target.value] == Mark::Open) {
      const auto first = std::ranges::find(path_, target, &Frame::module) - path_.begin();
      report_cycle(static_cast<std::size_t>(first));
      links_[here.value][index].target = ModuleId{};
      continue;
    }
    marks_[target.value] = Mark::Open;
    path_.push_back({target});
  }
}

ModuleId Loader::follow(ModuleId from, Link& link) {
  if (link.path.empty()) return {};
  const auto target = link.standard ? open_standard(link.path, link.span) : open(link.path, link.span);
  if (!target.valid() || target == from) return target;
  return fits(link, graph_[target]) ? target : ModuleId{};
}

/// `use` wants a library, `upstream` a stack.
bool Loader::fits(const Link& link, const Module& target) {
  const bool is_stack = target.stack.valid();
  if (link.upstream == is_stack || target.broken) return true;
  if (link.upstream) {
    auto& d = sink_.report(Code::UpstreamIsLibrary, link.span,
                           fmt::format("`{}` is a library, `upstream` needs a stack", target.path),
                           "this file has no `stack` declaration");
    d.help("names of a library come with `use`");
  } else {
    auto& d = sink_.report(Code::UseOfStack, link.span,
                           fmt::format("`{}` is a stack, `use` needs a library", target.path));
    d.label((*target.ast)[target.stack].span, "the stack");
    d.help("read its exports with `upstream`, or move what both need into a library");
  }
  return false;
}

/// Reports the circle that the last link of `path_` closes. It is told from its first file by name, so
/// that it reads the same whichever file the run came from.
void Loader::report_cycle(std::size_t first) {
  const std::size_t count = path_.size() - first;
  const auto module = [&](std::size_t i) { return path_[first + i % count].module; };
  const auto link = [&](std::size_t i) -> const Link& {
    return links_[module(i).value][path_[first + i % count].next - 1];
  };
  std::size_t start = 0;
  bool all_upstream = true;
  for (std::size_t i = 0; i < count; ++i) {
    if (graph_[module(i)].path < graph_[module(start)].path) start = i;
    all_upstream = all_upstream && link(i).upstream;
  }
  std::string chain = fmt::format("`{}`", graph_[module(start)].path);
  for (std::size_t i = 1; i <= count; ++i) chain += fmt::format(" -> `{}`", graph_[module(start + i)].path);

  auto& d = all_upstream ? sink_.report(Code::CycleOfStacks, link(start).span,
                                        "stacks that need each other: " + chain, "the circle starts here")
                         : sink_.report(Code::CycleOfUses, link(start).span,
                                        "files that use each other: " + chain, "the circle starts here");
  for (std::size_t i = 1; i < count; ++i) {
    d.label(link(start + i).span, fmt::format("and needs `{}`", graph_[module(start + i + 1)].path));
  }
  d.help(all_upstream ? "neither stack could be deployed first: move what both need into a third stack"
                      : "move what both need into a third file");
}

void Loader::finish(ModuleId id) {
  marks_[id.value] = Mark::Done;
  graph_.order.push_back(id);
  auto& m = *graph_.modules[id.value];
  for (const auto& link : links_[id.value]) {
    auto& list = link.upstream ? m.upstreams : m.uses;
    list.emplace_back(link.decl, link.target);
  }
}

}  // namespace

ModuleId ModuleGraph::find(std::string_view path, bool embedded) const {
  const std::uint32_t found = by_path_.find(hash_of_text(path), [&](std::uint32_t i) {
    return modules[i]->embedded == embedded && modules[i]->path == path;
  });
  return found == HashIndex::kNone ? ModuleId{} : ModuleId{found};
}

void ModuleGraph::add(std::unique_ptr<Module> m) {
  by_path_.add(hash_of_text(m->path), static_cast<std::uint32_t>(modules.size()));
  modules.push_back(std::move(m));
}

void ModuleGraph::truncate(std::size_t count) {
  by_path_.forget_from(static_cast<std::uint32_t>(count));
  modules.resize(count);
}

ModuleGraph load_modules(const std::vector<std::string>& files, const FileSystem& fs, SourceMap& sources,
                         Sink& sink, std::string_view root) {
  ModuleGraph graph;
  Loader{graph, fs, sources, sink, root}.run(files);
  return graph;
}

void extend_modules(ModuleGraph& graph, const std::vector<std::string>& files, const FileSystem& fs,
                    SourceMap& sources, Sink& sink, std::string_view root) {
  Loader{graph, fs, sources, sink, root}.run(files);
}

}  // namespace stackc
