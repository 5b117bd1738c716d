#include "store/idempotency.hpp"

#include <string>

namespace posy::store {
namespace {

struct Key {
  AccountId account;
  std::string key;
  std::int64_t post = 0;
  Time created_at;
};
BOOST_DESCRIBE_STRUCT(Key, (), (account, key, post, created_at))

}  // namespace

std::optional<std::int64_t> take_key(db::Writer& w, AccountId account, std::string_view key,
                                     std::int64_t made) {
  if (w.insert_new("idempotency", Key{account, std::string(key), made, w.now()})) return {};
  return w.find<std::int64_t>("select post from idempotency where account = $1 and key = $2", account, key);
}

void move_key(db::Writer& w, AccountId account, std::string_view key, std::int64_t made) {
  w.run("update idempotency set post = $3, created_at = $4 where account = $1 and key = $2", account, key,
        made, w.now());
}

void delete_keys_before(db::Writer& w, Time when) {
  w.run("delete from idempotency where created_at < $1", when);
}

}  // namespace posy::store
