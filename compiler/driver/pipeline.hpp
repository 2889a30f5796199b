#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/base/source.hpp"
#include "compiler/deploy/deploy.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/driver/timings.hpp"

namespace stackc {

/// The version of the compiler: `0.1.0`.
std::string_view compiler_version();

/// A finished step that can be looked at instead of output.
enum class Dump : std::uint8_t { None, Ast, Types, Ir };

/// What templates are written in.
enum class TemplateFormat : std::uint8_t { Json, Yaml };

enum class FileState : std::uint8_t { Changed, Unchanged, Missing, Failed };

struct OutputFile;
/// What became of an output while the run went on: its text is no longer needed.
struct SettledFile {
  FileState state = FileState::Unchanged;
  StagedFile staged;  // of one that is `Changed`: what `write_files` puts in place, unless it is there
};

/// What a run should do. Everything that a run depends on stands here and in the file system.
struct Request {
  /// Files and folders; a folder stands for the `*.stack` files below it, sorted, or for the templates below
  /// it when there are none. Empty: the project around the working folder, or the working folder itself.
  std::vector<std::string> inputs;
  /// The absolute path that relative paths start at, for the search of `stackc.yaml` above it; empty:
  /// nothing above is looked at.
  std::string working_folder;
  std::string environment;  // empty: every one of the project
  /// Values of const params, `name` and a YAML value, for every stack that has such a param.
  std::vector<std::pair<std::string, std::string>> sets;
  std::string out;          // folder of the output; empty: as the project says, or `generated`
  bool emit = true;         // false: check only
  TemplateFormat format = TemplateFormat::Json;
  bool source_map = false;  // also `<stack>.map.json`
  Dump dump = Dump::None;
  /// Ask what deploying takes, instead of files; the target's stack is each stack's own name. Not owned.
  const deploy::Target* permissions = nullptr;
  std::size_t threads = 0;  // 0: one a processor. The result does not depend on it
  Timings* timings = nullptr;  // told what the stages take; null: nothing is measured. Not owned
  /// Told after each part of the work, from one thread at a time; may be empty.
  std::function<void(std::size_t done, std::size_t total)> progress;
  /// Given the outputs that are more than `kMostTextInMemory`, by several threads: settles them, or leaves them as
  /// they are. Empty: all texts stay in memory.
  std::function<std::optional<SettledFile>(const OutputFile&)> settle;
};

/// A file to write.
struct OutputFile {
  std::string path;
  std::string text;  // empty when it is settled
  bool is_template = false;
  std::size_t resources = 0;  // of a template
  std::size_t size = text.size();
  std::optional<SettledFile> settled = std::nullopt;
};

/// What deploying one stack takes.
struct StackPermissions {
  std::string path;  // of its policy document, without `.policy.json`
  deploy::Permissions needed;
};

struct Result {
  SourceMap sources;
  std::vector<Diagnostic> diagnostics;  // in the order to show them
  std::vector<OutputFile> files;        // none when there is an error
  std::vector<StackPermissions> permissions;  // in the order of the stacks, when the request asks for them
  std::string dump;
  bool has_templates = false;  // are some of the sources templates?

  [[nodiscard]] bool failed() const;  // is there an error?
};

/// Texts of a run that are kept in memory, in bytes; the others are settled.
inline constexpr std::size_t kMostTextInMemory = std::size_t{1} << 20;

/// The whole compiler: reads what `request` names, writes nothing (what `settle` does is the caller's). The same
/// request over the same files gives the same result, whatever the number of threads.
Result compile(const Request& request, const FileSystem& fs);

/// Brings the files of `result` onto the disk; what is there already stays untouched. A failure becomes
/// a diagnostic in `result` and ends the writing: the states are in the order of `result.files`, up to the first
/// that failed. Many files are shared among `threads`, which `fs` then has to bear, as a disk does; some after the one
/// that failed may have been written by then.
std::vector<FileState> write_files(Result& result, FileSystem& fs, std::size_t threads = 1);

/// Compares the files of `result` with the disk and changes nothing. `Changed` means different.
std::vector<FileState> compare_files(Result& result, const FileSystem& fs);
/// The same of one file, without a word about what went wrong.
FileState compare_file(const OutputFile& file, const FileSystem& fs);

}  // namespace stackc
