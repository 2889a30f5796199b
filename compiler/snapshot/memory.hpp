#pragma once

#include <cstddef>

/// The memory of the snapshot: a place in the program's own address space, at the same address in every run.
/// The program's `operator new` takes from it while a snapshot is made.
namespace stackc::snapshot_memory {

/// Does this thread make a snapshot? Then it allocates here.
bool is_recording();
/// From now on, all that this thread allocates is in the snapshot; it has allocated nothing before.
void record();
/// A piece of it, aligned for any type; it is never freed. Ends the program when there is no more.
void* take(std::size_t size);
/// Does `block` lie in it?
bool holds(const void* block);

/// Where it begins, at the beginning of a page.
char* begin();
/// How much of it is taken, in bytes.
std::size_t used();
/// All of it.
std::size_t capacity();

}  // namespace stackc::snapshot_memory
