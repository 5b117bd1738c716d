#include "federation/inbox/counted.hpp"

#include "federation/inbox/figures.hpp"

namespace posy::federation {

Task<http::Response> accept_and_count(Context& context, Seen& seen, http::Request const& request,
                                      std::function<void()> wake) {
  Task<http::Response> accepting = accept_activity(context, seen, request, std::move(wake));
  http::Response response = co_await std::move(accepting);
  observe(context.inbox_figures, response.status, context.backlog >= Budgets::backlog_max);
  co_return response;
}

}  // namespace posy::federation
