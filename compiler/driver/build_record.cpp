#include "compiler/driver/build_record.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <set>
#include <unordered_set>

#include "compiler/base/text.hpp"
#include "compiler/driver/build_id.hpp"
#include "compiler/driver/inputs.hpp"
#include "compiler/driver/threads.hpp"

namespace stackc {

namespace {

using Kind = BuildRecord::Kind;
using Entry = BuildRecord::Entry;

constexpr std::string_view kAnyTitle = "stackc build record ";  // of any version
constexpr std::string_view kTitle = "stackc build record 1\n";
constexpr std::array<std::string_view, 7> kWords{"text",    "kind",   "real",    "folder",
                                                 "listing", "output", "template"};

bool is_output(const Entry& entry) { return entry.kind == Kind::Output || entry.kind == Kind::Template; }

/// What a run writes, and the folders that it is in; sorted: a folder before what is in it.
struct Written {
  std::unordered_set<std::string> paths;
  std::set<std::string> folders;

  void add(const std::string& path) {
    paths.insert(path);
    for (std::string folder(directory_of(path)); folders.insert(folder).second;
         folder = directory_of(folder)) {
    }
  }
  [[nodiscard]] bool contains(const std::string& path) const {
    return paths.contains(path) || folders.contains(path);
  }
};

/// What the search for stack files sees of a folder, without what the run itself writes: that would make
/// every first run a reason for a second one.
Fingerprint searched(const std::string& folder, const std::vector<FolderEntry>& entries,
                     const Written& written) {
  std::string seen;
  for (const auto& [name, kind] : entries) {
    if (is_passed_over(name) || written.contains(join_path(folder, name))) continue;
    seen += fmt::format("{}/{};", name, static_cast<int>(kind));
  }
  return fingerprint_of(seen);
}

Fingerprint of_kind(PathKind kind) { return {0, static_cast<std::uint64_t>(kind)}; }

bool is_as_it_was(const Entry& entry, const Written& written, const FileSystem& fs) {
  switch (entry.kind) {
    case Kind::PathKind:
      return of_kind(fs.kind(entry.path)) == entry.answer;
    case Kind::RealPath:
      return fingerprint_of(fs.real_path(entry.path)) == entry.answer;
    case Kind::Folder:
    case Kind::Listing: {
      const auto listed = fs.list(entry.path);
      const auto* const entries = std::get_if<std::vector<FolderEntry>>(&listed);
      const Written nothing;
      return entries != nullptr &&
             searched(entry.path, *entries, entry.kind == Kind::Folder ? written : nothing) == entry.answer;
    }
    case Kind::Text:
    case Kind::Output:
    case Kind::Template:
      break;
  }
  const auto there = fs.read(entry.path, entry.size);
  const auto* const text = std::get_if<std::string>(&there);
  return text != nullptr && text->size() == entry.size && fingerprint_of(*text) == entry.answer;
}

/// Folders that came into being with what was written, below one that is searched: the next search will enter
/// them.
std::set<std::string> made_folders(const Answers& answers, const Written& written) {
  std::set<std::string> made;
  for (const auto& folder : written.folders) {
    const std::string above(directory_of(folder));
    const bool above_is_searched = answers.folders.contains(above) || made.contains(above);
    const auto name = std::string_view(folder).substr(folder.rfind('/') + 1);
    if (above_is_searched && !answers.folders.contains(folder) && !is_passed_over(name)) made.insert(folder);
  }
  return made;
}

std::string line_of(const Entry& entry) {
  return fmt::format("{} {} {} {} {}\n", kWords[static_cast<std::size_t>(entry.kind)], to_text(entry.answer),
                     entry.size, entry.resources, entry.path);
}

/// The text up to the next `end`, which is taken away with it.
std::string_view take_until(std::string_view& rest, char end) {
  const auto at = std::min(rest.find(end), rest.size());
  const auto taken = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return taken;
}

template <class Number>
bool read_number(std::string_view digits, Number& number) {
  const auto* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, number);
  return error == std::errc{} && stop == end;
}

std::optional<Entry> read_entry(std::string_view line) {
  const auto* const word = std::ranges::find(kWords, take_until(line, ' '));
  const auto answer = read_fingerprint(take_until(line, ' '));
  Entry entry;
  if (word == kWords.end() || !answer || !read_number(take_until(line, ' '), entry.size) ||
      !read_number(take_until(line, ' '), entry.resources)) {
    return std::nullopt;
  }
  entry.kind = static_cast<Kind>(word - kWords.begin());
  entry.answer = *answer;
  entry.path = line;
  return entry;
}

/// Whether the last line says what the ones before it are; it is taken away.
bool take_seal(std::string_view& text) {
  if (!text.ends_with('\n')) return false;
  const auto above = text.rfind('\n', text.size() - 2);
  if (above == std::string_view::npos) return false;
  const auto seal = read_fingerprint(text.substr(above + 1, text.size() - above - 2));
  text = text.substr(0, above + 1);
  return seal && *seal == fingerprint_of(text);
}

}  // namespace

