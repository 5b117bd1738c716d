# How every folder is built: flags, precompiled headers, and posy_library().

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(posy_flags INTERFACE)
target_include_directories(posy_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(posy_flags INTERFACE -Wall -Wextra -Wpedantic -Werror -Wno-missing-field-initializers)
target_compile_definitions(posy_flags INTERFACE
  POSY_VERSION="${PROJECT_VERSION}"
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  BOOST_ASIO_HAS_CO_AWAIT BOOST_ASIO_HAS_STD_COROUTINE)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # Debian's clang takes libstdc++ 12 headers; the timestamp would spoil ccache.
  target_compile_options(posy_flags INTERFACE -fpch-instantiate-templates "SHELL:-Xclang -fno-pch-timestamp")
  target_link_options(posy_flags INTERFACE -fuse-ld=lld)
endif()
if(POSY_SANITIZE)
  target_compile_options(posy_flags INTERFACE -fsanitize=${POSY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(posy_flags INTERFACE -fsanitize=${POSY_SANITIZE})
endif()

# Two precompiled headers: `core` for what knows no network, `net` (Asio, Beast) for the rest.
foreach(kind core net)
  file(WRITE ${CMAKE_BINARY_DIR}/pch_${kind}.cpp "// Only carries the precompiled header.\n")
  add_library(posy_pch_${kind} OBJECT ${CMAKE_BINARY_DIR}/pch_${kind}.cpp)
  target_link_libraries(posy_pch_${kind} PRIVATE posy_flags Boost::headers fmt::fmt spdlog::spdlog)
  target_precompile_headers(posy_pch_${kind} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch_${kind}.hpp)
  set_target_properties(posy_pch_${kind} PROPERTIES PCH_INSTANTIATE_TEMPLATES ON)
endforeach()

# posy_library(NAME [NET] USES ...): every .cpp under the current folder is the library posy_NAME, every
# *_test.cpp the program NAME_test.
function(posy_library name)
  cmake_parse_arguments(ARG "NET" "" "USES;TEST_USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.hpp)
  if(NOT sources)
    return()
  endif()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/test_")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$|/test_")
  set(pch posy_pch_core)
  if(ARG_NET)
    set(pch posy_pch_net)
  endif()
  if(NOT sources)
    message(WARNING "posy_${name} has no sources yet and is left out")
    return()
  endif()
  add_library(posy_${name} STATIC ${sources})
  target_link_libraries(posy_${name} PUBLIC posy_flags ${ARG_USES} Boost::headers fmt::fmt spdlog::spdlog Threads::Threads)
  target_precompile_headers(posy_${name} REUSE_FROM ${pch})
  if(POSY_TESTS AND tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE posy_${name} ${ARG_TEST_USES} gtest gmock gtest_main)
    target_precompile_headers(${name}_test REUSE_FROM ${pch})
    set_property(GLOBAL APPEND PROPERTY POSY_TEST_PROGRAMS ${name}_test)
  endif()
endfunction()
