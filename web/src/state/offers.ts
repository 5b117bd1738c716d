// What this server has beyond the Mastodon API. An older one lacks some of it: what it lacks is left out of the desk.
import { Failure, read } from "../api/client";
import { POSY } from "../api/posy";
import type { CredentialAccount } from "../api/types";

const doors = { sessions: "/sessions", imports: "/imports", measures: "/measures?days=1", admin: "/admin/overview",
  words: "/admin/server" };
export type Offer = keyof typeof doors;

const answers = new Map<Offer, boolean>();

// Asked once for each visit. Not reached: not known, and asked again the next time.
export async function offers(what: Offer): Promise<boolean> {
  const known = answers.get(what);
  if (known !== undefined) return known;
  try {
    await read(POSY + doors[what]);
    answers.set(what, true);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.isOffline) return false;
    answers.set(what, error.status !== 404); // 403: it is there, for whoever may
  }
  return answers.get(what) ?? false;
}

// Whether she looks after this server: Mastodon's bit for changing its settings, which owners and admins have.
const MANAGE_SETTINGS = 1 << 6;
export const isOperator = (me: CredentialAccount | null): boolean =>
  me !== null && (Number(me.role?.permissions ?? 0) & MANAGE_SETTINGS) !== 0;
