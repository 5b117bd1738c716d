// Every post that was loaded, once: what changes in one place changes wherever it is shown.
import { SvelteMap } from "svelte/reactivity";
import { ask, read } from "../api/client";
import type { Poll, Status } from "../api/types";
import { idsToForget } from "../lib/bounds";
import { attempt } from "./notices.svelte";

const KEPT_MAX = 3_000;

class Posts {
  #known = new SvelteMap<string, Status>();

  get(id: string): Status | undefined {
    return this.#known.get(id);
  }
  keep(post: Status): string {
    if (post.reblog) this.keep(post.reblog);
    if (post.quote?.quoted_status) this.keep(post.quote.quoted_status);
    // A stream tells of a post without what it is to me: what was known of that stays.
    const before = this.#known.get(post.id);
    this.#known.set(post.id, before && post.favourited === undefined ? { ...post, ...mine(before) } : post);
    return post.id;
  }
  keepAll(page: readonly Status[]): string[] {
    return page.map((post) => this.keep(post));
  }
  // Where more is known than is good for a phone, what no timeline shows goes, the longest known first.
  sweep(isShown: (id: string) => boolean, max = KEPT_MAX): void {
    if (this.#known.size <= max) return;
    for (const id of idsToForget(this.#known, isShown, max)) this.#known.delete(id);
  }
  forget(id: string): void {
    this.#known.delete(id);
  }
  change(id: string, change: Partial<Status>): void {
    const post = this.#known.get(id);
    if (post) this.#known.set(id, { ...post, ...change });
  }
  async load(id: string): Promise<Status> {
    const post = await read<Status>(`/api/v1/statuses/${id}`);
    this.keep(post);
    return post;
  }
}

function mine(post: Status): Partial<Status> {
  const { favourited, reblogged, bookmarked, muted, pinned } = post;
  return { favourited, reblogged, bookmarked, muted, pinned };
}

export const posts = new Posts();

// Shown at once, taken back if the server says no.
async function mark(id: string, change: Partial<Status>, path: string): Promise<boolean> {
  const before = posts.get(id);
  posts.change(id, change);
  const done = await attempt(async () => {
    const answer = await ask<Status>("POST", `/api/v1/statuses/${id}/${path}`);
    posts.keep(answer.reblog ?? answer);
  });
  if (!done && before) posts.keep(before);
  return done;
}

export function favourite(post: Status): Promise<boolean> {
  const on = !post.favourited;
  const favourites_count = Math.max(0, post.favourites_count + (on ? 1 : -1));
  return mark(post.id, { favourited: on, favourites_count }, on ? "favourite" : "unfavourite");
}
export function boost(post: Status): Promise<boolean> {
  const on = !post.reblogged;
  const reblogs_count = Math.max(0, post.reblogs_count + (on ? 1 : -1));
  return mark(post.id, { reblogged: on, reblogs_count }, on ? "reblog" : "unreblog");
}
export function bookmark(post: Status): Promise<boolean> {
  return mark(post.id, { bookmarked: !post.bookmarked }, post.bookmarked ? "unbookmark" : "bookmark");
}
export function pin(post: Status): Promise<boolean> {
  return mark(post.id, { pinned: !post.pinned }, post.pinned ? "unpin" : "pin");
}
export function muteThread(post: Status): Promise<boolean> {
  return mark(post.id, { muted: !post.muted }, post.muted ? "unmute" : "mute");
}
export async function remove(post: Status): Promise<boolean> {
  return attempt(() => ask("DELETE", `/api/v1/statuses/${post.id}`));
}
export async function vote(post: Status, choices: number[]): Promise<boolean> {
  const poll = post.poll;
  if (!poll) return false;
  return attempt(async () => {
    const answer = await ask<Poll>("POST", `/api/v1/polls/${poll.id}/votes`, { body: { choices } });
    posts.change(post.id, { poll: answer });
  });
}
