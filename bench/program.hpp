// The program under measurement, as an operator runs it, on a port and data of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace posy::bench {

class Program {
 public:
  // `database_url` as in the settings; the schema must be there.
  Program(std::filesystem::path data_dir, std::string database_url);
  ~Program();
  Program(Program const&) = delete;
  Program& operator=(Program const&) = delete;

  std::uint16_t port() const { return port_; }
  double start_ms() const { return start_ms_; }  // from fork to the first answer
  double resident_mib() const;

 private:
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  double start_ms_ = 0;
};

}  // namespace posy::bench
