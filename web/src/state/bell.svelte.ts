// What happened to her: groups of notifications, and how many are new.
import { ask, askPage, read } from "../api/client";
import { live } from "../api/live.svelte";
import type { Account, GroupedNotificationsResults, Marker, NotificationGroup } from "../api/types";
import { calmly } from "../lib/calm";
import { isNewer } from "../lib/ids";
import { sentenceFor } from "./notices.svelte";
import { posts } from "./posts.svelte";

const PATH = "/api/v2/notifications";
const PAGE = 30;
const COUNT_PAUSE_MS = 10_000;
const RELOAD_PAUSE_MS = 5_000;
const TOP_PX = 200;

class Bell {
  groups = $state.raw<NotificationGroup[]>([]);
  accounts = $state.raw<Record<string, Account>>({});
  unread = $state(0);
  readUpTo = $state("0");
  isLoading = $state(false);
  isReady = $state(false);
  isShown = false; // its screen is open
  waiting = $state(0); // came while she read further down
  trouble = $state("");
  #next = $state.raw<string | null>(null);
  #kinds: string[] = [];

  get hasMore(): boolean {
    return this.#next !== null;
  }
  // Thousands may write within a minute: each raises the count here, and the server is asked now and then.
  listen(): void {
    const count = calmly(() => void this.count(), COUNT_PAUSE_MS);
    const reload = calmly(() => void this.load(this.#kinds), RELOAD_PAUSE_MS);
    live.listen(({ stream, event }) => {
      if (event !== "notification" || stream !== "user") return;
      this.unread += 1;
      count();
      if (!this.isShown) return;
      // Nothing moves under the eyes of who has scrolled down.
      if (scrollY < TOP_PX) reload();
      else this.waiting += 1;
    });
    live.onReturn(count);
  }
  async count(): Promise<void> {
    await this.#work(async () => {
      this.unread = (await read<{ count: number }>(`${PATH}/unread_count`)).count;
    });
  }
  async load(kinds: string[]): Promise<void> {
    this.#kinds = kinds;
    await this.#work(async () => {
      const page = await this.#page(PATH, { limit: PAGE, types: kinds });
      this.groups = page;
      this.waiting = 0;
    });
    this.isReady = true;
  }
  async more(): Promise<void> {
    const next = this.#next;
    if (!next || this.isLoading) return;
    await this.#work(async () => {
      const older = await this.#page(next, {});
      const known = new Set(this.groups.map((group) => group.group_key));
      this.groups = [...this.groups, ...older.filter((group) => !known.has(group.group_key))];
    });
  }
  // What is shown has been seen. Until then, `readUpTo` tells what is new.
  async markRead(): Promise<void> {
    const newest = this.groups[0]?.most_recent_notification_id;
    if (!newest) return;
    await this.#work(async () => {
      const markers = await read<{ notifications?: Marker }>("/api/v1/markers", { timeline: ["notifications"] });
      this.readUpTo = markers.notifications?.last_read_id ?? "0";
      if (isNewer(newest, this.readUpTo))
        await ask("POST", "/api/v1/markers", { body: { notifications: { last_read_id: newest } } });
      this.unread = 0;
    });
  }
  forget(): void {
    this.groups = [];
    this.unread = 0;
    this.isReady = false;
  }
  async #page(path: string, query: Record<string, number | string[]>): Promise<NotificationGroup[]> {
    const page = await askPage<GroupedNotificationsResults>("GET", path, { query });
    posts.keepAll(page.data.statuses);
    this.accounts = { ...this.accounts, ...Object.fromEntries(page.data.accounts.map((one) => [one.id, one])) };
    this.#next = page.data.notification_groups.length > 0 ? page.next : null;
    return page.data.notification_groups;
  }
  async #work(work: () => Promise<void>): Promise<void> {
    this.isLoading = true;
    this.trouble = "";
    try {
      await work();
    } catch (error) {
      this.trouble = sentenceFor(error);
    } finally {
      this.isLoading = false;
    }
  }
}

export const bell = new Bell();
