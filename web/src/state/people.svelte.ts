// How she stands to people, and what she does about it.
import { SvelteMap } from "svelte/reactivity";
import { ask, read } from "../api/client";
import type { Account, Relationship } from "../api/types";
import { attempt } from "./notices.svelte";
import { dropAuthorEverywhere } from "./timeline.svelte";

const ASKED_MAX = 40;

class People {
  #relations = new SvelteMap<string, Relationship>();

  relation(id: string): Relationship | undefined {
    return this.#relations.get(id);
  }
  async load(accounts: readonly Account[]): Promise<void> {
    const unknown = accounts.map((one) => one.id).filter((id) => !this.#relations.has(id));
    for (let from = 0; from < unknown.length; from += ASKED_MAX)
      this.#keep(await read<Relationship[]>("/api/v1/accounts/relationships", {
        id: unknown.slice(from, from + ASKED_MAX) }));
  }
  act(id: string, verb: string, body: Record<string, string | number | boolean> = {}): Promise<boolean> {
    return attempt(async () => {
      this.#keep([await ask<Relationship>("POST", `/api/v1/accounts/${id}/${verb}`, { body })]);
      if (verb === "mute" || verb === "block") dropAuthorEverywhere(id);
    });
  }
  answerRequest(id: string, verb: "authorize" | "reject"): Promise<boolean> {
    return attempt(async () => {
      this.#keep([await ask<Relationship>("POST", `/api/v1/follow_requests/${id}/${verb}`)]);
    });
  }
  forget(): void {
    this.#relations.clear();
  }
  #keep(relations: Relationship[]): void {
    for (const one of relations) this.#relations.set(one.id, one);
  }
}

export const people = new People();
