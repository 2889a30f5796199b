# A room is a folder of compiler/ (or grammar/) built as one static library. What it may include is
# what it links: the order of ARCHITECTURE.md, checked by tests/tidy_test.cpp as well.
option(STACKC_WERROR "Treat warnings as errors" OFF)
option(STACKC_STATIC "Link the binary statically" ON)
option(STACKC_COVERAGE "Instrument for coverage" OFF)
option(STACKC_FUZZ "Build the libFuzzer targets (clang)" OFF)
set(STACKC_SANITIZE "" CACHE STRING "Sanitizers for everything, for example address,undefined")

# Every compilation of this project: rooms, tools, tests.
add_library(stackc_options INTERFACE)
target_include_directories(stackc_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(stackc_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<BOOL:${STACKC_WERROR}>>:-Werror>)

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Sections that nobody refers to are left out of the binary: less to map, less to page in.
  target_compile_options(stackc_options INTERFACE -ffunction-sections -fdata-sections)
  target_link_options(stackc_options INTERFACE LINKER:--gc-sections)
endif()

# Each program knows which it is (compiler/driver/build_id.hpp).
target_link_options(stackc_options INTERFACE LINKER:--build-id=sha1)

if(STACKC_SANITIZE)
  target_compile_options(stackc_options INTERFACE
    -fsanitize=${STACKC_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(stackc_options INTERFACE -fsanitize=${STACKC_SANITIZE})
  set(STACKC_STATIC OFF)  # the sanitizers' run time wants the dynamic loader
endif()

if(STACKC_FUZZ)
  target_compile_options(stackc_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(STACKC_COVERAGE)
  target_compile_options(stackc_options INTERFACE --coverage -O0)
  target_link_options(stackc_options INTERFACE --coverage)
endif()

# stackc_room(<name> [USES <room>...]): the library stackc_<name> from the folder's sources.
function(stackc_room name)
  cmake_parse_arguments(ROOM "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(NOT sources)  # a room of headers alone
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(stackc_${name} STATIC ${sources})
  target_link_libraries(stackc_${name} PUBLIC stackc_options)
  foreach(used ${ROOM_USES})
    target_link_libraries(stackc_${name} PUBLIC stackc_${used})
  endforeach()
endfunction()

# stackc_link_statically(<target>): one file that runs anywhere, where the build allows it.
function(stackc_link_statically target)
  if(STACKC_STATIC)
    target_link_options(${target} PRIVATE -static)
  endif()
endfunction()
