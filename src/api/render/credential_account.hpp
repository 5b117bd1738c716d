// A person's own account: with the sources of its texts, her defaults and her role.
#pragma once

#include "api/entities/credential_account.hpp"
#include "social/site.hpp"
#include "store/account.hpp"
#include "store/login.hpp"

namespace posy::api {

entities::Role make_role(store::Role role);
// not_found for somebody without a login.
entities::CredentialAccount load_credential_account(db::Reader& r, social::Site const& site, AccountId who);
entities::Profile load_profile(db::Reader& r, social::Site const& site, AccountId who);

}  // namespace posy::api
