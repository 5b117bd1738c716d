// What is wrong with a form, field by field. (docs.joinmastodon.org/methods/accounts/#create, 422)
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <string>
#include <vector>

#include "social/complaint.hpp"

namespace posy::api::entities {

struct Detail {
  std::string error;  // "ERR_BLANK"
  std::string description;
};
BOOST_DESCRIBE_STRUCT(Detail, (), (error, description))

struct ValidationError {
  std::string error;
  std::map<std::string, std::vector<Detail>> details;  // by field
};
BOOST_DESCRIBE_STRUCT(ValidationError, (), (error, details))

}  // namespace posy::api::entities

namespace posy::api {

inline entities::ValidationError make_validation_error(std::vector<social::Complaint> const& complaints) {
  entities::ValidationError out{social::message_of(complaints), {}};
  for (auto const& complaint : complaints)
    out.details[complaint.field].push_back({complaint.code, complaint.description});
  return out;
}

}  // namespace posy::api
