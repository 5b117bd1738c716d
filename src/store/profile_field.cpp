#include "store/profile_field.hpp"

#include "json/parse.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace posy::store {
namespace {

struct FieldList {
  std::vector<ProfileField> items;
};
BOOST_DESCRIBE_STRUCT(FieldList, (), (items))

struct DomainList {
  std::vector<std::string> items;
};
BOOST_DESCRIBE_STRUCT(DomainList, (), (items))

// What stands there was written by us: anything else is a damaged database, and ends the request.
template <class List>
auto decode(std::string_view stored) {
  boost::json::object document;
  document["items"] = json::parse(stored).value();
  return json::read<List>(document).value().items;
}

}  // namespace

std::string encode_fields(std::vector<ProfileField> const& fields) {
  return json::to_json(fields);
}
std::vector<ProfileField> decode_fields(std::string_view stored) {
  return decode<FieldList>(stored);
}
std::string encode_domains(std::vector<std::string> const& domains) {
  return json::to_json(domains);
}
std::vector<std::string> decode_domains(std::string_view stored) {
  return decode<DomainList>(stored);
}

}  // namespace posy::store
