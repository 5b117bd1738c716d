// Becoming a member: who may sign up, what is wrong with an application, and who may sign in.
//
// Passwords are hashed and compared by the caller, on a pool of workers (crypto/password.hpp): what comes in
// here is the hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "social/complaint.hpp"
#include "social/site.hpp"
#include "store/login.hpp"

namespace posy::social {

struct SignUp {
  std::string username;
  std::string email;
  std::string password;
  bool agreement = false;
  std::string reason;  // needed where applications are looked at
  std::string locale = "en";
};

std::vector<Complaint> check_sign_up(db::Reader& r, Site const& site, SignUp const& form);
// The same for somebody the operator lets in.
std::vector<Complaint> check_member(db::Reader& r, SignUp const& form);

// forbidden where registrations are closed; where they need approval the login waits, and staff are told.
// Refused with message_of() when something is wrong.
AccountId sign_up(db::Writer& w, Site const& site, SignUp const& form, std::string password_hash);
// Somebody the operator lets in: no agreement, no reason, no waiting. A second owner is a conflict.
AccountId add_member(db::Writer& w, SignUp const& form, std::string password_hash, store::Role role);

// An application is let in, or refused and forgotten. not_found when none of that name waits.
void approve_member(db::Writer& w, std::string_view username);
void reject_member(db::Writer& w, std::string_view username);

// By username or email.
std::optional<store::Login> find_login_named(db::Reader& r, std::string_view name_or_email);
// forbidden while an application waits, and when the login or the account is shut.
Result<> may_sign_in(db::Reader& r, store::Login const& login);
// Slow on purpose: for a pool. Takes as long when there is no such login.
bool password_matches(std::optional<store::Login> const& login, std::string_view password);

// Ends her sessions in browsers, this one too.
void set_password(db::Writer& w, AccountId who, std::string password_hash);
// The complaint about a new password, if there is one.
std::optional<Complaint> check_password(std::string_view password);

}  // namespace posy::social
