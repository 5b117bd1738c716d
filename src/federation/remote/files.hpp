// Copies of other servers' pictures and recordings: fetched when somebody first asks, kept within a bound. What may
// be asked for is what a row of ours names, so nobody can choose an address.
//
// Nothing of a file is in memory: it goes to disk as it comes. Whoever asks for what is being fetched waits for the
// same fetch; what could not be had is not tried again for a while.
#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <unordered_map>

#include "base/worker_pool.hpp"
#include "federation/context.hpp"
#include "federation/remote/turns.hpp"
#include "media/blob_store.hpp"
#include "store/remote_file.hpp"

namespace posy::federation {

class Files {
 public:
  struct Options {
    std::filesystem::path work_dir;
    std::int64_t bytes_max;  // of all copies
  };
  Files(Context& context, media::BlobStore& blobs, Options options);

  struct Found {
    std::string blob;       // the copy, or
    std::string elsewhere;  // the address of a recording that is too large to copy
    std::filesystem::path path;
  };
  // On any loop. not_found: there is no such file, or it is nothing that is shown; unavailable: try later.
  Task<Result<Found>> find(store::RemoteFileKind kind, std::int64_t owner, std::string mark);

  // Not on a loop.
  void clean_up();

 private:
  struct Wanted {
    store::RemoteFileKind kind;
    std::int64_t owner;
    std::string url;
    bool may_stay_elsewhere;
    std::string key() const { return std::string(name_of(kind)) + "/" + std::to_string(owner); }
  };
  struct Fetching {
    Fetching(boost::asio::any_io_executor executor) : done(executor, boost::asio::steady_timer::time_point::max()) {}
    boost::asio::steady_timer done;  // cancelled when there is a result
    std::optional<Result<Found>> result;
  };
  struct Failed {
    std::string url;
    Result<Found> result;
    Time until;
  };

  Task<> touch(store::RemoteFile file);
  // These are on the loop of the client.
  Task<Result<Found>> fetch_once(Wanted wanted);
  Task<> run(Wanted wanted, std::shared_ptr<Fetching> fetching);
  Task<Result<Found>> fetch(Wanted const& wanted);
  Task<Result<Found>> download(Wanted const& wanted);
  void remember_failure(Wanted const& wanted, Result<Found> const& result);
  std::int64_t file_bytes_max(bool is_recording) const;
  // On a thread of the pool.
  Result<Found> keep(Wanted const& wanted, std::filesystem::path const& file);

  Context& context_;
  media::BlobStore& blobs_;
  Options options_;
  std::mutex blobs_mutex_;  // held by who adds a blob with its row, or takes away rows with their blobs
  Turns turns_;
  std::unordered_map<std::string, std::shared_ptr<Fetching>> fetching_;
  std::unordered_map<std::string, Failed> failed_;

  std::mutex touched_mutex_;
  std::set<RowId> touched_;
  Time touched_since_;
  WorkerPool pool_;  // last: its threads end before what they use
};

}  // namespace posy::federation
