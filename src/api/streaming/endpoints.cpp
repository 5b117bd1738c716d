// The doors to the streams: one WebSocket for any number of them, and server-sent events for one each.
// (docs.joinmastodon.org/methods/streaming)
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/json.hpp>

#include "api/gate/gate.hpp"
#include "api/mastodon/routes.hpp"
#include "api/streaming/hub.hpp"
#include "json/parse.hpp"
#include "json/write.hpp"

namespace posy::api {
namespace {

using http::Method;
using streaming::Channel;
using streaming::Listener;
using streaming::Message;

constexpr std::size_t subscriptions_max = 100;  // of one WebSocket

struct StreamParams {
  std::optional<std::string> stream;
  std::optional<std::string> tag;
  std::optional<std::string> list;
  std::optional<bool> only_media;
};
BOOST_DESCRIBE_STRUCT(StreamParams, (), (stream, tag, list, only_media))

struct Command {
  std::string type;
  std::string stream;
  std::optional<std::string> tag;
  std::optional<std::string> list;
};
BOOST_DESCRIBE_STRUCT(Command, (), (type, stream, tag, list))

struct Frame {
  std::vector<std::string> stream;
  std::string event;
  std::string payload;
};
BOOST_DESCRIBE_STRUCT(Frame, (), (stream, event, payload))

struct Refused {
  std::string error;
  unsigned status = 400;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (error, status))

// What a token must allow for a stream.
Scope scope_of(Channel const& channel) {
  if (channel.kind == streaming::Kind::user_notification) return Scope::read_notifications;
  if (channel.kind == streaming::Kind::list) return Scope::read_lists;
  return Scope::read_statuses;
}

Task<Result<Channel>> open_channel(Api& api, Who const& who, StreamParams const& params) {
  auto channel = streaming::parse_channel(params.stream.value_or(""), who.account, params.tag.value_or(""),
                                          params.list.value_or(""));
  if (!channel) co_return channel.error();
  if (!who.scopes.allows(scope_of(*channel))) co_return forbidden("This action is outside the authorized scopes");
  if (channel->list) {
    auto owner_of = [&](db::Reader& r) {
      return r.find<AccountId>("select account from list where id = $1", channel->list);
    };
    auto owner = co_await api.db.read(owner_of);
    if (owner != who.account) co_return not_found();
  }
  co_return channel;
}

// Known to the hub while the connection's coroutine runs, however it ends.
class Registered {
 public:
  Registered(streaming::Hub& hub, std::shared_ptr<Listener> listener)
      : hub_(hub), listener_(std::move(listener)) {
    hub_.add(listener_);
  }
  ~Registered() {
    listener_->push = nullptr;
    listener_->close = nullptr;
    hub_.remove(listener_);
  }
  Registered(Registered const&) = delete;
  Registered& operator=(Registered const&) = delete;

 private:
  streaming::Hub& hub_;
  std::shared_ptr<Listener> listener_;
};

// Who opens a stream, and with which token.
struct Opener {
  Who who;
  std::string token;
};
Opener opener_of(Request const& request) { return {request.who, Gate::token_of(request.http)}; }

// The token may have ended after the gate and before the hub knew the listener. From then on the hub closes it.
Task<bool> is_still_good(Api& api, std::string token) {
  Task<std::optional<Who>> looking = api.gate.find(std::move(token));
  std::optional<Who> found = co_await std::move(looking);
  co_return found.has_value();
}

// ---- server-sent events ----

Task<> serve_events(Api& api, Opener opener, Channel channel, http::EventSink& sink) {
  auto executor = co_await boost::asio::this_coro::executor;
  auto listener = std::make_shared<Listener>();
  listener->executor = executor;
  listener->who = opener.who;
  boost::asio::steady_timer forever(executor, boost::asio::steady_timer::time_point::max());
  listener->push = [&sink](Message const& message) { sink.push(message.event, message.payload); };
  listener->close = [&forever] { forever.cancel(); };
  Registered registered(api.hub, listener);
  Task<bool> checking = is_still_good(api, std::move(opener.token));
  bool is_good = co_await std::move(checking);
  if (!is_good) co_return;
  api.hub.subscribe(listener, channel);
  // The client's leaving cancels this wait, as does `close`.
  boost::system::error_code ended;
  co_await forever.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ended));
}

