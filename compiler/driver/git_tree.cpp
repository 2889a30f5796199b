#include "compiler/driver/git_tree.hpp"

#include <algorithm>
#include <charconv>

#include "compiler/base/file_errors.hpp"
#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc {

namespace {

constexpr int kMostLinks = 8;

/// What git says, without its prefix and line break.
std::string first_line(std::string_view text) {
  auto line = text.substr(0, text.find('\n'));
  for (const std::string_view prefix : {"fatal: ", "error: "}) {
    if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
  }
  return std::string{line};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

GitError no_git() { return {"`git` cannot be started", "install git, or compare folders instead"}; }

GitError not_a_repository(const ProgramResult& result) {
  const auto reason = first_line(result.err);
  return {fmt::format("not in a git work tree{}{}", reason.empty() ? "" : ": ", reason),
          "`git:REVISION:PATH` reads the repository around the current folder"};
}

GitError unknown_revision(const std::string& revision, const std::string& folder) {
  GitError error{fmt::format("the repository has no revision `{}`", revision), {}};
  const auto refs = run_program({"git", "-C", folder, "for-each-ref", "--format=%(refname:short)"});
  const auto names = refs != nullptr ? lines_of(refs->out) : std::vector<std::string>{};
  const auto remote = fmt::format("origin/{}", revision);
  if (std::ranges::find(names, remote) != names.end()) {
    error.help = fmt::format("there is `{}`", remote);
    return error;
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  if (const auto close = did_you_mean(revision, known); !close.empty()) {
    error.help = fmt::format("did you mean `{}`?", close);
    return error;
  }
  if (const auto dots = revision.find(".."); dots != std::string::npos) {
    const auto last = revision.find_first_not_of('.', dots);
    error.help = fmt::format("a range has two sides: `stackc diff git:{} git:{}`", revision.substr(0, dots),
                             last == std::string::npos ? "HEAD" : revision.substr(last));
    return error;
  }
  const auto shallow = run_program({"git", "-C", folder, "rev-parse", "--is-shallow-repository"});
  error.help = shallow != nullptr && first_line(shallow->out) == "true"
                   ? "the clone is shallow: fetch what is missing with `git fetch --unshallow`"
                   : "`git branch --all` and `git tag` list what there is";
  return error;
}

}  // namespace

// ---------------------------------------------------------------- opening

std::variant<std::unique_ptr<GitTree>, GitError> GitTree::open(const std::string& revision,
                                                               const std::string& working_folder) {
  const auto place =
      run_program({"git", "-C", working_folder, "rev-parse", "--show-toplevel", "--show-prefix"});
  if (place == nullptr || place->status == 127) return no_git();
  const auto lines = lines_of(place->out);
  if (place->status != 0 || lines.size() < 2) return not_a_repository(*place);

  std::unique_ptr<GitTree> tree{new GitTree};
  tree->root_ = lines[0];
  tree->standing_ = lines[1].ends_with('/') ? lines[1].substr(0, lines[1].size() - 1) : lines[1];
  // What starts with `-` would be an option to git.
  const auto commit = revision.starts_with('-')
                          ? nullptr
                          : run_program({"git", "-C", tree->root_, "rev-parse", "--verify", "--quiet",
                                         fmt::format("{}^{{commit}}", revision)});
  if (commit == nullptr || commit->status != 0) return unknown_revision(revision, tree->root_);
  const auto id = first_line(commit->out);
  const auto listing = run_program({"git", "-C", tree->root_, "ls-tree", "-r", "-z", "--full-tree", id});
  if (listing == nullptr) return no_git();
  if (listing->status != 0) {
    return GitError{fmt::format("cannot read `{}`: {}", revision, first_line(listing->err)), {}};
  }
  tree->index(listing->out);
  return tree;
}

/// Entries are `100644 blob <object>\t<path>`, each ended by a zero byte.
void GitTree::index(std::string_view listing) {
  while (!listing.empty()) {
    const auto entry = listing.substr(0, listing.find('\0'));
    listing.remove_prefix(std::min(listing.size(), entry.size() + 1));
    const auto tab = entry.find('\t');
    const auto kind = entry.find(' ');
    const auto object = entry.find(' ', kind + 1);
    if (tab == std::string_view::npos || object == std::string_view::npos || object > tab) continue;
    if (entry.substr(kind + 1, object - kind - 1) != "blob") continue;  // a submodule
    const bool link = entry.starts_with("120000");
    files_.emplace(entry.substr(tab + 1),
                   Entry{std::string{entry.substr(object + 1, tab - object - 1)}, link});
  }
}

// ---------------------------------------------------------------- paths

bool GitTree::locate(std::string_view path, std::string& in_tree) const {
  std::string normal;
  if (path.starts_with('/')) {
    normal = normalize_path(path);
    if (normal == root_) {
      normal.clear();
    } else if (normal.starts_with(root_ + "/")) {
      normal.erase(0, root_.size() + 1);
    } else {
      return false;
    }
  } else {
    normal = join_path(standing_.empty() ? std::string_view{"."} : std::string_view{standing_}, path);
  }
  if (normal == ".." || normal.starts_with("../")) return false;
  in_tree = normal == "." ? std::string{} : std::move(normal);
  return true;
}

bool GitTree::is_folder(std::string_view in_tree) const {
  if (in_tree.empty()) return true;
  const auto prefix = fmt::format("{}/", in_tree);
  const auto next = files_.lower_bound(prefix);
  return next != files_.end() && next->first.starts_with(prefix);
}

bool GitTree::has(std::string_view in_tree) const {
  return files_.find(in_tree) != files_.end() || is_folder(in_tree);
}

const GitTree::Entry* GitTree::file_at(std::string_view path) const {
  std::string at;
  if (!locate(path, at)) return nullptr;
  for (int links = 0; links <= kMostLinks; ++links) {
    const auto found = files_.find(at);
    if (found == files_.end()) return nullptr;
    if (!found->second.link) return &found->second;
    std::string target;
    if (!read_object(found->second.object, target) || target.starts_with('/')) return nullptr;
    at = join_path(directory_of(at), target);
  }
  return nullptr;
}

PathKind GitTree::kind(std::string_view path) const {
  if (file_at(path) != nullptr) return PathKind::File;
  std::string at;
  return locate(path, at) && is_folder(at) ? PathKind::Directory : PathKind::Missing;
}

std::string GitTree::real_path(std::string_view path) const {
  std::string at;
  if (!locate(path, at) || !has(at)) return {};
  return at.empty() ? root_ : fmt::format("{}/{}", root_, at);
}

FileResult<std::vector<FolderEntry>> GitTree::list(std::string_view path) const {
  std::string at;
  if (!locate(path, at) || !is_folder(at)) return FileError{FileError::Kind::NotFound, "no such folder"};
  const auto prefix = at.empty() ? std::string{} : fmt::format("{}/", at);
  std::vector<FolderEntry> entries;
  for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix);
       ++file) {
    const auto rest = std::string_view{file->first}.substr(prefix.size());
    const auto name = rest.substr(0, rest.find('/'));
    const auto kind = name.size() < rest.size() ? PathKind::Directory : PathKind::File;
    if (entries.empty() || entries.back().name != name) entries.push_back({std::string{name}, kind});
  }
  // `a-b` stands between `a` and what is below the folder `a`, so a name may come twice.
  std::ranges::sort(entries, {}, &FolderEntry::name);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

// ---------------------------------------------------------------- contents

FileResult<std::string> GitTree::read(std::string_view path, std::uint64_t max_bytes) const {
  const auto* entry = file_at(path);
  if (entry == nullptr) {
    std::string at;
    if (locate(path, at) && is_folder(at)) return FileError{FileError::Kind::IsDirectory, "is a directory"};
    return FileError{FileError::Kind::NotFound, "no such file"};
  }
  std::string text;
  if (!read_object(entry->object, text)) return FileError{FileError::Kind::Other, "git cannot read it"};
  if (text.size() > max_bytes) return too_large(max_bytes);
  return text;
}

FileResult<bool> GitTree::write(std::string_view, std::string_view) {
  return FileError{FileError::Kind::NoPermission, "it is a git revision"};
}

/// Asks `git cat-file --batch`: it answers `<object> blob <size>`, the bytes, and a line break.
bool GitTree::read_object(const std::string& object, std::string& into) const {
  if (objects_ == nullptr) objects_ = Program::start({"git", "-C", root_, "cat-file", "--batch"});
  std::string header;
  if (objects_ == nullptr || !objects_->write(object + "\n") || !objects_->read_line(header)) return false;
  const auto space = header.rfind(' ');
  if (space == std::string::npos || header.ends_with(" missing")) return false;
  std::size_t size = 0;
  const auto* end = header.data() + header.size();
  if (std::from_chars(header.data() + space + 1, end, size).ptr != end) return false;
  std::string line_break;
  return objects_->read(size, into) && objects_->read(1, line_break);
}

}  // namespace stackc
