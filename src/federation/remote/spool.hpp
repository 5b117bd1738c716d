// What comes from the network, on its way into a file: gathered in memory until it is worth a job, then written by a
// thread of the pool, so that a slow disk holds up no loop. Whoever reads waits meanwhile, so little is in memory.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "base/worker_pool.hpp"

namespace posy::federation {

class Spool : public std::enable_shared_from_this<Spool> {
 public:
  Spool(WorkerPool& pool, std::filesystem::path file) : pool_(pool), file_(std::move(file)) {}

  void take(std::string_view bytes) { waiting_ += bytes; }
  // Writes when there is much. False: it cannot be written, or too much else is to be.
  Task<bool> drain();
  // Writes the rest and closes the file; likewise.
  Task<bool> finish();

 private:
  Task<bool> write(bool is_last);

  WorkerPool& pool_;
  std::filesystem::path file_;
  std::string waiting_;
  std::ofstream out_;  // of the thread that writes, one at a time
};

}  // namespace posy::federation
