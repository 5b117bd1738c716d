#include "social/trends.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_set>

#include "social/hidden.hpp"
#include "store/trend.hpp"

namespace posy::social {
namespace {

constexpr auto span_days = std::chrono::days{3};
constexpr int posts_looked_at_max = 20'000;
// One person alone makes no trend.
constexpr int people_min = 2;
constexpr int marks_min = 2;
// So many of the most liked are weighed by their age.
constexpr int candidates_max = 500;

store::TrendSpan span(db::Reader& r) {
  return {r.now() - span_days, posts_looked_at_max};
}

double strength(store::LikedPost const& liked, Time now) {
  using Days = std::chrono::duration<double, std::chrono::days::period>;
  return static_cast<double>(liked.marks) * std::exp2(-Days(now - time_of_id(liked.post.value)).count());
}

}  // namespace

std::vector<TagId> trending_tags(db::Reader& r) {
  return store::busiest_tags(r, span(r), people_min, trends_max);
}

std::vector<PostId> trending_posts(db::Reader& r) {
  auto liked = store::most_liked_posts(r, span(r), marks_min, candidates_max);
  auto weight = [now = r.now()](store::LikedPost const& one) {
    return std::pair(strength(one, now), one.post);
  };
  std::ranges::sort(liked, std::greater{}, weight);
  std::vector<PostId> out;
  std::unordered_set<AccountId> authors;
  for (auto const& candidate : liked) {
    if (out.size() == trends_max) break;
    if (authors.insert(candidate.author).second) out.push_back(candidate.post);
  }
  return out;
}

std::vector<PostId> without_hidden(db::Reader& r, Viewer viewer, std::vector<PostId> const& posts) {
  auto rows = store::posts_by_id(r, posts);
  std::vector<AccountId> authors;
  for (auto const& post : rows) authors.push_back(post.author);
  auto hidden = hidden_authors(r, viewer, authors);
  std::vector<PostId> out;
  for (auto id : posts) {
    auto row = std::ranges::find(rows, id, &store::Post::id);
    if (row != rows.end() && !hidden.contains(row->author)) out.push_back(id);
  }
  return out;
}

}  // namespace posy::social
