// Asio, compiled once for the whole program (BOOST_ASIO_SEPARATE_COMPILATION). Linked only where it is used.
#include <boost/asio/impl/src.hpp>
