// The program under measurement, as an operator runs it, on a port and data of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace posy::bench {

class Program {
 public:
  // `database_url` as in the settings; the schema must be there. `settings`: further ones, as on the command line.
  Program(std::filesystem::path data_dir, std::string database_url, std::vector<std::string> settings = {});
  ~Program();
  Program(Program const&) = delete;
  Program& operator=(Program const&) = delete;

  // Ends it as a power cut would, on the spot; start() is the same server again.
  void kill_now();
  void start();

  std::uint16_t port() const { return port_; }
  double start_ms() const { return start_ms_; }  // from fork to the first answer
  double resident_mib() const;
  double peak_mib() const;  // the most it ever was
  double processor_seconds() const;

 private:
  std::filesystem::path data_dir_;
  std::vector<std::string> words_;  // of its command line
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  double start_ms_ = 0;
};

}  // namespace posy::bench
