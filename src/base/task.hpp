// What a coroutine of ours returns: started when awaited, resumed on the loop of whoever awaits it.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace posy {
template <class T = void>
using Task = boost::asio::awaitable<T>;
}
