// The table on a profile ("Website: ..."), as it is kept in account.fields: a JSON list in their order.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace posy::store {

struct ProfileField {
  std::string name;
  std::string value;                        // HTML, clean
  std::string source;                       // as its owner wrote it
  std::optional<std::int64_t> verified_at;  // milliseconds; when the linked page was seen to link back
};
BOOST_DESCRIBE_STRUCT(ProfileField, (), (name, value, source, verified_at))

std::string encode_fields(std::vector<ProfileField> const& fields);
std::vector<ProfileField> decode_fields(std::string_view stored);

// account.attribution_domains, likewise a JSON list.
std::string encode_domains(std::vector<std::string> const& domains);
std::vector<std::string> decode_domains(std::string_view stored);

}  // namespace posy::store
