#include "store/login.hpp"

namespace posy::store {
namespace {

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace

std::optional<Login> find_login(db::Reader& r, AccountId account) {
  return r.find<Login>("select :row from login where account = $1", account);
}

std::optional<Login> find_login_by_email(db::Reader& r, std::string_view email) {
  return r.find<Login>("select :row from login where email_key = $1", lower_ascii(email));
}

bool has_owner(db::Reader& r) {
  return r.find<std::int64_t>("select 1 from login where role = 3 limit 1").has_value();
}

void insert_login(db::Writer& w, Login const& login) {
  w.insert("login", login);
}

void update_login(db::Writer& w, Login const& l) {
  w.run(R"sql(
      update login set
        email = $2, email_key = $3, password_hash = $4, role = $5, locale = $6, reason = $7, approved_at = $8,
        disabled_at = $9, default_visibility = $10, default_sensitive = $11, default_language = $12,
        default_quote_policy = $13, expand_media = $14, expand_spoilers = $15, autoplay_gifs = $16,
        reply_reach = $17
      where account = $1
  )sql",
        l.account, l.email, l.email_key, l.password_hash, l.role, l.locale, l.reason, l.approved_at,
        l.disabled_at, l.default_visibility, l.default_sensitive, l.default_language, l.default_quote_policy,
        l.expand_media, l.expand_spoilers, l.autoplay_gifs, l.reply_reach);
}

}  // namespace posy::store
