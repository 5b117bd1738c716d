// What happens to every request and answer: CORS where browser clients need it, security headers, figures, log.
#pragma once

#include "base/metrics.hpp"
#include "http/server.hpp"

namespace posy::federation {
class Federation;
}
namespace posy::pages {
class Pages;
}

namespace posy::server {

http::Hooks make_hooks(Metrics& metrics, pages::Pages& pages, federation::Federation& federation);

}  // namespace posy::server
