#include "social/delivery_progress.hpp"

#include <fmt/format.h>

#include <charconv>

#include "social/live.hpp"
#include "store/post.hpp"
#include "store/tombstone.hpp"

namespace posy::social {
namespace {

constexpr int sent_max = 20;               // activities of one post
constexpr int hosts_looked_at_max = 1000;  // for the time of the next try

struct Meaning {
  int from, to;
  std::string_view words;
};
constexpr Meaning meanings[] = {
    {300, 399, "It says that it has moved elsewhere"},
    {401, 401, "It does not believe the signature"},
    {403, 403, "It refuses what comes from here"},
    {404, 404, "It does not know this address"},
    {408, 408, "It did not wait for the whole"},
    {410, 410, "Nobody is there any more"},
    {413, 413, "It is too large for it"},
    {429, 429, "It asks for more time between two deliveries"},
    {400, 499, "It does not want this"},
    {502, 504, "It is overloaded or being mended"},
    {500, 599, "It has an error of its own"},
};

}  // namespace

Result<DeliveryProgress> find_progress(db::Reader& r, AccountId who, PostId id) {
  auto post = store::find_post(r, id);
  auto tombstone = post ? std::nullopt : store::find_tombstone(r, id);
  auto author = post ? post->author : tombstone ? tombstone->author : AccountId{};
  if (!author || author != who) return not_found();
  DeliveryProgress out{.sent = store::sent_of(r, id, sent_max), .reach = {}, .next_try = {}};
  if (auto reach = store::find_reach(r, id)) out.reach = reach->reach;
  bool waits = !out.sent.empty() && out.sent.front().waiting > 0;
  if (waits) out.next_try = store::next_try(r, out.sent.front().id, hosts_looked_at_max);
  return out;
}

void note_progress(db::Writer& w, std::vector<RowId> const& outgoing) {
  for (auto const& [post, sender] : store::told_by(w, outgoing)) tell(w, Live::delivery_progress, sender, post.value);
}

std::string told_reason(std::string_view error) {
  constexpr std::string_view answered = "answered with ";
  if (!error.starts_with(answered)) return std::string(error);
  int status = 0;
  auto digits = error.substr(answered.size());
  auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), status);
  if (failure != std::errc{}) return std::string(error);
  for (auto const& [from, to, words] : meanings)
    if (status >= from && status <= to) return fmt::format("{} ({})", words, status);
  return fmt::format("It answers something that cannot be understood ({})", status);
}

}  // namespace posy::social
