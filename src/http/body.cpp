#include "http/body.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "base/random.hpp"

namespace posy::http {
namespace {

constexpr std::size_t reserve_bytes_max = 1 << 20;  // more is only believed when it has come

std::string_view media_type(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  auto last = content_type.find_last_not_of(" \t");
  return last == content_type.npos ? std::string_view{} : content_type.substr(0, last + 1);
}

Error too_much() { return {Refusal::unavailable, "Too much is being sent to this server. Please try again later."}; }

[[noreturn]] void fail(char const* what) {
  throw std::system_error(errno, std::system_category(), what);
}

}  // namespace

BodyReader::BodyReader(Request& request, BodyRoom& room, std::size_t bytes_max, bool spool, Limits const& limits,
                       std::filesystem::path const& spool_dir)
    : request_(request),
      room_(room),
      bytes_max_(bytes_max),
      spool_(spool),
      limits_(limits),
      spool_dir_(spool_dir),
      fields_({limits.params_max, limits.depth_max}) {
  std::string_view content_type = request.headers.find("Content-Type").value_or("");
  std::string_view type = media_type(content_type);
  if (equals_ignoring_case(type, "application/json")) kind_ = Kind::json;
  if (equals_ignoring_case(type, "application/x-www-form-urlencoded")) kind_ = Kind::form;
  if (equals_ignoring_case(type, "multipart/form-data")) {
    auto boundary = multipart_boundary(content_type);
    kind_ = boundary ? Kind::multipart : Kind::broken;
    MultipartSink& sink = *this;
    if (boundary) parser_.emplace(*boundary, sink, MultipartLimits{.parts_max = limits.params_max});
  }
}

BodyReader::~BodyReader() {
  if (file_ >= 0) ::close(file_);
}

Result<> BodyReader::check() const {
  if (kind_ == Kind::broken) return Error{Refusal::bad_request, "Malformed multipart boundary"};
  return {};
}

void BodyReader::expect(std::size_t bytes) {
  if (kind_ != Kind::multipart) request_.body.reserve(std::min(bytes, reserve_bytes_max));
}

Result<> BodyReader::write(std::string_view bytes) {
  bytes_ += bytes.size();
  if (bytes_ > bytes_max_) return Error{Refusal::too_large, "The request is too large"};
  if (parser_) return parser_->feed(bytes);
  if (!room_.take(bytes.size())) return too_much();
  request_.body += bytes;
  return {};
}

Result<> BodyReader::finish() {
  ParamLimits limits{limits_.params_max, limits_.depth_max};
  if (kind_ == Kind::raw || (kind_ != Kind::multipart && bytes_ == 0)) return {};
  if (kind_ == Kind::multipart) {
    if (auto finished = parser_->finish(); !finished) return finished;
    merge_params(request_.params, fields_.take());
    return {};
  }
  auto params =
      kind_ == Kind::json ? parse_json_body(request_.body, limits) : parse_form(request_.body, limits);
  if (!params) return params.error();
  merge_params(request_.params, std::move(*params));
  return {};
}

Result<> BodyReader::begin(MultipartPart const& part) {
  is_file_ = part.filename.has_value();
  name_ = part.name;
  value_.clear();
  if (!is_file_ || !spool_) return {};
  if (request_.files.size() >= limits_.files_max) return Error{Refusal::too_large, "Too many files"};
  open_file(part);
  return {};
}

Result<> BodyReader::data(std::string_view bytes) {
  if (!is_file_) {
    field_bytes_ += bytes.size();
    if (field_bytes_ > limits_.field_bytes_max) return Error{Refusal::too_large, "The request is too large"};
    if (!room_.take(bytes.size())) return too_much();
    value_ += bytes;
    return {};
  }
  if (!spool_) return {};
  request_.files.back().bytes += bytes.size();
  while (!bytes.empty()) {
    ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("writing an uploaded file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<> BodyReader::end() {
  if (!is_file_) return fields_.add(name_, value_);
  if (!spool_) return {};
  int file = std::exchange(file_, -1);
  if (::close(file) != 0) fail("closing an uploaded file");
  // Browsers send a nameless empty file where none was chosen.
  File const& last = request_.files.back();
  if (last.bytes == 0 && last.filename.empty()) request_.files.pop_back();
  return {};
}

void BodyReader::open_file(MultipartPart const& part) {
  auto path = spool_dir_ / ("posy-upload-" + random_token(12));
  file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file_ < 0) fail("making a file for an upload");
  std::shared_ptr<void> removal(static_cast<void*>(nullptr), [path](void*) { ::unlink(path.c_str()); });
  request_.files.push_back({.name = part.name,
                            .filename = *part.filename,
                            .content_type = part.content_type,
                            .path = path,
                            .bytes = 0,
                            .removal = std::move(removal)});
}

}  // namespace posy::http
