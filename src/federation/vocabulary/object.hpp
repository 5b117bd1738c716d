// What people publish: notes, articles, polls, videos, events, and things whose type we do not know.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "federation/vocabulary/attachment.hpp"
#include "federation/vocabulary/collection.hpp"
#include "federation/vocabulary/kinds.hpp"
#include "federation/vocabulary/policy.hpp"
#include "federation/vocabulary/poll.hpp"
#include "federation/vocabulary/quote.hpp"
#include "federation/vocabulary/reference.hpp"
#include "federation/vocabulary/tag.hpp"

namespace posy::federation {

struct Source {
  std::string content;
  std::string media_type;
  bool operator==(Source const&) const = default;
};

struct EventTimes {
  std::optional<Time> start;
  std::optional<Time> end;
  std::string location;
  bool operator==(EventTimes const&) const = default;
};

struct Object {
  std::string id;
  ObjectType type = ObjectType::note;
  std::string type_name;  // of an unknown type: "Recipe"
  std::vector<std::string> attributed_to;
  std::vector<std::string> to;
  std::vector<std::string> cc;
  std::vector<std::string> audience;
  std::string name;        // plain text
  std::string summary;     // content notice of a Note, abstract of an Article; plain text or HTML
  std::string content;     // HTML, not clean, unless `media_type` says otherwise
  std::string media_type;  // of `content`; empty is text/html
  std::string language;    // of `content`, empty when unknown
  bool sensitive = false;
  std::string in_reply_to;
  std::string url;          // for people; empty when there is none
  std::vector<Link> links;  // all of `url`, the one for people first
  std::optional<Time> published;
  std::optional<Time> updated;
  std::vector<Attachment> attachments;
  Image image;  // or `icon`: the picture of an article, the thumbnail of a video
  Tags tags;
  Quote quote;
  InteractionPolicy policy;
  std::string reply_authorization;  // GoToSocial: the stamp for this reply; read also from `approvedBy`
  Reference replies;
  CollectionSummary likes;
  CollectionSummary shares;
  std::string context;       // FEP-7888: id of the collection of the whole thread
  std::string conversation;  // any text, often a tag: URI
  std::optional<Source> source;
  std::optional<Poll> poll;
  EventTimes event;
  double duration = 0;  // seconds
  Reference preview;    // embedded: the Note that stands for an Article where those are not shown

  std::string author() const { return attributed_to.empty() ? std::string() : attributed_to.front(); }
  // A vote is a Note (or Answer) with a name and no content that replies to a Question.
  bool is_vote() const;
  bool operator==(Object const&) const = default;
};

// Refused without an id, and if it is an actor, an activity, a collection or a tombstone.
Result<Object> read_object(boost::json::object const& document);

boost::json::object write_object(Object const& object);           // to be embedded
boost::json::object write_object_document(Object const& object);  // with @context

struct Tombstone {
  std::string id;
  std::string former_type;  // "Note"
  std::optional<Time> deleted;
  bool operator==(Tombstone const&) const = default;
};

std::optional<Tombstone> read_tombstone(boost::json::object const& document);
boost::json::object write_tombstone(Tombstone const& tombstone);           // to be embedded
boost::json::object write_tombstone_document(Tombstone const& tombstone);  // with @context

}  // namespace posy::federation
