#include "federation/remote/threads.hpp"

#include <deque>
#include <map>
#include <set>

#include "federation/remote/actors.hpp"
#include "federation/remote/pages.hpp"
#include "federation/remote/posts.hpp"
#include "federation/vocabulary/activity.hpp"
#include "federation/vocabulary/iri.hpp"
#include "social/join_thread.hpp"
#include "store/awaited.hpp"
#include "store/remote_thread.hpp"

namespace posy::federation {

using store::Visibility;

namespace {

constexpr Manners manners{.requests = 100,
                          .per_host = 60,
                          .strangers = 10,
                          .pause = std::chrono::milliseconds(50),
                          .time = std::chrono::seconds(180)};
constexpr int pages_max = 5;              // of one collection
constexpr int posts_max = 100;            // new ones, a run
constexpr int posts_per_host_max = 60;
constexpr int posts_per_author_max = 25;
constexpr int depth_max = 10;             // below the post whose replies were asked for first
constexpr int known_max = 100;            // posts of the thread that are asked for their replies again
constexpr std::size_t branches_max = 300;
constexpr std::size_t orphans_max = 50;   // posts of the thread whose parent was not met yet
constexpr std::size_t orphan_bytes_max = 50'000;

// A collection that is to be walked.
struct Branch {
  std::string collection;
  std::string parent;  // the post that its items answer; empty: any post of the thread
  int depth = 0;
};

class Search {
 public:
  Search(Context& context, std::shared_ptr<std::atomic<int>> found) : context_(context), found_(std::move(found)) {}

  Task<> run(PostId opened) {
    Task<bool> preparing = prepare(opened);
    bool is_worth_it = co_await std::move(preparing);
    while (is_worth_it && !branches_.empty() && has_room()) {
      Branch branch = std::move(branches_.front());
      branches_.pop_front();
      Task<> walking = walk(std::move(branch));
      co_await std::move(walking);
    }
  }

 private:
  bool has_room() const { return kept_ < posts_max && errand_.left() > 0; }

  void add(std::string const& collection, std::string const& parent, int depth) {
    if (collection.empty() || context_.uris.is_ours(collection) || depth > depth_max) return;
    if (!parent.empty() && !is_same_origin(collection, parent)) return;
    if (branches_.size() >= branches_max || !seen_.insert(collection).second) return;
    branches_.push_back({collection, parent, depth});
  }

  // The collections that are known, those of the post that was opened and of the first of the thread before others.
  Task<bool> prepare(PostId opened) {
    auto load = [&](db::Reader& r) { return store::find_post(r, opened); };
    std::optional<store::Post> post = co_await context_.db.read(load);
    if (!post || post->boost_of || post->visibility == Visibility::direct) co_return false;
    Task<> climbing = climb(post->thread);
    co_await std::move(climbing);
    post = co_await context_.db.read(load);
    if (!post) co_return false;
    thread_ = post->thread;
    Task<> first = add_of(post->thread);
    co_await std::move(first);
    if (post->thread != opened) {
      Task<> second = add_of(opened);
      co_await std::move(second);
    }
    auto links_of = [&](db::Reader& r) { return store::thread_links(r, thread_, known_max); };
    std::vector<store::ThreadLink> links = co_await context_.db.read(links_of);
    for (auto const& link : links) add(link.replies, link.uri, 0);
    co_return true;
  }

  // What the first post of the thread answers may be had by now, or be here already: it was being written at the same
  // moment.
  Task<> climb(PostId first) {
    auto find = [&](db::Reader& r) { return store::find_awaiting(r, first); };
    std::optional<store::Awaiting> awaiting = co_await context_.db.read(find);
    if (!awaiting) co_return;
    Task<Result<PostId>> finding = find_post(context_, awaiting->parent, &errand_);
    Result<PostId> parent = co_await std::move(finding);
    if (!parent) co_return;
    auto place = [&](db::Writer& w) {
      auto post = store::find_post(w, *parent);
      if (post && post->uri == awaiting->parent) social::place_waiting(w, *post);
    };
    co_await context_.db.write(place);
  }

  Task<> add_of(PostId id) {
    std::optional<store::RemoteThread> links;
    auto load = [&](db::Reader& r) {
      links = store::find_remote_thread(r, id);
      return store::find_post(r, id);
    };
    std::optional<store::Post> post = co_await context_.db.read(load);
    if (!post || !post->uri || post->visibility == Visibility::direct) co_return;
    if (!links) {
      // It came before these were kept.
      Task<Result<Object>> fetching = fetch_object(context_, *post->uri, &errand_);
      Result<Object> object = co_await std::move(fetching);
      if (!object || object->id != *post->uri) co_return;
      links = store::RemoteThread{id, {}, object->context};
      if (is_same_origin(object->replies.id, object->id)) links->replies = object->replies.id;
      auto keep = [&](db::Writer& w) {
        if (store::find_post(w, id)) store::put_remote_thread(w, *links);
      };
      co_await context_.db.write(keep);
    }
    add(links->context, "", 0);
    add(links->replies, *post->uri, 0);
  }

