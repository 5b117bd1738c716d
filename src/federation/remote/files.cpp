#include "federation/remote/files.hpp"

#include "base/log.hpp"
#include "base/on_pool.hpp"
#include "federation/remote/fetch.hpp"
#include "federation/remote/spool.hpp"
#include "federation/vocabulary/iri.hpp"
#include "media/draft.hpp"
#include "media/inspect.hpp"
#include "store/media.hpp"

namespace posy::federation {

using store::RemoteFileKind;

namespace {

constexpr std::int64_t picture_bytes_max = 16 << 20;
constexpr std::int64_t recording_bytes_max = 40 << 20;  // a larger one stays where it is
constexpr std::int64_t files_in_cache_min = 2;          // no single file takes more than this part of the room
constexpr Turns::Bounds fetch_bounds{.at_once = 64,  // what comes goes to a file
                                     .for_one_host = 6,
                                     .waiting = 500,
                                     .longest_wait = std::chrono::milliseconds(15'000)};
constexpr std::chrono::milliseconds picture_time_max{20'000};
constexpr std::chrono::milliseconds recording_time_max{60'000};
constexpr std::chrono::minutes failure_kept{10};
constexpr std::size_t failures_max = 10'000;
constexpr std::size_t pool_threads = 2;  // one may wait for the disk or the database while another writes
constexpr std::size_t jobs_waiting_max = 200;
// When a copy was used is known to the day's quarter, and written for many at once.
constexpr std::chrono::hours touch_interval{6};
constexpr std::chrono::minutes touches_gathered{1};
constexpr std::size_t touches_max = 100;
constexpr std::string_view accepted = "image/*, video/*, audio/*";

Error later() { return {Refusal::unavailable, "The file cannot be had at the moment"}; }
Error none() { return not_found("There is no such file"); }

bool is_of_a_post(RemoteFileKind kind) { return kind == RemoteFileKind::original || kind == RemoteFileKind::preview; }

bool is_recording(store::MediaKind kind) {
  return kind == store::MediaKind::video || kind == store::MediaKind::audio || kind == store::MediaKind::gifv;
}

}  // namespace

Files::Files(Context& context, media::BlobStore& blobs, Options options)
    : context_(context),
      blobs_(blobs),
      options_(std::move(options)),
      turns_(context.client.executor(), fetch_bounds),
      pool_(pool_threads, jobs_waiting_max) {}

Task<Result<Files::Found>> Files::find(RemoteFileKind kind, std::int64_t owner, std::string mark) {
  struct Known {
    std::string url;
    std::string domain;
    std::optional<store::RemoteFile> file;
    bool is_recording = false;
  };
  auto look = [&](db::Reader& r) {
    Known known{.url = store::remote_source(r, kind, owner)};
    if (known.url.empty()) return known;
    known.domain = store::remote_source_domain(r, kind, owner);
    known.file = store::find_remote_file(r, kind, owner);
    if (kind != RemoteFileKind::original) return known;
    auto media = store::find_media(r, MediaId{owner});
    known.is_recording = media && is_recording(media->kind);
    return known;
  };
  Known known = co_await context_.db.read(look);
  // Not everybody may see every post: whoever was not told the address does not get its files by counting.
  bool was_told = !is_of_a_post(kind) || mark == social::mark_of(known.url);
  if (known.url.empty() || !was_told) co_return none();
  auto rule = context_.rules.rule_for(known.domain);
  if (rule.is_suspended() || rule.reject_media) {
    auto drop = [&](db::Writer& w) { store::drop_remote_file(w, kind, owner); };
    if (known.file && known.file->used_at > Time{}) co_await context_.db.write(drop);
    co_return none();
  }
  if (known.file && known.file->url == known.url && known.file->used_at > Time{}) {
    if (auto path = blobs_.path_of(known.file->blob)) {
      Found found{.blob = known.file->blob, .elsewhere = {}, .path = *path};
      Task<> touching = touch(std::move(*known.file));
      co_await std::move(touching);
      co_return found;
    }
  }
  Wanted wanted{kind, owner, known.url, known.is_recording};
  Task<Result<Found>> fetching = on_loop(context_, fetch_once(std::move(wanted)));
  Result<Found> found = co_await std::move(fetching);
  co_return found;
}

Task<> Files::touch(store::RemoteFile file) {
  auto now = context_.clock.now();
  if (file.used_at > now - touch_interval) co_return;
  std::vector<RowId> ids;
  {
    std::scoped_lock lock(touched_mutex_);
    touched_.insert(file.id);
    if (touched_.size() < touches_max && now < touched_since_ + touches_gathered) co_return;
    ids.assign(touched_.begin(), touched_.end());
    touched_.clear();
    touched_since_ = now;
  }
  auto act = [&](db::Writer& w) { store::touch_remote_files(w, ids); };
  co_await context_.db.write(act);
}

Task<Result<Files::Found>> Files::fetch_once(Wanted wanted) {
  auto key = wanted.key();
  if (auto failed = failed_.find(key); failed != failed_.end()) {
    if (failed->second.url == wanted.url && failed->second.until > context_.steady.now())
      co_return failed->second.result;
    failed_.erase(failed);
  }
  auto fetching = fetching_[key];
  if (!fetching) {
    fetching = fetching_[key] = std::make_shared<Fetching>(context_.client.executor());
    boost::asio::co_spawn(context_.client.executor(), run(std::move(wanted), fetching), boost::asio::detached);
  }
  if (!fetching->result) {
    boost::system::error_code woken;
    co_await fetching->done.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, woken));
  }
  co_return fetching->result.value_or(Result<Found>(later()));
}

Task<> Files::run(Wanted wanted, std::shared_ptr<Fetching> fetching) {
  Result<Found> result = later();
  try {
    Task<Result<Found>> working = fetch(wanted);
    result = co_await std::move(working);
  } catch (std::exception const& error) {
    log::error("copying {}: {}", wanted.url, error.what());
  }
  fetching->result = result;
  fetching_.erase(wanted.key());
  fetching->done.cancel();
}

Task<Result<Files::Found>> Files::fetch(Wanted const& wanted) {
  if (!is_iri(wanted.url) || context_.uris.is_ours(wanted.url)) co_return none();
  auto host = site_of(host_of(wanted.url));
  Task<bool> entering = turns_.enter(host);
  bool has_entered = co_await std::move(entering);
  if (!has_entered) co_return later();  // this server's own trouble: nothing to remember
  struct Leaving {
    Turns& turns;
    std::string const& host;
    ~Leaving() { turns.leave(host); }
  } leaving{turns_, host};
  Task<Result<Found>> downloading = download(wanted);
  Result<Found> result = co_await std::move(downloading);
  if (!result || !result->elsewhere.empty()) remember_failure(wanted, result);
  co_return result;
}

Task<Result<Files::Found>> Files::download(Wanted const& wanted) {
  bool is_large = wanted.may_stay_elsewhere;
  auto draft = std::make_shared<media::Draft const>(options_.work_dir, ".part");
  auto spool = std::make_shared<Spool>(pool_, draft->path());
  http::Outgoing outgoing{.url = wanted.url};
  outgoing.headers.set("Accept", accepted);
  outgoing.body_max = static_cast<std::size_t>(file_bytes_max(is_large));
  outgoing.total_timeout = is_large ? recording_time_max : picture_time_max;
  outgoing.may_reach = reaches_media(context_);
  outgoing.take_body = [spool](std::string_view bytes) {
    spool->take(bytes);
    return true;
  };
  outgoing.drain = [spool] { return spool->drain(); };
  auto sending = context_.client.send(std::move(outgoing));
  auto answer = co_await std::move(sending);
  if (!answer) {
    auto failure = answer.error().failure;
    log::debug("copying {}: {}", wanted.url, answer.error().message);
    if (failure == http::Failure::too_large && wanted.may_stay_elsewhere)
      co_return Found{.blob = {}, .elsewhere = wanted.url, .path = {}};
    co_return is_passing(failure) ? later() : none();
  }
  if (answer->status == 408 || answer->status == 429 || answer->status >= 500) co_return later();
  if (answer->status != 200) co_return none();
  Task<bool> finishing = spool->finish();
  bool was_written = co_await std::move(finishing);
  if (!was_written) co_return later();
  auto keep_it = [this, wanted, draft] { return keep(wanted, draft->path()); };
  Task<std::optional<Result<Found>>> keeping = result_on_pool(pool_, std::move(keep_it));
  std::optional<Result<Found>> kept = co_await std::move(keeping);
  co_return kept ? std::move(*kept) : Result<Found>(later());
}

Result<Files::Found> Files::keep(Wanted const& wanted, std::filesystem::path const& file) {
  // What it is called does not matter, and what it is must be on the list: no HTML, no SVG, nothing that acts.
  auto format = media::detect_format(file);
  bool is_shown = format && (wanted.kind == RemoteFileKind::original || format->kind == media::Kind::image);
  if (!is_shown) return none();
  auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(file));
  std::string blob;
  {
    // The same content has the same key: nobody removes the blob between its coming and its row.
    std::scoped_lock lock(blobs_mutex_);
    blob = blobs_.put(file, format->mime);
    auto act = [&](db::Writer& w) {
      store::RemoteFile row{.id = w.make_id<RowId>(),
                            .kind = wanted.kind,
                            .owner = wanted.owner,
                            .url = wanted.url,
                            .blob = blob,
                            .bytes = bytes,
                            .used_at = w.now()};
      return store::put_remote_file(w, row);
    };
    try {
      for (auto const& old : context_.db.write_now(act)) blobs_.remove(old);
    } catch (std::exception const& error) {
      log::error("keeping a copy: {}", error.what());
      // A file that no row names would stay for ever; one that another row names is fetched again.
      blobs_.remove(blob);
      return later();
    }
  }
  clean_up();
  auto path = blobs_.path_of(blob);
  if (!path) return later();
  return Found{.blob = blob, .elsewhere = {}, .path = *path};
}

void Files::clean_up() {
  auto act = [&](db::Writer& w) { return store::evict_remote_files(w, options_.bytes_max); };
  bool is_over = false;
  while (!is_over) {
    std::scoped_lock lock(blobs_mutex_);
    auto evicted = context_.db.write_now(act);
    for (auto const& blob : evicted.blobs) blobs_.remove(blob);
    is_over = evicted.is_over;
  }
}

void Files::remember_failure(Wanted const& wanted, Result<Found> const& result) {
  auto now = context_.steady.now();
  auto is_over = [&](auto const& one) { return one.second.until <= now; };
  if (failed_.size() >= failures_max) std::erase_if(failed_, is_over);
  if (failed_.size() >= failures_max) failed_.clear();
  failed_.insert_or_assign(wanted.key(), Failed{wanted.url, result, now + failure_kept});
}

std::int64_t Files::file_bytes_max(bool is_recording) const {
  return std::min(is_recording ? recording_bytes_max : picture_bytes_max, options_.bytes_max / files_in_cache_min);
}

}  // namespace posy::federation
