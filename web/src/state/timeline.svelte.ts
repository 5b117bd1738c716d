// A list of posts that grows at both ends. What comes in while somebody reads waits above until she wants it, so
// nothing moves under her eyes.
import { askPage, type Query, withQuery } from "../api/client";
import { live, type LiveEvent } from "../api/live.svelte";
import type { Status } from "../api/types";
import { justAfter } from "../lib/ids";
import { shortened } from "../lib/bounds";
import { type Sequence, withGapFilled, withNewest, without, withOlder } from "../lib/sequence";
import { session } from "../session/session.svelte";
import { sentenceFor } from "./notices.svelte";
import { posts } from "./posts.svelte";

const PAGE = 20;
const WAITING_MAX = 400;
const TIMELINES_MAX = 12;
const NEAR = 3; // timelines that one may go back to, and finds as long as they were
const NEAR_MAX = 2_000; // posts of one
const RESTING_MAX = 400; // posts of one of the others

export interface Source {
  path: string;
  query?: Query;
  stream?: string;
  isByTime?: boolean; // ids run with the order: gaps can be told and filled. Default true.
}

export class Timeline {
  sequence = $state.raw<Sequence>([]);
  waiting = $state.raw<string[]>([]);
  isLoading = $state(false);
  isReady = $state(false);
  isKept = $state(false); // shown from what was kept, because the server was not reached
  trouble = $state("");
  filling = $state("");
  #next = $state.raw<string | null>(null);

  constructor(readonly key: string, readonly source: Source) {}

  get hasMore(): boolean {
    return this.#next !== null;
  }
  get ids(): string[] {
    return [...this.waiting, ...this.sequence.flatMap((one) => (one.kind === "post" ? [one.id] : []))];
  }
  get #isByTime(): boolean {
    return this.source.isByTime !== false;
  }
  async #page(path: string, query: Query = {}): Promise<{ ids: string[]; next: string | null }> {
    const page = await askPage<Status[]>("GET", path, { query });
    this.isKept = page.isKept;
    return { ids: posts.keepAll(page.data), next: page.next };
  }
  #newest() {
    return this.#page(this.source.path, { ...this.source.query, limit: PAGE });
  }
  async #work(work: () => Promise<void>): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    this.trouble = "";
    try {
      await work();
    } catch (error) {
      this.trouble = sentenceFor(error);
    } finally {
      this.isLoading = false;
      this.isReady = true;
    }
  }

  // `place`: the id that stood at the top of the window when the page was last left, perhaps none.
  async start(place: string | null): Promise<void> {
    if (this.isReady && this.sequence.length > 0) return this.refresh();
    await this.#work(async () => {
      const page = await this.#newest();
      this.sequence = withOlder([], page.ids);
      this.#next = page.next;
      if (!place || !this.#isByTime || page.ids.length < PAGE || page.ids.includes(place)) return;
      const older = await this.#page(this.source.path, { ...this.source.query, limit: PAGE, max_id: justAfter(place) });
      if (older.ids.length === 0) return;
      this.sequence = withNewest(withOlder([], older.ids), page.ids, true);
      this.#next = older.next;
    });
  }
  // What was missed comes to wait above; a gap is told where too much was.
  async refresh(): Promise<void> {
    await this.#work(async () => {
      const page = await this.#newest();
      if (!this.#isByTime) {
        this.sequence = withOlder([], page.ids);
        this.#next = page.next;
        return;
      }
      const shown = this.sequence.flatMap((one) => (one.kind === "post" ? [one.id] : []));
      const known = new Set([...shown, ...this.waiting]);
      const isFull = page.ids.length >= PAGE;
      if (page.ids.some((id) => known.has(id)) || !isFull) {
        const fresh = page.ids.filter((id) => !known.has(id));
        this.waiting = [...fresh, ...this.waiting].slice(0, WAITING_MAX);
      } else {
        this.showWaiting();
        this.sequence = withNewest(this.sequence, page.ids, isFull);
      }
      if (this.#next === null && known.size === 0) this.#next = page.next;
    });
  }
  async more(): Promise<void> {
    const next = this.#next;
    if (!next) return;
    await this.#work(async () => {
      const page = await this.#page(next);
      this.sequence = withOlder(this.sequence, page.ids);
      this.#next = page.ids.length > 0 ? page.next : null;
    });
  }
  async fill(above: string): Promise<void> {
    this.filling = above;
    await this.#work(async () => {
      const page = await this.#page(this.source.path, { ...this.source.query, limit: PAGE, max_id: above });
      this.sequence = withGapFilled(this.sequence, above, page.ids, page.ids.length >= PAGE);
    });
    this.filling = "";
  }
  showWaiting(): void {
    this.sequence = withNewest(this.sequence, this.waiting, false);
    this.waiting = [];
  }
  // Nobody looks at it: its lower end is asked for again when somebody reads as far.
  rest(max: number): void {
    const short = this.#isByTime ? shortened(this.sequence, max) : null;
    if (!short) return;
    this.sequence = short.sequence;
    this.#next = withQuery(this.source.path, { ...this.source.query, limit: PAGE, max_id: short.last });
  }
  drop(id: string): void {
    this.waiting = this.waiting.filter((one) => one !== id);
    this.sequence = without(this.sequence, id);
  }
  // Of somebody whom she does not want to see any more.
  dropAuthor(account: string): void {
    for (const one of this.sequence) {
      const post = one.kind === "post" ? posts.get(one.id) : undefined;
      if (post && (post.account.id === account || post.reblog?.account.id === account)) this.drop(post.id);
    }
  }
  take(post: Status): void {
    const id = posts.keep(post);
    if (this.waiting.includes(id) || this.sequence.some((one) => one.kind === "post" && one.id === id)) return;
    // Her own words are shown where she looks for them.
    if (post.account.id === session.accountId || (this.isReady && this.sequence.length === 0))
      this.sequence = withNewest(this.sequence, [id], false);
    else this.waiting = [id, ...this.waiting].slice(0, WAITING_MAX);
  }
}

