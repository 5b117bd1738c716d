// What is kept in memory has an end.
import type { Status } from "../api/types";
import type { Sequence } from "./sequence";

// The first `max` posts, and the last of them: what is older is asked for again from there.
export function shortened(sequence: Sequence, max: number): { sequence: Sequence; last: string } | null {
  let posts = 0;
  for (const [at, one] of sequence.entries()) {
    if (one.kind !== "post") continue;
    posts += 1;
    if (posts === max && at < sequence.length - 1) return { sequence: sequence.slice(0, at + 1), last: one.id };
  }
  return null;
}

// Whom to forget so that `max` are left, the longest known first. What is shown stays, with what stands within it.
export function idsToForget(known: ReadonlyMap<string, Status>, isShown: (id: string) => boolean, max: number): string[] {
  const within = new Set<string>();
  for (const [id, post] of known) {
    if (!isShown(id)) continue;
    for (const one of [post, post.reblog]) {
      if (one) within.add(one.id);
      if (one?.quote?.quoted_status) within.add(one.quote.quoted_status.id);
    }
  }
  const idle = [...known.keys()].filter((id) => !within.has(id) && !isShown(id));
  return idle.slice(0, Math.max(known.size - max, 0));
}
