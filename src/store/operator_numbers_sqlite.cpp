#include "store/operator_numbers.hpp"

namespace posy::store::sqlite {

std::int64_t database_bytes(db::Reader& r) {
  return r.one<std::int64_t>("select page_count * page_size from pragma_page_count(), pragma_page_size()");
}

}  // namespace posy::store::sqlite
