// Addresses under /desk. A link is a plain <a href>; clicks on it are caught once, in App.
import { tick } from "svelte";

const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

export const to = (path: string): string => BASE + path;

interface Entry {
  key: string;
}

// Where each entry of the history was scrolled to, for coming back to it.
const heights = new Map<string, number>();
const newKey = () => Math.random().toString(36).slice(2);
const here = () => ({ path: location.pathname.slice(BASE.length) || "/", query: new URLSearchParams(location.search) });

class Router {
  #at = $state.raw(here());
  #key: string;

  constructor() {
    history.scrollRestoration = "manual";
    this.#key = (history.state as Entry | null)?.key ?? newKey();
    history.replaceState({ key: this.#key }, "");
    addEventListener("popstate", (event) => void this.#arrive((event.state as Entry | null)?.key ?? newKey()));
  }

  get path(): string {
    return this.#at.path;
  }
  get query(): URLSearchParams {
    return this.#at.query;
  }

  async #arrive(key: string): Promise<void> {
    heights.set(this.#key, scrollY);
    this.#key = key;
    this.#at = here();
    await tick();
    scrollTo(0, heights.get(key) ?? 0);
  }
  go(path: string): void {
    heights.set(this.#key, scrollY);
    const key = newKey();
    history.pushState({ key }, "", to(path));
    void this.#arrive(key);
  }
  replace(path: string): void {
    history.replaceState({ key: this.#key }, "", to(path));
    this.#at = here();
  }
  back(): void {
    if (history.length > 1) history.back();
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
