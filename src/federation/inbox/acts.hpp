// One function for each kind of activity that comes in.
#pragma once

#include "federation/context.hpp"
#include "federation/remote/actors.hpp"
#include "federation/vocabulary/activity.hpp"

namespace posy::federation {

struct Arrived {
  Activity activity;
  AccountId actor;  // who did it: proven by a signature of hers
  bool is_stranger = false;  // nobody here has looked at her yet
};

inline constexpr std::string_view done = "done";
inline constexpr std::string_view was_undone = "ignored: was undone before it came";

Task<std::string> receive_create(Context& context, Arrived const& arrived);
Task<std::string> receive_update(Context& context, Arrived const& arrived);
Task<std::string> receive_delete(Context& context, Arrived const& arrived);
Task<std::string> receive_announce(Context& context, Arrived const& arrived);
Task<std::string> receive_like(Context& context, Arrived const& arrived);
Task<std::string> receive_follow(Context& context, Arrived const& arrived);
Task<std::string> receive_accept(Context& context, Arrived const& arrived);
Task<std::string> receive_reject(Context& context, Arrived const& arrived);
Task<std::string> receive_block(Context& context, Arrived const& arrived);
Task<std::string> receive_quote_request(Context& context, Arrived const& arrived);
Task<std::string> receive_move(Context& context, Arrived const& arrived);
Task<std::string> receive_flag(Context& context, Arrived const& arrived);
Task<std::string> receive_add(Context& context, Arrived const& arrived);
Task<std::string> receive_remove(Context& context, Arrived const& arrived);
Task<std::string> receive_undo(Context& context, Arrived const& arrived);

}  // namespace posy::federation
