#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace stackc {

/// A temporary file without a name, for texts that a run finishes long before it may write them: nothing is
/// written before all is known to be right, and thousands of templates would fill memory until then. Several
/// threads may put at once. The file is gone when the spool is, or the process.
class Spool {
 public:
  /// Where a text lies.
  struct Piece {
    std::uint64_t offset = 0;
    std::size_t size = 0;
  };

  /// In the folder for temporary files; null when none can be made there.
  static std::unique_ptr<Spool> make();
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Nothing when there is no more space: the text has to stay where it is.
  std::optional<Piece> put(std::string_view text);
  /// Reads a piece into `text`; false when the system does not give it back.
  [[nodiscard]] bool get(Piece piece, std::string& text) const;

 private:
  explicit Spool(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::atomic<std::uint64_t> end_{0};
};

}  // namespace stackc
