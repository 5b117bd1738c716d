// Instance, as it was (v1) and as it is (v2). (docs.joinmastodon.org/entities/Instance, V1_Instance)
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/omittable.hpp"

namespace posy::api::entities {

struct Rule {
  std::string id;
  std::string text;
  std::string hint;
};
BOOST_DESCRIBE_STRUCT(Rule, (), (id, text, hint))

struct InstanceUrls {
  std::string streaming;
  std::optional<std::string> status;
  std::string about;
  std::optional<std::string> privacy_policy;
  std::optional<std::string> terms_of_service;
};
BOOST_DESCRIBE_STRUCT(InstanceUrls, (), (streaming, status, about, privacy_policy, terms_of_service))

struct InstanceAccounts {
  std::int64_t max_featured_tags = 0;
  std::int64_t max_pinned_statuses = 0;
  std::int64_t max_profile_fields = 0;
  std::int64_t profile_field_name_limit = 0;
  std::int64_t profile_field_value_limit = 0;
  std::int64_t max_display_name_length = 0;
  std::int64_t max_note_length = 0;
  std::int64_t max_avatar_description_length = 0;
  std::int64_t max_header_description_length = 0;
};
BOOST_DESCRIBE_STRUCT(InstanceAccounts, (),
                      (max_featured_tags, max_pinned_statuses, max_profile_fields, profile_field_name_limit,
                       profile_field_value_limit, max_display_name_length, max_note_length,
                       max_avatar_description_length, max_header_description_length))

struct InstanceStatuses {
  std::int64_t max_characters = 0;
  std::int64_t max_media_attachments = 0;
  std::int64_t characters_reserved_per_url = 23;
  std::vector<std::string> supported_mime_types;  // for content_type, as other servers name it
};
BOOST_DESCRIBE_STRUCT(InstanceStatuses, (),
                      (max_characters, max_media_attachments, characters_reserved_per_url, supported_mime_types))

struct InstanceMedia {
  std::int64_t description_limit = 0;
  std::int64_t image_matrix_limit = 0;  // pixels
  std::int64_t image_size_limit = 0;    // bytes
  std::vector<std::string> supported_mime_types;
  std::int64_t video_frame_rate_limit = 0;
  std::int64_t video_matrix_limit = 0;
  std::int64_t video_size_limit = 0;
};
BOOST_DESCRIBE_STRUCT(InstanceMedia, (),
                      (description_limit, image_matrix_limit, image_size_limit, supported_mime_types,
                       video_frame_rate_limit, video_matrix_limit, video_size_limit))

struct InstancePolls {
  std::int64_t max_options = 0;
  std::int64_t max_characters_per_option = 0;
  std::int64_t min_expiration = 0;  // seconds
  std::int64_t max_expiration = 0;
};
BOOST_DESCRIBE_STRUCT(InstancePolls, (), (max_options, max_characters_per_option, min_expiration, max_expiration))

// The key with which this server pushes (RFC 8292).
struct InstanceVapid {
  std::string public_key;
};
BOOST_DESCRIBE_STRUCT(InstanceVapid, (), (public_key))

struct Enabled {
  bool enabled = false;
};
BOOST_DESCRIBE_STRUCT(Enabled, (), (enabled))

struct InstanceConfiguration {
  json::Omittable<InstanceUrls> urls;    // v2 alone
  json::Omittable<InstanceVapid> vapid;  // likewise
  InstanceAccounts accounts;
  InstanceStatuses statuses;
  InstanceMedia media_attachments;
  InstancePolls polls;
  Enabled translation;
};
BOOST_DESCRIBE_STRUCT(InstanceConfiguration, (), (urls, vapid, accounts, statuses, media_attachments, polls, translation))

struct InstanceUsers {
  std::int64_t active_month = 0;
};
BOOST_DESCRIBE_STRUCT(InstanceUsers, (), (active_month))

struct InstanceUsage {
  InstanceUsers users;
};
BOOST_DESCRIBE_STRUCT(InstanceUsage, (), (users))

struct InstancePicture {
  std::string url;
};
BOOST_DESCRIBE_STRUCT(InstancePicture, (), (url))

struct InstanceIcon {
  std::string src;
  std::string size;  // "512x512"
};
BOOST_DESCRIBE_STRUCT(InstanceIcon, (), (src, size))

struct InstanceRegistrations {
  bool enabled = false;
  bool approval_required = false;
  bool reason_required = false;
  std::optional<std::string> message;
  std::optional<std::int64_t> min_age;
  std::optional<std::string> url;
};
BOOST_DESCRIBE_STRUCT(InstanceRegistrations, (),
                      (enabled, approval_required, reason_required, message, min_age, url))

struct InstanceContact {
  std::string email;
  std::optional<json::Raw> account;
};
BOOST_DESCRIBE_STRUCT(InstanceContact, (), (email, account))

struct Instance {
  std::string domain;
  std::string title;
  std::string version;
  std::string source_url;
  std::string description;
  InstanceUsage usage;
  InstancePicture thumbnail;
  std::vector<InstanceIcon> icon;
  std::vector<std::string> languages;
  InstanceConfiguration configuration;
  InstanceRegistrations registrations;
  std::map<std::string, int> api_versions;
  InstanceContact contact;
  std::vector<Rule> rules;
};
BOOST_DESCRIBE_STRUCT(Instance, (),
                      (domain, title, version, source_url, description, usage, thumbnail, icon, languages,
                       configuration, registrations, api_versions, contact, rules))

struct V1Urls {
  std::string streaming_api;
};
BOOST_DESCRIBE_STRUCT(V1Urls, (), (streaming_api))

struct V1Stats {
  std::int64_t user_count = 0;
  std::int64_t status_count = 0;
  std::int64_t domain_count = 0;
};
BOOST_DESCRIBE_STRUCT(V1Stats, (), (user_count, status_count, domain_count))

struct V1Instance {
  std::string uri;
  std::string title;
  std::string short_description;
  std::string description;
  std::string email;
  std::string version;
  V1Urls urls;
  V1Stats stats;
  std::string thumbnail;
  std::vector<std::string> languages;
  bool registrations = false;
  bool approval_required = false;
  bool invites_enabled = false;
  std::int64_t max_toot_chars = 0;  // what older clients look at
  InstanceConfiguration configuration;
  std::optional<json::Raw> contact_account;
  std::vector<Rule> rules;
};
BOOST_DESCRIBE_STRUCT(V1Instance, (),
                      (uri, title, short_description, description, email, version, urls, stats, thumbnail, languages,
                       registrations, approval_required, invites_enabled, max_toot_chars, configuration,
                       contact_account, rules))

struct InstanceWeek {
  std::string week;  // seconds since 1970
  std::string statuses;
  std::string logins;
  std::string registrations;
};
BOOST_DESCRIBE_STRUCT(InstanceWeek, (), (week, statuses, logins, registrations))

// Extended description and privacy policy.
struct Document {
  std::optional<std::string> updated_at;
  std::string content;
};
BOOST_DESCRIBE_STRUCT(Document, (), (updated_at, content))

}  // namespace posy::api::entities
