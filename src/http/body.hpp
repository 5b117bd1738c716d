// Takes the body of one request as it arrives: raw text, or the parts of a form with its files. Private.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/form.hpp"
#include "http/limits.hpp"
#include "http/multipart.hpp"
#include "http/request.hpp"

namespace posy::http {

// What the body of one request takes of the memory that there is for all.
class BodyRoom {
 public:
  BodyRoom(std::atomic<std::size_t>& used, std::size_t max) : used_(used), max_(max) {}
  ~BodyRoom() { give_back(); }
  BodyRoom(BodyRoom const&) = delete;
  BodyRoom& operator=(BodyRoom const&) = delete;

  bool take(std::size_t bytes) {
    taken_ += bytes;
    return used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= max_;
  }
  void give_back() { used_.fetch_sub(std::exchange(taken_, 0), std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t>& used_;
  std::size_t max_;
  std::size_t taken_ = 0;
};

class BodyReader final : private MultipartSink {
 public:
  BodyReader(Request& request, BodyRoom& room, std::size_t bytes_max, bool spool, Limits const& limits,
             std::filesystem::path const& spool_dir);
  ~BodyReader();
  BodyReader(BodyReader const&) = delete;
  BodyReader& operator=(BodyReader const&) = delete;

  // What is wrong with the Content-Type, before a byte has been read.
  Result<> check() const;
  void expect(std::size_t bytes);  // as Content-Length says
  Result<> write(std::string_view bytes);
  Result<> finish();  // merges what came into params and files

 private:
  enum class Kind { raw, form, json, multipart, broken };

  Result<> begin(MultipartPart const& part) override;
  Result<> data(std::string_view bytes) override;
  Result<> end() override;
  void open_file(MultipartPart const& part);

  Request& request_;
  BodyRoom& room_;
  std::size_t bytes_max_;
  bool spool_;
  Limits const& limits_;
  std::filesystem::path const& spool_dir_;
  Kind kind_ = Kind::raw;
  std::size_t bytes_ = 0;

  std::optional<MultipartParser> parser_;
  ParamTree fields_;
  bool is_file_ = false;
  std::string name_, value_;  // of the field under way
  std::size_t field_bytes_ = 0;
  int file_ = -1;  // where the file under way goes; its row is request_.files.back()
};

}  // namespace posy::http
