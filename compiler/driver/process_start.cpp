#include <elf.h>

#include <cstdint>
#include <cstdlib>

/// The C library's part of the program that runs first, without its look at the processor.
///
/// A statically linked program of glibc begins with `__libc_start_main`, which asks the processor some 70 questions
/// (`cpuid`): what it can do, and twelve times how large its caches are. On a virtual machine each is answered by the
/// host, in 1 to 4 µs: together 0.2 of the 1.5 ms that a cold build takes, and half of what `--version` does. The
/// answers choose among copies of `memcpy` and its like; with none the library takes those that any x86-64 has, which
/// for our short texts are as fast. So this does all that `__libc_start_main` does but that, in the same order.
///
/// It stands on what one version of glibc calls by which name inside itself, and the build tries it
/// (compiler/driver/CMakeLists.txt): with another one it is left out, and nothing but the time of the start changes.
#if !defined(__x86_64__) || !defined(__GLIBC__) || __GLIBC__ != 2 || __GLIBC_MINOR__ != 36
#error "written for glibc 2.36 on x86-64"
#endif

extern "C" {

using Main = int (*)(int, char**, char**);
using Function = void (*)(int, char**, char**);

// Of glibc 2.36, csu/libc-start.c and what it calls; hidden names that only a static program reaches.
extern char** __environ;
extern void* __libc_stack_end;
extern int __libc_enable_secure;
extern const std::uintptr_t* _dl_random;  // 16 random bytes from the kernel
void _dl_aux_init(Elf64_auxv_t*);
void __tunables_init(char**);
void __libc_setup_tls();
void __libc_early_init(bool);
void __libc_init_first(int, char**, char**);
void __libc_check_standard_fds();
int __cxa_atexit(void (*)(void*), void*, void*);

// Of the linker and the compiler's first and last object file.
extern const Elf64_Rela __rela_iplt_start[] __attribute__((weak, visibility("hidden")));
extern const Elf64_Rela __rela_iplt_end[] __attribute__((weak, visibility("hidden")));
extern const Function __preinit_array_start[];
extern const Function __preinit_array_end[];
extern const Function __init_array_start[];
extern const Function __init_array_end[];
extern void (*const __fini_array_start[])();
extern void (*const __fini_array_end[])();
void _init();
void _fini();

// What `memcpy` and `memset` take from the caches' sizes, in bytes, as glibc has it where a processor does not say.
long __x86_data_cache_size = 32 * 1024;
long __x86_data_cache_size_half = 32 * 1024 / 2;
long __x86_shared_cache_size = 1024 * 1024;
long __x86_shared_cache_size_half = 1024 * 1024 / 2;
long __x86_shared_non_temporal_threshold = 1024 * 1024 * 3 / 4;
long __x86_rep_movsb_threshold = 2048;
long __x86_rep_movsb_stop_threshold = 1024 * 1024 * 3 / 4;
long __x86_rep_stosb_threshold = 2048;
int __x86_string_control = 0;

}  // extern "C"

namespace {

/// Functions of which the library has several copies: each place that calls one gets its address.
void choose_functions() {
  for (auto place = __rela_iplt_start; place < __rela_iplt_end; ++place) {
    const auto choose = reinterpret_cast<std::uintptr_t (*)()>(place->r_addend);
    *reinterpret_cast<std::uintptr_t*>(place->r_offset) = choose();
  }
}

/// What the compiler's stack protector and the library's kept pointers compare with stands in the thread's block.
void set_guards() {
  const auto stack_guard = _dl_random[0] & ~std::uintptr_t{0xff};  // a zero byte ends what a string function copies
  asm volatile("mov %0, %%fs:0x28" ::"r"(stack_guard));
  asm volatile("mov %0, %%fs:0x30" ::"r"(_dl_random[1]));
}

void destroy_globals(void*) {
  for (auto end = __fini_array_end; end != __fini_array_start;) (*--end)();
  _fini();
}

void construct_globals(int argc, char** argv) {
  for (auto first = __preinit_array_start; first != __preinit_array_end; ++first) (*first)(argc, argv, __environ);
  _init();
  for (auto next = __init_array_start; next != __init_array_end; ++next) (*next)(argc, argv, __environ);
}

}  // namespace

/// Called by `_start` (crt1.o) with the stack as the kernel left it: arguments, environment, auxiliary vector (System V
/// ABI, AMD64 supplement, 3.4.1 "Initial Stack and Register State").
extern "C" [[noreturn]] int __libc_start_main(Main main, int argc, char** argv, void (*)(),
                                                                       void (*)(), void (*at_exit)(void*),
                                                                       void* stack_end) {
  __environ = argv + argc + 1;
  __libc_stack_end = stack_end;
  char** end = __environ;
  while (*end != nullptr) ++end;
  _dl_aux_init(reinterpret_cast<Elf64_auxv_t*>(end + 1));
  __tunables_init(__environ);
  choose_functions();
  __libc_setup_tls();
  set_guards();
  if (at_exit != nullptr) __cxa_atexit(at_exit, nullptr, nullptr);
  __libc_early_init(true);
  __libc_init_first(argc, argv, __environ);
  __cxa_atexit(destroy_globals, nullptr, nullptr);
  if (__libc_enable_secure != 0) __libc_check_standard_fds();
  construct_globals(argc, argv);
  std::exit(main(argc, argv, __environ));
}
