#include "pages/emoji.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.hpp"
#include "pages/context.hpp"
#include "store/emoji.hpp"
#include "text/emoji.hpp"

namespace posy::pages {
namespace {

constexpr std::string_view code_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

}  // namespace

void Emoji::want(std::string_view domain, std::string_view text) {
  if (text.find(':') == text.npos) return;
  for (auto& code : text::find_shortcodes(text)) {
    codes_.insert(std::move(code));
    domains_.emplace(domain);
  }
}

void Emoji::load(db::Reader& r, social::Site const& site) {
  if (codes_.empty()) return;
  std::vector<std::string> domains(domains_.begin(), domains_.end()), codes(codes_.begin(), codes_.end());
  for (auto& emoji : store::emojis_by_code(r, domains, codes))
    paths_[emoji.domain][emoji.shortcode] = local_path(site, site.emoji_url(emoji));
}

// In clean HTML every "<" begins a tag, and no attribute holds a ">".
std::string Emoji::put_in(std::string_view domain, std::string html) const {
  auto known = paths_.find(domain);
  if (known == paths_.end()) return html;
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = html.find_first_of("<:", at)) != html.npos;) {
    if (html[at] == '<') {
      at = std::min(html.find('>', at), html.size());
      continue;
    }
    auto end = html.find_first_not_of(code_characters, at + 1);
    if (end == html.npos) break;
    std::string_view code = std::string_view(html).substr(at + 1, end - at - 1);
    auto found = html[end] == ':' ? known->second.find(code) : known->second.end();
    if (found == known->second.end()) {
      at = end;
      continue;
    }
    out.append(html, done, at - done);
    out += fmt::format(R"(<img class="custom-emoji" src="{}" alt=":{}:" title=":{}:" loading="lazy">)",
                       escape_html(found->second), code, code);
    done = at = end + 1;
  }
  return out.append(html, done);
}

}  // namespace posy::pages
