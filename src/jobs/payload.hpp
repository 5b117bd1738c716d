// A payload as it lies in the store: its members in order, as decimal numbers separated by blanks.
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"

namespace posy::jobs {
namespace detail {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class Tag>
std::int64_t& number_of(Id<Tag>& id) {
  return id.value;
}
inline std::int64_t& number_of(std::int64_t& number) {
  return number;
}

}  // namespace detail

template <class P>
std::string to_text(P payload) {
  std::string out;
  boost::mp11::mp_for_each<detail::Members<P>>([&](auto member) {
    if (!out.empty()) out += ' ';
    out += std::to_string(detail::number_of(payload.*decltype(member)::pointer));
  });
  return out;
}

// Nothing when the text was written for another payload.
template <class P>
std::optional<P> from_text(std::string_view text) {
  P payload{};
  bool ok = true;
  char const* at = text.data();
  char const* end = text.data() + text.size();
  boost::mp11::mp_for_each<detail::Members<P>>([&](auto member) {
    if (at != end && *at == ' ') ++at;
    auto [stop, error] = std::from_chars(at, end, detail::number_of(payload.*decltype(member)::pointer));
    ok = ok && error == std::errc{};
    at = stop;
  });
  if (!ok || at != end) return {};
  return payload;
}

}  // namespace posy::jobs
