#include "push/vapid.hpp"

#include <boost/describe.hpp>

#include "base/assert.hpp"
#include "base/encoding.hpp"
#include "json/write.hpp"
#include "store/push_subscription.hpp"

namespace posy::push {
namespace {

constexpr std::chrono::hours good_for{12};  // a day at most (RFC 8292, section 2)
constexpr std::string_view header = R"({"typ":"JWT","alg":"ES256"})";

struct Claims {
  std::string aud;
  std::int64_t exp = 0;  // seconds
  std::string sub;
};
BOOST_DESCRIBE_STRUCT(Claims, (), (aud, exp, sub))

}  // namespace

crypto::P256PrivateKey server_key(db::Database& database) {
  auto find = [](db::Reader& r) { return store::find_push_key(r); };
  auto kept = database.read_now(find);
  if (!kept) {
    auto fresh = crypto::P256PrivateKey::generate();
    auto keep = [&](db::Writer& w) {
      return store::keep_push_key(w, {.scalar = to_base64url(fresh.scalar()), .point = to_base64url(fresh.point())});
    };
    kept = database.write_now(keep);
  }
  auto key =
      crypto::P256PrivateKey::from_raw(from_base64(kept->scalar).value_or(""), from_base64(kept->point).value_or(""));
  POSY_ASSERT(key);
  return std::move(*key);
}

std::string vapid_token(crypto::P256PrivateKey const& key, std::string_view origin, std::string_view contact, Time now) {
  Claims claims{.aud = std::string(origin),
                .exp = to_milliseconds(now + good_for) / 1000,
                .sub = std::string(contact)};
  auto signed_part = to_base64url(header) + "." + to_base64url(json::to_json(claims));
  return signed_part + "." + to_base64url(key.sign(signed_part));
}

}  // namespace posy::push
