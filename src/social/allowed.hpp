// What authors elsewhere let others do with their posts (interaction policies). Those of this server are asked
// through visibility.hpp and quote.hpp.
#pragma once

#include "store/post.hpp"

namespace posy::social {

enum class Interaction { reply, favourite, boost };

// Refuses with forbidden what the author does not want from somebody of this server. Whom the post names may always
// answer it.
void check_allowed(db::Reader& r, AccountId who, Interaction interaction, store::Post const& post);

}  // namespace posy::social
