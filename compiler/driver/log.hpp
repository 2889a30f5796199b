#pragma once

#include <string_view>

namespace stackc {

/// The developers' log (`-v`), on standard error. Nothing of it is set up before it is asked for.
class Log {
 public:
  explicit Log(bool enabled);
  void debug(std::string_view message) const;

 private:
  bool enabled_;
};

}  // namespace stackc
