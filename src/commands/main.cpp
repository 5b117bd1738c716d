// posy: a social server for a person whose audience is bigger than her server.
#include <cstdio>

#include "base/error.hpp"
#include "commands/commands.hpp"
#include "db/failure.hpp"

int main(int argc, char** argv) {
  using namespace posy;
  CLI::App app{"A social server for a person whose audience is bigger than her server"};
  app.name("posy");
  app.set_version_flag("--version", "posy " POSY_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(40);
  commands::add_serve(app);
  commands::add_account(app);
  commands::add_token(app);
  commands::add_domain(app);
  commands::add_deliveries(app);
  commands::add_backup(app);
  commands::add_check(app);
  commands::add_settings(app);
  commands::add_types(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (CLI::ParseError const& error) {
    return app.exit(error);
  } catch (db::Failure const& failure) {
    bool const is_full = failure.kind() == db::FailureKind::full;
    std::fprintf(stderr, "posy: %s%s\n", is_full ? "There is no space left on the disk. " : "", failure.what());
    return 1;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "posy: %s\n", error.what());
    return 1;
  }
}
