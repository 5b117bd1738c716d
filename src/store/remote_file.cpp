#include "store/remote_file.hpp"

#include <algorithm>

#include "base/enum_names.hpp"

namespace posy::store {
namespace {

constexpr EnumName<RemoteFileKind> kind_names[] = {{RemoteFileKind::original, "original"},
                                                   {RemoteFileKind::preview, "small"},
                                                   {RemoteFileKind::avatar, "avatars"},
                                                   {RemoteFileKind::header, "headers"},
                                                   {RemoteFileKind::emoji, "emoji"}};

constexpr std::size_t evicted_at_once = 100;

std::vector<std::string> unnamed(db::Reader& r, std::vector<std::string> blobs) {
  if (blobs.empty()) return {};
  auto named = r.all<std::string>("select blob from remote_file where blob in texts($1)", blobs);
  std::erase_if(blobs, [&](auto const& blob) { return std::ranges::find(named, blob) != named.end(); });
  std::ranges::sort(blobs);
  blobs.erase(std::unique(blobs.begin(), blobs.end()), blobs.end());
  return blobs;
}

void count(db::Writer& w, std::int64_t bytes) {
  w.run("update remote_file_total set bytes = bytes + $1 where id = 1", bytes);
}

}  // namespace

std::string_view name_of(RemoteFileKind kind) { return name_in(kind_names, kind); }

std::optional<RemoteFileKind> parse_enum(std::string_view name, RemoteFileKind*) { return find_in(kind_names, name); }

std::string remote_source(db::Reader& r, RemoteFileKind kind, std::int64_t owner) {
  auto find = [&](std::string_view sql) { return r.find<std::string>(sql, owner).value_or(""); };
  switch (kind) {
    case RemoteFileKind::original:
      return find(R"sql(
          select m.remote_url from media m join account a on a.id = m.account
          where m.id = $1 and m.post is not null and a.suspended_at is null
      )sql");
    case RemoteFileKind::preview:
      return find(R"sql(
          select m.remote_preview_url from media m join account a on a.id = m.account
          where m.id = $1 and m.post is not null and a.suspended_at is null
      )sql");
    case RemoteFileKind::avatar:
      return find(R"sql(
          select r.avatar_url from remote_account r join account a on a.id = r.account
          where r.account = $1 and a.suspended_at is null
      )sql");
    case RemoteFileKind::header:
      return find(R"sql(
          select r.header_url from remote_account r join account a on a.id = r.account
          where r.account = $1 and a.suspended_at is null
      )sql");
    case RemoteFileKind::emoji: return find("select url from custom_emoji where id = $1");
  }
  return {};
}

std::string remote_source_domain(db::Reader& r, RemoteFileKind kind, std::int64_t owner) {
  auto find = [&](std::string_view sql) { return r.find<std::string>(sql, owner).value_or(""); };
  switch (kind) {
    case RemoteFileKind::original:
    case RemoteFileKind::preview:
      return find("select a.domain from media m join account a on a.id = m.account where m.id = $1");
    case RemoteFileKind::avatar:
    case RemoteFileKind::header: return find("select domain from account where id = $1");
    case RemoteFileKind::emoji: return find("select domain from custom_emoji where id = $1");
  }
  return {};
}

std::optional<RemoteFile> find_remote_file(db::Reader& r, RemoteFileKind kind, std::int64_t owner) {
  return r.find<RemoteFile>("select :row from remote_file where kind = $1 and owner = $2", kind, owner);
}

std::vector<std::string> put_remote_file(db::Writer& w, RemoteFile const& file) {
  auto before = w.all<RemoteFile>("delete from remote_file where kind = $1 and owner = $2 returning :row", file.kind,
                                  file.owner);
  w.insert("remote_file", file);
  std::int64_t bytes = file.bytes;
  std::vector<std::string> blobs;
  for (auto const& old : before) {
    bytes -= old.bytes;
    blobs.push_back(old.blob);
  }
  count(w, bytes);
  return unnamed(w, std::move(blobs));
}

Evicted evict_remote_files(db::Writer& w, std::int64_t bytes_max) {
  auto left = w.one<std::int64_t>("select bytes from remote_file_total where id = 1");
  auto oldest = w.all<RemoteFile>("select :row from remote_file order by used_at limit $1",
                                  static_cast<std::int64_t>(evicted_at_once));
  std::vector<RowId> ids;
  for (auto const& file : oldest) {
    if (file.used_at > Time{} && left <= bytes_max) break;
    ids.push_back(file.id);
    left -= file.bytes;
  }
  if (ids.empty()) return {.is_over = true};
  // Another process may have been quicker: what counts is what was deleted here.
  auto gone = w.all<RemoteFile>("delete from remote_file where id in ids($1) returning :row", ids);
  std::int64_t freed = 0;
  std::vector<std::string> blobs;
  for (auto const& file : gone) {
    freed += file.bytes;
    blobs.push_back(file.blob);
  }
  count(w, -freed);
  return {.blobs = unnamed(w, std::move(blobs)), .is_over = gone.empty() || ids.size() < evicted_at_once};
}

void touch_remote_files(db::Writer& w, std::vector<RowId> const& ids) {
  if (ids.empty()) return;
  w.run("update remote_file set used_at = $2 where id in ids($1) and used_at > 0", ids, w.now());
}

void drop_remote_file(db::Writer& w, RemoteFileKind kind, std::int64_t owner) {
  w.run("update remote_file set used_at = 0 where kind = $1 and owner = $2", kind, owner);
}

void drop_remote_files(db::Writer& w, std::vector<MediaId> const& media) {
  if (media.empty()) return;
  w.run("update remote_file set used_at = 0 where kind in (0, 1) and owner in ids($1)", media);
}

void drop_remote_emojis(db::Writer& w, std::string const& domain) {
  w.run(R"sql(
      update remote_file set used_at = 0
      where kind = 4 and used_at > 0 and owner in (select id from custom_emoji where domain = $1)
  )sql",
        domain);
}

void drop_remote_files(db::Writer& w, AccountId account) {
  drop_remote_file(w, RemoteFileKind::avatar, account.value);
  drop_remote_file(w, RemoteFileKind::header, account.value);
  w.run(R"sql(
      update remote_file set used_at = 0
      where kind in (0, 1) and owner in (select id from media where account = $1)
  )sql",
        account);
}

}  // namespace posy::store
