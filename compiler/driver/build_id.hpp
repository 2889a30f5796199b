#pragma once

#include <string_view>

namespace stackc {

/// What tells this program from every other one: the linker's fingerprint of all that it was made of, the
/// standard library and AWS's types included (`.note.gnu.build-id`, bytes). Empty when it was linked without.
/// https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/noteobject.html
std::string_view build_id();

}  // namespace stackc
