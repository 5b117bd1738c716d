// Printed by `posy types` from src/api/entities. Do not edit: a test compares.

export interface CustomEmoji {
  shortcode: string;
  url: string;
  static_url: string;
  visible_in_picker: boolean;
  category: string | null;
}

export interface AccountRole {
  id: string;
  name: string;
  color: string;
}

export interface Field {
  name: string;
  value: string;
  verified_at: string | null;
}

export interface FeatureApproval {
  automatic: string[];
  manual: string[];
  current_user: string;
}

export interface Account {
  id: string;
  username: string;
  acct: string;
  display_name: string;
  locked: boolean;
  bot: boolean;
  discoverable: boolean | null;
  indexable: boolean;
  group: boolean;
  created_at: string;
  note: string;
  url: string;
  uri: string;
  avatar: string;
  avatar_static: string;
  avatar_description: string;
  header: string;
  header_static: string;
  header_description: string;
  followers_count: number;
  following_count: number;
  statuses_count: number;
  last_status_at: string | null;
  noindex: boolean;
  hide_collections: boolean | null;
  emojis: CustomEmoji[];
  roles: AccountRole[];
  fields: Field[];
  feature_approval: FeatureApproval;
  suspended?: boolean;
  limited?: boolean;
  memorial?: boolean;
  moved?: Account;
}

export interface Source {
  privacy: "public" | "unlisted" | "private" | "direct";
  sensitive: boolean;
  language: string | null;
  note: string;
  fields: Field[];
  follow_requests_count: number;
  hide_collections: boolean;
  discoverable: boolean;
  indexable: boolean;
  attribution_domains: string[];
  quote_policy: string;
}

export interface Role {
  id: string;
  name: string;
  permissions: string;
  color: string;
  highlighted: boolean;
  collection_limit: number;
}

export interface CredentialAccount {
  id: string;
  username: string;
  acct: string;
  display_name: string;
  locked: boolean;
  bot: boolean;
  discoverable: boolean | null;
  indexable: boolean;
  group: boolean;
  created_at: string;
  note: string;
  url: string;
  uri: string;
  avatar: string;
  avatar_static: string;
  avatar_description: string;
  header: string;
  header_static: string;
  header_description: string;
  followers_count: number;
  following_count: number;
  statuses_count: number;
  last_status_at: string | null;
  noindex: boolean;
  hide_collections: boolean | null;
  emojis: CustomEmoji[];
  roles: AccountRole[];
  fields: Field[];
  feature_approval: FeatureApproval;
  suspended?: boolean;
  limited?: boolean;
  memorial?: boolean;
  moved?: Account;
  source: Source;
  role: Role;
}

export interface FeaturedTag {
  id: string;
  name: string;
  url: string;
  statuses_count: string;
  last_status_at: string | null;
}

export interface Profile {
  id: string;
  display_name: string;
  note: string;
  fields: Field[];
  avatar: string | null;
  avatar_static: string | null;
  avatar_description: string;
  header: string | null;
  header_static: string | null;
  header_description: string;
  locked: boolean;
  bot: boolean;
  hide_collections: boolean;
  discoverable: boolean;
  indexable: boolean;
  show_media: boolean;
  show_media_replies: boolean;
  show_featured: boolean;
  attribution_domains: string[];
  featured_tags: FeaturedTag[];
}

export interface Relationship {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  notifying: boolean;
  languages: string[] | null;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
  muting_expires_at: string | null;
  requested: boolean;
  requested_by: boolean;
  domain_blocking: boolean;
  endorsed: boolean;
  note: string;
}

export interface FamiliarFollowers {
  id: string;
  accounts: Account[];
}

export interface Suggestion {
  source: string;
  sources: string[];
  account: Account;
}

export interface Essay {
  summary: string;
  slug?: string;
  cover_id?: string;
  content_type: "text/plain" | "text/markdown";
  words: number;
}

export interface StatusApplication {
  name: string;
  website: string | null;
}

export interface Picture {
  width: number;
  height: number;
  size: string;
  aspect: number;
  frame_rate?: string;
  duration?: number;
  bitrate?: number;
}

