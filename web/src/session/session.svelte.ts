// Who sits at the desk. The token lives in this browser until she signs out or the server ends it.
import type { CredentialAccount } from "../api/types";

const KEY = "desk.session";

interface Kept {
  token: string;
  clientId: string;
  clientSecret: string;
  accountId: string;
}

function load(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") as Kept | null;
  } catch {
    return null; // written by somebody else: as if nobody had signed in
  }
}

class Session {
  #kept = $state.raw<Kept | null>(load());
  me = $state.raw<CredentialAccount | null>(null);
  // Was signed in until the server said no. What she wrote stays for her.
  hasExpired = $state(false);
  #asking: Promise<CredentialAccount> | null = null;

  constructor() {
    // Another tab signs in or out.
    addEventListener("storage", (event) => {
      if (event.key !== KEY) return;
      this.#kept = load();
      if (this.#kept) this.hasExpired = false;
      else this.me = null;
    });
  }

  get token(): string | null {
    return this.#kept && !this.hasExpired ? this.#kept.token : null;
  }
  // Of whoever sits here, also while the session has expired.
  get accountId(): string {
    return this.#kept?.accountId ?? "";
  }
  get kept(): Kept | null {
    return this.#kept;
  }
  // Herself; asked for once, by whoever needs it first.
  async self(load: () => Promise<CredentialAccount>): Promise<CredentialAccount> {
    this.#asking ??= load().finally(() => (this.#asking = null));
    return (this.me ??= await this.#asking);
  }
  open(kept: Kept): void {
    localStorage.setItem(KEY, JSON.stringify(kept));
    this.#kept = kept;
    this.hasExpired = false;
  }
  expire(): void {
    this.hasExpired = true;
  }
  close(): void {
    localStorage.removeItem(KEY);
    this.#kept = null;
    this.me = null;
    this.hasExpired = false;
  }
}

export const session = new Session();
