#include "pages/post_parts.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "pages/essay.hpp"
#include "pages/person.hpp"
#include "pages/prose.hpp"
#include "pages/words.hpp"
#include "store/title.hpp"

namespace posy::pages {
namespace {

using html::Values;

bool is_one_of_many(Look look) {
  return look == Look::listed || look == Look::answer;
}

bool has_ended(store::Poll const& poll, Time now) {
  return poll.expires_at && *poll.expires_at <= now;
}

std::string poll_summary(store::Poll const& poll, std::int64_t votes, bool ended) {
  std::string out =
      poll.multiple ? counted(poll.voters, "person", "people") + " voted" : counted(votes, "vote", "votes");
  if (ended) return out + " · ended";
  if (poll.expires_at) out += " · open until " + long_date(*poll.expires_at);
  return out;
}

void fill_poll(Values poll, PostView const& view, Emoji const& emoji, Time now) {
  bool ended = has_ended(*view.poll, now);
  bool hidden = view.poll->hide_totals && !ended;
  std::int64_t votes = 0, most = 1;
  for (auto const& option : view.options) {
    votes += option.votes;
    most = std::max(most, option.votes);
  }
  auto all = view.poll->multiple ? view.poll->voters : votes;
  for (auto const& option : view.options) {
    auto row = poll.section("OPTION");
    row.set("LABEL", option.title);
    row.set_safe_html("LABEL_HTML", emoji.put_in(view.author.domain, escape_html(option.title)));
    if (hidden) continue;
    auto share = all > 0 ? (option.votes * 100 + all / 2) / all : 0;
    row.section("RESULT").set("SHARE", std::min<std::int64_t>(share, 100)).set("LABEL", option.title);
    row.show_if(option.votes == most, "IF_LEADING");
  }
  poll.set("SUMMARY", hidden ? poll_summary(*view.poll, votes, ended) + " · results at the end"
                             : poll_summary(*view.poll, votes, ended));
}

void fill_quote(Values quote, Context const& context, PostView const& view, Emoji const& emoji) {
  auto const& site = context.site;
  quote.set("POST_URL", local_path(site, site.post_url(view.post, view.author)));
  quote.set("AVATAR_URL", avatar_path(site, view.author));
  quote.set_safe_html("AUTHOR_NAME_HTML", name_html(view.author, emoji));
  quote.set("HANDLE", handle_of(site, view.author));
  quote.set_if_any("LANG", view.post.language);
  // What stands behind a notice is read at its own place.
  if (!view.post.notice.empty())
    quote.set_if_any("NOTICE", view.post.notice);
  else
    quote.section("TEXT").set_safe_html(
        "CONTENT_HTML", prose(emoji, view.author.domain,
                              store::is_essay(view.post) ? essay_teaser(context, view) : view.post.content));
  if (!view.media.empty())
    quote.set_if_any("ATTACHED",
                     counted(static_cast<std::int64_t>(view.media.size()), "attachment", "attachments"));
}

void fill_body(Values body, Context const& context, PostView const& view, Emoji const& emoji, Time now,
               Look look) {
  if (!view.post.content.empty() || !view.post.title.empty()) {
    auto text = body.section("TEXT");
    text.set_if_any("LANG", view.post.language);
    auto html = store::is_essay(view.post) ? essay_teaser(context, view) : view.post.content;
    text.set_safe_html("CONTENT_HTML", prose(emoji, view.author.domain, std::move(html)));
  }
  if (view.poll) fill_poll(body.section("POLL"), view, emoji, now);
  if (!view.media.empty()) {
    bool covered = hides_media(view) && view.post.notice.empty();
    auto place = body.section(covered ? "COVERED_MEDIA" : "OPEN_MEDIA");
    auto media = place.include("MEDIA", "media.html");
    auto const* cover = cover_of(view);
    auto const& shown = store::is_essay(view.post) && cover ? std::vector<store::Media>{*cover} : view.media;
    fill_media(media, context.site, shown, look);
  }
  if (view.quote) fill_quote(body.section("QUOTE"), context, *view.quote, emoji);
}

void fill_footer(Values& values, PostView const& view, Look look) {
  std::pair<std::int64_t, std::pair<std::string_view, std::string_view>> const counts[] = {
      {view.stats.replies, {"reply", "replies"}},
      {view.stats.boosts, {"boost", "boosts"}},
      {view.stats.favourites, {"favourite", "favourites"}},
      {view.stats.quotes, {"quote", "quotes"}}};
  bool any = std::ranges::any_of(counts, [](auto const& count) { return count.first > 0; });
  if (!any && !view.post.edited_at && is_one_of_many(look)) return;
  auto footer = values.section("FOOTER");
  if (!is_one_of_many(look)) footer.section("FULL_DATE").set("DATE", long_date(view.post.created_at));
  if (view.post.edited_at)
    footer.section("EDITED")
        .set("DATETIME", to_rfc3339(*view.post.edited_at))
        .set("DATE", short_date(*view.post.edited_at));
  if (any) {
    auto list = footer.section("COUNTS");
    for (auto const& [number, words] : counts)
      if (number > 0)
        list.section("COUNT")
            .set("NUMBER", short_number(number))
            .set("WORD", number == 1 ? words.first : words.second);
  }
}

}  // namespace

bool hides_media(PostView const& view) {
  return view.post.sensitive || !view.post.notice.empty();
}

void fill_post(Values& values, Context const& context, PostView const& view, Emoji const& emoji, Time now,
               Look look) {
  auto const& site = context.site;
  values.show_if(look == Look::focus, "IF_FOCUS").show_if(look == Look::card, "IF_CARD");
  values.show_if(view.pinned, "IF_PINNED");
  if (view.booster) {
    auto boost = values.section("BOOSTED");
    boost.set("BOOSTER_URL", account_path(site, *view.booster));
    boost.set_safe_html("BOOSTER_NAME_HTML", name_html(*view.booster, emoji));
  }
  if (view.reply_to && look != Look::answer) {
    auto reply = values.section("ANSWERS");
    reply.set("ANSWERED_URL", account_path(site, *view.reply_to));
    reply.set_safe_html("ANSWERED_NAME_HTML", name_html(*view.reply_to, emoji));
  }
  values.set("POST_ID", view.post.id.value);
  values.set("POST_URL", local_path(site, site.post_url(view.post, view.author)));
  values.set("AUTHOR_URL", account_path(site, view.author));
  values.set("AUTHOR_NAME", name_of(view.author));
  values.set_safe_html("AUTHOR_NAME_HTML", name_html(view.author, emoji));
  values.set("AVATAR_URL", avatar_path(site, view.author));
  values.set("HANDLE", handle_of(site, view.author));
  values.set("DATETIME", to_rfc3339(view.post.created_at));
  values.set("DATE", short_date(view.post.created_at));
  values.show_if(is_one_of_many(look), "IF_LISTED");  // the others say it in full at their end
  if (view.post.notice.empty()) {
    auto open = values.section("OPEN");
    fill_body(open.include("BODY", "post_body.html"), context, view, emoji, now, look);
  } else {
    auto covered = values.section("COVERED");
    covered.set_safe_html("NOTICE_HTML", emoji.put_in(view.author.domain, escape_html(view.post.notice)));
    fill_body(covered.include("BODY", "post_body.html"), context, view, emoji, now, look);
  }
  fill_footer(values, view, look);
}

void fill_posts(Values& list, Context const& context, PostViews const& views, Time now) {
  for (auto const& view : views.posts) {
    auto item = list.section("ITEM");
    auto post = item.include("POST", "post.html");
    fill_post(post, context, view, views.emoji, now, Look::listed);
  }
}

}  // namespace posy::pages
