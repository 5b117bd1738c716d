// The versions of a post to StatusEdit entities.
#pragma once

#include "api/entities/status_parts.hpp"
#include "api/render/renderer.hpp"
#include "social/site.hpp"
#include "store/post.hpp"

namespace posy::api {

// Oldest first. A post that was never edited has one version: itself.
std::vector<entities::StatusEdit> load_history(db::Reader& r, social::Site const& site, Renderer& render,
                                               store::Post const& post);

}  // namespace posy::api