export interface Focus {
  x: number;
  y: number;
}

export interface MediaMeta {
  original?: Picture;
  small?: Picture;
  focus?: Focus;
}

export interface MediaAttachment {
  id: string;
  type: "image" | "gifv" | "video" | "audio" | "unknown";
  url: string | null;
  preview_url: string | null;
  remote_url: string | null;
  meta: MediaMeta | null;
  description: string | null;
  blurhash: string | null;
}

export interface StatusMention {
  id: string;
  username: string;
  url: string;
  acct: string;
}

export interface StatusTag {
  name: string;
  url: string;
}

export interface PreviewAuthor {
  name: string;
  url: string;
  account: Account | null;
}

export interface PreviewCard {
  url: string;
  title: string;
  description: string;
  language: string | null;
  type: "link" | "photo" | "video" | "rich";
  author_name: string;
  author_url: string;
  provider_name: string;
  provider_url: string;
  html: string;
  width: number;
  height: number;
  image: string | null;
  image_description: string;
  embed_url: string;
  blurhash: string | null;
  published_at: string | null;
  authors: PreviewAuthor[];
}

export interface Quote {
  state: string;
  quoted_status?: Status | null;
  quoted_status_id?: string;
}

export interface QuoteApproval {
  automatic: string[];
  manual: string[];
  current_user: "automatic" | "manual" | "denied" | "unknown";
}

export interface Status {
  id: string;
  created_at: string;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  sensitive: boolean;
  spoiler_text: string;
  visibility: "public" | "unlisted" | "private" | "direct";
  language: string | null;
  uri: string;
  url: string;
  edited_at: string | null;
  title: string | null;
  essay?: Essay;
  content: string;
  application: StatusApplication | null;
  media_attachments: MediaAttachment[];
  mentions: StatusMention[];
  tags: StatusTag[];
  emojis: CustomEmoji[];
  replies_count: number;
  reblogs_count: number;
  favourites_count: number;
  quotes_count: number;
  account: Account;
  card: PreviewCard | null;
  reblog: Status | null;
  poll: Poll | null;
  quote: Quote | null;
  quote_approval: QuoteApproval;
  favourited?: boolean;
  reblogged?: boolean;
  muted?: boolean;
  bookmarked?: boolean;
  pinned?: boolean;
  filtered?: FilterResult[];
  text?: string;
  essay_content?: string;
}

export interface StatusContext {
  ancestors: Status[];
  descendants: Status[];
}

export interface StatusSource {
  id: string;
  text: string;
  spoiler_text: string;
  content_type: "text/plain" | "text/markdown";
  title?: string;
  summary?: string;
  slug?: string;
  cover_id?: string;
}

export interface EditedPollOption {
  title: string;
}

export interface EditedPoll {
  options: EditedPollOption[];
}

export interface StatusEdit {
  content: string;
  spoiler_text: string;
  sensitive: boolean;
  created_at: string;
  account: Account;
  poll: EditedPoll | null;
  media_attachments: MediaAttachment[];
  emojis: CustomEmoji[];
}

export interface ScheduledPoll {
  options: string[];
  expires_in: number;
  multiple: boolean;
  hide_totals: boolean;
}

export interface ScheduledParams {
  text: string;
  title?: string;
  summary?: string;
  slug?: string;
  cover_id?: string;
  visibility: "public" | "unlisted" | "private" | "direct";
  spoiler_text: string | null;
  sensitive: boolean | null;
  language: string | null;
  media_ids: string[] | null;
  poll: ScheduledPoll | null;
  in_reply_to_id: string | null;
  quoted_status_id: string | null;
  quote_approval_policy: string | null;
  scheduled_at: string | null;
  idempotency: string | null;
  application_id: string;
  with_rate_limit: boolean;
}

export interface ScheduledStatus {
  id: string;
  scheduled_at: string;
  params: ScheduledParams;
  media_attachments: MediaAttachment[];
}

export interface PollOption {
  title: string;
  votes_count: number | null;
}

