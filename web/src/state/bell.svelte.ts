// What happened to her: groups of notifications, and how many are new.
import { ask, askPage, read } from "../api/client";
import { live } from "../api/live.svelte";
import type { Account, GroupedNotificationsResults, Marker, NotificationGroup } from "../api/types";
import { isNewer } from "../lib/ids";
import { sentenceFor } from "./notices.svelte";
import { posts } from "./posts.svelte";

const PATH = "/api/v2/notifications";
const PAGE = 30;

class Bell {
  groups = $state.raw<NotificationGroup[]>([]);
  accounts = $state.raw<Record<string, Account>>({});
  unread = $state(0);
  readUpTo = $state("0");
  isLoading = $state(false);
  isReady = $state(false);
  trouble = $state("");
  #next = $state.raw<string | null>(null);
  #kinds: string[] = [];

  get hasMore(): boolean {
    return this.#next !== null;
  }
  listen(): void {
    live.listen(({ stream, event }) => {
      if (event !== "notification" || stream !== "user") return;
      if (this.isReady) void this.load(this.#kinds);
      void this.count();
    });
    live.onReturn(() => void this.count());
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
