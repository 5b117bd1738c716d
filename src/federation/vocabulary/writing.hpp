// Adding members to documents: empty values leave no trace.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "federation/vocabulary/reference.hpp"

namespace posy::federation {

void put(boost::json::object& document, std::string_view name, std::string_view text);
void put(boost::json::object& document, std::string_view name, boost::json::object object);
void put(boost::json::object& document, std::string_view name, boost::json::array list);
void put(boost::json::object& document, std::string_view name, std::optional<Time> time);
void put(boost::json::object& document, std::string_view name, Reference const& reference);
// Also when they are empty.
void put_text(boost::json::object& document, std::string_view name, std::string_view text);
void put_list(boost::json::object& document, std::string_view name, std::vector<std::string> const& list);
// One alone is no list.
void put_one_or_more(boost::json::object& document, std::string_view name,
                     std::vector<std::string> const& list);
void put_value(boost::json::object& document, std::string_view name, boost::json::value value);

boost::json::array to_array(std::vector<std::string> const& list);
std::string format_duration(double seconds);  // "PT12.5S"

}  // namespace posy::federation
