#include "federation/previews/page.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "base/on_pool.hpp"
#include "federation/previews/picture.hpp"
#include "federation/remote/actors.hpp"
#include "http/url.hpp"
#include "social/links.hpp"
#include "store/profile_field.hpp"
#include "text/page_metadata.hpp"

namespace posy::federation {
namespace {

constexpr std::chrono::seconds fetch_time_max{15};

Error nothing_to_see(std::string sentence) { return {Refusal::unprocessable, std::move(sentence)}; }

bool may_work_later(http::Failure failure) {
  switch (failure) {
    case http::Failure::cannot_look_up:
    case http::Failure::cannot_connect:
    case http::Failure::timed_out:
    case http::Failure::disconnected:
    case http::Failure::stopped:
      return true;
    default:
      return false;
  }
}

bool is_page(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return type == "text/html" || type == "application/xhtml+xml";
}

// Where the client asks over https alone, a link from older days is tried so too.
std::string address_of(Context const& context, std::string const& link) {
  constexpr std::string_view plain = "http://";
  auto normal = social::normal_link(link).value_or(link);
  bool is_upgraded = normal.starts_with(plain) && context.site.base_url.starts_with("https://");
  return is_upgraded ? "https://" + normal.substr(plain.size()) : normal;
}

Task<Result<http::Incoming>> fetch_page(Context& context, std::string url) {
  if (context.uris.is_ours(url)) co_return nothing_to_see("is of this server");
  http::Outgoing outgoing{.url = std::move(url)};
  outgoing.headers.set("Accept", "text/html, application/xhtml+xml;q=0.9");
  outgoing.body_max = text::page_bytes_max;
  outgoing.cut_body = true;
  outgoing.may_reach = reaches_web(context);
  outgoing.total_timeout = fetch_time_max;
  auto sending = context.client.send(std::move(outgoing));
  auto answer = co_await std::move(sending);
  if (!answer) {
    auto refusal = may_work_later(answer.error().failure) ? Refusal::unavailable : Refusal::unprocessable;
    co_return Error{refusal, answer.error().message + " " + answer.error().detail};
  }
  auto status = answer->status;
  if (status == 408 || status == 429 || status >= 500)
    co_return Error{Refusal::unavailable, fmt::format("answered with {}", status)};
  if (status != 200) co_return nothing_to_see(fmt::format("answered with {}", status));
  if (!is_page(answer->headers.find("Content-Type").value_or(""))) co_return nothing_to_see("is no page");
  if (context.uris.is_ours(answer->final_url)) co_return nothing_to_see("leads to this server");
  co_return std::move(*answer);
}

Task<Result<text::PageMetadata>> read_page(PreviewTools const& tools, http::Incoming const& answer) {
  std::string type(answer.headers.find("Content-Type").value_or(""));
  auto read = [body = answer.body, type = std::move(type)] {
    return text::read_page_metadata(text::page_to_utf8(body, type));
  };
  Task<std::optional<text::PageMetadata>> reading = result_on_pool(tools.pool, std::move(read));
  std::optional<text::PageMetadata> metadata = co_await std::move(reading);
  if (!metadata) co_return Error{Refusal::unavailable, "too much else is to be done"};
  co_return std::move(*metadata);
}

// "press.example" speaks for "www.press.example".
bool allows(store::Account const& account, std::string_view host) {
  if (account.suspended_at) return false;
  auto domains = store::decode_domains(account.attribution_domains);
  while (!host.empty()) {
    if (std::ranges::find(domains, host) != domains.end()) return true;
    auto dot = host.find('.');
    host = dot == host.npos ? std::string_view{} : host.substr(dot + 1);
  }
  return false;
}

Task<std::optional<store::Account>> find_named(Context& context, std::string handle) {
  auto at = handle.find('@');
  auto name = handle.substr(0, at), domain = handle.substr(at + 1);
  bool is_local = domain == context.site.account_domain || domain == context.site.host;
  AccountId known;
  if (!is_local) {
    Task<Result<AccountId>> finding = find_handle(context, std::move(handle));
    Result<AccountId> found = co_await std::move(finding);
    if (!found) co_return std::nullopt;
    known = *found;
  }
  auto load = [&](db::Reader& r) {
    return is_local ? store::find_account(r, name, "") : store::find_account(r, known);
  };
  co_return co_await context.db.read(load);
}

// The account that the page names as its author, if that account says so too.
Task<AccountId> find_creator(Context& context, std::string handle, std::string host) {
  Task<std::optional<store::Account>> finding = find_named(context, std::move(handle));
  std::optional<store::Account> account = co_await std::move(finding);
  if (!account) co_return AccountId{};
  if (!allows(*account, host) && account->uri) {
    // She may have said so since she was looked at last.
    Task<Result<AccountId>> looking = find_actor(context, *account->uri, Freshness::recent);
    co_await std::move(looking);
    auto load = [&](db::Reader& r) { return store::find_account(r, account->id); };
    account = co_await context.db.read(load);
  }
  co_return account && allows(*account, host) ? account->id : AccountId{};
}

// Believed for another address on the same host only: nobody may lend himself another one's name.
std::string shown_address(http::Url const& page, std::string const& canonical) {
  auto said = canonical.empty() ? Result<http::Url>(page) : http::resolve_url(page, canonical);
  return said && said->host == page.host ? said->text() : page.text();
}

// A picture that cannot be had now stays as it was seen before.
Task<> add_picture(Context& context, PreviewTools const& tools, std::string url, store::LinkPreview const& before,
                   store::LinkPreview& preview) {
  Task<Result<PreviewPicture>> fetching = fetch_picture(context, tools, std::move(url));
  Result<PreviewPicture> picture = co_await std::move(fetching);
  if (!picture) {
    log::debug("preview {}: no picture: {}", preview.id.value, picture.error().message);
    preview.image = before.image;
    preview.image_width = before.image_width;
    preview.image_height = before.image_height;
    preview.blurhash = before.blurhash;
    co_return;
  }
  preview.image = picture->blob;
  preview.image_width = picture->width;
  preview.image_height = picture->height;
  preview.blurhash = picture->blurhash;
}

}  // namespace

Task<Result<store::LinkPreview>> fetch_preview(Context& context, PreviewTools const& tools,
                                               store::LinkPreview asked) {
  Task<Result<http::Incoming>> fetching = fetch_page(context, address_of(context, asked.link));
  Result<http::Incoming> answer = co_await std::move(fetching);
  if (!answer) co_return answer.error();
  auto page = http::parse_url(answer->final_url);
  if (!page) co_return page.error();
  Task<Result<text::PageMetadata>> reading = read_page(tools, *answer);
  Result<text::PageMetadata> metadata = co_await std::move(reading);
  if (!metadata) co_return metadata.error();
  if (metadata->title.empty()) co_return nothing_to_see("has no title");

  store::LinkPreview preview{.id = asked.id, .state = store::PreviewState::found};
  preview.url = shown_address(*page, metadata->canonical);
  preview.title = metadata->title;
  preview.description = metadata->description;
  preview.language = metadata->language;
  preview.author_name = metadata->author_name;
  preview.provider_name = metadata->provider_name;
  preview.published_at = metadata->published_at;
  if (!metadata->creator.empty()) {
    Task<AccountId> finding = find_creator(context, metadata->creator, page->host);
    preview.creator = co_await std::move(finding);
  }
  auto image = metadata->image.empty() ? Result<http::Url>(Error{}) : http::resolve_url(*page, metadata->image);
  if (image && !context.rules.rule_for_web(page->host).reject_media) {
    preview.image_description = metadata->image_description;
    Task<> adding = add_picture(context, tools, image->text(), asked, preview);
    co_await std::move(adding);
  }
  co_return preview;
}

}  // namespace posy::federation
