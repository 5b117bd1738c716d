// Conversation rows to entities. Everything returns JSON text.
#pragma once

#include <string>
#include <vector>

#include "api/render/renderer.hpp"
#include "store/conversation.hpp"

namespace posy::api {

// One Conversation, for streams; empty when it is gone.
std::string render_conversation(db::Reader& r, Renderer& render, AccountId viewer, ConversationId id);
std::string render_conversation_list(db::Reader& r, Renderer& render, AccountId viewer,
                                     std::vector<store::Conversation> const& rows);

}  // namespace posy::api
