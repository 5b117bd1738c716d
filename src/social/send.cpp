#include "social/send.hpp"

#include "jobs/queue.hpp"

namespace posy::social {

void send(db::Writer& w, store::Account const& who, Act act, std::int64_t a, std::int64_t b) {
  // Whoever was shut out or has closed her account says nothing more.
  if (who.is_local() && !who.suspended_at) jobs::add(w, jobs::Send{static_cast<std::int64_t>(act), who.id, a, b}, w.now());
}

void send(db::Writer& w, AccountId who, Act act, std::int64_t a, std::int64_t b) {
  if (auto account = store::find_account(w, who)) send(w, *account, act, a, b);
}

void send_to(db::Writer& w, AccountId who, AccountId concerned, Act act, std::int64_t a, std::int64_t b) {
  auto account = store::find_account(w, concerned);
  if (account && !account->is_local()) send(w, who, act, a, b);
}

}  // namespace posy::social
