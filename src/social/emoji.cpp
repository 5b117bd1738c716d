#include "social/emoji.hpp"

#include <algorithm>

#include "store/emoji.hpp"
#include "store/remote_file.hpp"

namespace posy::social {
namespace {

void drop_picture(db::Writer& w, RowId emoji) {
  store::drop_remote_file(w, store::RemoteFileKind::emoji, emoji.value);
}

// An old post that is looked up late must not bring back the old picture.
void change(db::Writer& w, store::CustomEmoji const& known, ArrivedEmoji const& arrived) {
  if (arrived.updated && *arrived.updated < known.updated_at) return;
  bool is_newer = arrived.updated && std::min(*arrived.updated, w.now()) > known.updated_at;
  if (arrived.url == known.url && !is_newer) return;
  store::update_emoji(w, known.id, arrived.url, std::min(arrived.updated.value_or(known.updated_at), w.now()));
  drop_picture(w, known.id);
}

}  // namespace

void keep_emojis(db::Writer& w, std::string const& domain, std::vector<ArrivedEmoji> const& arrived) {
  if (arrived.empty() || domain.empty()) return;
  std::vector<std::string> codes;
  for (auto const& one : arrived) codes.push_back(one.shortcode);
  auto known = store::emojis_by_code(w, domain, codes);
  std::optional<std::int64_t> count;
  for (auto const& one : arrived) {
    auto found = std::ranges::find(known, one.shortcode, &store::CustomEmoji::shortcode);
    if (found != known.end()) {
      change(w, *found, one);
      continue;
    }
    if (!count) count = store::count_emojis(w, domain);
    if (++*count > emojis_of_server_max) {
      auto first = store::first_emoji(w, domain);
      if (!first) return;
      store::delete_emoji(w, first->id);
      drop_picture(w, first->id);
      --*count;
    }
    store::CustomEmoji emoji{.id = w.make_id<RowId>(), .shortcode = one.shortcode, .domain = domain};
    emoji.visible = false;
    emoji.updated_at = std::min(one.updated.value_or(Time{}), w.now());
    emoji.url = one.url;
    store::insert_emoji(w, emoji);
  }
}

}  // namespace posy::social
