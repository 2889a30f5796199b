#include "compiler/driver/inputs.hpp"

#include <unordered_set>

#include "compiler/base/text.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

/// A folder that links to itself would never end.
constexpr std::size_t kMaxFolders = 20'000;

class Walk {
 public:
  Walk(std::string_view ending, const FileSystem& fs, Sink& sink) : ending_(ending), fs_(fs), sink_(sink) {}

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
    for (const auto& name : std::get<std::vector<std::string>>(listed)) {
      if (name.starts_with('.') || name == "node_modules") continue;
      const auto path = join_path(folder, name);
      const auto kind = fs_.kind(path);
      if (kind == PathKind::Directory) enter(path);
      if (kind == PathKind::File && name.ends_with(ending_)) add(path);
    }
  }

  [[nodiscard]] std::size_t count() const { return files_.size(); }
  std::vector<std::string> take() { return std::move(files_); }

 private:
  std::string_view ending_;
  const FileSystem& fs_;
  Sink& sink_;
  std::size_t folders_ = 0;
  std::vector<std::string> files_;
  std::unordered_set<std::string> seen_;
};

/// A name that only CloudFormation templates have.
bool is_template(std::string_view path) {
  for (const auto* ending : {".json", ".yaml", ".yml", ".template"}) {
    if (path.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs, std::string_view ending,
                                       const FileSystem& fs, Sink& sink) {
  Walk walk{ending, fs, sink};
  for (const auto& input : inputs) {
    const auto path = normalize_path(input);
    if (fs.kind(path) != PathKind::Directory) {
      if (is_template(path)) {
        auto& d =
            sink.report(Code::NotYetSupported, Span{},
                        fmt::format("`{}`: a CloudFormation template as input is not yet supported", path));
        d.help("expected a `.stack` file");
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

}  // namespace stackc
