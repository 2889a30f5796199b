#include "compiler/driver/inputs.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_set>

#include "compiler/base/text.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

/// A folder that links to itself would never end.
constexpr std::size_t kMaxFolders = 20'000;

class Walk {
 public:
  using Wanted = std::function<bool(std::string_view path)>;

  Walk(Wanted wanted, const FileSystem& fs, Sink& sink) : wanted_(std::move(wanted)), fs_(fs), sink_(sink) {}

  void add(const std::string& file) {
    if (seen_.insert(file).second) files_.push_back(file);
  }

  /// Adds what is below `folder`; a missing permission deep inside is an error, not a shorter list.
  void enter(const std::string& folder) {
    if (++folders_ > kMaxFolders) {
      if (folders_ == kMaxFolders + 1) {
        sink_.report(Code::FileUnreadable, Span{},
                     fmt::format("cannot read `{}`: more than {} folders, does one link to itself?", folder,
                                 kMaxFolders));
      }
      return;
    }
    auto listed = fs_.list(folder);
    if (const auto* error = std::get_if<FileError>(&listed)) {
      report_unreadable(fs_, folder, *error, Span{}, sink_);
      return;
    }
    for (const auto& [name, kind] : std::get<std::vector<FolderEntry>>(listed)) {
      if (name.starts_with('.') || name == "node_modules") continue;
      if (kind == PathKind::Directory) enter(join_path(folder, name));
      if (kind == PathKind::File && wanted_(name)) add(join_path(folder, name));
    }
  }

  [[nodiscard]] std::size_t count() const { return files_.size(); }
  std::vector<std::string> take() { return std::move(files_); }

 private:
  Wanted wanted_;
  const FileSystem& fs_;
  Sink& sink_;
  std::size_t folders_ = 0;
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
std::vector<InputFile> files_in(const std::string& folder, const FileSystem& fs, Sink& sink) {
  const auto walk = [&](auto wanted) {
    Walk found{wanted, fs, sink};
    found.enter(folder);
    return found.take();
  };
  std::vector<InputFile> files;
  const auto errors = sink.error_count();
  for (auto& path : walk([](std::string_view path) { return path.ends_with(".stack"); })) {
    files.push_back({std::move(path), false, false});
  }
  if (!files.empty() || sink.error_count() > errors) return files;
  for (auto& path : walk(is_template)) files.push_back({std::move(path), true, false});
  return files;
}

}  // namespace

std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs, std::string_view ending,
                                       const FileSystem& fs, Sink& sink) {
  Walk walk{[&](std::string_view path) { return path.ends_with(ending); }, fs, sink};
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

std::vector<InputFile> expand_sources(const std::vector<std::string>& inputs, const FileSystem& fs,
                                      Sink& sink) {
  std::vector<InputFile> files;
  std::unordered_set<std::string> seen;
  for (const auto& input : inputs) {
    const auto path = normalize_path(input);
    if (fs.kind(path) != PathKind::Directory) {
      if (seen.insert(path).second) files.push_back({path, is_template(path), true});
      continue;
    }
    const auto errors = sink.error_count();
    auto found = files_in(path, fs, sink);
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
