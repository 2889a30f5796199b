#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/fingerprint.hpp"
#include "compiler/driver/options.hpp"
#include "compiler/driver/pipeline.hpp"
#include "compiler/driver/recording.hpp"

namespace stackc {

/// What a run without findings asked of the file system and was told, and what it wrote (`--incremental`).
/// While all of it is as it was, the same run would find and write the same. Texts stand in it as
/// fingerprints.
///
/// As a file: a line each, `word fingerprint size resources path`, below the run's own fingerprint and above
/// that of the whole. A file that is damaged, of another compiler or of a run with other options counts as
/// none.
class BuildRecord {
 public:
  /// A `Folder` is one as a search for stack files sees it, a `Listing` all that is in one.
  enum class Kind : std::uint8_t { Text, PathKind, RealPath, Folder, Listing, Output, Template };
  struct Entry {
    Kind kind = Kind::Text;
    Fingerprint answer;
    std::uint64_t size = 0;     // of a text, bytes
    std::size_t resources = 0;  // of a template
    std::string path;
  };

  /// Whether `text` is a record, of whatever run, or nothing at all: what a new one may replace.
  static bool may_replace(std::string_view text);
  /// The record in `text`, which is that of the run `run`.
  static std::optional<BuildRecord> read(std::string_view text, const Fingerprint& run);

  /// A path that is not as it was, the first that is found; nothing when all is. `own_path`: where the record
  /// is. `fs` has to bear `threads`.
  [[nodiscard]] std::optional<std::string> find_change(const std::string& own_path, const FileSystem& fs,
                                                       std::size_t threads) const;

  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  /// Files that were written or were there already, without their texts.
  [[nodiscard]] std::vector<OutputFile> outputs() const;

 private:
  std::vector<Entry> entries_;
};

/// Collects a record while the run goes on.
class RecordedRun {
 public:
  /// `path`: where the record will be.
  RecordedRun(std::string path, Fingerprint run) : path_(std::move(path)), run_(run) {}

  /// An output whose text is at hand. Several threads may tell.
  void add(const OutputFile& file);
  /// The record; nothing when something that the run depends on cannot be said. `has_templates`: the run
  /// searched for templates, too, and then what it writes may be what the next one finds.
  [[nodiscard]] std::optional<std::string> text(const Answers& answers, bool has_templates) const;

 private:
  std::string path_;
  Fingerprint run_;
  std::mutex mutex_;  // of what follows
  std::map<std::string, BuildRecord::Entry> outputs_;
};

/// The compiler, its options and its place, as far as the result depends on them; nothing when this program
/// does not know which it is (it was linked without a build ID).
std::optional<Fingerprint> run_fingerprint(const CompileOptions& options, std::string_view working_folder);

}  // namespace stackc
