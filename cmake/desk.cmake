# posy_desk(TARGET): npm installs what the desk is built with, `npm run build` writes web/dist, and what is there goes
# into the program as posy::html::desk() (html/desk.hpp). A tree without web/ makes a program without a desk.

function(posy_desk target)
  set(web ${CMAKE_SOURCE_DIR}/web)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/desk.cpp)
  target_sources(${target} PRIVATE ${output})

  # Whatever may go into the desk. Its tests and what the build itself makes are none of it.
  file(GLOB sources CONFIGURE_DEPENDS LIST_DIRECTORIES false ${web}/*)
  if(NOT ${web}/package.json IN_LIST sources)
    file(CONFIGURE OUTPUT ${output} @ONLY CONTENT
         "#include \"html/desk.hpp\"\n\nstd::span<posy::html::DeskFile const> posy::html::desk() {\n  return {};\n}\n")
    return()
  endif()
  file(GLOB folders RELATIVE ${web} ${web}/*)
  list(REMOVE_ITEM folders dist node_modules tests)
  foreach(folder ${folders})
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${web}/${folder}/*)
    list(APPEND sources ${files})
  endforeach()

  find_program(NPM npm REQUIRED)
  find_program(NODE NAMES node nodejs REQUIRED)
  # By the lock file and without changing it. Not `npm ci`: that refuses a lock file without the packages of every other
  # platform, which not every registry has.
  set(installed ${web}/node_modules/.package-lock.json)
  add_custom_command(
    OUTPUT ${installed}
    COMMAND ${NPM} install --no-save --include=dev --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${installed}
    DEPENDS ${web}/package.json ${web}/package-lock.json
    WORKING_DIRECTORY ${web}
    COMMENT "Installing what the desk is built with"
    VERBATIM)
  set(built ${web}/dist/index.html)
  add_custom_command(
    OUTPUT ${built}
    COMMAND ${NPM} run build --silent
    COMMAND ${CMAKE_COMMAND} -E touch ${built}
    DEPENDS ${installed} ${sources}
    WORKING_DIRECTORY ${web}
    COMMENT "Building the desk"
    VERBATIM)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/cmake/embed_desk.mjs ${web}/dist ${CMAKE_CURRENT_BINARY_DIR}/desk ${output}
    DEPENDS ${built} ${CMAKE_SOURCE_DIR}/cmake/embed_desk.mjs
    VERBATIM)
endfunction()
