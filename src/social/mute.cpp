#include "social/mute.hpp"

#include "base/error.hpp"
#include "social/live.hpp"
#include "store/account.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {
namespace {

constexpr std::chrono::seconds duration_max = std::chrono::hours(24 * 366 * 100);
constexpr std::size_t comment_characters_max = 2000;

void require_account(db::Reader& r, AccountId id) {
  if (!store::find_account(r, id)) refuse(Refusal::not_found, not_found().message);
}

}  // namespace

void mute(db::Writer& w, AccountId who, AccountId target, MuteOptions options) {
  require_account(w, target);
  if (who == target) return;
  if (options.duration && (options.duration->count() < 0 || *options.duration > duration_max))
    refuse(Refusal::unprocessable, "Validation failed: Duration is invalid");
  store::Mute row{
      .id = w.make_id<RowId>(), .account = who, .target = target, .notifications = options.notifications};
  if (options.duration && options.duration->count() > 0) row.expires_at = w.now() + *options.duration;
  store::delete_expired_mutes(w, who);
  store::put_mute(w, row);
  tell(w, Live::relation_changed, who.value, target.value);
}

void unmute(db::Writer& w, AccountId who, AccountId target) {
  require_account(w, target);
  if (store::delete_mute(w, who, target)) tell(w, Live::relation_changed, who.value, target.value);
}

void note_account(db::Writer& w, AccountId who, AccountId target, std::string_view comment) {
  require_account(w, target);
  std::string text = text::scrub(comment);
  if (text::count_characters(text) > comment_characters_max)
    refuse(Refusal::unprocessable, "Validation failed: Comment is too long (maximum is 2000 characters)");
  store::put_account_note(w, who, target, text);
}

}  // namespace posy::social
