#include "social/register.hpp"

#include <algorithm>

#include "crypto/password.hpp"
#include "social/live.hpp"
#include "social/notify.hpp"
#include "social/profile.hpp"
#include "text/language.hpp"
#include "text/normalize.hpp"
#include "text/plain.hpp"

namespace posy::social {
namespace {

constexpr std::size_t password_characters_min = 8;
constexpr std::size_t email_bytes_max = 320;
constexpr std::size_t reason_characters_max = 2000;

// Names that people would take for the server's own voice, or that are needed for addresses.
constexpr std::string_view reserved_names[] = {
    "abuse", "admin",      "administrator", "help",     "instance", "mod",     "moderator", "owner",
    "posy",  "postmaster", "root",          "security", "staff",    "support", "system",    "webmaster"};

bool is_email(std::string_view email) {
  auto at = email.rfind('@');
  if (at == email.npos || at == 0 || email.size() > email_bytes_max) return false;
  auto local = email.substr(0, at);
  bool clean = std::ranges::all_of(local, [](unsigned char c) {
    return c > ' ' && c != 0x7f && c != '@' && c != '<' && c != '>' && c != ',';
  });
  auto domain = text::to_ascii_domain(email.substr(at + 1));
  return clean && domain && domain->find('.') != std::string::npos;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

void check_username(db::Reader& r, std::string_view name, bool by_operator, std::vector<Complaint>& out) {
  if (is_blank(name)) return out.push_back({"username", "ERR_BLANK", "can't be blank"});
  if (name.size() > text::username_characters_max)
    return out.push_back({"username", "ERR_TOO_LONG", "is too long (maximum is 30 characters)"});
  if (!text::is_valid_username(name))
    return out.push_back({"username", "ERR_INVALID", "must contain only letters, numbers and underscores"});
  auto folded = text::fold_username(name);
  if (!by_operator && std::ranges::find(reserved_names, folded) != std::end(reserved_names))
    return out.push_back({"username", "ERR_RESERVED", "is reserved"});
  if (store::find_account(r, name, "")) out.push_back({"username", "ERR_TAKEN", "has already been taken"});
}

void check_email(db::Reader& r, std::string_view email, std::vector<Complaint>& out) {
  if (is_blank(email)) return out.push_back({"email", "ERR_BLANK", "can't be blank"});
  if (!is_email(email)) return out.push_back({"email", "ERR_INVALID", "is invalid"});
  if (store::find_login_by_email(r, email)) out.push_back({"email", "ERR_TAKEN", "has already been taken"});
}

std::vector<Complaint> check_person(db::Reader& r, SignUp const& form, bool by_operator) {
  std::vector<Complaint> out;
  check_username(r, form.username, by_operator, out);
  check_email(r, form.email, out);
  if (auto complaint = check_password(form.password)) out.push_back(*complaint);
  return out;
}

AccountId insert(db::Writer& w, SignUp const& form, std::string password_hash, store::Role role,
                 bool approved) {
  auto account = create_account(w, form.username);
  store::Login login{.account = account.id,
                     .email = form.email,
                     .email_key = text::fold_username(form.email),
                     .password_hash = std::move(password_hash),
                     .role = role,
                     .reason = text::scrub(form.reason),
                     .created_at = w.now()};
  if (text::is_known_language(form.locale)) login.locale = form.locale;
  if (approved) login.approved_at = w.now();
  store::insert_login(w, login);
  return account.id;
}

}  // namespace

std::optional<Complaint> check_password(std::string_view password) {
  if (is_blank(password)) return Complaint{"password", "ERR_BLANK", "can't be blank"};
  if (password.size() > crypto::password_bytes_max)
    return Complaint{"password", "ERR_TOO_LONG", "is too long (maximum is 1024 bytes)"};
  if (text::count_characters(password) < password_characters_min)
    return Complaint{"password", "ERR_TOO_SHORT", "is too short (minimum is 8 characters)"};
  return {};
}

std::vector<Complaint> check_sign_up(db::Reader& r, Site const& site, SignUp const& form) {
  auto out = check_person(r, form, false);
  if (!form.agreement) out.push_back({"agreement", "ERR_ACCEPTED", "must be accepted"});
  if (site.registrations == Registrations::approval && is_blank(form.reason))
    out.push_back({"reason", "ERR_BLANK", "can't be blank"});
  if (text::count_characters(form.reason) > reason_characters_max)
    out.push_back({"reason", "ERR_TOO_LONG", "is too long (maximum is 2000 characters)"});
  return out;
}

std::vector<Complaint> check_member(db::Reader& r, SignUp const& form) {
  return check_person(r, form, true);
}

AccountId sign_up(db::Writer& w, Site const& site, SignUp const& form, std::string password_hash) {
  if (site.registrations == Registrations::closed) refuse(Refusal::forbidden, forbidden().message);
  if (auto complaints = check_sign_up(w, site, form); !complaints.empty())
    refuse(Refusal::unprocessable, message_of(complaints));
  bool approved = site.registrations == Registrations::open;
  AccountId who = insert(w, form, std::move(password_hash), store::Role::user, approved);
  auto staff = w.all<AccountId>("select account from login where role >= 2 and role > 0");
  for (auto admin : staff) notify(w, admin, NotificationKind::admin_sign_up, who);
  return who;
}

AccountId add_member(db::Writer& w, SignUp const& form, std::string password_hash, store::Role role) {
  if (auto complaints = check_person(w, form, true); !complaints.empty())
    refuse(Refusal::unprocessable, message_of(complaints));
  if (role == store::Role::owner && store::has_owner(w))
    refuse(Refusal::conflict, "This server has an owner already");
  return insert(w, form, std::move(password_hash), role, true);
}

namespace {

store::Login load_applicant(db::Reader& r, std::string_view username) {
  auto account = store::find_account(r, username, "");
  auto login = account ? store::find_login(r, account->id) : std::nullopt;
  if (!login || login->approved_at) refuse(Refusal::not_found, "No application of that name is waiting");
  return *login;
}

}  // namespace

void approve_member(db::Writer& w, std::string_view username) {
  auto login = load_applicant(w, username);
  login.approved_at = w.now();
  store::update_login(w, login);
  tell(w, Live::account_changed, login.account.value);
}

void reject_member(db::Writer& w, std::string_view username) {
  auto login = load_applicant(w, username);
  w.run("delete from account where id = $1", login.account);
  tell(w, Live::account_changed, login.account.value);
}

std::optional<store::Login> find_login_named(db::Reader& r, std::string_view name) {
  if (name.find('@') != name.npos) return store::find_login_by_email(r, name);
  auto account = store::find_account(r, name, "");
  if (!account) return {};
  return store::find_login(r, account->id);
}

Result<> may_sign_in(db::Reader& r, store::Login const& login) {
  if (login.disabled_at) return forbidden("Your login is currently disabled");
  if (!login.approved_at) return forbidden("Your login is currently pending approval");
  auto account = store::find_account(r, login.account);
  if (!account || account->suspended_at) return forbidden("Your account is suspended");
  return {};
}

bool password_matches(std::optional<store::Login> const& login, std::string_view password) {
  if (login) return crypto::verify_password(password, login->password_hash);
  crypto::verify_nothing(password);
  return false;
}

void set_password(db::Writer& w, AccountId who, std::string password_hash) {
  auto login = store::find_login(w, who);
  if (!login) refuse(Refusal::not_found, not_found().message);
  login->password_hash = std::move(password_hash);
  store::update_login(w, *login);
  w.run("delete from web_session where account = $1", who);
}

}  // namespace posy::social
