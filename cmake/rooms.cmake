# A room is a folder of compiler/ (or grammar/) built as one static library. What it may include is
# what it links: the order of ARCHITECTURE.md, checked by tests/tidy_test.cpp as well.
option(STACKC_WERROR "Treat warnings as errors" OFF)

add_library(stackc_options INTERFACE)
target_include_directories(stackc_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(stackc_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<BOOL:${STACKC_WERROR}>:-Werror>)

function(stackc_room name)
  cmake_parse_arguments(ROOM "" "" "USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(stackc_${name} STATIC ${sources})
  target_link_libraries(stackc_${name} PUBLIC stackc_options)
  foreach(used ${ROOM_USES})
    target_link_libraries(stackc_${name} PUBLIC stackc_${used})
  endforeach()
endfunction()
