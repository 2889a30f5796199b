#include "compiler/driver/build_id.hpp"

#include <elf.h>
#include <link.h>

#include <cstddef>
#include <cstring>

namespace stackc {

namespace {

/// A note's name and content are each filled up to a multiple of four bytes.
std::size_t filled(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

std::string_view id_among(std::string_view notes) {
  ElfW(Nhdr) note{};
  while (notes.size() >= sizeof note) {
    std::memcpy(&note, notes.data(), sizeof note);
    notes.remove_prefix(sizeof note);
    if (filled(note.n_namesz) + filled(note.n_descsz) > notes.size()) return {};
    const auto name = notes.substr(0, note.n_namesz);
    const auto content = notes.substr(filled(note.n_namesz), note.n_descsz);
    if (note.n_type == NT_GNU_BUILD_ID && name == std::string_view("GNU", 4)) return content;
    notes.remove_prefix(filled(note.n_namesz) + filled(note.n_descsz));
  }
  return {};
}

/// Called for the program first, and then not again.
int look_for_id(dl_phdr_info* object, std::size_t, void* result) {
  auto& id = *static_cast<std::string_view*>(result);
  for (std::size_t i = 0; i < object->dlpi_phnum && id.empty(); ++i) {
    const auto& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE || segment.p_align > 4)
      continue;  // properties of the processor are aligned to 8
    // NOLINTNEXTLINE(performance-no-int-to-ptr): where the system put it
    id = id_among({reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr), segment.p_memsz});
  }
  return 1;
}

}  // namespace

std::string_view build_id() {
  std::string_view id;
  ::dl_iterate_phdr(look_for_id, &id);
  return id;
}

}  // namespace stackc
