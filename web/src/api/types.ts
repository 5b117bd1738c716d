// What the server answers, in the names of the C++ structs (src/api/entities). `| null`: always there, perhaps
// empty; `?`: may be absent.

export type Time = string; // RFC 3339

export interface CustomEmoji {
  shortcode: string;
  url: string;
  static_url: string;
  visible_in_picker: boolean;
  category: string | null;
}

export interface Field {
  name: string;
  value: string;
  verified_at: Time | null;
}

export interface AccountRole {
  id: string;
  name: string;
  color: string;
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
  created_at: Time;
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
  suspended?: boolean;
  limited?: boolean;
  memorial?: boolean;
  moved?: Account;
}

export interface Source {
  privacy: string;
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

export interface CredentialAccount extends Account {
  source: Source;
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
  muting_expires_at: Time | null;
  requested: boolean;
  requested_by: boolean;
  domain_blocking: boolean;
  endorsed: boolean;
  note: string;
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
  type: string; // image, gifv, video, audio, unknown
  url: string | null;
  preview_url: string | null;
  remote_url: string | null;
  meta: MediaMeta | null;
  description: string | null;
  blurhash: string | null;
}

export interface PollOption {
  title: string;
  votes_count: number | null;
}

export interface Poll {
  id: string;
  expires_at: Time | null;
  expired: boolean;
  multiple: boolean;
  votes_count: number;
  voters_count: number | null;
  options: PollOption[];
  emojis: CustomEmoji[];
  voted?: boolean;
  own_votes?: number[];
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

export interface StatusApplication {
  name: string;
  website: string | null;
}

export interface QuoteApproval {
  automatic: string[];
  manual: string[];
  current_user: string;
}

export interface Quote {
  state: string;
  quoted_status?: Status | null;
  quoted_status_id?: string;
}

export interface PreviewCard {
  url: string;
  title: string;
  description: string;
  language: string | null;
  type: string;
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
  published_at: Time | null;
}

export interface FilterResult {
  filter: { id: string; title: string; filter_action: string };
}

export interface Status {
  id: string;
  created_at: Time;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  sensitive: boolean;
  spoiler_text: string;
  visibility: string; // public, unlisted, private, direct
  language: string | null;
  uri: string;
  url: string;
  edited_at: Time | null;
  title: string | null;
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
}

export interface StatusContext {
  ancestors: Status[];
  descendants: Status[];
}

export interface StatusSource {
  id: string;
  text: string;
  spoiler_text: string;
}

export interface StatusEdit {
  content: string;
  spoiler_text: string;
  sensitive: boolean;
  created_at: Time;
  account: Account;
  media_attachments: MediaAttachment[];
  emojis: CustomEmoji[];
}

export interface ScheduledParams {
  text: string;
  visibility: string;
  spoiler_text: string | null;
}

export interface ScheduledStatus {
  id: string;
  scheduled_at: Time;
  params: ScheduledParams;
  media_attachments: MediaAttachment[];
}

export interface NotificationGroup {
  group_key: string;
  notifications_count: number;
  type: string;
  most_recent_notification_id: string;
  page_min_id?: string;
  page_max_id?: string;
  latest_page_notification_at?: Time;
  sample_account_ids: string[];
  status_id?: string;
}

export interface GroupedNotificationsResults {
  accounts: Account[];
  statuses: Status[];
  notification_groups: NotificationGroup[];
}

export interface Notification {
  id: string;
  type: string;
  created_at: Time;
  group_key: string;
  account: Account;
  status?: Status;
}

export interface Conversation {
  id: string;
  unread: boolean;
  accounts: Account[];
  last_status: Status | null;
}

export interface List {
  id: string;
  title: string;
  replies_policy: string;
  exclusive: boolean;
}

export interface Marker {
  last_read_id: string;
  version: number;
  updated_at: Time;
}

export interface Tag {
  id: string;
  name: string;
  url: string;
  following?: boolean;
}

export interface Search {
  accounts: Account[];
  statuses: Status[];
  hashtags: Tag[];
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
  description: string;
  configuration: {
    statuses: { max_characters: number; max_media_attachments: number; characters_reserved_per_url: number };
    media_attachments: { description_limit: number; image_size_limit: number; supported_mime_types: string[] };
    polls: { max_options: number; max_characters_per_option: number; min_expiration: number; max_expiration: number };
    accounts: { max_profile_fields: number; max_display_name_length: number; max_note_length: number };
  };
  rules: Rule[];
}

export interface DeliveryActivity {
  id: string;
  kind: string | null;
  servers: number;
  delivered: number;
  waiting: number;
  failed: number;
  started_at: Time;
  finished_at: Time | null;
}

export interface Delivery {
  status_id: string;
  reach: string | null;
  servers: number;
  delivered: number;
  waiting: number;
  failed: number;
  next_try_at: Time | null;
  started_at: Time | null;
  finished_at: Time | null;
  activities: DeliveryActivity[];
}

export interface DeliveryHost {
  host: string;
  inbox: string;
  state: string;
  failures: number | null;
  reason: string | null;
  failing_since: Time | null;
  next_try_at: Time | null;
  failed_at: Time | null;
}

export interface DeliveryCost {
  visibility: string;
  is_answer: boolean;
  reach: string;
  followers: number;
  people: number;
}

export interface ReachPreferences {
  reply_reach: string;
  reply_reach_now: string;
  servers: number;
}

export interface Application {
  client_id: string;
  client_secret: string;
}

export interface TokenEntity {
  access_token: string;
  scope: string;
}
