// Entities of /api/posy/v1 that the desk alone asks for: sessions, moving, the operator's page, measures.
import type { Account } from "./types";

export const POSY = "/api/posy/v1";

export interface AppSession {
  id: string;
  app: string;
  website: string | null;
  scopes: string[];
  created_at: string;
  last_used_at: string | null;
  current: boolean;
}

export const movables = ["following", "lists", "bookmarks", "mutes", "blocks", "domain_blocks"] as const;
export type Movable = (typeof movables)[number];

export interface Import {
  id: string;
  kind: Movable;
  total: number;
  done: number;
  failed: number;
  created_at: string;
  finished_at: string | null;
}

export interface Overview {
  version: string;
  uptime_s: number;
  accounts: { local: number; remote: number; active_month: number };
  statuses: { local: number; remote: number };
  storage: { database_bytes: number; media_bytes: number; cache_bytes: number; free_bytes: number | null };
  queues: { deliveries_waiting: number; deliveries_failed: number; inbox_waiting: number; jobs_waiting: number };
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

export interface ServerWords {
  title: string;
  description: string;
  contact_email: string;
  rules: string[];
  privacy_policy: string;
  terms: string;
  fixed: string[];
}

export interface Measures {
  days: { date: string; followers: number; replies: number; deliveries: number }[];
}

export interface ServerMeasures {
  hours: { at: string; delivered: number; failed: number; received: number }[];
}
