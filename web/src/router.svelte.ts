// Addresses under /desk. A link is a plain <a href>; clicks on it are caught once, in App.
import { tick } from "svelte";

const FRAMES_MAX = 60;
const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

export const to = (path: string): string => BASE + path;

interface Entry {
  key: string;
  depth: number; // how many entries before it are the desk's
}

// Where each entry of the history was scrolled to, for coming back to it.
const heights = new Map<string, number>();
const newKey = () => Math.random().toString(36).slice(2);
const here = () => ({ path: location.pathname.slice(BASE.length) || "/", query: new URLSearchParams(location.search) });

class Router {
  #at = $state.raw(here());
  #key: string;
  #depth: number;

  constructor() {
    history.scrollRestoration = "manual";
    const entry = history.state as Entry | null;
    this.#key = entry?.key ?? newKey();
    this.#depth = entry?.depth ?? 0;
    history.replaceState({ key: this.#key, depth: this.#depth }, "");
    addEventListener("popstate", (event: PopStateEvent) => {
      const back = event.state as Entry | null;
      void this.#arrive(back?.key ?? newKey(), back?.depth ?? 0);
    });
  }

  get path(): string {
    return this.#at.path;
  }
  get query(): URLSearchParams {
    return this.#at.query;
  }

  async #arrive(key: string, depth: number): Promise<void> {
    heights.set(this.#key, scrollY);
    this.#key = key;
    this.#depth = depth;
    this.#at = here();
    await tick();
    const height = heights.get(key) ?? 0;
    // A screen that is loaded by need is there some frames later.
    for (let frame = 0; frame < FRAMES_MAX && this.#key === key; frame += 1) {
      scrollTo(0, height);
      if (Math.abs(scrollY - height) < 2) return;
      await new Promise(requestAnimationFrame);
    }
  }
  go(path: string): void {
    const entry: Entry = { key: newKey(), depth: this.#depth + 1 };
    heights.set(this.#key, scrollY);
    history.pushState(entry, "", to(path));
    void this.#arrive(entry.key, entry.depth);
  }
  replace(path: string): void {
    history.replaceState({ key: this.#key, depth: this.#depth }, "", to(path));
    this.#at = here();
  }
  back(): void {
    if (this.#depth > 0) history.back();
    else this.go("/");
  }
}

export const router = new Router();

// A click that the desk answers itself; all others are the browser's.
export function followLink(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download")) return;
  if (link.pathname !== BASE && !link.pathname.startsWith(BASE + "/")) return;
  if (link.pathname === location.pathname && link.hash) return; // within the page
  event.preventDefault();
  router.go((link.pathname.slice(BASE.length) || "/") + link.search);
}