template <streaming::Kind kind>
Task<http::Response> events(Api& api, Request const& request) {
  auto params = request.read<StreamParams>();
  params.stream = std::string(streaming::name_of(kind));
  if (params.only_media.value_or(false) && params.stream->starts_with("public")) *params.stream += ":media";
  auto opened = co_await open_channel(api, request.who, params);
  Channel channel = opened.value();
  Opener opener = opener_of(request);
  co_return http::event_stream(
      [&api, opener, channel](http::EventSink& sink) { return serve_events(api, opener, channel, sink); });
}

// ---- WebSocket ----

Task<> obey(Api& api, std::shared_ptr<Listener> listener, std::vector<Channel>& open, http::WebSocket& socket,
            std::string text) {
  auto refuse = [&](Error const& error) { socket.push(json::to_json(Refused{error.message, 400})); };
  auto parsed = json::parse(text);
  if (!parsed) co_return refuse(parsed.error());
  auto command = json::read<Command>(*parsed);
  if (!command) co_return refuse(command.error());
  StreamParams params{command->stream, command->tag, command->list, {}};
  auto channel = co_await open_channel(api, listener->who, params);
  if (!channel) co_return refuse(channel.error());
  auto held = std::find(open.begin(), open.end(), *channel);
  if (command->type == "subscribe" && held == open.end()) {
    if (open.size() >= subscriptions_max) co_return refuse({Refusal::too_many, "Too many subscriptions"});
    open.push_back(*channel);
    api.hub.subscribe(listener, *channel);
  } else if (command->type == "unsubscribe" && held != open.end()) {
    open.erase(held);
    api.hub.unsubscribe(listener, *channel);
  }
}

Task<> serve_socket(Api& api, Opener opener, std::optional<Channel> first, http::WebSocket& socket) {
  auto executor = co_await boost::asio::this_coro::executor;
  auto listener = std::make_shared<Listener>();
  listener->executor = executor;
  listener->who = opener.who;
  listener->push = [&socket](Message const& message) {
    socket.push(json::to_json(Frame{message.stream, message.event, message.payload}));
  };
  listener->close = [&socket] { socket.close(http::WebSocket::policy_error); };
  Registered registered(api.hub, listener);
  Task<bool> checking = is_still_good(api, std::move(opener.token));
  bool is_good = co_await std::move(checking);
  if (!is_good) co_return socket.close(http::WebSocket::policy_error);
  std::vector<Channel> open;
  if (first) {
    open.push_back(*first);
    api.hub.subscribe(listener, *first);
  }
  while (true) {
    auto message = co_await socket.read();
    if (!message) co_return;
    co_await obey(api, listener, open, socket, std::move(*message));
  }
}

Task<http::Response> socket(Api& api, Request const& request) {
  auto params = request.read<StreamParams>();
  std::optional<Channel> first;
  if (params.stream && !params.stream->empty()) {
    auto opened = co_await open_channel(api, request.who, params);
    first = opened.value();
  }
  Opener opener = opener_of(request);
  // Browsers cannot set headers here: the token comes as the protocol, which must then be confirmed.
  std::string protocol(request.http.headers.find("Sec-WebSocket-Protocol").value_or(""));
  co_return http::websocket(
      [&api, opener, first](http::WebSocket& socket) { return serve_socket(api, opener, first, socket); }, protocol);
}

Task<http::Response> health(Api&, Request const&) { co_return http::text("OK"); }

using streaming::Kind;
constexpr Route routes[] = {
    {Method::get, "/api/v1/streaming", Scope::any_user, socket},
    {Method::get, "/api/v1/streaming/health", Scope::open, health},
    {Method::get, "/api/v1/streaming/user", Scope::read_statuses, events<Kind::user>},
    {Method::get, "/api/v1/streaming/user/notification", Scope::read_notifications, events<Kind::user_notification>},
    {Method::get, "/api/v1/streaming/public", Scope::any_user, events<Kind::everyone>},
    {Method::get, "/api/v1/streaming/public/local", Scope::any_user, events<Kind::local>},
    {Method::get, "/api/v1/streaming/public/remote", Scope::any_user, events<Kind::remote>},
    {Method::get, "/api/v1/streaming/hashtag", Scope::any_user, events<Kind::hashtag>},
    {Method::get, "/api/v1/streaming/hashtag/local", Scope::any_user, events<Kind::hashtag_local>},
    {Method::get, "/api/v1/streaming/list", Scope::read_lists, events<Kind::list>},
    {Method::get, "/api/v1/streaming/direct", Scope::read_statuses, events<Kind::direct>},
};

}  // namespace

std::span<Route const> streaming_routes() { return routes; }

}  // namespace posy::api
