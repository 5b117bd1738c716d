// From a draft to what the server is asked for.
import { ask } from "../api/client";
import type { DeliveryCost, MediaAttachment, ScheduledStatus, Status } from "../api/types";
import type { Draft } from "./drafts";

interface Wanted {
  status: string;
  visibility?: string;
  spoiler_text?: string;
  sensitive?: boolean;
  language?: string;
  in_reply_to_id?: string;
  quoted_status_id?: string;
  scheduled_at?: string;
  media_ids?: string[];
  media_attributes?: { id: string; description: string | null; focus: string }[];
  poll?: { options: string[]; expires_in: number; multiple: boolean };
  posy?: { reach: string };
}

export function partOf(context: string, kind: string): string | null {
  return context.startsWith(kind + ":") ? context.slice(kind.length + 1) : null;
}

export function focusOf(media: MediaAttachment): string {
  const focus = media.meta?.focus ?? { x: 0, y: 0 };
  return `${focus.x.toFixed(2)},${focus.y.toFixed(2)}`;
}

export function wantedOf(draft: Draft): Wanted {
  const reply = partOf(draft.context, "reply");
  const quote = partOf(draft.context, "quote");
  const isEdit = partOf(draft.context, "edit") !== null;
  const wanted: Wanted = { status: draft.text, spoiler_text: draft.notice ?? "", sensitive: draft.sensitive };
  if (draft.language) wanted.language = draft.language;
  wanted.media_ids = draft.media.map((one) => one.id);
  if (draft.poll) {
    const { options, expiresIn, multiple } = draft.poll;
    wanted.poll = { options: options.filter((one) => one.trim()), expires_in: expiresIn, multiple };
  }
  if (isEdit) {
    wanted.media_attributes = draft.media.map((one) => ({
      id: one.id, description: one.description, focus: focusOf(one) }));
    return wanted;
  }
  wanted.visibility = draft.visibility;
  if (reply) wanted.in_reply_to_id = reply;
  if (quote) wanted.quoted_status_id = quote;
  if (draft.scheduledAt) wanted.scheduled_at = new Date(draft.scheduledAt).toISOString();
  if (draft.reach && draft.visibility !== "direct") wanted.posy = { reach: draft.reach };
  return wanted;
}

export type Published = { kind: "post"; post: Status } | { kind: "scheduled"; scheduled: ScheduledStatus };

export async function publish(draft: Draft): Promise<Published> {
  const edited = partOf(draft.context, "edit");
  const body = wantedOf(draft);
  if (edited) return { kind: "post", post: await ask<Status>("PUT", `/api/v1/statuses/${edited}`, { body }) };
  // The key makes a second try after a lost answer harmless.
  const answer = await ask<Status | ScheduledStatus>("POST", "/api/v1/statuses", { body, idempotencyKey: draft.id });
  return "content" in answer ? { kind: "post", post: answer } : { kind: "scheduled", scheduled: answer };
}

export function costOf(draft: Draft, signal: AbortSignal): Promise<DeliveryCost> {
  const { status, visibility, in_reply_to_id, quoted_status_id, posy } = wantedOf(draft);
  const body = { status, visibility, in_reply_to_id, quoted_status_id, posy };
  return ask<DeliveryCost>("POST", "/api/posy/v1/statuses/cost", { body, signal });
}