  Task<> walk(Branch branch) {
    Pages pages(context_, branch.collection, pages_max, errand_);
    std::deque<Object> orphans;
    while (has_room()) {
      Task<std::optional<Collection>> turning = pages.next();
      std::optional<Collection> page = co_await std::move(turning);
      if (!page) break;
      for (auto& item : page->items) {
        if (!has_room()) break;
        Task<> taking = take(std::move(item), branch, orphans);
        co_await std::move(taking);
      }
    }
    // Pages need not be in order: what answered a post that came later finds its place now.
    for (bool gets_on = true; gets_on && !orphans.empty() && has_room();) {
      gets_on = false;
      for (std::size_t i = orphans.size(); i-- > 0;) {
        Object object = std::move(orphans.front());
        orphans.pop_front();
        Task<bool> keeping = keep(object, branch);
        bool is_placed = co_await std::move(keeping);
        if (is_placed) gets_on = true;
        else orphans.push_back(std::move(object));
      }
    }
  }

  Task<> take(Reference item, Branch const& branch, std::deque<Object>& orphans) {
    // A collection of activities (FEP-f228): what was created.
    if (!item.embedded.empty() && kind_of(item.embedded) == DocumentKind::activity) {
      auto activity = read_activity(item.embedded);
      if (!activity || activity->type != ActivityType::create) co_return;
      item = std::move(activity->object);
    }
    if (item.id.empty() || context_.uris.is_ours(item.id) || !met_.insert(item.id).second) co_return;
    Task<std::optional<PostId>> looking = find_known(context_, item.id);
    std::optional<PostId> known = co_await std::move(looking);
    if (known || at_host_[host_of(item.id)] >= posts_per_host_max) co_return;
    // A copy is believed only where its own server gave it.
    bool is_believed = !item.embedded.empty() && is_same_origin(item.id, branch.collection);
    Result<Object> object = not_found();
    if (is_believed) {
      object = read_object(item.embedded);
    } else {
      Task<Result<Object>> fetching = fetch_object(context_, item.id, &errand_);
      object = co_await std::move(fetching);
    }
    if (!object || object->id != item.id || object->in_reply_to.empty()) co_return;
    if (!branch.parent.empty() && object->in_reply_to != branch.parent) co_return;
    Task<bool> keeping = keep(*object, branch);
    bool is_placed = co_await std::move(keeping);
    if (is_placed || orphans.size() >= orphans_max || object->content.size() > orphan_bytes_max) co_return;
    object->source.reset();
    orphans.push_back(std::move(*object));
  }

  // False when the post that it answers is not known here as one of this thread. True also when it is not wanted.
  Task<bool> keep(Object const& object, Branch const& branch) {
    auto has_place = [&](db::Reader& r) {
      auto parent = context_.uris.find_post(r, object.in_reply_to);
      return parent && parent->thread == thread_;
    };
    bool is_of_thread = co_await context_.db.read(has_place);
    if (!is_of_thread) co_return false;
    auto host = host_of(object.id);
    if (at_host_[host] >= posts_per_host_max || of_author_[object.author()] >= posts_per_author_max) co_return true;
    Task<Result<social::Arrival>> gathering = gather_post(context_, object, false, &errand_);
    Result<social::Arrival> arrival = co_await std::move(gathering);
    if (!arrival || !arrival->in_reply_to) co_return true;
    if (arrival->visibility != Visibility::everyone && arrival->visibility != Visibility::unlisted) co_return true;
    auto receive = [&](db::Writer& w) {
      auto author = store::find_account(w, arrival->author);
      if (!author || author->suspended_at || store::find_post_by_uri(w, arrival->uri)) return false;
      social::receive_post(w, *arrival);
      return true;
    };
    bool is_new = co_await context_.db.write(receive);
    if (!is_new) co_return true;
    ++*found_;
    ++kept_;
    ++at_host_[host];
    ++of_author_[object.author()];
    add(arrival->replies, object.id, branch.depth + 1);
    co_return true;
  }

  Context& context_;
  std::shared_ptr<std::atomic<int>> found_;
  Errand errand_{manners};
  PostId thread_;
  std::deque<Branch> branches_;
  std::set<std::string> seen_;  // collections
  std::set<std::string> met_;   // items
  std::map<std::string, int> at_host_;
  std::map<std::string, int> of_author_;
  int kept_ = 0;
};

}  // namespace

Task<> gather_thread(Context& context, PostId opened, std::shared_ptr<std::atomic<int>> found) {
  Search search(context, std::move(found));
  Task<> running = search.run(opened);
  co_await std::move(running);
}

}  // namespace posy::federation
