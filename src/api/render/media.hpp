// Rows to MediaAttachment and Poll entities.
#pragma once

#include <vector>

#include "api/entities/status.hpp"
#include "social/site.hpp"
#include "social/visibility.hpp"
#include "store/media.hpp"
#include "store/poll.hpp"

namespace posy::api {

entities::MediaAttachment make_media(social::Site const& site, store::Media const& media);
// `votes` are those of the viewer in this poll; `emojis` those of the options.
entities::Poll make_poll(store::Poll const& poll, std::vector<store::PollOption> const& options,
                         std::vector<store::PollVote> const& votes, social::Viewer viewer, AccountId author, Time now,
                         std::vector<entities::CustomEmoji> emojis);

}  // namespace posy::api
