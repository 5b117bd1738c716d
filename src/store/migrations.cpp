#include "store/migrations.hpp"

#include <charconv>
#include <vector>

#include "base/assert.hpp"
#include "base/embedded.hpp"

namespace posy::store {

EmbeddedFiles embedded_migrations();  // made by the build (CMakeLists.txt)

namespace {

// "0001_first_light.sql" is number 1, "first_light".
std::vector<db::Migration> read_names() {
  std::vector<db::Migration> out;
  for (auto const& file : embedded_migrations()) {
    auto stem = file.name.substr(0, file.name.rfind('.'));
    int number = 0;
    auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
    POSY_ASSERT(error == std::errc{} && end != stem.data() + stem.size() && *end == '_');
    out.push_back({number, stem.substr(stem.find('_') + 1), file.content});
  }
  return out;
}

}  // namespace

std::span<db::Migration const> migrations() {
  static std::vector<db::Migration> const all = read_names();
  return all;
}

}  // namespace posy::store