export interface Poll {
  id: string;
  expires_at: string | null;
  expired: boolean;
  multiple: boolean;
  votes_count: number;
  voters_count: number | null;
  options: PollOption[];
  emojis: CustomEmoji[];
  voted?: boolean;
  own_votes?: number[];
}

export interface Conversation {
  id: string;
  unread: boolean;
  accounts: Account[];
  last_status: Status | null;
}

export interface Notification {
  id: string;
  type: "mention" | "status" | "reblog" | "follow" | "follow_request" | "favourite" | "poll" | "update" | "quote" | "quoted_update" | "admin.sign_up" | "admin.report";
  created_at: string;
  group_key: string;
  account: Account;
  status?: Status;
  report?: Report;
}

export interface PartialAccountWithAvatar {
  id: string;
  acct: string;
  locked: boolean;
  bot: boolean;
  url: string;
  avatar: string;
  avatar_static: string;
  avatar_description: string;
}

export interface NotificationGroup {
  group_key: string;
  notifications_count: number;
  type: "mention" | "status" | "reblog" | "follow" | "follow_request" | "favourite" | "poll" | "update" | "quote" | "quoted_update" | "admin.sign_up" | "admin.report";
  most_recent_notification_id: string;
  page_min_id?: string;
  page_max_id?: string;
  latest_page_notification_at?: string;
  sample_account_ids: string[];
  status_id?: string;
  report?: Report;
}

export interface GroupedNotificationsResults {
  accounts: Account[];
  partial_accounts?: PartialAccountWithAvatar[];
  statuses: Status[];
  notification_groups: NotificationGroup[];
}

export interface PolicySummary {
  pending_requests_count: number;
  pending_notifications_count: number;
}

export interface NotificationPolicy {
  for_not_following: "accept" | "filter" | "drop";
  for_not_followers: "accept" | "filter" | "drop";
  for_new_accounts: "accept" | "filter" | "drop";
  for_private_mentions: "accept" | "filter" | "drop";
  for_limited_accounts: "accept" | "filter" | "drop";
  summary: PolicySummary;
}

export interface V1NotificationPolicy {
  filter_not_following: boolean;
  filter_not_followers: boolean;
  filter_new_accounts: boolean;
  filter_private_mentions: boolean;
  summary: PolicySummary;
}

export interface NotificationRequest {
  id: string;
  created_at: string;
  updated_at: string;
  notifications_count: string;
  account: Account;
  last_status: Status | null;
}

export interface FilterKeyword {
  id: string;
  keyword: string;
  whole_word: boolean;
}

export interface FilterStatus {
  id: string;
  status_id: string;
}

export interface Filter {
  id: string;
  title: string;
  context: ("home" | "notifications" | "public" | "thread" | "account")[];
  expires_at: string | null;
  filter_action: "warn" | "hide" | "blur";
  keywords?: FilterKeyword[];
  statuses?: FilterStatus[];
}

export interface FilterResult {
  filter: Filter;
  keyword_matches: string[] | null;
  status_matches: string[] | null;
}

export interface V1Filter {
  id: string;
  phrase: string;
  context: ("home" | "notifications" | "public" | "thread" | "account")[];
  whole_word: boolean;
  expires_at: string | null;
  irreversible: boolean;
}

export interface List {
  id: string;
  title: string;
  replies_policy: "none" | "list" | "followed";
  exclusive: boolean;
}

export interface Marker {
  last_read_id: string;
  version: number;
  updated_at: string;
}

export interface TagHistory {
  day: string;
  uses: string;
  accounts: string;
}

export interface Tag {
  id: string;
  name: string;
  url: string;
  history: TagHistory[];
  following?: boolean;
  featuring?: boolean;
}

export interface Search {
  accounts: Account[];
  statuses: Status[];
  hashtags: Tag[];
}

export interface CollectionItem {
  id: string;
  account_id: string;
  state: "pending" | "accepted" | "rejected" | "revoked";
  created_at: string;
}

export interface Collection {
  id: string;
  account_id: string;
  uri: string;
  url: string | null;
  name: string;
  description: string;
  language: string | null;
  local: boolean;
  sensitive: boolean;
  discoverable: boolean;
  tag: StatusTag | null;
  created_at: string;
  updated_at: string;
  item_count: number;
  items: CollectionItem[];
}

