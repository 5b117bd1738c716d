#include "store/filter.hpp"

namespace posy::store {

std::vector<Filter> filters_of(db::Reader& r, AccountId account) {
  return r.all<Filter>("select :row from filter where account = $1 order by id", account);
}

std::optional<Filter> find_filter(db::Reader& r, AccountId account, FilterId id) {
  return r.find<Filter>("select :row from filter where id = $1 and account = $2", id, account);
}

std::vector<FilterKeyword> keywords_of(db::Reader& r, std::vector<FilterId> const& filters) {
  if (filters.empty()) return {};
  return r.all<FilterKeyword>("select :row from filter_keyword where filter in ids($1) order by id", filters);
}

std::vector<FilterPost> filter_posts_of(db::Reader& r, std::vector<FilterId> const& filters) {
  if (filters.empty()) return {};
  return r.all<FilterPost>("select :row from filter_post where filter in ids($1) order by id", filters);
}

std::optional<FilterKeyword> find_keyword(db::Reader& r, AccountId account, RowId id) {
  return r.find<FilterKeyword>(
      "select :row(k) from filter_keyword k join filter f on f.id = k.filter where k.id = $1 and f.account = "
      "$2",
      id, account);
}

std::optional<FilterPost> find_filter_post(db::Reader& r, AccountId account, RowId id) {
  return r.find<FilterPost>(
      "select :row(p) from filter_post p join filter f on f.id = p.filter where p.id = $1 and f.account = $2",
      id, account);
}

void insert_filter(db::Writer& w, Filter const& filter) {
  w.insert("filter", filter);
}

void update_filter(db::Writer& w, Filter const& filter) {
  w.run("update filter set title = $2, contexts = $3, action = $4, expires_at = $5 where id = $1", filter.id,
        filter.title, filter.contexts, filter.action, filter.expires_at);
}

void delete_filter(db::Writer& w, FilterId id) {
  w.run("delete from filter where id = $1", id);
}

void insert_keyword(db::Writer& w, FilterKeyword const& keyword) {
  w.insert("filter_keyword", keyword);
}

void update_keyword(db::Writer& w, FilterKeyword const& keyword) {
  w.run("update filter_keyword set keyword = $2, whole_word = $3 where id = $1", keyword.id, keyword.keyword,
        keyword.whole_word);
}

void delete_keywords(db::Writer& w, FilterId filter, std::vector<RowId> const& ids) {
  if (!ids.empty()) w.run("delete from filter_keyword where id in ids($1) and filter = $2", ids, filter);
}

bool insert_filter_post(db::Writer& w, FilterPost const& post) {
  return w.insert_new("filter_post", post);
}

void delete_filter_post(db::Writer& w, RowId id) {
  w.run("delete from filter_post where id = $1", id);
}

}  // namespace posy::store
