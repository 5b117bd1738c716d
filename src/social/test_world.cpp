#include "social/test_world.hpp"

#include "store/migrations.hpp"
#include "store/relation.hpp"

namespace posy::social::testing {

World::World(db::Engine engine) : database(engine, store::migrations(), &clock) {
  site.host = "posy.test";
  site.account_domain = "posy.test";
  site.base_url = "https://posy.test";
}

Person World::add(std::string const& name, std::string const& domain) {
  store::Account account{
      .username = name,
      .username_key = name,
      .domain = domain,
      .fields = "[]",
      .created_at = clock.now(),
      .updated_at = clock.now(),
  };
  if (!domain.empty()) {
    account.uri = "https://" + domain + "/users/" + name;
    account.url = "https://" + domain + "/@" + name;
  }
  write([&](db::Writer& w) {
    account.id = w.make_id<AccountId>();
    store::insert_account(w, account);
    if (!domain.empty()) return;
    store::Login login{.account = account.id, .email = name + "@posy.test", .email_key = name + "@posy.test"};
    login.approved_at = clock.now();
    login.created_at = clock.now();
    store::insert_login(w, login);
  });
  return {this, account.id};
}

Person World::local(std::string const& name) {
  return add(name, "");
}
Person World::remote(std::string const& name, std::string const& domain) {
  return add(name, domain);
}

store::PostStats World::stats(PostId post) {
  return read([&](db::Reader& r) { return store::post_stats(r, {post}).at(0); });
}

std::int64_t World::posts_of(Person const& person) {
  return read([&](db::Reader& r) { return store::account_stats(r, {person.id}).at(0).posts; });
}

std::int64_t World::notifications(Person const& person, store::NotificationKind kind) {
  return read([&](db::Reader& r) {
    return r.one<std::int64_t>("select count(*) from notification where account = $1 and kind = $2",
                               person.id, kind);
  });
}

Draft Person::draft(std::string text) const {
  Draft draft;
  draft.author = id;
  draft.text = std::move(text);
  return draft;
}

Post Person::publishes(Draft const& draft) const {
  return world->write([&](db::Writer& w) { return publish(w, world->site, draft); });
}

Post Person::posts(std::string text, Visibility visibility) const {
  Draft draft = this->draft(std::move(text));
  draft.visibility = visibility;
  return publishes(draft);
}

Post Person::replies(Post const& to, std::string text, Visibility visibility) const {
  Draft draft = this->draft(std::move(text));
  draft.visibility = visibility;
  draft.in_reply_to = to.id;
  return publishes(draft);
}

bool Person::sees(Post const& post) const {
  return world->read([&](db::Reader& r) { return may_see(r, Viewer{id}, post); });
}

void Person::follows(Person const& other) const {
  world->write([&](db::Writer& w) {
    w.insert(
        "follow",
        store::Follow{.id = w.make_id<RowId>(), .account = id, .target = other.id, .created_at = w.now()});
  });
}

void Person::blocks(Person const& other) const {
  world->write([&](db::Writer& w) { w.insert("block", store::Block{w.make_id<RowId>(), id, other.id}); });
}

MediaId Person::uploads() const {
  return world->write([&](db::Writer& w) {
    store::Media media{.id = w.make_id<MediaId>(),
                       .account = id,
                       .state = store::MediaState::ready,
                       .kind = store::MediaKind::image,
                       .mime = "image/png",
                       .created_at = w.now(),
                       .free_since = w.now()};
    media.blob = "aa/" + media.id.str() + ".png";
    store::insert_media(w, media);
    return media.id;
  });
}

}  // namespace posy::social::testing
