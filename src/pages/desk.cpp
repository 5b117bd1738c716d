// The desk: files that the build made of web/, and its one page for every address below /desk/.
//
// What is in assets/ has its content's hash in its name and is never asked for again. Everything else, the page and
// the service worker too, is asked for each time and mostly costs a 304.
#include <algorithm>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "html/desk.hpp"
#include "http/headers.hpp"
#include "pages/families.hpp"
#include "store/login.hpp"

namespace posy::pages {
namespace {

Task<http::Response> show_desk(Context& context, http::Request const& request);
Task<http::Response> interact(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/desk/*path", show_desk},
    {"/authorize_interaction", interact},
};

constexpr std::size_t uri_bytes_max = 2048;

constexpr std::string_view root = "/desk";
constexpr std::string_view hashed = "assets/";
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";
constexpr std::string_view ask_again = "no-cache";

// Own scripts and styles only, none of them written into a page. Pictures and recordings come from here as well:
// those of other servers have addresses of ours (social/site.hpp). `blob:` is what somebody is about to upload,
// `data:` the tiny pictures in style sheets.
std::string policy_of(social::Site const& site) {
  auto const& here = site.base_url;
  return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; manifest-src 'self'; "
         "worker-src 'self'; img-src 'self' " +
         here + " data: blob:; media-src 'self' " + here + " blob:; connect-src 'self' " + here + " " +
         site.streaming_url() + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

// Whether Accept-Encoding names it, and not with a weight of nothing (RFC 9110, section 12.5.3).
bool takes(std::string_view accepted, std::string_view coding) {
  while (!accepted.empty()) {
    auto end = std::min(accepted.find(','), accepted.size());
    auto entry = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    auto blank = [](char c) { return c == ' ' || c == '\t'; };
    auto name = entry.substr(0, entry.find(';'));
    while (!name.empty() && blank(name.front())) name.remove_prefix(1);
    while (!name.empty() && blank(name.back())) name.remove_suffix(1);
    if (!http::equals_ignoring_case(name, coding)) continue;
    auto weight = entry.find("q=");
    return weight == entry.npos || entry.find_first_of("123456789", weight) != entry.npos;
  }
  return false;
}

// The list of what was built keeps its name.
bool is_named_by_content(std::string_view name) { return name.starts_with(hashed) && !name.ends_with(".json"); }

struct Form {
  std::string_view bytes;
  std::string_view coding;  // empty: as it is
};

Form best_form(html::DeskFile const& file, http::Request const& request) {
  auto accepted = request.headers.find("Accept-Encoding").value_or("");
  if (!file.brotli.empty() && takes(accepted, "br")) return {file.brotli, "br"};
  if (!file.gzip.empty() && takes(accepted, "gzip")) return {file.gzip, "gzip"};
  return {file.content, {}};
}

http::Response send(Context const& context, html::DeskFile const& file, http::Request const& request) {
  auto form = best_form(file, request);
  auto etag = "\"" + std::string(file.version) + std::string(form.coding) + "\"";
  auto response = http::shared(std::make_shared<std::string const>(form.bytes), file.media_type,
                               is_named_by_content(file.name) ? for_ever : ask_again, etag);
  if (!form.coding.empty()) response.headers.add("Content-Encoding", form.coding);
  if (!file.gzip.empty()) response.headers.add("Vary", "Accept-Encoding");
  response.headers.add("Content-Security-Policy", policy_of(context.site));
  return response;
}

html::DeskFile const* find(std::span<html::DeskFile const> files, std::string_view name) {
  auto found = std::ranges::lower_bound(files, name, {}, &html::DeskFile::name);
  return found == files.end() || found->name != name ? nullptr : &*found;
}

Task<http::Response> show_desk(Context& context, http::Request const& request) {
  // The service worker answers for what is below "/desk/", which "/desk" is not.
  std::string_view target = request.target;
  auto raw = target.substr(0, target.find('?'));
  if (raw == root) co_return http::redirect(308, std::string(root) + "/" + std::string(target.substr(raw.size())));

  auto name = request.path_param("path");
  if (auto const* file = find(context.desk, name); file && file->name != "index.html")
    co_return send(context, *file, request);
  // A page here would be taken for the script that an older page asks for.
  if (name.starts_with(hashed)) refuse(Refusal::not_found, "There is no such file");
  auto const* page = find(context.desk, "index.html");
  if (!page) refuse(Refusal::not_found, "There is no desk here");

  auto ask = [](db::Reader& r) { return store::has_owner(r); };
  bool has_owner = co_await context.db.read(ask);
  if (has_owner) co_return send(context, *page, request);
  auto to_welcome = http::redirect(302, "/");
  to_welcome.headers.add("Cache-Control", "no-store");
  co_return to_welcome;
}

// Where other servers send people of this one who want to follow or answer somebody there (the subscribe template of
// WebFinger): to what it is about, as the desk finds it.
Task<http::Response> interact(Context&, http::Request const& request) {
  auto const* param = request.params.if_contains("uri");
  std::string_view uri = param && param->is_string() ? std::string_view(param->get_string()) : std::string_view();
  if (uri.starts_with("acct:")) uri.remove_prefix(5);
  if (uri.empty() || uri.size() > uri_bytes_max) refuse(Refusal::bad_request, "The parameter uri is missing");
  co_return http::redirect(302, "/desk/search?q=" + percent_encode(uri));
}

}  // namespace

std::span<Route const> desk_routes() {
  return routes;
}

}  // namespace posy::pages
