#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stackc::tests {

/// A folder of its own, gone at the end of the scope.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes a file, with the folders that it needs.
  void write(const std::string& name, const std::string& text) const;
  /// The whole file; nothing when there is none.
  [[nodiscard]] std::optional<std::string> read(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const;
  /// All files below, as paths from here, sorted.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  std::filesystem::path path_;
};

struct Outcome {
  int status = -1;  // exit status; 128 + the signal when one ended it
  std::string out;
  std::string err;
};

/// What a run of the program needs beside its arguments.
struct Surroundings {
  std::string input = {};                                             // standard input
  std::vector<std::pair<std::string, std::string>> environment = {};  // added to a minimal one
  std::string out_path = {};                                          // standard output goes here instead
  bool close_out = false;                                             // nobody reads standard output
  std::function<bool()> in_child =
      {};  // runs before the program; false: the test cannot be done here (status 99)
};

/// Runs the compiler's binary in `folder`.
Outcome stackc(const Folder& folder, const std::vector<std::string>& arguments,
               const Surroundings& around = {});

}  // namespace stackc::tests