export interface CollectionWithAccounts {
  accounts: Account[];
  collection: Collection;
}

export interface Collections {
  collections: Collection[];
}

export interface WrappedCollection {
  collection: Collection;
}

export interface WrappedCollectionItem {
  collection_item: CollectionItem;
}

export interface InstanceUsers {
  active_month: number;
}

export interface InstanceUsage {
  users: InstanceUsers;
}

export interface InstancePicture {
  url: string;
}

export interface InstanceIcon {
  src: string;
  size: string;
}

export interface InstanceUrls {
  streaming: string;
  status: string | null;
  about: string;
  privacy_policy: string | null;
  terms_of_service: string | null;
}

export interface InstanceVapid {
  public_key: string;
}

export interface InstanceAccounts {
  max_featured_tags: number;
  max_pinned_statuses: number;
  max_profile_fields: number;
  profile_field_name_limit: number;
  profile_field_value_limit: number;
  max_display_name_length: number;
  max_note_length: number;
  max_avatar_description_length: number;
  max_header_description_length: number;
}

export interface InstanceStatuses {
  max_characters: number;
  max_media_attachments: number;
  characters_reserved_per_url: number;
  supported_mime_types: string[];
}

export interface InstanceMedia {
  description_limit: number;
  image_matrix_limit: number;
  image_size_limit: number;
  supported_mime_types: string[];
  video_frame_rate_limit: number;
  video_matrix_limit: number;
  video_size_limit: number;
}

export interface InstancePolls {
  max_options: number;
  max_characters_per_option: number;
  min_expiration: number;
  max_expiration: number;
}

export interface Enabled {
  enabled: boolean;
}

export interface InstanceConfiguration {
  urls?: InstanceUrls;
  vapid?: InstanceVapid;
  accounts: InstanceAccounts;
  statuses: InstanceStatuses;
  media_attachments: InstanceMedia;
  polls: InstancePolls;
  translation: Enabled;
}

export interface InstanceRegistrations {
  enabled: boolean;
  approval_required: boolean;
  reason_required: boolean;
  message: string | null;
  min_age: number | null;
  url: string | null;
}

export interface InstanceContact {
  email: string;
  account: Account | null;
}

export interface Rule {
  id: string;
  text: string;
  hint: string;
}

export interface Instance {
  domain: string;
  title: string;
  version: string;
  source_url: string;
  description: string;
  usage: InstanceUsage;
  thumbnail: InstancePicture;
  icon: InstanceIcon[];
  languages: string[];
  configuration: InstanceConfiguration;
  registrations: InstanceRegistrations;
  api_versions: Record<string, number>;
  contact: InstanceContact;
  rules: Rule[];
}

export interface V1Urls {
  streaming_api: string;
}

export interface V1Stats {
  user_count: number;
  status_count: number;
  domain_count: number;
}

export interface V1Instance {
  uri: string;
  title: string;
  short_description: string;
  description: string;
  email: string;
  version: string;
  urls: V1Urls;
  stats: V1Stats;
  thumbnail: string;
  languages: string[];
  registrations: boolean;
  approval_required: boolean;
  invites_enabled: boolean;
  max_toot_chars: number;
  configuration: InstanceConfiguration;
  contact_account: Account | null;
  rules: Rule[];
}

export interface InstanceWeek {
  week: string;
  statuses: string;
  logins: string;
  registrations: string;
}

export interface Document {
  updated_at: string | null;
  content: string;
}

export interface Report {
  id: string;
  action_taken: boolean;
  action_taken_at: string | null;
  category: "other" | "spam" | "legal" | "violation";
  comment: string;
  forwarded: boolean;
  created_at: string;
  status_ids: string[];
  collection_ids: string[];
  rule_ids: string[] | null;
  target_account: Account;
}

export interface DomainBlock {
  domain: string;
  digest: string;
  severity: "noop" | "silence" | "suspend";
  comment?: string;
}

