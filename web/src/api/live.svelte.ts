// One WebSocket for all that happens while somebody looks. It reconnects by itself, and says so: whoever shows
// something asks then for what was missed.
import { session } from "../session/session.svelte";

const REST_MS = 1_000;
const REST_MS_MAX = 60_000;

export interface LiveEvent {
  stream: string; // "user", "public:local", "hashtag:tea", "list:12"
  event: string;
  payload: unknown;
}
type Listener = (event: LiveEvent) => void;

interface Frame {
  stream?: string[];
  event?: string;
  payload?: string;
}

class Live {
  isOpen = $state(false);
  #socket: WebSocket | null = null;
  #listeners = new Set<Listener>();
  #returns = new Set<() => void>();
  #wanted = new Map<string, number>([["user", 1]]);
  #failures = 0;
  #timer = 0;
  #wasOpen = false;

  constructor() {
    addEventListener("online", () => this.#again(0));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !this.isOpen && this.#wasOpen) this.#again(0);
    });
  }
  start(): void {
    if (!this.#socket) this.#open();
  }
  stop(): void {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    this.isOpen = false;
    this.#wasOpen = false;
    socket?.close();
  }
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  // Called when the connection is back after it was lost.
  onReturn(call: () => void): () => void {
    this.#returns.add(call);
    return () => this.#returns.delete(call);
  }
  // Until the answer is called, events of that stream come too.
  follow(stream: string): () => void {
    const count = this.#wanted.get(stream) ?? 0;
    this.#wanted.set(stream, count + 1);
    if (count === 0) this.#tell("subscribe", stream);
    return () => {
      const left = (this.#wanted.get(stream) ?? 1) - 1;
      if (left > 0) this.#wanted.set(stream, left);
      else if (this.#wanted.delete(stream)) this.#tell("unsubscribe", stream);
    };
  }

  #tell(type: string, stream: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const [kind, ...rest] = stream.split(":");
    const name = rest.join(":");
    const what = kind === "hashtag" ? { stream: kind, tag: name } : kind === "list" ? { stream: kind, list: name }
      : { stream };
    this.#socket.send(JSON.stringify({ type, ...what }));
  }
  #open(): void {
    const token = session.token;
    if (!token) return;
    const address = new URL("/api/v1/streaming", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    // The token travels as a protocol, so that it stands in no address and no log.
    const socket = new WebSocket(address, token);
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      this.isOpen = true;
      for (const stream of this.#wanted.keys()) this.#tell("subscribe", stream);
      if (this.#wasOpen) for (const call of this.#returns) call();
      this.#wasOpen = true;
    };
    socket.onmessage = (message) => this.#hear(String(message.data));
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.isOpen = false;
      this.#failures += 1;
      this.#again(Math.min(REST_MS * 2 ** this.#failures, REST_MS_MAX) * (0.5 + Math.random() / 2));
    };
  }
  #again(rest: number): void {
    clearTimeout(this.#timer);
    if (this.#socket) return;
    this.#timer = window.setTimeout(() => this.#open(), rest);
  }
  #hear(text: string): void {
    const frame = JSON.parse(text) as Frame;
    if (!frame.event || !frame.stream) return; // an answer to a subscription that was refused
    const isText = frame.event === "delete";
    const payload: unknown = isText || !frame.payload ? frame.payload : JSON.parse(frame.payload);
    const event = { stream: frame.stream.join(":"), event: frame.event, payload };
    for (const listener of this.#listeners) listener(event);
  }
}

export const live = new Live();
