#include "pages/pages.hpp"

#include "http/router.hpp"
#include "pages/families.hpp"
#include "pages/frame.hpp"

namespace posy::pages {
namespace {

struct Sentence {
  unsigned status;
  std::string_view title;
  std::string_view text;
};

constexpr Sentence sentences[] = {
    {401, "Please sign in", "This page is only for people who have signed in."},
    {403, "Not for you", "You may not see this page."},
    {404, "Nothing here",
     "There is no such page, or it is not for everybody. The link may be old or incomplete."},
    {405, "Not like this", "This address does not take such a request."},
    {410, "Gone", "What was here has been taken away, and will not come back."},
    {413, "Too large", "This is more than the server takes."},
    {429, "Too fast", "Too many requests came from your address. Please try again in a few minutes."},
    {500, "Something went wrong", "That is our mistake, not yours. Please try again in a moment."},
    {503, "Very busy", "The server cannot do this right now. Please try again in a moment."},
};

constexpr Sentence otherwise{0, "This did not work", "The request could not be understood."};

Sentence const& sentence_for(unsigned status) {
  for (auto const& sentence : sentences)
    if (sentence.status == status) return sentence;
  return otherwise;
}

}  // namespace

struct Pages::State {
  Context context;
};

Pages::Pages(db::Database& db, social::Site const& site, html::Templates const& templates,
             media::BlobStore& blobs, serving::Answers& answers, social::RemoteRefresh* refresh,
             std::span<html::DeskFile const> desk)
    : state_(new State{.context{.db = db,
                                .site = site,
                                .templates = templates,
                                .blobs = blobs,
                                .assets{{html::assets()}},
                                .answers = answers,
                                .refresh = refresh,
                                .desk = desk}}) {}

Pages::~Pages() = default;

void Pages::add(http::Router& router) {
  for (auto routes : {home_routes(), profile_routes(), thread_routes(), feed_routes(), embed_routes(),
                      tag_routes(), file_routes(), desk_routes()}) {
    for (auto const& route : routes) {
      auto* context = &state_->context;
      http::Endpoint endpoint;
      endpoint.pattern = route.pattern;
      endpoint.handler = [context, handler = route.handler](http::Request& request) {
        return handler(*context, request);
      };
      router.add(std::move(endpoint));
    }
  }
}

http::Response Pages::error_page(unsigned status, std::string_view message) const {
  auto const& context = state_->context;
  auto const& sentence = sentence_for(status);
  html::Values values;
  values.set("STATUS", status).set("HEADLINE", sentence.title);
  values.set("TEXT", message.empty() ? sentence.text : message);
  Head head{.title = std::string(sentence.title), .hidden_from_search = true};
  return answer_page(in_frame(context, head, context.templates.render("error.html", values)), status);
}

}  // namespace posy::pages
