#include "api/typescript/typescript.hpp"

#include "api/entities/account.hpp"
#include "api/entities/collection.hpp"
#include "api/entities/conversation.hpp"
#include "api/entities/credential_account.hpp"
#include "api/entities/delivery.hpp"
#include "api/entities/domain_block.hpp"
#include "api/entities/draft.hpp"
#include "api/entities/filter.hpp"
#include "api/entities/instance.hpp"
#include "api/entities/list.hpp"
#include "api/entities/measures.hpp"
#include "api/entities/notification.hpp"
#include "api/entities/operator.hpp"
#include "api/entities/relationship.hpp"
#include "api/entities/push.hpp"
#include "api/entities/report.hpp"
#include "api/entities/session.hpp"
#include "api/entities/status.hpp"
#include "api/entities/status_parts.hpp"
#include "api/entities/tag.hpp"
#include "api/entities/validation_error.hpp"
#include "api/typescript/printer.hpp"
#include "store/delivery_progress.hpp"
#include "store/filter.hpp"
#include "store/notification.hpp"
#include "store/notification_policy.hpp"
#include "store/reach.hpp"

namespace posy::api {

template <>
std::string typescript::words_of_enum<store::Consent>() {
  return words_of(store::consent_names);
}
template <>
std::string typescript::words_of_enum<store::PushPolicy>() {
  return words_of(store::push_policy_names);
}
template <>
std::string typescript::words_of_enum<store::RepliesPolicy>() {
  return words_of(store::replies_policy_names);
}
template <>
std::string typescript::words_of_enum<store::ReportCategory>() {
  return words_of(store::report_category_names);
}
template <>
std::string typescript::words_of_enum<store::Severity>() {
  return words_of(store::severity_names);
}

namespace {

using typescript::Meaning;
using typescript::words_of;

constexpr std::string_view visibilities = R"("public" | "unlisted" | "private" | "direct")";
constexpr std::string_view content_types = R"("text/plain" | "text/markdown")";
constexpr std::string_view approvals = R"("automatic" | "manual" | "denied" | "unknown")";

// Entities that are written once and shared, and so stand in others as text.
std::vector<Meaning> embedded() {
  return {
      {"", "account", "Account"},
      {"", "moved", "Account"},
      {"", "target_account", "Account"},
      {"", "contact_account", "Account"},
      {"", "report", "Report"},
      {"", "status", "Status"},
      {"", "last_status", "Status"},
      {"", "quoted_status", "Status"},
      {"PreviewAuthor", "account", "Account | null"},
      {"Status", "reblog", "Status"},
      {"Status", "poll", "Poll"},
      {"Status", "filtered", "FilterResult[]"},
      {"StatusContext", "ancestors", "Status[]"},
      {"StatusContext", "descendants", "Status[]"},
      {"Search", "accounts", "Account[]"},
      {"Search", "statuses", "Status[]"},
      {"Conversation", "accounts", "Account"},
      {"FamiliarFollowers", "accounts", "Account[]"},
      {"CollectionWithAccounts", "accounts", "Account[]"},
      {"GroupedNotificationsResults", "accounts", "Account"},
      {"GroupedNotificationsResults", "statuses", "Status"},
  };
}

// Strings that are one of a few words.
std::vector<Meaning> words() {
  auto const kinds = words_of(store::notification_kind_names);
  auto const actions = words_of(store::policy_action_names);
  auto const reaches = words_of(store::reach_names);
  return {
      {"Status", "visibility", std::string(visibilities)},
      {"ScheduledParams", "visibility", std::string(visibilities)},
      {"DeliveryCost", "visibility", std::string(visibilities)},
      {"Source", "privacy", std::string(visibilities)},
      {"Essay", "content_type", std::string(content_types)},
      {"StatusSource", "content_type", std::string(content_types)},
      {"Draft", "content_type", std::string(content_types)},
      {"Draft", "visibility", std::string(visibilities)},
      {"Draft", "quote_approval_policy", R"("public" | "followers" | "nobody")"},
      {"MediaAttachment", "type", R"("image" | "gifv" | "video" | "audio" | "unknown")"},
      {"PreviewCard", "type", R"("link" | "photo" | "video" | "rich")"},
      {"QuoteApproval", "current_user", std::string(approvals)},
      {"Notification", "type", kinds},
      {"NotificationGroup", "type", kinds},
      {"NotificationPolicy", "for_not_following", actions},
      {"NotificationPolicy", "for_not_followers", actions},
      {"NotificationPolicy", "for_new_accounts", actions},
      {"NotificationPolicy", "for_private_mentions", actions},
      {"NotificationPolicy", "for_limited_accounts", actions},
      {"Filter", "context", words_of(store::filter_context_names)},
      {"Filter", "filter_action", words_of(store::filter_action_names)},
      {"V1Filter", "context", words_of(store::filter_context_names)},
      {"DeliveryActivity", "kind", words_of(store::sent_kind_names)},
      {"Delivery", "reach", reaches},
      {"DeliveryCost", "reach", reaches},
      {"DeliveryHost", "state", R"("waiting" | "failed")"},
      {"ReachPreferences", "reply_reach", words_of(store::reply_reach_names)},
      {"ReachPreferences", "reply_reach_now", reaches},
  };
}

template <class... T>
void add(typescript::Printer& printer) {
  (printer.add<T>(), ...);
}

}  // namespace

std::string typescript_types() {
  auto meanings = embedded();
  for (auto& one : words()) meanings.push_back(std::move(one));
  typescript::Printer printer(std::move(meanings));
  using namespace entities;
  add<Account, CredentialAccount, Profile, Relationship, FamiliarFollowers, Suggestion>(printer);
  add<Status, StatusContext, StatusSource, StatusEdit, ScheduledStatus, Poll, Conversation>(printer);
  add<Notification, GroupedNotificationsResults, NotificationPolicy, V1NotificationPolicy, NotificationRequest>(
      printer);
  add<Filter, FilterResult, V1Filter, List, Marker, Search, Tag, FeaturedTag>(printer);
  add<CollectionWithAccounts, Collections, WrappedCollection, WrappedCollectionItem>(printer);
  add<Instance, V1Instance, InstanceWeek, Document, Report, DomainBlock, AdminDomainBlock, AdminDomainAllow>(printer);
  add<Delivery, DeliveryHost, DeliveryCost, ReachPreferences, ValidationError>(printer);
  add<Session, WebPushSubscription, Overview, TroubledHost, LocalAccount>(printer);
  add<Measures, ServerMeasures>(printer);
  add<Draft, DraftHead, DraftVersionHead, DraftVersion, DraftPreview>(printer);
  return "// Printed by `posy types` from src/api/entities. Do not edit: a test compares.\n" + printer.finish();
}

}  // namespace posy::api
