// The service worker: the desk opens without a connection, and what was loaded can be read then.
const worker = self as unknown as ServiceWorkerGlobalScope;

const SHELL = "desk-shell"; // the program; signing out leaves it
const READ = "desk-read"; // answers of the API, by address
const SEEN = "desk-seen"; // pictures
const READ_MAX = 200;
const SEEN_MAX = 400;
const SHELL_MAX = 120;
const INDEX = "/desk/";

// The oldest entries go first.
async function trim(name: string, max: number): Promise<void> {
  const cache = await caches.open(name);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - max))) await cache.delete(key);
}

async function keep(name: string, max: number, request: Request | string, answer: Response): Promise<void> {
  if (answer.status !== 200) return;
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, answer);
  await trim(name, max);
}

// Told apart from a fresh answer by a header.
function marked(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("X-Desk-Kept", "yes");
  return new Response(answer.body, { status: answer.status, headers });
}

async function fresh(event: FetchEvent, name: string, max: number, key: Request | string): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(name, max, key, answer.clone()));
    return answer;
  } catch (error) {
    const kept = await (await caches.open(name)).match(key, { ignoreVary: true });
    if (kept) return name === READ ? marked(kept) : kept;
    throw error;
  }
}

// Files whose names change with their content.
async function kept(event: FetchEvent, name: string, max: number): Promise<Response> {
  const found = await (await caches.open(name)).match(event.request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.status === 200) event.waitUntil(keep(name, max, event.request, answer.clone()));
  return answer;
}

worker.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const answer = await fetch(INDEX, { cache: "no-cache" });
    const html = await answer.clone().text();
    await keep(SHELL, SHELL_MAX, INDEX, answer);
    const files = [...html.matchAll(/(?:src|href)="(\/desk\/[^"]+)"/g)].map((found) => found[1] ?? "");
    await (await caches.open(SHELL)).addAll(files);
    await worker.skipWaiting();
  })());
});

worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname.startsWith("/desk")) event.respondWith(fresh(event, SHELL, SHELL_MAX, INDEX));
    return;
  }
  if (url.pathname.startsWith("/desk/assets/")) return event.respondWith(kept(event, SHELL, SHELL_MAX));
  if (url.pathname.startsWith("/desk/")) return event.respondWith(fresh(event, SHELL, SHELL_MAX, request));
  if (url.pathname.startsWith("/api/") && !url.pathname.startsWith("/api/v1/streaming"))
    return event.respondWith(fresh(event, READ, READ_MAX, request));
  if (request.destination === "image") event.respondWith(kept(event, SEEN, SEEN_MAX));
});
