// What she writes, kept in this browser with every letter. A draft belongs to one tab at a time: a second tab that
// opens the same kind of draft begins another, and finds the first when that tab is gone.
import type { MediaAttachment, Poll } from "../api/types";
import { randomText } from "../session/pkce";
import { session } from "../session/session.svelte";

export interface DraftPoll {
  options: string[];
  multiple: boolean;
  expiresIn: number; // seconds
}

export interface Draft {
  id: string; // also the key that keeps it from being published twice
  context: string; // new, reply:ID, quote:ID, edit:ID, mention:ACCT
  text: string;
  notice: string | null;
  sensitive: boolean;
  visibility: string;
  language: string;
  media: MediaAttachment[];
  poll: DraftPoll | null;
  scheduledAt: string; // as <input type="datetime-local"> has it; empty: at once
  reach: string; // followers, people; empty: as preferred
  changedAt: number;
}

const PREFIX = "desk.draft.";
const keyOf = (id: string) => `${PREFIX}${session.accountId}.${id}`;

export function draftOf(context: string, start: Partial<Draft> = {}): Draft {
  return {
    id: randomText(12), context, text: "", notice: null, sensitive: false, visibility: "public", language: "",
    media: [], poll: null, scheduledAt: "", reach: "", changedAt: 0, ...start,
  };
}

export function isEmpty(draft: Draft): boolean {
  return !draft.text.trim() && !draft.notice && draft.media.length === 0 && !draft.poll?.options.some(Boolean);
}

export function saveDraft(draft: Draft): void {
  localStorage.setItem(keyOf(draft.id), JSON.stringify({ ...draft, changedAt: Date.now() }));
}

export function forgetDraft(id: string): void {
  localStorage.removeItem(keyOf(id));
}

// The latest first.
export function keptDrafts(): Draft[] {
  const found: Draft[] = [];
  for (let at = 0; at < localStorage.length; at += 1) {
    const key = localStorage.key(at) ?? "";
    if (!key.startsWith(`${PREFIX}${session.accountId}.`)) continue;
    try {
      found.push(draftOf("new", JSON.parse(localStorage.getItem(key) ?? "{}") as Draft));
    } catch {
      localStorage.removeItem(key); // no draft of ours
    }
  }
  return found.sort((a, b) => b.changedAt - a.changedAt);
}

// Locks end with their tab, however it ends. Where there are none (plain http), every draft is free.
function claim(id: string): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return Promise.resolve(() => undefined);
  return new Promise((answer) => {
    void navigator.locks.request(PREFIX + id, { ifAvailable: true }, (lock) => {
      if (!lock) return answer(null);
      return new Promise<void>((release) => answer(release));
    });
  });
}

export interface OpenDraft {
  draft: Draft;
  wasKept: boolean;
  release: () => void;
}

export async function openDraft(context: string, start: () => Promise<Partial<Draft>>): Promise<OpenDraft> {
  for (const draft of keptDrafts()) {
    if (draft.context !== context) continue;
    const release = await claim(draft.id);
    if (release) return { draft, wasKept: true, release };
  }
  const draft = draftOf(context, await start());
  return { draft, wasKept: false, release: (await claim(draft.id)) ?? (() => undefined) };
}

export function pollOf(poll: Poll | null): DraftPoll | null {
  if (!poll) return null;
  const left = poll.expires_at ? Math.round((Date.parse(poll.expires_at) - Date.now()) / 1000) : 86_400;
  return { options: poll.options.map((one) => one.title), multiple: poll.multiple, expiresIn: Math.max(left, 300) };
}
