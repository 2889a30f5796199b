#include "compiler/driver/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace stackc {

namespace {

/// The rest of a transfer of `size` bytes, of which `step(done)` makes a part and returns how much.
template <class Step>
bool transfer(std::size_t size, const Step& step) {
  for (std::size_t done = 0; done < size;) {
    const auto n = step(done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

std::unique_ptr<Spool> Spool::make() {
  const char* const chosen = std::getenv("TMPDIR");
  const std::string folder = chosen != nullptr && *chosen != '\0' ? chosen : "/tmp";
  int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {  // a file system that cannot make a file without a name
    std::string path = folder + "/stackc-XXXXXX";
    descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor >= 0) ::unlink(path.c_str());
  }
  return descriptor < 0 ? nullptr : std::unique_ptr<Spool>(new Spool(descriptor));
}

Spool::~Spool() { ::close(descriptor_); }

std::optional<Spool::Piece> Spool::put(std::string_view text) {
  const Piece piece{end_.fetch_add(text.size()), text.size()};
  const bool written = transfer(text.size(), [&](std::size_t done) {
    return ::pwrite(descriptor_, text.data() + done, text.size() - done, static_cast<off_t>(piece.offset + done));
  });
  return written ? std::optional(piece) : std::nullopt;
}

bool Spool::get(Piece piece, std::string& text) const {
  text.resize(piece.size);
  return transfer(piece.size, [&](std::size_t done) {
    return ::pread(descriptor_, text.data() + done, text.size() - done, static_cast<off_t>(piece.offset + done));
  });
}

}  // namespace stackc
