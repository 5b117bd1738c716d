// The entities as the desk's compiler wants them: `posy types`, kept in web/src/api/types.ts.
#pragma once

#include <string>

namespace posy::api {

std::string typescript_types();

}  // namespace posy::api
