// Of a person: which of her followers live at the server that asks (FEP-8fcf), and the hashtags that she features.
#include "federation/endpoints/answers.hpp"
#include "federation/endpoints/asking.hpp"
#include "federation/remote/synchronise.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/iri.hpp"
#include "federation/vocabulary/tag.hpp"
#include "store/remote_profile.hpp"
#include "store/tag_follow.hpp"

namespace posy::federation {

Task<http::Response> followers_here(Context& context, http::Request const& request) {
  Task<Result<std::string>> asking = asking_actor(context, request);
  Result<std::string> actor = co_await std::move(asking);
  if (!actor) {
    bool later = actor.error().refusal == Refusal::unavailable;
    co_return http::error(later ? 503 : 401, actor.error().message);
  }
  Shows nothing_kept;
  Asked asked{context, request, nothing_kept};
  auto load = [&](db::Reader& r) {
    auto account = load_person(r, asked);
    auto uris = store::follower_uris_at(r, account.id, origin_of(*actor), synchronised_max + 1);
    // A part of the list would cost the others their follows.
    if (uris.size() > static_cast<std::size_t>(synchronised_max)) refuse(Refusal::not_found, not_found().message);
    Collection out{.id = context.uris.actor(account) + "/followers_synchronization"};
    for (auto& uri : uris) out.items.push_back({std::move(uri), {}});
    auto response = document(write_collection_document(out));
    response.headers.set("Cache-Control", "private, no-store");
    return response;
  };
  co_return co_await context.db.read(load);
}

Made featured_tags(db::Reader& r, Asked const& asked) {
  auto const& context = asked.context;
  auto account = load_person(r, asked);
  Collection out{.id = context.uris.actor(account) + "/collections/tags", .is_ordered = false};
  std::vector<TagId> ids;
  for (auto const& featured : store::featured_tags(r, account.id)) ids.push_back(featured.tag);
  Tags tags;
  for (auto const& tag : store::tags_by_id(r, ids)) tags.hashtags.push_back({tag.display, context.site.tag_url(tag.name)});
  out.total_items = std::ssize(tags.hashtags);
  for (auto const& tag : write_tags(tags)) out.items.push_back({{}, tag.as_object()});
  return {document(write_collection_document(out))};
}

}  // namespace posy::federation
