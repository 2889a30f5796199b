# `cmake --install` puts the one binary and its licence in place; `cpack` makes an archive of them.
include(GNUInstallDirs)
if(TARGET stackc)
  install(TARGETS stackc RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT stackc)
endif()
if(TARGET stackc AND STACKC_STATIC)
  # Without its symbols; stripping also takes the snapshot away, so the program adds it again.
  install(CODE [[
    set(program "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin/stackc")
    execute_process(COMMAND strip "${program}" COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND "${program}" write-snapshot "${program}.new" COMMAND_ERROR_IS_FATAL ANY)
    file(RENAME "${program}.new" "${program}")
  ]] COMPONENT stackc)
endif()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT stackc)
# The licences of the libraries that are linked into it, as Debian ships them.
foreach(library libcli11-dev libfmt-dev libspdlog-dev libxxhash-dev libyaml-cpp-dev nlohmann-json3-dev tao-pegtl-dev)
  install(FILES /usr/share/doc/${library}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR}/licenses RENAME ${library}.txt
          COMPONENT stackc OPTIONAL)
endforeach()
install(FILES NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT stackc OPTIONAL)

set(CPACK_PACKAGE_NAME stackc)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "A compiler from typed stack files to CloudFormation templates")
set(CPACK_PACKAGE_FILE_NAME "stackc-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_GENERATOR TGZ)
set(CPACK_COMPONENTS_ALL stackc)
set(CPACK_ARCHIVE_COMPONENT_INSTALL OFF)
include(CPack)
