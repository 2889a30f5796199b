#pragma once

#include <memory>
#include <string>

#include "compiler/snapshot/compilation.hpp"

/// The standard library as it is after loading and checking, kept in the file of the program: reading and
/// checking its 7,000 lines again took four fifths of the time of compiling one stack. The program makes it
/// when it is built (`stackc write-snapshot`): it loads the library into a memory at a fixed address and
/// writes this memory behind itself. A run maps it, private, to where it was: the pointers in it are right,
/// for they point into it or into the program, which lies at fixed addresses too (linked statically, not
/// position-independent). Where there is none (other ways to link, sanitizers, tests) everything works and
/// is only slower.
///
/// The first thread of a run has the mapped memory. Each further one has a copy at another address, in which
/// the pointers are moved; which words are pointers is found out when the snapshot is made, and stands behind
/// it.
namespace stackc {

/// The whole standard library, loaded and checked, marked to be rewound to; null when it has findings. Its
/// source with the id 0 is empty: the project file's place.
std::unique_ptr<Compilation> checked_library();

/// The same, for the first caller of the process, to compile in; null for all others, and when the
/// program's file holds none.
Compilation* take_snapshot();

/// The same for everybody else, in memory of the caller's own that stays until the process ends; null when
/// the program's file holds none. A third of the time of loading and checking the library, or less.
Compilation* copy_snapshot();

/// Whether there has to be a copy for each thread. A program that counts what it executes leaves its counters
/// in unused bytes, and so not only pointers differ when it makes the snapshot again.
enum class Copies : unsigned char { Needed, IfPossible };

/// Writes the program with a snapshot behind it to `path`. Returns what is wrong, or nothing.
std::string write_snapshot(const std::string& path, Copies copies);

}  // namespace stackc
