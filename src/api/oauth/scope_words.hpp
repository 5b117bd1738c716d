// What scopes allow, in words for the person who is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace posy::api {

struct ScopeWords {
  std::string_view scope;
  std::string_view title;
  std::string_view detail;
};

// One entry for each scope in the text, those that others cover left out, in the order of importance.
std::vector<ScopeWords> words_for(std::string_view scopes);

}  // namespace posy::api
