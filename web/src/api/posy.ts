// Entities of /api/posy/v1 that the desk alone asks for: sessions, moving, the operator's page, measures.
export type { LocalAccount, Measures, Overview, ServerMeasures, Session as AppSession, TroubledHost } from "./types";

export const POSY = "/api/posy/v1";

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

export interface ServerWords {
  title: string;
  description: string;
  contact_email: string;
  rules: string[];
  privacy_policy: string;
  terms: string;
  fixed: string[];
}
