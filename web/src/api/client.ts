// One way to ask the server. Whoever asks gets the answer or a Failure with a sentence that can be shown.
import { session } from "../session/session.svelte";

const WAIT_MS = 30_000;
const UPLOAD_WAIT_MS = 600_000;

export class Failure extends Error {
  // 0: the server was not reached.
  constructor(readonly status: number, message: string) {
    super(message);
  }
  get isOffline(): boolean {
    return this.status === 0;
  }
}

export interface Page<T> {
  data: T;
  next: string | null; // the path of what is older
  isKept: boolean; // from what the worker kept, because the server was not reached
}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

interface Asking {
  query?: Query;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export function withQuery(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) for (const one of value) parts.append(`${name}[]`, one);
    else parts.append(name, String(value));
  }
  const text = parts.toString();
  if (!text) return path;
  return path + (path.includes("?") ? "&" : "?") + text;
}

// The address of rel="next" in a header Link (RFC 8288), as a path of this server.
export function nextOf(link: string | null): string | null {
  for (const part of (link ?? "").split(/,(?=\s*<)/)) {
    const found = /<([^>]+)>\s*;.*rel="?next"?/.exec(part);
    if (!found?.[1]) continue;
    const url = new URL(found[1], "http://here.example");
    return url.pathname + url.search;
  }
  return null;
}

async function send(method: string, path: string, asking: Asking): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (session.token) headers["Authorization"] = `Bearer ${session.token}`;
  if (asking.idempotencyKey) headers["Idempotency-Key"] = asking.idempotencyKey;
  const isForm = asking.body instanceof FormData;
  if (asking.body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const limit = AbortSignal.timeout(isForm ? UPLOAD_WAIT_MS : WAIT_MS);
  const options: RequestInit = { method, headers, signal: limit, credentials: "omit" };
  if (asking.body !== undefined) options.body = isForm ? (asking.body as FormData) : JSON.stringify(asking.body);
  if (asking.signal) {
    asking.signal.throwIfAborted();
    const stop = new AbortController();
    asking.signal.addEventListener("abort", () => stop.abort(asking.signal?.reason));
    limit.addEventListener("abort", () => stop.abort(limit.reason));
    options.signal = stop.signal;
  }
  try {
    return await fetch(withQuery(path, asking.query), options);
  } catch (error) {
    if (asking.signal?.aborted) throw error;
    throw new Failure(0, "");
  }
}

async function sentenceOf(answer: Response): Promise<string> {
  try {
    const body = (await answer.json()) as { error?: string; error_description?: string };
    return body.error_description ?? body.error ?? answer.statusText;
  } catch {
    return answer.statusText; // not JSON: a proxy between us and the server said it
  }
}

export async function askPage<T>(method: string, path: string, asking: Asking = {}): Promise<Page<T>> {
  const token = session.token;
  const answer = await send(method, path, asking);
  if (!answer.ok) {
    if (answer.status === 401 && token && token === session.token) session.expire();
    throw new Failure(answer.status, await sentenceOf(answer));
  }
  const isKept = answer.headers.get("X-Desk-Kept") === "yes";
  return { data: (await answer.json()) as T, next: nextOf(answer.headers.get("Link")), isKept };
}

export async function ask<T>(method: string, path: string, asking: Asking = {}): Promise<T> {
  return (await askPage<T>(method, path, asking)).data;
}

export const read = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  ask<T>("GET", path, { query: query ?? {}, ...(signal ? { signal } : {}) });

// A file of the server, kept on her disk. Through a script, since a link cannot carry the token.
export async function download(path: string, name: string): Promise<void> {
  const answer = await send("GET", path, {});
  if (!answer.ok) throw new Failure(answer.status, await sentenceOf(answer));
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), WAIT_MS);
}
