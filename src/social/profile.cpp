#include "social/profile.hpp"

#include "base/error.hpp"
#include "jobs/queue.hpp"
#include "social/follow.hpp"
#include "social/live.hpp"
#include "social/profile_text.hpp"
#include "social/send.hpp"
#include "store/media.hpp"
#include "text/language.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {

using store::Account;

namespace {

constexpr std::size_t picture_description_characters_max = 150;

template <class T>
void take(T& into, std::optional<T> const& given) {
  if (given) into = *given;
}

void change_texts(db::Reader& r, Site const& site, ProfileChange const& change, Account& account) {
  if (change.display_name)
    account.display_name =
        checked_line(*change.display_name, "Display name", site.limits.display_name_characters);
  if (change.note) {
    std::string source = text::scrub(*change.note);
    if (text::count_characters(source) > site.limits.note_characters)
      refuse(Refusal::unprocessable, "Validation failed: Note character limit of " +
                                         std::to_string(site.limits.note_characters) + " exceeded");
    account.note = compose_note(r, site, source);
    account.note_source = std::move(source);
  }
  if (change.fields)
    account.fields =
        store::encode_fields(compose_fields(r, site, *change.fields, store::decode_fields(account.fields)));
  if (change.attribution_domains)
    account.attribution_domains = store::encode_domains(checked_domains(*change.attribution_domains));
  if (change.avatar_description)
    account.avatar_description =
        checked_line(*change.avatar_description, "Avatar description", picture_description_characters_max);
  if (change.header_description)
    account.header_description =
        checked_line(*change.header_description, "Header description", picture_description_characters_max);
}

void take_picture(db::Writer& w, std::string& picture, std::optional<std::string> const& change) {
  if (!change || *change == picture) return;
  store::let_go_of_blobs(w, {picture});
  picture = *change;
}

}  // namespace

Account create_account(db::Writer& w, std::string_view username) {
  if (!text::is_valid_username(username))
    refuse(Refusal::unprocessable,
           "Validation failed: Username must contain only letters, numbers and underscores");
  if (store::find_account(w, username, ""))
    refuse(Refusal::conflict, "Validation failed: Username has already been taken");
  Account account{.id = w.make_id<AccountId>(),
                  .username = std::string(username),
                  .username_key = text::fold_username(username),
                  .created_at = w.now(),
                  .updated_at = w.now()};
  store::insert_account(w, account);
  jobs::add(w, jobs::MakeKeys{account.id}, w.now());
  return account;
}

void update_profile(db::Writer& w, Site const& site, AccountId who, ProfileChange const& change) {
  Account account = load_account(w, who);
  change_texts(w, site, change, account);
  take(account.locked, change.locked);
  take(account.bot, change.bot);
  take(account.discoverable, change.discoverable);
  take(account.indexable, change.indexable);
  take(account.hide_collections, change.hide_collections);
  take(account.show_media, change.show_media);
  take(account.show_media_replies, change.show_media_replies);
  take(account.show_featured, change.show_featured);
  take_picture(w, account.avatar, change.avatar);
  take_picture(w, account.header, change.header);
  if (account.avatar.empty()) account.avatar_description.clear();
  if (account.header.empty()) account.header_description.clear();
  account.updated_at = w.now();
  store::update_account(w, account);
  send(w, account, Act::profile);
  tell(w, Live::account_changed, who.value);
}

void update_defaults(db::Writer& w, AccountId who, PostingDefaults const& defaults) {
  auto login = store::find_login(w, who);
  if (!login) refuse(Refusal::not_found, not_found().message);
  if (defaults.visibility == store::Visibility::direct)
    refuse(Refusal::unprocessable, "Validation failed: Privacy is not included in the list");
  if (defaults.language && !defaults.language->empty() && !text::is_known_language(*defaults.language))
    refuse(Refusal::unprocessable, "Validation failed: Language is not a known language");
  take(login->default_visibility, defaults.visibility);
  take(login->default_sensitive, defaults.sensitive);
  take(login->default_language, defaults.language);
  take(login->default_quote_policy, defaults.quote_policy);
  store::update_login(w, *login);
}

}  // namespace posy::social
