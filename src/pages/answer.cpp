#include "pages/context.hpp"

namespace posy::pages {
namespace {

#define POSY_PAGE_POLICY                                                                                  \
  "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri " \
  "'none'; frame-ancestors "
constexpr std::string_view page_policy = POSY_PAGE_POLICY "'none'";
constexpr std::string_view embed_policy = POSY_PAGE_POLICY "*";
constexpr std::string_view feed_policy = "default-src 'none'; sandbox";
#undef POSY_PAGE_POLICY

// Asked again each time, which costs us a 304: a deleted post is gone at once.
constexpr std::string_view always_ask = "public, no-cache";

std::string_view policy_of(Kind kind) {
  switch (kind) {
    case Kind::page:
      return page_policy;
    case Kind::embed:
      return embed_policy;
    case Kind::rss:
    case Kind::atom:
      break;
  }
  return feed_policy;
}

std::string_view mime_of(Kind kind) {
  switch (kind) {
    case Kind::rss:
      return "application/rss+xml; charset=utf-8";
    case Kind::atom:
      return "application/atom+xml; charset=utf-8";
    case Kind::page:
    case Kind::embed:
      break;
  }
  return "text/html; charset=utf-8";
}

http::Response respond(Kind kind, Rendered rendered) {
  if (!rendered.redirect.empty()) return http::redirect(302, rendered.redirect);
  auto etag = serving::etag_of(rendered.body);
  auto body = std::make_shared<std::string const>(std::move(rendered.body));
  auto response = http::shared(std::move(body), mime_of(kind), always_ask, etag);
  response.headers.add("Content-Security-Policy", policy_of(kind));
  return response;
}

}  // namespace

Task<http::Response> answer(Context& context, Kind kind, std::string address, Render render) {
  auto page = context.answers.find(address);
  if (!page) {
    serving::Make make = [kind, render = std::move(render)](db::Reader& r, Shows& shows) {
      return serving::Made{respond(kind, render(r, shows))};
    };
    Task<serving::Answers::Pointer> making =
        context.answers.get(context.db, std::move(address), serving::Late::a_moment, std::move(make));
    page = co_await std::move(making);
  }
  co_return serving::response_of(*page);
}

http::Response answer_page(std::string body, unsigned status) {
  auto response = http::html(std::move(body), status);
  response.headers.add("Content-Security-Policy", page_policy);
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.headers.add("Cache-Control", "no-store");
  return response;
}

std::string local_path(social::Site const& site, std::string url) {
  if (url.starts_with(site.base_url) && url.substr(site.base_url.size()).starts_with('/'))
    url.erase(0, site.base_url.size());
  return url;
}

}  // namespace posy::pages