export interface AdminDomainBlock {
  id: string;
  domain: string;
  digest: string;
  created_at: string;
  severity: "noop" | "silence" | "suspend";
  reject_media: boolean;
  reject_reports: boolean;
  private_comment: string | null;
  public_comment: string | null;
  obfuscate: boolean;
}

export interface AdminDomainAllow {
  id: string;
  domain: string;
  created_at: string;
}

export interface DeliveryActivity {
  id: string;
  kind: "post" | "edit" | "deletion" | null;
  servers: number;
  delivered: number;
  waiting: number;
  failed: number;
  started_at: string;
  finished_at: string | null;
}

export interface Delivery {
  status_id: string;
  reach: "followers" | "people" | null;
  servers: number;
  delivered: number;
  waiting: number;
  failed: number;
  next_try_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  activities: DeliveryActivity[];
}

export interface DeliveryHost {
  host: string;
  inbox: string;
  state: "waiting" | "failed";
  failures: number | null;
  reason: string | null;
  failing_since: string | null;
  next_try_at: string | null;
  failed_at: string | null;
}

export interface DeliveryCost {
  visibility: "public" | "unlisted" | "private" | "direct";
  is_answer: boolean;
  reach: "followers" | "people";
  followers: number;
  people: number;
}

export interface ReachPreferences {
  reply_reach: "automatic" | "followers" | "people";
  reply_reach_now: "followers" | "people";
  servers: number;
}

export interface Detail {
  error: string;
  description: string;
}

export interface ValidationError {
  error: string;
  details: Record<string, Detail[]>;
}

export interface Session {
  id: string;
  app: string;
  website: string | null;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
  current: boolean;
}

export interface WebPushSubscription {
  id: string;
  endpoint: string;
  standard: boolean;
  alerts: Record<string, boolean>;
  policy: "all" | "followed" | "follower" | "none";
  server_key: string;
}

export interface OverviewAccounts {
  local: number;
  remote: number;
  active_month: number;
}

export interface OverviewStatuses {
  local: number;
  remote: number;
}

export interface OverviewStorage {
  database_bytes: number;
  media_bytes: number;
  cache_bytes: number;
  free_bytes: number | null;
}

export interface OverviewQueues {
  deliveries_waiting: number;
  deliveries_failed: number;
  inbox_waiting: number;
  jobs_waiting: number;
}

export interface Overview {
  version: string;
  uptime_s: number;
  accounts: OverviewAccounts;
  statuses: OverviewStatuses;
  storage: OverviewStorage;
  queues: OverviewQueues;
  memory_bytes: number;
  hosts_in_trouble: number;
}

export interface TroubledHost {
  host: string;
  failures: number;
  reason: string;
  failing_since: string;
  next_try_at: string | null;
  waiting: number;
}

export interface LocalAccount {
  account: Account;
  email: string;
  role: string;
  created_at: string;
  last_active_at: string | null;
}

export interface MeasuredDay {
  date: string;
  followers: number;
  replies: number;
  deliveries: number;
}

export interface Measures {
  days: MeasuredDay[];
}

export interface MeasuredHour {
  at: string;
  delivered: number;
  failed: number;
  received: number;
}

export interface ServerMeasures {
  hours: MeasuredHour[];
}

export interface Draft {
  id: string;
  status_id: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  title: string;
  summary: string;
  slug: string;
  text: string;
  content_type: "text/plain" | "text/markdown";
  spoiler_text: string;
  sensitive: boolean;
  language: string | null;
  visibility: "public" | "unlisted" | "private" | "direct" | null;
  quote_approval_policy: "public" | "followers" | "nobody" | null;
  cover_id: string | null;
  media_ids: string[];
  media_attachments: MediaAttachment[];
}

export interface DraftHead {
  id: string;
  status_id: string | null;
  version: number;
  created_at: string;
  updated_at: string;
  title: string;
  summary: string;
  beginning: string;
  cover_id: string | null;
}

export interface DraftVersionHead {
  version: number;
  saved_at: string;
  title: string;
  characters: number;
}

export interface DraftVersion {
  version: number;
  saved_at: string;
  title: string;
  summary: string;
  text: string;
}

export interface DraftPreview {
  title: string;
  summary: string;
  content: string;
  slug: string;
}
