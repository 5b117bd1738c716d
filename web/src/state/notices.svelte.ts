// What the desk says in passing, at the foot of the page and to screen readers. One at a time, the latest.
import { Failure } from "../api/client";
import { t } from "../texts/texts.svelte";

const SHOWN_MS = 6_000;

interface Notice {
  text: string;
  isTrouble: boolean;
  path?: string; // where to look, perhaps
}

class Notices {
  now = $state.raw<Notice | null>(null);
  #timer = 0;

  say(text: string, path?: string): void {
    this.#show({ text, isTrouble: false, ...(path ? { path } : {}) });
  }
  trouble(text: string): void {
    this.#show({ text, isTrouble: true });
  }
  close(): void {
    this.now = null;
  }
  #show(notice: Notice): void {
    clearTimeout(this.#timer);
    this.now = notice;
    this.#timer = window.setTimeout(() => this.close(), notice.isTrouble ? 2 * SHOWN_MS : SHOWN_MS);
  }
}

export const notices = new Notices();

// The sentence for a failure; what is no failure of a request is a mistake of ours and goes on.
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Failure)) throw error;
  if (error.isOffline) return t("trouble.offline");
  if (error.status === 401) return t("trouble.signedOut");
  if (error.status === 429) return t("trouble.tooMany");
  if (error.status >= 500) return t("trouble.server");
  return error.message || t("trouble.server");
}

// Does something on behalf of a control, and says so if it did not work. Answers whether it did.
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    notices.trouble(sentenceFor(error));
    return false;
  }
}
