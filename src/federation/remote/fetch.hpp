// Documents of other servers, fetched with the server's own signature (FEP-d556), so that those which ask who is
// reading answer too.
#pragma once

#include <boost/json/object.hpp>

#include "federation/context.hpp"
#include "federation/remote/errand.hpp"

namespace posy::federation {

// Will it be otherwise another time?
bool is_passing(http::Failure failure);

// The ActivityStreams document that has this id. Believed is only what came with the right media type from the
// origin of its id; a document that calls itself something else is fetched from there, once.
// Refusals: not_found and gone as the other server says, forbidden when it wants to know more, unavailable when it
// may work later, unprocessable for what will never be right.
// Each request counts for the errand, where there is one; too_many when it may ask nothing more.
// Signing costs a quarter of a millisecond: with Signing::when_asked only servers that want it have it, which are
// remembered.
enum class Signing { always, when_asked };
Task<Result<boost::json::object>> fetch_document(Context& context, std::string id, Errand* errand = nullptr,
                                                 Signing signing = Signing::always);

// The document that a web page shows: its own address answers with it, or names it in its head as an alternate
// (text/alternate_link.hpp). Where it is had from is the origin of its id, whatever the page says.
Task<Result<boost::json::object>> fetch_behind_page(Context& context, std::string address, Errand& errand);

// Any JSON, such as of WebFinger and NodeInfo; unsigned.
Task<Result<boost::json::object>> fetch_json(Context& context, std::string url, std::string accept,
                                             Errand* errand = nullptr);

}  // namespace posy::federation
