// The @context of what we send. Those who read our documents as plain JSON ignore it; those who expand them
// (JSON-LD) need every term that we use, and should not have to fetch anything that is not widely built in.
#pragma once

#include <boost/json/object.hpp>

namespace posy::federation {

enum class ContextKind { plain, object, actor, authorization };

// The document with `@context` as its first member.
boost::json::object with_context(ContextKind kind, boost::json::object document);

}  // namespace posy::federation
