// How far own posts have come. Told live; asked for where nothing was told for a while.
import { SvelteMap } from "svelte/reactivity";
import { Failure, read } from "../api/client";
import { live } from "../api/live.svelte";
import type { Delivery } from "../api/types";

const ASK_AGAIN_MS = 4_000;
const ASK_AGAIN_TIMES = 20;

class Deliveries {
  #known = new SvelteMap<string, Delivery>();
  #watched = new Set<string>();

  get(id: string): Delivery | undefined {
    return this.#known.get(id);
  }
  listen(): void {
    live.listen(({ event, payload }) => {
      if (event !== "posy.delivery") return;
      const delivery = payload as Delivery;
      this.#known.set(delivery.status_id, delivery);
    });
  }
  async load(id: string): Promise<void> {
    try {
      this.#known.set(id, await read<Delivery>(`/api/posy/v1/statuses/${id}/delivery`));
    } catch (error) {
      if (!(error instanceof Failure)) throw error; // it is asked again, or told
    }
  }
  // Of a post that was just published or changed.
  async watch(id: string): Promise<void> {
    if (this.#watched.has(id)) return;
    this.#watched.add(id);
    for (let tries = 0; tries < ASK_AGAIN_TIMES; tries += 1) {
      await this.load(id);
      const known = this.#known.get(id);
      if (known?.finished_at || (tries > 0 && known?.servers === 0)) break;
      await new Promise((done) => setTimeout(done, tries === 0 ? ASK_AGAIN_MS / 4 : ASK_AGAIN_MS));
    }
    this.#watched.delete(id);
  }
}

export const deliveries = new Deliveries();
