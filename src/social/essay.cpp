#include "social/essay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "social/compose.hpp"
#include "store/essay_slug.hpp"
#include "text/plain.hpp"
#include "text/slug.hpp"

namespace posy::social {
namespace {

constexpr auto invalid = Refusal::unprocessable;
constexpr int slugs_looked_at = 200;  // hers that begin alike
// What stands at that place in addresses already.
constexpr std::string_view reserved[] = {"media", "with-replies", "embed", "feed", "followers", "following", "tagged"};
constexpr std::string_view nameless = "essay";

bool is_picture_of(store::Media const& media, AccountId author) {
  return media.account == author && media.remote_url.empty() && media.kind == store::MediaKind::image &&
         media.state == store::MediaState::ready;
}

bool is_reserved(std::string_view slug) { return std::ranges::find(reserved, slug) != std::end(reserved); }

}  // namespace

void check_essay(std::string_view text, std::string_view summary) {
  if (text.size() > essay_bytes_max)
    refuse(invalid, fmt::format("Validation failed: Text is too long (maximum is {} bytes)", essay_bytes_max));
  if (text::longest_paragraph(text) > text::essay_paragraph_bytes_max)
    refuse(invalid, fmt::format("Validation failed: A paragraph is too long (maximum is {} bytes)",
                                text::essay_paragraph_bytes_max));
  if (text::count_characters(summary) > summary_characters_max)
    refuse(invalid,
           fmt::format("Validation failed: Summary is too long (maximum is {} characters)", summary_characters_max));
}

std::vector<MediaId> media_named_in(std::string_view text) {
  constexpr std::string_view scheme = "media:";
  std::vector<MediaId> out;
  for (auto at = text.find(scheme); at != text.npos && out.size() < text::pictures_max; at = text.find(scheme, at)) {
    at += scheme.size();
    auto end = std::min(text.find_first_not_of("0123456789", at), text.size());
    auto id = parse_id(text.substr(at, end - at));
    if (id && std::ranges::find(out, MediaId{*id}) == out.end()) out.push_back(MediaId{*id});
  }
  return out;
}

text::Composed compose_essay(db::Reader& r, Site const& site, AccountId author, std::string_view text) {
  std::map<std::int64_t, store::Media> pictures;
  for (auto& media : store::media_by_id(r, media_named_in(text)))
    if (is_picture_of(media, author)) pictures.emplace(media.id.value, std::move(media));
  auto find = [&](std::int64_t id) -> std::optional<text::Picture> {
    auto found = pictures.find(id);
    if (found == pictures.end()) return {};
    auto const& media = found->second;
    return text::Picture{site.media_url(media), media.description, media.width, media.height};
  };
  return compose(r, site, text, text::SourceType::essay, find);
}

std::vector<MediaId> media_of_essay(MediaId cover, text::Composed const& composed,
                                    std::vector<MediaId> const& attached) {
  std::vector<MediaId> out;
  auto add = [&](MediaId id) {
    if (id && std::ranges::find(out, id) == out.end()) out.push_back(id);
  };
  add(cover);
  for (auto id : composed.pictures) add(MediaId{id});
  for (auto id : attached) add(id);
  return out;
}

std::string choose_slug(db::Reader& r, AccountId author, PostId post, std::string_view wanted,
                        std::string_view title) {
  if (!wanted.empty()) {
    if (!text::is_slug(wanted) || is_reserved(wanted)) refuse(invalid, "Validation failed: Slug is invalid");
    auto taken = store::find_slug(r, author, wanted);
    if (taken && taken->post != post) refuse(invalid, "Validation failed: Slug has already been taken");
    return std::string(wanted);
  }
  auto base = text::make_slug(title);
  if (base.empty() || is_reserved(base)) base = nameless;
  auto like = store::slugs_like(r, author, base, slugs_looked_at);
  auto is_free = [&](std::string const& slug) {
    auto found = std::ranges::find(like, slug, &store::EssaySlug::slug);
    return found == like.end() || found->post == post;
  };
  if (is_free(base)) return base;
  for (int number = 2; number <= slugs_looked_at; ++number)
    if (auto slug = fmt::format("{}-{}", base, number); is_free(slug)) return slug;
  return fmt::format("{}-{}", base, to_milliseconds(r.now()));
}

}  // namespace posy::social
