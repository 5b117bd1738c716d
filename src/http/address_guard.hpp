// Which addresses an outgoing connection may go to: public ones, and what the operator has allowed.
//
// A URL or a DNS name from a stranger may point at this machine, its neighbours or a cloud's metadata
// service. So the question is asked about the very address that is connected to, just before connecting.
#pragma once

#include "http/networks.hpp"

namespace posy::http {

class AddressGuard {
 public:
  // `allowed` may be connected to whatever else is said here (setting federation.allow-addresses).
  explicit AddressGuard(Networks allowed);

  bool lets_through(Address const& address) const;
  // Whether the address belongs to a host of the public internet, by the IANA registries of special-purpose
  // addresses (RFC 6890). An IPv4 address within IPv6 counts as itself where such a form is in use
  // (mapped, 64:ff9b::/96), and as not public in the abandoned forms (compatible, 6to4, Teredo).
  bool is_public(Address const& address) const;

 private:
  Networks allowed_;
  Networks special_;
  Networks global_v6_;
};

}  // namespace posy::http
