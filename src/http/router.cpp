#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "base/encoding.hpp"

namespace posy::http {
namespace {

constexpr std::array methods{Method::get,   Method::head,    Method::post,   Method::put,
                             Method::patch, Method::delete_, Method::options};
using Endpoints = std::array<Endpoint const*, methods.size()>;

std::size_t index(Method method) {
  return static_cast<std::size_t>(method);
}

Endpoint const* endpoint_for(Endpoints const& endpoints, Method method) {
  Endpoint const* own = endpoints[index(method)];
  return own == nullptr && method == Method::head ? endpoints[index(Method::get)] : own;
}

// "@:name.rss" is the prefix "@", the name "name" and the suffix ".rss".
struct Variable {
  std::string_view prefix, name, suffix;
};

std::optional<Variable> variable_in(std::string_view segment) {
  auto colon = segment.find(':');
  if (colon == segment.npos) return {};
  auto end = segment.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", colon + 1);
  end = std::min(end, segment.size());
  return Variable{segment.substr(0, colon), segment.substr(colon + 1, end - colon - 1), segment.substr(end)};
}

}  // namespace

struct Router::Node {
  struct Branch {
    std::string prefix, name, suffix;
    std::unique_ptr<Node> node;
  };
  std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
  std::vector<Branch> variable;  // the ones with most fixed text first
  Endpoints here{};
  std::string tail_name;
  Endpoints tail{};

  Node& child(std::string_view segment, std::string const& pattern);
  Endpoint const* find(Method method, std::string_view rest, Match& match, unsigned& allowed) const;
  Endpoint const* take(Endpoints const& endpoints, Method method, unsigned& allowed) const;
};

Router::Node& Router::Node::child(std::string_view segment, std::string const& pattern) {
  auto wanted = variable_in(segment);
  if (!wanted) {
    auto& node = fixed[std::string(segment)];
    if (!node) node = std::make_unique<Node>();
    return *node;
  }
  if (wanted->name.empty()) throw std::invalid_argument("A parameter without a name: " + pattern);
  for (Branch& branch : variable) {
    if (branch.prefix != wanted->prefix || branch.suffix != wanted->suffix) continue;
    if (branch.name != wanted->name) {
      throw std::invalid_argument("Another pattern calls it :" + branch.name + ": " + pattern);
    }
    return *branch.node;
  }
  auto node = std::make_unique<Node>();
  Node& result = *node;
  std::size_t fixed_bytes = wanted->prefix.size() + wanted->suffix.size();
  auto place = std::ranges::find_if(
      variable, [&](Branch const& b) { return b.prefix.size() + b.suffix.size() < fixed_bytes; });
  variable.insert(place, {std::string(wanted->prefix), std::string(wanted->name), std::string(wanted->suffix),
                          std::move(node)});
  return result;
}

Endpoint const* Router::Node::take(Endpoints const& endpoints, Method method, unsigned& allowed) const {
  for (Method each : methods) {
    if (endpoints[index(each)] != nullptr) allowed |= 1u << index(each);
  }
  return endpoint_for(endpoints, method);
}

// `rest` is empty or begins with a slash. Goes no deeper than the patterns do, and sees no node twice.
Endpoint const* Router::Node::find(Method method, std::string_view rest, Match& match,
                                   unsigned& allowed) const {
  if (rest.empty() || rest == "/") {
    if (auto const* found = take(here, method, allowed)) return found;
  } else {
    auto end = std::min(rest.find('/', 1), rest.size());
    std::string_view raw = rest.substr(1, end - 1);
    bool encoded = raw.find('%') != raw.npos;
    std::string decoded = encoded ? percent_decode(raw) : std::string{};
    std::string_view segment = encoded ? std::string_view(decoded) : raw;
    if (auto next = fixed.find(segment); next != fixed.end()) {
      if (auto const* found = next->second->find(method, rest.substr(end), match, allowed)) return found;
    }
    for (Branch const& branch : variable) {
      std::size_t around = branch.prefix.size() + branch.suffix.size();
      if (segment.size() <= around) continue;
      if (!segment.starts_with(branch.prefix) || !segment.ends_with(branch.suffix)) continue;
      match.params.emplace_back(branch.name, segment.substr(branch.prefix.size(), segment.size() - around));
      if (auto const* found = branch.node->find(method, rest.substr(end), match, allowed)) return found;
      match.params.pop_back();
    }
  }
  auto const* found = take(tail, method, allowed);
  if (found != nullptr) {
    match.params.emplace_back(tail_name, percent_decode(rest.empty() ? rest : rest.substr(1)));
  }
  return found;
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Endpoint endpoint) {
  std::string const& pattern = endpoint.pattern;
  if (!pattern.starts_with('/')) throw std::invalid_argument("A pattern begins with a slash: " + pattern);
  if (!endpoint.handler) throw std::invalid_argument("A route without a handler: " + pattern);

  Node* node = root_.get();
  Endpoints* place = nullptr;
  std::string_view rest = pattern == "/" ? std::string_view{} : std::string_view(pattern);
  while (!rest.empty()) {
    auto end = std::min(rest.find('/', 1), rest.size());
    std::string_view segment = rest.substr(1, end - 1);
    rest.remove_prefix(end);
    if (segment.empty()) throw std::invalid_argument("An empty segment: " + pattern);
    if (segment.front() != '*') {
      node = &node->child(segment, pattern);
      continue;
    }
    if (!rest.empty() || segment.size() == 1) throw std::invalid_argument("A tail comes last: " + pattern);
    if (!node->tail_name.empty() && node->tail_name != segment.substr(1)) {
      throw std::invalid_argument("Another pattern calls the tail *" + node->tail_name + ": " + pattern);
    }
    node->tail_name = segment.substr(1);
    place = &node->tail;
  }
  if (place == nullptr) place = &node->here;
  Endpoint const*& slot = (*place)[index(endpoint.method)];
  if (slot != nullptr) {
    throw std::invalid_argument("Two routes: " + std::string(to_string(endpoint.method)) + " " + pattern);
  }
  endpoints_.push_back(std::make_unique<Endpoint>(std::move(endpoint)));
  slot = endpoints_.back().get();
}

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  unsigned allowed = 0;
  match.endpoint = root_->find(method, path, match, allowed);
  if (match.endpoint != nullptr || allowed == 0) return match;
  if (allowed & 1u << index(Method::get)) allowed |= 1u << index(Method::head);
  allowed |= 1u << index(Method::options);
  for (Method each : methods) {
    if (!(allowed & 1u << index(each))) continue;
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += to_string(each);
  }
  return match;
}

std::vector<Endpoint const*> Router::list() const {
  std::vector<Endpoint const*> all;
  for (auto const& endpoint : endpoints_) all.push_back(endpoint.get());
  return all;
}

}  // namespace posy::http
