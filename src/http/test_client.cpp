#include "http/test_client.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

namespace posy::http::testing {
namespace {

constexpr int patience_ms = 10'000;

void wait(int socket, short events) {
  pollfd wanted{socket, events, 0};
  if (::poll(&wanted, 1, patience_ms) <= 0)
    throw std::runtime_error("the server does nothing for ten seconds");
}

std::size_t number(std::string_view text, int base) {
  std::size_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{}) throw std::runtime_error("not a number: " + std::string(text));
  return value;
}

}  // namespace

RawSocket::RawSocket(std::uint16_t port, int receive_buffer_bytes)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer_bytes > 0) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close();
    throw std::runtime_error("cannot connect");
  }
}

RawSocket::~RawSocket() {
  close();
}

bool RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    wait(socket_, POLLOUT);
    ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EAGAIN) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string RawSocket::receive_some() {
  wait(socket_, POLLIN);
  std::array<char, 65536> buffer;
  ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
  return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string{};
}

std::string RawSocket::receive_all() {
  std::string all;
  for (std::string piece = receive_some(); !piece.empty(); piece = receive_some()) all += piece;
  return all;
}

std::string RawSocket::receive_until(std::string_view end) {
  std::string text;
  while (!text.ends_with(end)) {
    std::string byte = receive_exactly(1);
    if (byte.empty()) break;
    text += byte;
  }
  return text;
}

std::string RawSocket::receive_exactly(std::size_t bytes) {
  std::string text(bytes, '\0');
  std::size_t got = 0;
  while (got < bytes) {
    wait(socket_, POLLIN);
    ssize_t piece = ::recv(socket_, text.data() + got, bytes - got, 0);
    if (piece <= 0) break;
    got += static_cast<std::size_t>(piece);
  }
  text.resize(got);
  return text;
}

void RawSocket::shutdown_send() {
  ::shutdown(socket_, SHUT_WR);
}

void RawSocket::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void RawSocket::reset() {
  linger now{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close();
}

Answer receive_answer(RawSocket& socket, bool head) {
  Answer answer;
  std::string text = socket.receive_until("\r\n\r\n");
  if (!text.starts_with("HTTP/1.1 ") || !text.ends_with("\r\n\r\n")) {
    throw std::runtime_error("the stream ended before an answer");
  }
  answer.status = static_cast<unsigned>(number(std::string_view(text).substr(9, 3), 10));
  std::string_view rest = std::string_view(text).substr(text.find("\r\n") + 2);
  while (rest != "\r\n") {
    auto end = rest.find("\r\n");
    std::string_view line = rest.substr(0, end);
    auto colon = line.find(':');
    if (colon == line.npos) throw std::runtime_error("malformed header line");
    auto value = line.find_first_not_of(' ', colon + 1);
    answer.headers.add(line.substr(0, colon), value == line.npos ? std::string_view{} : line.substr(value));
    rest.remove_prefix(end + 2);
  }
  if (head || answer.status == 204 || answer.status == 304 || answer.status < 200) return answer;
  if (auto length = answer.headers.find("Content-Length")) {
    std::size_t bytes = number(*length, 10);
    answer.body = socket.receive_exactly(bytes);
    if (answer.body.size() != bytes) throw std::runtime_error("the stream ended inside an answer");
  } else {
    answer.body = socket.receive_all();
  }
  return answer;
}

Answer Client::post(std::string_view target, std::string_view body, std::string_view content_type,
                    Fields headers) {
  headers.emplace_back("Content-Type", content_type);
  return request("POST", target, headers, body);
}

Answer Client::request(std::string_view method, std::string_view target, Fields const& headers,
                       std::string_view body) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  bool has_host = false;
  for (auto const& [name, value] : headers) {
    has_host |= equals_ignoring_case(name, "Host");
    text += name + ": " + value + "\r\n";
  }
  if (!has_host) text += "Host: localhost\r\n";
  if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  text += "\r\n";
  text += body;
  if (!socket_) socket_.emplace(port_), ++connections_made_;
  socket_->send(text);  // an early refusal may close before all is sent; the answer still comes
  Answer answer = receive_answer(*socket_, method == "HEAD");
  if (equals_ignoring_case(answer.header("Connection"), "close")) socket_.reset();
  return answer;
}

}  // namespace posy::http::testing
