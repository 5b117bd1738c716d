// The TLS part of Asio, compiled once for the whole program; the rest is in base/asio.cpp.
#include <boost/asio/ssl/impl/src.hpp>
