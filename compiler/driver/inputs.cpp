#include "compiler/driver/inputs.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <iterator>
#include <unordered_set>

#include "compiler/base/text.hpp"
#include "compiler/driver/threads.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

/// A folder that links to itself would never end.
constexpr std::size_t kMaxFolders = 20'000;

/// The folders in a folder and below, listed level by level: the listings of a level know nothing of each other, so
/// that several threads share them.
class Tree {
 public:
  struct Folder {
    std::string path;
    FileResult<std::vector<FolderEntry>> listed;
    std::size_t children = 0;  // the first of the folders in it, which stand one after the other
  };

  /// `left_out`: a folder that is not entered; empty: none.
  Tree(const std::string& root, std::string_view left_out, const FileSystem& fs, std::size_t threads)
      : left_out_(left_out), fs_(fs) {
    folders_.push_back({root, {}});
    for (std::size_t level = 0; level < folders_.size() && !is_endless();) {
      const auto end = folders_.size();
      list(level, threads);
      for (; level < end && !is_endless(); ++level) add_children(level);
    }
  }

  /// More folders than anybody has, of which the last was not looked into.
  [[nodiscard]] bool is_endless() const { return folders_.size() > kMaxFolders; }
  [[nodiscard]] const std::vector<Folder>& folders() const { return folders_; }
  /// Whether an entry of `folder` is one of its children.
  [[nodiscard]] bool is_child(const std::string& folder, const FolderEntry& entry) const {
    return entry.kind == PathKind::Directory && !is_passed_over(entry.name) &&
           (left_out_.empty() || join_path(folder, entry.name) != left_out_);
  }

 private:
  void list(std::size_t from, std::size_t threads) {
    std::atomic<std::size_t> next{from};
    in_threads(threads_for(folders_.size() - from, threads), [&] {
      for (auto i = next++; i < folders_.size(); i = next++) folders_[i].listed = fs_.list(folders_[i].path);
    });
  }

  void add_children(std::size_t index) {
    const auto parent = folders_[index].path;
    folders_[index].children = folders_.size();
    const auto* const entries = std::get_if<std::vector<FolderEntry>>(&folders_[index].listed);
    if (entries == nullptr) return;
    std::vector<Folder> children;
    for (const auto& entry : *entries) {
      if (is_child(parent, entry)) children.push_back({join_path(parent, entry.name), {}});
    }
    std::ranges::move(children, std::back_inserter(folders_));
  }

  const std::string_view left_out_;
  const FileSystem& fs_;
  std::vector<Folder> folders_;
};

class Walk {
 public:
  using Wanted = std::function<bool(std::string_view path)>;

  Walk(Wanted wanted, const FileSystem& fs, std::size_t threads, Sink& sink)
      : wanted_(std::move(wanted)), fs_(fs), threads_(threads), sink_(sink) {}

  void add(const std::string& file) {
    if (seen_.insert(file).second) files_.push_back(file);
  }

  /// Adds what is below `folder`, without what is below `left_out`; a missing permission deep inside is an error, not a
  /// shorter list.
  void enter(const std::string& folder, std::string_view left_out = {}) {
    const Tree tree{folder, left_out, fs_, threads_};
    if (tree.is_endless()) {
      sink_.report(Code::FileUnreadable, Span{},
                   fmt::format("cannot read `{}`: more than {} folders, does one link to itself?",
                               tree.folders().back().path, kMaxFolders));
      return;
    }
    visit(tree, 0);
  }

  [[nodiscard]] std::size_t count() const { return files_.size(); }
  std::vector<std::string> take() { return std::move(files_); }

 private:
  void visit(const Tree& tree, std::size_t index) {
    const auto& folder = tree.folders()[index];
    if (const auto* error = std::get_if<FileError>(&folder.listed)) {
      report_unreadable(fs_, folder.path, *error, Span{}, sink_);
      return;
    }
    auto child = folder.children;
    for (const auto& entry : std::get<std::vector<FolderEntry>>(folder.listed)) {
      if (tree.is_child(folder.path, entry)) visit(tree, child++);
      const bool is_file = entry.kind == PathKind::File && !is_passed_over(entry.name);
      if (is_file && wanted_(entry.name)) add(join_path(folder.path, entry.name));
    }
  }

