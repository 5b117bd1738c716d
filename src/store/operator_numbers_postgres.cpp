#include "store/operator_numbers.hpp"

namespace posy::store::postgres {

std::int64_t database_bytes(db::Reader& r) { return r.one<std::int64_t>("select pg_database_size(current_database())"); }

}  // namespace posy::store::postgres
