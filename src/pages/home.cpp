// The front page, and what this server is.
#include "pages/families.hpp"
#include "pages/frame.hpp"
#include "pages/person.hpp"
#include "pages/words.hpp"
#include "store/instance.hpp"
#include "store/login.hpp"

namespace posy::pages {
namespace {

using html::Values;

Task<http::Response> show_home(Context& context, http::Request const& request);
Task<http::Response> show_about(Context& context, http::Request const& request);

constexpr Route routes[] = {
    {"/", show_home},  // a welcome before there is an owner; her profile while she is alone; then the people
    {"/about", show_about},
};

constexpr std::size_t bio_characters = 140;

void fill_people(Values& values, Context const& context, std::vector<store::Account> const& people,
                 db::Reader& r, Shows& shows) {
  if (people.empty()) return;
  auto emoji = load_posts(r, context.site, {}, shows, people).emoji;
  auto list = values.section("PEOPLE");
  for (auto const& person : people) {
    auto row = list.section("PERSON");
    row.set("PERSON_URL", account_path(context.site, person));
    row.set("AVATAR_URL", avatar_path(context.site, person));
    row.set_safe_html("NAME_HTML", name_html(person, emoji));
    row.set("HANDLE", handle_of(context.site, person));
    row.set_if_any("BIO", extract(person.note, bio_characters));
  }
}

void fill_site(Values& values, Context const& context) {
  values.set("INSTANCE", context.site.title);
  values.set_if_any("DESCRIPTION", context.site.description);
}

Head site_head(Context const& context, std::string title, std::string_view path) {
  auto const& site = context.site;
  Head head{.title = std::move(title),
            .description = site.description,
            .canonical = site.base_url + std::string(path)};
  head.open_graph = OpenGraph{.type = "website", .title = site.title, .description = site.description};
  return head;
}

std::string render_people(Context const& context, db::Reader& r, Shows& shows,
                          std::vector<store::Account> const& people) {
  Values values;
  fill_site(values, context);
  fill_people(values, context, people, r, shows);
  return in_frame(context, site_head(context, context.site.title, "/"),
                  context.templates.render("people.html", values));
}

std::string render_home(Context const& context, db::Reader& r, Shows& shows) {
  auto owner_id = store::contact_account(r);
  auto owner = owner_id ? store::find_account(r, *owner_id) : std::nullopt;
  auto people = discoverable_people(r);
  bool is_alone =
      std::ranges::all_of(people, [&](auto const& person) { return owner && person.id == owner->id; });
  if (owner && is_alone && !owner->suspended_at) return render_profile(context, r, shows, owner->username);
  return render_people(context, r, shows, people);
}

std::string render_welcome(Context const& context) {
  Values values;
  fill_site(values, context);
  Head head{.title = "Welcome", .hidden_from_search = true};
  return in_frame(context, head, context.templates.render("welcome.html", values));
}

std::string render_about(Context const& context, db::Reader& r, Shows& shows) {
  auto const& site = context.site;
  Values values;
  fill_site(values, context);
  values.set("DOMAIN", site.account_domain).set("VERSION", POSY_VERSION);
  values.set_if_any("CONTACT_EMAIL", site.contact_email);
  auto owner_id = store::contact_account(r);
  if (owner_id) {
    auto owner = store::find_account(r, *owner_id);
    if (owner && !owner->suspended_at) {
      auto emoji = load_posts(r, site, {}, shows, {*owner}).emoji;
      auto section = values.section("OWNER");
      section.set("PERSON_URL", account_path(site, *owner)).set("AVATAR_URL", avatar_path(site, *owner));
      section.set("HANDLE", handle_of(site, *owner));
      section.set_safe_html("NAME_HTML", name_html(*owner, emoji));
    }
  }
  auto others = discoverable_people(r);
  std::erase_if(others, [&](store::Account const& person) { return person.id == owner_id; });
  fill_people(values, context, others, r, shows);
  switch (site.registrations) {
    case social::Registrations::open:
      values.show("IF_OPEN");
      break;
    case social::Registrations::approval:
      values.show("IF_APPROVAL");
      break;
    case social::Registrations::closed:
      values.show("IF_CLOSED");
      break;
  }
  return in_frame(context, site_head(context, "About", "/about"),
                  context.templates.render("about.html", values));
}

Task<http::Response> show_home(Context& context, http::Request const&) {
  // Asked each time while there is nobody: that the owner has come is no event.
  auto known = context.answers.find("/");
  if (!known) {
    auto ask = [](db::Reader& r) { return store::has_owner(r); };
    bool has_owner = co_await context.db.read(ask);
    if (!has_owner) co_return answer_page(render_welcome(context), 200);
  }
  Render render_it = [&context](db::Reader& r, Shows& shows) {
    return Rendered{render_home(context, r, shows)};
  };
  Task<http::Response> answering = answer(context, Kind::page, "/", std::move(render_it));
  http::Response response = co_await std::move(answering);
  co_return response;
}

Task<http::Response> show_about(Context& context, http::Request const&) {
  Render render_it = [&context](db::Reader& r, Shows& shows) {
    return Rendered{render_about(context, r, shows)};
  };
  return answer(context, Kind::page, "/about", std::move(render_it));
}

}  // namespace

std::span<Route const> home_routes() {
  return routes;
}

}  // namespace posy::pages