  Wanted wanted_;
  const FileSystem& fs_;
  std::size_t threads_;
  Sink& sink_;
  std::vector<std::string> files_;
  std::unordered_set<std::string> seen_;
};

constexpr std::array<std::string_view, 4> kTemplateEndings{".json", ".yaml", ".yml", ".template"};

/// A name that only CloudFormation templates have.
bool is_template(std::string_view path) {
  return std::ranges::any_of(kTemplateEndings,
                             [&](std::string_view ending) { return path.ends_with(ending); });
}

/// The files of one folder of a command line.
std::vector<InputFile> files_in(const std::string& folder, const Search& search, const FileSystem& fs, Sink& sink) {
  const auto walk = [&](auto wanted, std::string_view left_out) {
    Walk found{wanted, fs, search.threads, sink};
    found.enter(folder, left_out);
    return found.take();
  };
  std::vector<InputFile> files;
  const auto errors = sink.error_count();
  for (auto& path : walk([](std::string_view path) { return path.ends_with(".stack"); }, {})) {
    files.push_back({std::move(path), false, false});
  }
  if (!files.empty() || sink.error_count() > errors) return files;
  auto templates = walk(is_template, search.out);
  if (templates.empty()) templates = walk(is_template, {});
  for (auto& path : templates) files.push_back({std::move(path), true, false});
  return files;
}

}  // namespace

bool is_passed_over(std::string_view name) { return name.starts_with('.') || name == "node_modules"; }

std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs, std::string_view ending,
                                       const FileSystem& fs, Sink& sink) {
  Walk walk{[&](std::string_view path) { return path.ends_with(ending); }, fs, 0, sink};
  for (const auto& input : inputs) {
    const auto path = normalize_path(input);
    if (fs.kind(path) != PathKind::Directory) {
      if (is_template(path)) {
        sink.report(Code::NoStackFiles, Span{},
                    fmt::format("`{}` is a template, expected a `{}` file", path, ending));
        continue;
      }
      walk.add(path);
      continue;
    }
    const auto before = walk.count();
    const auto errors = sink.error_count();
    walk.enter(path);
    if (walk.count() == before && sink.error_count() == errors && inputs.size() == 1) {
      sink.report(Code::NoStackFiles, Span{}, fmt::format("no `{}` file in `{}` or below", ending, path));
    }
  }
  return walk.take();
}

std::vector<InputFile> expand_sources(const std::vector<std::string>& inputs, const Search& search,
                                      const FileSystem& fs, Sink& sink) {
  std::vector<InputFile> files;
  std::unordered_set<std::string> seen;
  for (const auto& input : inputs) {
    const auto path = normalize_path(input);
    if (fs.kind(path) != PathKind::Directory) {
      if (seen.insert(path).second) files.push_back({path, is_template(path), true});
      continue;
    }
    const auto errors = sink.error_count();
    auto found = files_in(path, search, fs, sink);
    if (found.empty() && sink.error_count() == errors && inputs.size() == 1) {
      sink.report(Code::NoStackFiles, Span{},
                  fmt::format("no `.stack` file and no template in `{}` or below", path));
    }
    for (auto& file : found) {
      if (seen.insert(file.path).second) files.push_back(std::move(file));
    }
  }
  return files;
}

std::string_view stack_name_of(std::string_view path) {
  auto name = path.substr(path.rfind('/') + 1);
  for (bool cut = true; cut;) {
    cut = false;
    for (const auto ending : kTemplateEndings) {
      if (!name.ends_with(ending) || name.size() == ending.size()) continue;
      name.remove_suffix(ending.size());
      cut = true;
    }
  }
  return name;
}

}  // namespace stackc
