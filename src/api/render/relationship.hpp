// Relationship rows to Relationship entities.
#pragma once

#include <string>
#include <vector>

#include "api/entities/relationship.hpp"
#include "store/relationship.hpp"

namespace posy::api {

entities::Relationship make_relationship(store::Relationship const& relationship);
// JSON: an array in the order of `targets`; and the one, not_found when it is no account.
std::string render_relationships(db::Reader& r, AccountId who, std::vector<AccountId> const& targets,
                                 bool with_suspended);
std::string render_relationship(db::Reader& r, AccountId who, AccountId target);

}  // namespace posy::api
