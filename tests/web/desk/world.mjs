// Three people and what they have said, made through the API before the browser looks.
import { readFile } from "node:fs/promises";
import { BASE, PICTURES } from "../browser.mjs";

export const tokens = JSON.parse(process.env.TOKENS);

export async function call(who, method, path, body) {
  const isForm = body instanceof FormData;
  const headers = { Authorization: `Bearer ${tokens[who]}` };
  if (body && !isForm) headers["Content-Type"] = "application/json";
  const answer = await fetch(BASE + path, { method, headers, body: isForm ? body : body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export const say = (who, status, more = {}) => call(who, "POST", "/api/v1/statuses", { status, ...more });

export async function picture(who, number, description) {
  const form = new FormData();
  form.append("file", new Blob([await readFile(`${PICTURES}/photo${number}.jpg`)], { type: "image/jpeg" }), "photo.jpg");
  form.append("description", description);
  let media = await call(who, "POST", "/api/v2/media", form);
  while (!media.url) {
    await new Promise((done) => setTimeout(done, 100));
    media = await call(who, "GET", `/api/v1/media/${media.id}`);
  }
  return media.id;
}

async function present(who, name, note, number) {
  const form = new FormData();
  form.append("display_name", name);
  form.append("note", note);
  form.append("discoverable", "true");
  form.append("avatar", new Blob([await readFile(`${PICTURES}/photo${number}.jpg`)], { type: "image/jpeg" }), "a.jpg");
  return call(who, "PATCH", "/api/v1/accounts/update_credentials", form);
}

export async function build() {
  const rosa = await present("rosa", "Rosa by the harbour", "Photographs, small essays, and what the tide leaves.", 3);
  const ben = await present("ben", "Ben Alder", "Boats, mostly wooden ones. #boats", 1);
  const ada = await present("ada", "Ada Quill", "I bind books.", 0);
  for (const one of [ben, ada]) await call("rosa", "POST", `/api/v1/accounts/${one.id}/follow`);
  await call("ben", "POST", `/api/v1/accounts/${rosa.id}/follow`);

  const album = await say("ben", "Three days in the yard, and she floats. #boats", {
    media_ids: [await picture("ben", 0, "A wooden hull on trestles"), await picture("ben", 1, "The same hull, painted green"),
      await picture("ben", 2, "The boat in the water, at last")] });
  const notice = await say("ada", "The binder did it, with the bone folder.", { spoiler_text: "The end of the novel" });
  const poll = await say("ada", "Which endpaper?",
    { poll: { options: ["Marbled", "Plain blue", "None at all"], expires_in: 86400 } });
  const quote = await say("ada", "This is how it should look.", { quoted_status_id: album.id, visibility: "unlisted" });
  const covered = await say("ben", "After the storm.", { sensitive: true, media_ids: [await picture("ben", 3, "A broken mast")] });
  const mine = await say("rosa", "Fog this morning, the colour of milk.\n\nI walked the pier to its end and back, and met nobody "
    + "but a heron, who did not think much of me. #harbour");
  const answer = await say("ben", "@rosa Did it let you pass?", { in_reply_to_id: mine.id });
  await say("rosa", "@ben It stepped aside in the end.", { in_reply_to_id: answer.id });
  for (const who of ["ben", "ada"]) await call(who, "POST", `/api/v1/statuses/${mine.id}/favourite`);
  await call("ada", "POST", `/api/v1/statuses/${mine.id}/reblog`);
  await say("ada", "@rosa Shall I bind your essays?", { visibility: "direct" });
  return { rosa, ben, ada, album, notice, poll, quote, covered, mine, answer };
}
