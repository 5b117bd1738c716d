#include "store/account_search.hpp"

#include <algorithm>

#include "store/prefix.hpp"
#include "text/characters.hpp"
#include "text/normalize.hpp"

namespace posy::store {
namespace {

constexpr std::size_t words_max = 16;        // of one account
constexpr std::size_t word_bytes_max = 120;  // longer ones are cut
constexpr std::size_t terms_max = 3;         // of a query; more words narrow no further
// So many names with a common beginning are put in order; what comes behind is found by typing more.
constexpr int candidates_max = 1000;

// Cut between characters.
std::string_view shorten(std::string_view word) {
  if (word.size() <= word_bytes_max) return word;
  std::size_t end = word_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xc0) == 0x80) --end;
  return word.substr(0, end);
}

// Letters and digits that stand together, folded; underscores and all else divide.
std::vector<std::string> split_words(std::string_view text, std::size_t max) {
  std::vector<std::string> words;
  std::size_t start = 0, at = 0;
  auto finish = [&](std::size_t end) {
    if (end <= start || words.size() >= max) return;
    std::string word(shorten(text::fold_tag(text.substr(start, end - start))));
    if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(std::move(word));
  };
  while (at < text.size()) {
    std::size_t before = at;
    char32_t c = text::next_character(text, at);
    if (text::is_word(c) && c != '_') continue;
    finish(before);
    start = at;
  }
  finish(text.size());
  return words;
}

struct Terms {
  std::vector<std::string> words;  // the longest first: it finds the fewest
  std::string domain;              // behind the second @, folded
  std::string username;            // the whole, when it may be one
};

Terms parse(AccountQuery const& query) {
  std::string_view text = query.text;
  while (!text.empty() && (text.front() == '@' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  Terms terms;
  if (auto at = text.find('@'); at != text.npos) {
    terms.domain = text::fold_username(text.substr(at + 1));
    if (terms.domain == query.account_domain) terms.domain.clear();
    text = text.substr(0, at);
  }
  terms.username = text::fold_username(text);
  // "a_b" is the beginning of a username as well as two words.
  if (text.find(' ') == text.npos && text.find('_') != text.npos)
    terms.words.emplace_back(shorten(terms.username));
  else
    terms.words = split_words(text, terms_max);
  std::ranges::sort(terms.words, [](auto const& a, auto const& b) { return a.size() > b.size(); });
  return terms;
}

}  // namespace

void index_names(db::Writer& w, Account const& account) {
  std::vector<std::string> words = split_words(account.display_name, words_max);
  for (auto& part : split_words(account.username_key, words_max)) words.push_back(std::move(part));
  words.emplace_back(shorten(account.username_key));
  auto kept = w.all<std::string>("select word from account_word where account = $1", account.id);
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::ranges::sort(kept);
  if (words == kept) return;
  w.run("delete from account_word where account = $1", account.id);
  // At most three times words_max rows, and only when a name changes.
  for (auto const& word : words)
    w.run("insert into account_word (word, account) values ($1, $2)", word, account.id);
}

std::vector<AccountId> search_accounts(db::Reader& r, AccountQuery const& query) {
  Terms terms = parse(query);
  if (terms.words.empty()) return {};
  terms.words.resize(terms_max);
  std::string const &first = terms.words[0], &second = terms.words[1], &third = terms.words[2];
  // The walk of the index is bounded; among those the viewer follows nobody is missed by that. Those who
  // blocked the viewer are hidden; those she blocked are not, or she could not find them to unblock them.
  return r.all<AccountId>(R"sql(
      select a.id
      from (
        select account from (
          select account from account_word where word >= $1 and word < $2 order by word limit $13
        ) near
        union
        select f.target from follow f
        where f.account = $7
          and exists (select 1 from account_word
                      where account = f.target and word >= $1 and word < $2)
      ) c
      join account a on a.id = c.account
      join account_stats s on s.account = a.id
      left join follow m on m.account = $7 and m.target = a.id
      where a.suspended_at is null
        and ($3 = '' or (select 1 from account_word
                         where account = a.id and word >= $3 and word < $4 limit 1) is not null)
        and ($5 = '' or (select 1 from account_word
                         where account = a.id and word >= $5 and word < $6 limit 1) is not null)
        and ($8 = '' or substr(a.domain, 1, length($8)) = $8)
        and ($9 = 0 or m.id is not null)
        and not exists (select 1 from block where account = a.id and target = $7)
      order by case when a.username_key = $10 then 0 else 1 end, case when m.id is null then 1 else 0 end,
               case when a.domain = '' then 0 else 1 end, s.followers desc, a.id
      limit $11 offset $12
  )sql",
                          first, end_of_prefix(first), second, end_of_prefix(second), third,
                          end_of_prefix(third), query.viewer, terms.domain, query.only_followed,
                          terms.username, query.limit, query.offset, candidates_max);
}

std::vector<AccountId> directory(db::Reader& r, AccountId viewer, DirectoryOrder order, bool local_only,
                                 int limit, int offset) {
  // Suspended, silenced and hidden people are left out. Local people are few enough to be sorted; of all
  // accounts an index is walked in the order wanted.
  if (local_only)
    return r.all<AccountId>(R"sql(
        select a.id from account a join account_stats s on s.account = a.id
        where a.domain = '' and a.discoverable = 1 and a.suspended_at is null and a.silenced_at is null
          and not exists (select 1 from block where account = $1 and target = a.id)
          and not exists (select 1 from block where account = a.id and target = $1)
          and not exists (select 1 from mute where account = $1 and target = a.id)
        order by case when $2 = 1 then a.id else coalesce(s.last_post_at, 0) end desc, a.id desc
        limit $3 offset $4
    )sql",
                            viewer, order, limit, offset);
  std::string_view sql = order == DirectoryOrder::newest ? R"sql(
      select a.id from account a
      where a.discoverable = 1 and a.suspended_at is null and a.silenced_at is null
        and not exists (select 1 from block where account = $1 and target = a.id)
        and not exists (select 1 from block where account = a.id and target = $1)
        and not exists (select 1 from mute where account = $1 and target = a.id)
      order by a.id desc
      limit $2 offset $3
  )sql"
                                                         : R"sql(
      select a.id from account_stats s join account a on a.id = s.account
      where s.last_post_at is not null
        and a.discoverable = 1 and a.suspended_at is null and a.silenced_at is null
        and not exists (select 1 from block where account = $1 and target = a.id)
        and not exists (select 1 from block where account = a.id and target = $1)
        and not exists (select 1 from mute where account = $1 and target = a.id)
      order by s.last_post_at desc
      limit $2 offset $3
  )sql";
  return r.all<AccountId>(sql, viewer, limit, offset);
}

}  // namespace posy::store
