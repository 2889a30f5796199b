#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/filesystem.hpp"
#include "compiler/driver/pipeline.hpp"

namespace stackc {

/// The outputs of a large run that are finished before it is known whether any may be written. They wait
/// beside their places under temporary names, where a renaming makes them outputs: in memory they would fill
/// it, and in a file of their own each byte would be written twice. A folder that is not there yet waits as a
/// whole, and one renaming puts all of it in place (of 2,000 files each would cost 5 µs). What was not put in
/// place when this ends is removed, and so it is when a signal ends the process. Several threads may stage at
/// once.
class Staging {
 public:
  explicit Staging(FileSystem& fs) : fs_(fs) {}
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  /// Nothing when the text has to stay where it is: `FileSystem::write` will say why.
  std::optional<StagedFile> stage(std::string_view path, std::string_view text);
  /// Puts the folders that were staged in place with all of `files` that belong there, those in memory too,
  /// and says so in them. What cannot be put there as a whole, for something has come to be there, is left to
  /// be put in place file by file; nothing is put in place when a file cannot be added, which writing it will
  /// then say. Comes before anything else is written.
  void place_folders(std::vector<OutputFile>& files);
  /// All that was staged is in its place now: there is nothing to remove.
  void done();

 private:
  struct Folder {
    std::string path, temporary;
  };
  [[nodiscard]] const Folder* staged_folder(std::string_view folder) const;
  const Folder* folder_for(std::string_view path);
  bool complete_folders(std::vector<OutputFile>& files);

  FileSystem& fs_;
  std::mutex mutex_;  // of what follows
  std::vector<StagedFile> files_;
  std::vector<std::string> folders_;          // made on the way
  std::deque<Folder> staged_;                 // as a whole
  bool emptied_ = false;                      // what some of them hold is put in place without them
  std::set<std::string, std::less<>> there_;  // folders in which files are staged one by one
};

}  // namespace stackc
