// What Rosa has published: something of everything that a page can show.
import { readFile } from "node:fs/promises";
import { BASE, PICTURES } from "./browser.mjs";

async function call(token, method, path, body) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const isForm = body instanceof FormData;
  if (body && !isForm) headers["Content-Type"] = "application/json";
  const answer = await fetch(BASE + path, { method, headers, body: isForm ? body : body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function file(name, type) {
  return new Blob([await readFile(`${PICTURES}/${name}`)], { type });
}

async function upload(token, name, description, type = "image/jpeg") {
  const form = new FormData();
  form.append("file", await file(name, type), name);
  if (description) form.append("description", description);
  let media = await call(token, "POST", "/api/v2/media", form);
  for (let tries = 0; !media.url && tries < 300; ++tries) {
    await new Promise((done) => setTimeout(done, 100));
    media = await call(token, "GET", `/api/v1/media/${media.id}`);
  }
  return media.id;
}

async function present(token) {
  const form = new FormData();
  form.append("display_name", "Rosa by the harbour");
  form.append("note", "Photographs, small essays, and what the tide leaves.\n\nI read every answer. #photography");
  form.append("discoverable", "true");
  form.append("indexable", "true");
  form.append("avatar", await file("photo3.jpg", "image/jpeg"), "a.jpg");
  form.append("header", await file("photo1.jpg", "image/jpeg"), "h.jpg");
  [["Home", "https://rosa.example/"], ["Pronouns", "she"], ["Tea", "green, no sugar"]].forEach(([name, value], at) => {
    form.append(`fields_attributes[${at}][name]`, name);
    form.append(`fields_attributes[${at}][value]`, value);
  });
  await call(token, "PATCH", "/api/v1/accounts/update_credentials", form);
}

// Returns the paths of the pages worth a look.
export async function publish(token) {
  await present(token);
  const post = (status, more = {}) => call(token, "POST", "/api/v1/statuses", { status, ...more });
  const path = (one) => new URL(one.url).pathname;

  const words = await post("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3)
    + "\n\nhttps://example.org/" + "a-very-long-address/".repeat(20) + " #" + "longtag".repeat(12));
  const hebrew = await post("שלום לכולם! היום צילמתי את הנמל בבוקר, לפני שהסירות יצאו. #צילום\n\nAnd a line from left to right.",
    { language: "he" });
  const essay = await post("# What the tide leaves\n\nThe harbour is **loud** before six. *Then* it is not.\n\n"
    + "- rope\n- glass, worn round\n- one shoe, always the left\n\n> The sea keeps nothing that it cannot carry.\n\n"
    + "1. Look down.\n2. Look again.\n\nThere is `code` too:\n\n```\ntide = moon + sun\n```\n\n"
    + "[More of it](https://rosa.example/essays), and #photography.", { content_type: "text/markdown" });
  const notice = await post("She survives, and so does the cat.", { spoiler_text: "The end of the film" });
  const poll = await post("Which picture shall I print?",
    { poll: { options: ["The boats in fog", "The red door", "None, take a new one"], expires_in: 86400 } });
  const covered = await post("After the storm.",
    { sensitive: true, media_ids: [await upload(token, "photo4.jpg", "A broken mast")] });
  const one = await post("Fog this morning. #photography",
    { media_ids: [await upload(token, "photo0.jpg", "Boats that are hardly to be seen, in fog the colour of milk")] });
  const many = await post("Four from the walk, and one without words.",
    { media_ids: await Promise.all([0, 1, 2, 4, 5].map((n) => upload(token, `photo${n}.jpg`, n < 5 && `Picture ${n}`))) });
  const video = await post("Waves.",
    { media_ids: [await upload(token, "video.mp4", "Waves against the pier", "video/mp4")] });
  const root = await post("I have walked this pier every morning for a year. A thread about light. #photography");
  let above = root;
  for (const text of ["In winter it comes late, and from the side.", "In spring it is honest.",
    "In summer there is too much of it, and one waits.", "That is all. Thank you for reading."]) {
    above = await post(text, { in_reply_to_id: above.id });
  }
  await post("An aside, to the beginning.", { in_reply_to_id: root.id });
  await call(token, "POST", `/api/v1/statuses/${essay.id}/pin`);
  await call(token, "POST", `/api/v1/polls/${poll.poll.id}/votes`, { choices: [0] }).catch(() => {});
  await post("A quiet link, for those who find it.", { visibility: "unlisted" });
  const quote = await post("Still true.", { quoted_status_id: one.id });

  return {
    home: "/", profile: "/@rosa", replies: "/@rosa/with_replies", media: "/@rosa/media", thread: path(root),
    middle: path(above), essay: path(essay), words: path(words), hebrew: path(hebrew), notice: path(notice),
    poll: path(poll), covered: path(covered), photo: path(one), photos: path(many), video: path(video),
    quote: path(quote), embed: path(one) + "/embed", tag: "/tags/photography", about: "/about",
    missing: "/@rosa/1", nobody: "/@nobody-here",
  };
}

export async function register(name, redirectUri) {
  return call(null, "POST", "/api/v1/apps",
    { client_name: name, redirect_uris: redirectUri, scopes: "read write follow", website: "https://app.example/" });
}

export async function exchange(app, code) {
  const answer = await call(null, "POST", "/oauth/token", {
    grant_type: "authorization_code", client_id: app.client_id, client_secret: app.client_secret,
    redirect_uri: app.redirect_uris[0], code,
  });
  return answer.access_token;
}
