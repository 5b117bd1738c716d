// Copies of files of other servers, kept for a while so that readers here need not ask there. What is copied is
// named by a row of ours: the media of a post, an account, an emoji. The bytes are in a blob store of their own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "db/access.hpp"

namespace posy::store {

enum class RemoteFileKind { original, preview, avatar, header, emoji };
std::string_view name_of(RemoteFileKind kind);  // as in addresses: "original", "small", "avatars" ...
std::optional<RemoteFileKind> parse_enum(std::string_view name, RemoteFileKind*);

struct RemoteFile {
  RowId id;
  RemoteFileKind kind{};
  std::int64_t owner = 0;
  std::string url;
  std::string blob;
  std::int64_t bytes = 0;
  Time used_at;  // the beginning of time: nobody needs it any more
};
BOOST_DESCRIBE_STRUCT(RemoteFile, (), (id, kind, owner, url, blob, bytes, used_at))

// Where the file is to be had; empty when there is none, or when it is no longer shown.
std::string remote_source(db::Reader& r, RemoteFileKind kind, std::int64_t owner);
// Whose file it is: the domain of the account or emoji. Empty when there is none.
std::string remote_source_domain(db::Reader& r, RemoteFileKind kind, std::int64_t owner);
std::optional<RemoteFile> find_remote_file(db::Reader& r, RemoteFileKind kind, std::int64_t owner);

// In place of what was there. Returns the keys of blobs that no row names any more.
std::vector<std::string> put_remote_file(db::Writer& w, RemoteFile const& file);
// Deletes what nobody needs, and what was used longest ago until all together have `bytes_max`: some of it, so that
// no transaction becomes long.
struct Evicted {
  std::vector<std::string> blobs;  // that no row names any more
  bool is_over = false;            // nothing more is to go
};
Evicted evict_remote_files(db::Writer& w, std::int64_t bytes_max);
void touch_remote_files(db::Writer& w, std::vector<RowId> const& ids);

// Nobody needs them any more: they are not shown from now on, and deleted at the next eviction.
void drop_remote_file(db::Writer& w, RemoteFileKind kind, std::int64_t owner);
void drop_remote_files(db::Writer& w, std::vector<MediaId> const& media);
void drop_remote_emojis(db::Writer& w, std::string const& domain);
void drop_remote_files(db::Writer& w, AccountId account);  // her avatar, her header and those of all her posts

}  // namespace posy::store
