#include <algorithm>
#include <atomic>
#include <mutex>

#include "compiler/base/text.hpp"
#include "compiler/driver/slice.hpp"
#include "compiler/driver/threads.hpp"
#include "compiler/emit/emit.hpp"

namespace stackc {

namespace {

void report(Result& result, Code code, std::string_view verb, const std::string& path,
            const FileError& error) {
  Sink sink;
  sink.report(code, Span{}, fmt::format("cannot {} `{}`: {}", verb, path, error.reason));
  for (auto& d : sink.take()) result.diagnostics.push_back(std::move(d));
}

}  // namespace

OutputFile template_file(const ir::Template& t, const std::string& folder, std::string_view stack,
                         const Request& request) {
  const bool yaml = request.format == TemplateFormat::Yaml;
  return {join_path(folder, fmt::format("{}.template.{}", stack, yaml ? "yaml" : "json")),
          yaml ? emit::template_yaml(t) : emit::template_json(t), true, t.resources.size()};
}

namespace {

/// Writes the files of one run, by one thread or several.
class Writing {
 public:
  Writing(const Result& result, FileSystem& fs)
      : result_(result), fs_(fs), states_(result.files.size()), end_(states_.size()) {}

  void run(std::size_t threads) {
    in_threads(threads, [this] { work(); }, [this] { stop_before(0); });
  }

  /// The first file that could not be written; all before it are. The number of files when there is none.
  [[nodiscard]] std::size_t failed() const { return end_; }
  [[nodiscard]] const FileError& error() const { return error_; }
  std::vector<FileState> take_states() { return std::move(states_); }

 private:
  void stop_before(std::size_t i) {
    const std::lock_guard lock{mutex_};
    end_ = i;
  }

  void work() {
    for (auto i = next_++; i < end_; i = next_++) write(i);
  }

  void write(std::size_t i) {
    const auto& file = result_.files[i];
    if (file.settled && (file.settled->state != FileState::Changed || file.settled->staged.temporary.empty())) {
      states_[i] = file.settled->state;
      return;
    }
    const auto written = file.settled ? fs_.put_in_place(file.settled->staged) : fs_.write(file.path, file.text);
    const auto* const error = std::get_if<FileError>(&written);
    if (error == nullptr) {
      states_[i] = std::get<bool>(written) ? FileState::Changed : FileState::Unchanged;
      return;
    }
    states_[i] = FileState::Failed;
    const std::lock_guard lock{mutex_};
    if (i >= end_) return;
    end_ = i;
    error_ = *error;
  }

  const Result& result_;
  FileSystem& fs_;
  std::vector<FileState> states_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::size_t> end_;  // no file from here on is begun; changed under the mutex
  std::mutex mutex_;              // of what follows
  FileError error_;
};

}  // namespace

std::vector<FileState> write_files(Result& result, FileSystem& fs, std::size_t threads) {
  Writing writing(result, fs);
  writing.run(std::min(threads, result.files.size() / kFilesPerThread));
  auto states = writing.take_states();
  if (writing.failed() < states.size()) {
    report(result, Code::FileUnwritable, "write", result.files[writing.failed()].path, writing.error());
    states.resize(writing.failed() + 1);
  }
  return states;
}

namespace {

/// `error`: why it cannot be read, when it is `Failed`.
FileState compared(const OutputFile& file, const FileSystem& fs, FileError& error) {
  // One byte more than expected is enough to know that the file differs.
  const auto there = fs.read(file.path, file.text.size() + 1);
  if (const auto* text = std::get_if<std::string>(&there)) {
    return *text == file.text ? FileState::Unchanged : FileState::Changed;
  }
  error = std::get<FileError>(there);
  if (error.kind == FileError::Kind::NotFound) return FileState::Missing;
  return error.kind == FileError::Kind::TooLarge ? FileState::Changed : FileState::Failed;
}

}  // namespace

FileState compare_file(const OutputFile& file, const FileSystem& fs) {
  FileError error;
  return compared(file, fs, error);
}

std::vector<FileState> compare_files(Result& result, const FileSystem& fs) {
  std::vector<FileState> states;
  for (const auto& file : result.files) {
    FileError error;
    states.push_back(file.settled ? file.settled->state : compared(file, fs, error));
    if (states.back() == FileState::Failed) report(result, Code::FileUnreadable, "read", file.path, error);
  }
  return states;
}

}  // namespace stackc
