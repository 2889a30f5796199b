#pragma once

#include <cstddef>

/// The memory of the snapshot: a place in the program's own address space, at the same address in every run.
/// The program's `operator new` takes from it while a snapshot is made.
namespace stackc::snapshot_memory {

/// Does this thread make a snapshot? Then it allocates here.
bool is_recording();
/// From now on, all that this thread allocates is in the `capacity()` bytes at `memory`; it has allocated
/// nothing before.
void record_into(char* memory);
/// A piece of it, aligned for any type; it is never freed. Ends the program when there is no more.
void* take(std::size_t size);
/// Does `block` lie in it, or in a copy?
bool holds(const void* block);
/// There is a copy of it at `begin`, for as long as the process lives. Threads may tell at the same time.
void add_copy(const char* begin, std::size_t size);

/// Where it begins, at the beginning of a page.
char* begin();
inline constexpr std::size_t kPage = 4096;

/// How much the last recording has taken, in bytes.
std::size_t used();
/// All of it.
std::size_t capacity();

}  // namespace stackc::snapshot_memory
