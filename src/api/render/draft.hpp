// Manuscripts to the entities that clients know as drafts.
#pragma once

#include "api/entities/draft.hpp"
#include "social/site.hpp"
#include "store/manuscript.hpp"

namespace posy::api {

entities::Draft load_draft(db::Reader& r, social::Site const& site, store::Manuscript const& manuscript);
entities::DraftHead make_draft_head(store::ManuscriptHead const& head);
entities::DraftVersionHead make_version_head(store::VersionHead const& head);
entities::DraftVersion make_version(store::ManuscriptVersion const& version);

}  // namespace posy::api
