// Passwords, kept as Argon2id strings ("$argon2id$v=19$m=19456,t=2,p=1$..."). Hashing takes 19 MiB and tens
// of milliseconds on purpose: run it on a worker pool, few at a time, never on an I/O loop.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace posy::crypto {

// Longer ones are refused by verify_password; whoever accepts a new password checks this first.
constexpr std::size_t password_bytes_max = 1024;

std::string hash_password(std::string_view password);
// False also for a stored string that is no Argon2id hash.
bool verify_password(std::string_view password, std::string const& stored);
// The stored hash was made with other costs than we use now: hash again at the next sign-in.
bool needs_rehash(std::string const& stored);
// Takes as long as verify_password, so that an unknown name cannot be told from a wrong password.
void verify_nothing(std::string_view password);

}  // namespace posy::crypto
