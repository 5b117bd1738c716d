// Followers synchronisation (FEP-8fcf): with a post for followers goes a digest of those of them who live at the
// receiver, so that both sides notice when they no longer agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "federation/context.hpp"
#include "federation/signatures/claim.hpp"

namespace posy::federation {

// Of one server and one person. Where there are more the digest is not sent and not compared.
constexpr int synchronised_max = 5'000;
constexpr std::string_view synchronisation_header = "Collection-Synchronization";

// What the header says.
struct Synchronisation {
  std::string collection;  // the followers of the sender
  std::string url;         // where those of the receiver are listed
  std::string digest;      // 64 hexadecimal digits, in lower case
  bool operator==(Synchronisation const&) const = default;
};
std::optional<Synchronisation> read_synchronisation(std::string_view header);
std::string write_synchronisation(Synchronisation const& synchronisation);

// SHA-256 of each id, all combined by exclusive or, as hexadecimal digits. Of nobody: zeros.
std::string digest_of(std::vector<std::string> const& ids);

// For a delivery to this inbox of what tells of the post; nothing unless that is for followers only.
std::optional<std::string> synchronisation_for(db::Reader& r, Context const& context, store::Account const& sender,
                                               PostId post, std::string_view inbox);

// Whether the signature that this claim is of covers the header with this value.
bool covers_synchronisation(signatures::Claim const& claim, std::string_view header);

// What `actor` sent, after its signature was found to hold: compared, and where it differs her server's list is
// fetched and followed. Runs on the loop of the client.
Task<> synchronise(Context& context, std::string actor, Synchronisation said);

}  // namespace posy::federation
