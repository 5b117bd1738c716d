# posy_embed(TARGET NAMESPACE::FUNCTION FOLDER PATTERN): compiles the files of a folder that match into the
# target, as `posy::EmbeddedFiles NAMESPACE::FUNCTION()` (base/embedded.hpp), sorted by name. `**` is all
# files. The function is declared by hand in a header. A target that does not exist is made, as a library.
#
# The same file is run as a script at build time, with OUTPUT, FUNCTION, FOLDER and NAMES ("a|b") set.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(POSY_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

  function(posy_embed target function folder pattern)
    cmake_path(ABSOLUTE_PATH folder)
    string(REPLACE "**" "*" glob ${pattern})
    file(GLOB_RECURSE names RELATIVE ${folder} CONFIGURE_DEPENDS ${folder}/${glob})
    list(SORT names)
    list(TRANSFORM names PREPEND ${folder}/ OUTPUT_VARIABLE files)
    list(JOIN names "|" names)
    string(REPLACE "::" "_" stem ${function})
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${stem}.cpp)
    # The list of names is a dependency too: a removed file must vanish from the program.
    file(CONFIGURE OUTPUT ${output}.names CONTENT "@names@" @ONLY)
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${function} -DFOLDER=${folder} "-DNAMES=${names}"
              -P ${POSY_EMBED_SCRIPT}
      DEPENDS ${files} ${output}.names ${POSY_EMBED_SCRIPT}
      VERBATIM)
    if(NOT TARGET ${target})
      add_library(${target} STATIC)
      target_link_libraries(${target} PUBLIC posy_base)
    endif()
    target_sources(${target} PRIVATE ${output})
  endfunction()
  return()
endif()

string(REGEX MATCH "^(.*)::([^:]+)$" _ ${FUNCTION})
set(namespace ${CMAKE_MATCH_1})
set(function ${CMAKE_MATCH_2})
string(REPLACE "|" ";" NAMES "${NAMES}")

# Bytes rather than string literals: those have a length that compilers need not exceed.
set(arrays "")
set(table "")
set(count 0)
foreach(name ${NAMES})
  file(READ ${FOLDER}/${name} bytes HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char file_${count}[] = {${bytes}'\\0'};\n")
  string(APPEND table "    {\"${name}\", {file_${count}, sizeof file_${count} - 1}},\n")
  math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
  message(FATAL_ERROR "posy_embed: nothing to embed in ${FOLDER}")
endif()

file(WRITE ${OUTPUT} "// Made by cmake/embed.cmake.
#include \"base/embedded.hpp\"

namespace ${namespace} {
namespace {
${arrays}
constexpr posy::EmbeddedFile files[] = {
${table}};
}  // namespace

posy::EmbeddedFiles ${function}();
posy::EmbeddedFiles ${function}() { return files; }
}  // namespace ${namespace}
")
