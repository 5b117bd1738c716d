// Other servers' files at addresses of ours: /media_proxy/original|small|avatars|headers|emoji/ID/MARK.
#pragma once

#include "federation/remote/files.hpp"
#include "http/router.hpp"

namespace posy::federation {

void add_media_proxy(http::Router& router, Files& files);

}  // namespace posy::federation
