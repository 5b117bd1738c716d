// A small server of another make, on Fedify: it answers other servers on one port and the test on another one, and
// ends when its standard input does. Its parts: state (what it knows), federation (what others see), acts (what the
// test can make its people do), loopback (the way out).
import http from "node:http";
import { federation } from "./federation.mjs";
import { formOf, leadTo } from "./loopback.mjs";
import { acts } from "./acts.mjs";
import { errors, origin, pictures, settings } from "./state.mjs";

const { FEDIFY_PORT, FEDIFY_CONTROL_PORT, FEDIFY_PROXY_PORT } = process.env;
const bodyMax = 1 << 20;

leadTo(Number(FEDIFY_PROXY_PORT));

async function bodyOf(incoming) {
  const pieces = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size > bodyMax) throw new Error("the body is too large");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

async function answerServer(incoming) {
  const url = new URL(incoming.url, origin);
  const picture = pictures.get(url.pathname);
  if (picture) return new Response(picture, { headers: { "content-type": "image/png" } });
  const body = await bodyOf(incoming);
  const headers = new Headers(incoming.headers);
  const form = formOf(headers);
  const isRefused = form !== "unsigned" && settings.accepts !== "both" && settings.accepts !== form;
  if (isRefused) return new Response("This form of signature is not known here", { status: 401 });
  const hasBody = incoming.method === "POST";
  const request = new Request(url, { method: incoming.method, headers, body: hasBody ? body : undefined });
  return await federation.fetch(request, { contextData: { form, document: hasBody ? parsed(body) : null } });
}

async function answerTest(incoming) {
  const name = incoming.url.slice(1);
  if (!Object.hasOwn(acts, name)) return Response.json({ error: `there is no act ${name}` }, { status: 404 });
  const result = await acts[name](parsed(await bodyOf(incoming)) ?? {});
  return Response.json(result ?? null);
}

function serve(port, answer) {
  const server = http.createServer(async (incoming, outgoing) => {
    let response;
    try {
      response = await answer(incoming);
    } catch (error) {
      if (answer === answerServer) errors.push(String(error.stack ?? error));
      response = Response.json({ error: String(error.stack ?? error) }, { status: 500 });
    }
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  server.requestTimeout = 20_000;
  server.listen(Number(port), "127.0.0.1");
}

serve(FEDIFY_PORT, answerServer);
serve(FEDIFY_CONTROL_PORT, answerTest);
process.stdin.resume().on("end", () => process.exit(0));
