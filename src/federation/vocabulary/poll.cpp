#include "federation/vocabulary/poll.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "federation/vocabulary/limits.hpp"
#include "federation/vocabulary/reading.hpp"
#include "federation/vocabulary/writing.hpp"

namespace posy::federation {

namespace json = boost::json;

Poll read_poll(json::object const& document) {
  Poll poll{.multiple = find_member(document, "anyOf") != nullptr,
            .end_time = read_time(document, "endTime"),
            .closed = read_flag(document, "closed"),
            .closed_at = read_time(document, "closed"),
            .voters = read_count(document, "votersCount")};
  if (!poll.end_time) poll.end_time = poll.closed_at;
  for (auto const& value : values_in(document, poll.multiple ? "anyOf" : "oneOf", limits::options_max)) {
    auto const* option = value.if_object();
    if (!option) continue;
    auto const* replies = find_object(*option, "replies");
    PollOption read{read_natural_text(*option, "name", limits::name_bytes_max),
                    replies ? read_count(*replies, "totalItems").value_or(0) : 0};
    if (!read.name.empty()) poll.options.push_back(std::move(read));
  }
  return poll;
}

void write_poll(json::object& document, Poll const& poll) {
  json::array options;
  for (auto const& option : poll.options) {
    json::object entry;
    put(entry, "type", "Note");
    put(entry, "name", option.name);
    put_value(entry, "replies", json::object{{"type", "Collection"}, {"totalItems", option.votes}});
    options.push_back(std::move(entry));
  }
  put_value(document, poll.multiple ? "anyOf" : "oneOf", std::move(options));
  put(document, "endTime", poll.end_time);
  if (poll.closed_at)
    put(document, "closed", poll.closed_at);
  else if (poll.closed)
    put_value(document, "closed", true);
  if (poll.voters) put_value(document, "votersCount", *poll.voters);
}

}  // namespace posy::federation
