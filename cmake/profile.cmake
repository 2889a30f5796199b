# Optimising by profile, for the program that ships: scripts/release builds it with `generate`, lets it work, and builds
# it again with `use`, in the same folder. Everything is then in the order in which it is used, what is not used is made
# small, and the linker optimises across files.
set(STACKC_PROFILE "" CACHE STRING "generate: count what is executed; use: optimise by these counts; empty: neither")
set_property(CACHE STACKC_PROFILE PROPERTY STRINGS "" generate use)

if(STACKC_PROFILE AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "STACKC_PROFILE wants g++, this is ${CMAKE_CXX_COMPILER_ID}")
endif()
if(STACKC_PROFILE STREQUAL "generate")
  add_compile_options(-fprofile-generate -fprofile-update=single)
  add_link_options(-fprofile-generate LINKER:-u,__gcov_dump)  # main.cpp ends the process itself, and so calls it
elseif(STACKC_PROFILE STREQUAL "use")
  add_compile_options(-fprofile-use -Wno-missing-profile -flto=auto -fno-fat-lto-objects)
  add_link_options(-fprofile-use -flto=auto)
  set(CMAKE_AR ${CMAKE_CXX_COMPILER_AR})
  set(CMAKE_RANLIB ${CMAKE_CXX_COMPILER_RANLIB})
elseif(STACKC_PROFILE)
  message(FATAL_ERROR "STACKC_PROFILE is `${STACKC_PROFILE}`, expected `generate`, `use` or nothing")
endif()