bool BuildRecord::may_replace(std::string_view text) { return text.empty() || text.starts_with(kAnyTitle); }

std::optional<BuildRecord> BuildRecord::read(std::string_view text, const Fingerprint& run) {
  if (!text.starts_with(kTitle) || !take_seal(text)) return std::nullopt;
  text.remove_prefix(kTitle.size());
  if (read_fingerprint(take_until(text, '\n')) != run) return std::nullopt;
  BuildRecord record;
  while (!text.empty()) {
    auto entry = read_entry(take_until(text, '\n'));
    if (!entry) return std::nullopt;
    record.entries_.push_back(std::move(*entry));
  }
  return record;
}

std::optional<std::string> BuildRecord::find_change(const std::string& own_path, const FileSystem& fs,
                                                    std::size_t threads) const {
  Written written;
  written.add(own_path);
  for (const auto& entry : entries_) {
    if (is_output(entry)) written.add(entry.path);
  }
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> changed{entries_.size()};
  in_threads(threads, [&] {
    for (auto i = next++; i < entries_.size() && changed == entries_.size(); i = next++) {
      if (!is_as_it_was(entries_[i], written, fs)) changed = i;
    }
  });
  return changed < entries_.size() ? std::optional(entries_[changed].path) : std::nullopt;
}

std::vector<OutputFile> BuildRecord::outputs() const {
  std::vector<OutputFile> files;
  for (const auto& entry : entries_) {
    if (!is_output(entry)) continue;
    files.push_back({entry.path, {}, entry.kind == Kind::Template, entry.resources, entry.size});
  }
  return files;
}

void RecordedRun::add(const OutputFile& file) {
  Entry entry{file.is_template ? Kind::Template : Kind::Output, fingerprint_of(file.text), file.text.size(),
              file.resources, file.path};
  const std::lock_guard lock{mutex_};
  outputs_.insert_or_assign(file.path, std::move(entry));
}

std::optional<std::string> RecordedRun::text(const Answers& answers, bool has_templates) const {
  if (!answers.complete) return std::nullopt;
  Written written;
  if (!has_templates) {
    written.add(path_);
    for (const auto& [path, output] : outputs_) written.add(path);
  }

  std::vector<Entry> entries;
  for (const auto& [path, text] : answers.texts)
    entries.push_back({Kind::Text, text.fingerprint, text.size, 0, path});
  for (const auto& [path, kind] : answers.kinds) {
    if (!answers.texts.contains(path)) entries.push_back({Kind::PathKind, of_kind(kind), 0, 0, path});
  }
  for (const auto& [path, real] : answers.real_paths) {
    entries.push_back({Kind::RealPath, fingerprint_of(real), 0, 0, path});
  }
  for (const auto& [path, listed] : answers.folders) {
    const auto kind = has_templates ? Kind::Listing : Kind::Folder;
    entries.push_back({kind, searched(path, listed, written), 0, 0, path});
  }
  for (const auto& path : made_folders(answers, written)) {
    entries.push_back({Kind::Folder, searched(path, {}, written), 0, 0, path});
  }
  for (const auto& [path, output] : outputs_) entries.push_back(output);

  std::string text = fmt::format("{}{}\n", kTitle, to_text(run_));
  for (const auto& entry : entries) {
    if (entry.path.find('\n') != std::string::npos) return std::nullopt;
    text += line_of(entry);
  }
  return fmt::format("{}{}\n", text, to_text(fingerprint_of(text)));
}

std::optional<Fingerprint> run_fingerprint(const CompileOptions& options, std::string_view working_folder) {
  const auto id = build_id();
  if (id.empty()) return std::nullopt;
  // Each with its length, so that no two runs read the same.
  std::string all;
  const auto add = [&](std::string_view part) { all += fmt::format("{}:{}", part.size(), part); };
  add(id);
  add(working_folder);
  for (const auto& input : options.inputs) add(input);
  all += ';';
  for (const auto& [name, value] : options.sets) {
    add(name);
    add(value);
  }
  all += ';';
  for (const auto& part : {options.environment, options.out, options.depfile, options.depfile_target})
    add(part);
  all += fmt::format("{}{}{}", options.emit, static_cast<int>(options.format), options.source_map);
  return fingerprint_of(all);
}

}  // namespace stackc
