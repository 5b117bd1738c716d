// Which of somebody's filters a post meets. Time is linear in the text for each keyword, whatever keyword and
// text are: both may come from people who mean no good.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "store/filter.hpp"

namespace posy::social {

// Everything that matching needs, made ready. Does not change and may be shared by threads; it is out of date
// when Live::filters_changed names its owner.
class FilterSet {
 public:
  struct Keyword {
    std::string text;  // as its owner wrote it
    std::string folded;
    bool bound_left = false;  // no letter or digit may stand beside a match on this side
    bool bound_right = false;
  };
  struct Entry {
    store::Filter filter;
    std::vector<Keyword> keywords;
    std::unordered_set<PostId> posts;
  };

  bool empty() const { return entries.empty(); }
  std::vector<Entry> entries;
};

FilterSet load_filters(db::Reader& r, AccountId account);

struct FilterMatch {
  store::Filter const* filter;  // lives in the FilterSet
  std::vector<std::string> keywords;
  bool post = false;  // the filter names the post itself
};

// `contexts`: bits of store::FilterContext, of which a filter must have one. `text`: what the post says, as
// plain text. Expired filters match nothing.
std::vector<FilterMatch> match(FilterSet const& filters, int contexts, std::string_view text, PostId post,
                               Time now);

}  // namespace posy::social
