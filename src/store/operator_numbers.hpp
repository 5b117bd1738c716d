// What the operator wants to know of her server at a glance. It walks whole tables: for read_long, and to be kept for a
// while by whoever asks.
#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"
#include "store/login.hpp"

namespace posy::store {

struct OperatorNumbers {
  std::int64_t accounts = 0;  // those of other servers among them
  std::int64_t posts = 0;     // likewise
  std::int64_t database_bytes = 0;
  std::int64_t copies_bytes = 0;  // of other servers' files
};
OperatorNumbers operator_numbers(db::Reader& r);

std::int64_t count_failing_hosts(db::Reader& r);
std::int64_t count_jobs(db::Reader& r);  // that wait

// People of this server behind this id, the newest first.
std::vector<Login> logins_before(db::Reader& r, AccountId account, int limit);
struct LastUse {
  AccountId account;
  Time at;
};
BOOST_DESCRIBE_STRUCT(LastUse, (), (account, at))
std::vector<LastUse> last_uses(db::Reader& r, std::vector<AccountId> const& accounts);  // of any token, about

namespace sqlite {
std::int64_t database_bytes(db::Reader& r);
}
namespace postgres {
std::int64_t database_bytes(db::Reader& r);
}

}  // namespace posy::store
