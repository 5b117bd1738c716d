#include "api/render/conversation.hpp"

#include "api/entities/conversation.hpp"
#include "api/render/page_parts.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

std::vector<entities::Conversation> make_list(db::Reader& r, Renderer& render, AccountId viewer,
                                              std::vector<store::Conversation> const& rows) {
  std::vector<PostId> posts;
  std::vector<AccountId> people;
  std::vector<std::vector<AccountId>> participants;
  for (auto const& row : rows) {
    posts.push_back(row.last_post);
    auto others = store::participants_of(row);
    if (others.empty()) others.push_back(viewer);  // talking to oneself
    people.insert(people.end(), others.begin(), others.end());
    participants.push_back(std::move(others));
  }
  StatusParts statuses(r, render, viewer, std::move(posts));
  AccountParts accounts(r, render, std::move(people));

  std::vector<entities::Conversation> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto& entity = out.emplace_back(entities::Conversation{.id = rows[i].id.str(), .unread = rows[i].unread});
    for (auto id : participants[i])
      if (auto const* text = accounts.find(id)) entity.accounts.push_back({*text});
    if (auto const* text = statuses.find(rows[i].last_post)) entity.last_status = json::Raw{*text};
  }
  return out;
}

}  // namespace

std::string render_conversation(db::Reader& r, Renderer& render, AccountId viewer, ConversationId id) {
  auto row = store::find_conversation(r, viewer, id);
  return row ? json::to_json(make_list(r, render, viewer, {*row}).front()) : std::string();
}

std::string render_conversation_list(db::Reader& r, Renderer& render, AccountId viewer,
                                     std::vector<store::Conversation> const& rows) {
  return json::to_json(make_list(r, render, viewer, rows));
}

}  // namespace posy::api