const timelines = new Map<string, Timeline>();

export function timelineOf(source: Source): Timeline {
  const key = withQuery(source.path, source.query);
  let timeline = timelines.get(key);
  timeline ??= new Timeline(key, source);
  // The one that was looked at last stands last.
  timelines.delete(key);
  timelines.set(key, timeline);
  return timeline;
}
// When a screen with posts is left. `others`: posts that are shown elsewhere than in timelines.
export function tidyMemory(others: readonly string[]): void {
  for (const key of [...timelines.keys()].slice(0, -TIMELINES_MAX)) timelines.delete(key);
  const all = [...timelines.values()];
  all.forEach((timeline, at) => timeline.rest(at < all.length - NEAR ? RESTING_MAX : NEAR_MAX));
  const shown = new Set([...others, ...all.flatMap((one) => one.ids)]);
  posts.sweep((id) => shown.has(id));
}
export function forgetTimelines(): void {
  timelines.clear();
}
export function dropEverywhere(id: string): void {
  for (const timeline of timelines.values()) timeline.drop(id);
}
export function dropAuthorEverywhere(account: string): void {
  for (const timeline of timelines.values()) timeline.dropAuthor(account);
}

function hear({ stream, event, payload }: LiveEvent): void {
  if (event === "delete") dropEverywhere(String(payload));
  if (event === "status.update") posts.keep(payload as Status);
  if (event !== "update") return;
  for (const timeline of timelines.values())
    if (timeline.source.stream === stream && timeline.isReady) timeline.take(payload as Status);
}

export function listenForPosts(): void {
  live.listen(hear);
  live.onReturn(() => {
    for (const timeline of timelines.values()) if (timeline.isReady && timeline.source.stream) void timeline.refresh();
  });
}
