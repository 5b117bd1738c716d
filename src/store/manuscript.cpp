#include "store/manuscript.hpp"

namespace posy::store {

std::optional<Manuscript> find_manuscript(db::Reader& r, RowId id) {
  return r.find<Manuscript>("select :row from manuscript where id = $1", id);
}

std::optional<Manuscript> find_manuscript_of(db::Reader& r, PostId post) {
  return r.find<Manuscript>("select :row from manuscript where post = $1 order by id limit 1", post);
}

std::vector<ManuscriptHead> manuscripts_by(db::Reader& r, AccountId account, Page const& page) {
  static PagedSql const sql(R"sql(
      select id, post, version, created_at, updated_at, title, summary, substr(text, 1, 300) as beginning, cover
      from manuscript where account = $4 and :page(id)
  )sql");
  return sql.all<ManuscriptHead>(r, page, account);
}

std::int64_t count_manuscripts(db::Reader& r, AccountId account) {
  return r.one<std::int64_t>("select count(*) from manuscript where account = $1", account);
}

void insert_manuscript(db::Writer& w, Manuscript const& manuscript) {
  w.insert("manuscript", manuscript);
}

bool update_manuscript(db::Writer& w, Manuscript const& m, std::int64_t before) {
  auto changed = w.run(R"sql(
      update manuscript set
        version = $3, updated_at = $4, title = $5, summary = $6, slug = $7, text = $8, source_type = $9, notice = $10,
        sensitive = $11, language = $12, visibility = $13, quote_policy = $14, cover = $15, media = $16
      where id = $1 and version = $2
  )sql",
                       m.id, before, m.version, m.updated_at, m.title, m.summary, m.slug, m.text, m.source_type,
                       m.notice, m.sensitive, m.language, m.visibility, m.quote_policy, m.cover, m.media);
  return changed == 1;
}

void delete_manuscript(db::Writer& w, RowId id) {
  w.run("delete from manuscript where id = $1", id);
}

void hold_media(db::Writer& w, RowId manuscript, std::vector<MediaId> const& media) {
  w.run("delete from manuscript_media where manuscript = $1", manuscript);
  w.run("insert into manuscript_media (manuscript, media) select $1, id from media where id in ids($2)", manuscript,
        media);
}

std::vector<MediaId> held_media(db::Reader& r, RowId manuscript) {
  return r.all<MediaId>("select media from manuscript_media where manuscript = $1", manuscript);
}

std::vector<VersionHead> versions_of(db::Reader& r, RowId manuscript, int limit) {
  return r.all<VersionHead>(R"sql(
      select version, begun_at, saved_at, title, length(text) as characters
      from manuscript_version where manuscript = $1 order by version desc limit $2
  )sql",
                            manuscript, limit);
}

std::optional<ManuscriptVersion> find_version(db::Reader& r, RowId manuscript, std::int64_t version) {
  return r.find<ManuscriptVersion>("select :row from manuscript_version where manuscript = $1 and version = $2",
                                   manuscript, version);
}

void insert_version(db::Writer& w, ManuscriptVersion const& version) {
  w.insert("manuscript_version", version);
}

void delete_version(db::Writer& w, RowId manuscript, std::int64_t version) {
  w.run("delete from manuscript_version where manuscript = $1 and version = $2", manuscript, version);
}

void delete_versions_up_to(db::Writer& w, RowId manuscript, std::int64_t version) {
  w.run("delete from manuscript_version where manuscript = $1 and version <= $2", manuscript, version);
}

}  // namespace posy::store
