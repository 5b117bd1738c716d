// Sessions, password, tables that come and go, figures by day, and the operator's page. The server's answers are
// given by the test: so the figures are known, and the desk is seen with each server, also with one that lacks them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { PICTURES, take } from "../browser.mjs";
import { wrongWith } from "./driver.mjs";
import { call } from "./world.mjs";

const at = (hours) => new Date(Date.UTC(2026, 1, 5, 12) - hours * 3_600_000).toISOString();
const session = (id, app, current, more = {}) =>
  ({ id, app, website: null, scopes: ["read", "write"], created_at: at(900), last_used_at: at(3), current, ...more });
const days = Array.from({ length: 28 }, (_, day) => ({ date: at(24 * (27 - day)).slice(0, 10),
  followers: (day * 7) % 12, replies: (day * 5) % 9, deliveries: day === 20 ? 20412 : day * 130 }));
const hours = Array.from({ length: 48 }, (_, hour) => ({ at: at(47 - hour), delivered: (hour * 37) % 900, failed: hour === 30 ? 12 : 0,
  received: (hour * 11) % 240 }));
const overview = { version: "1.0.0", uptime_s: 3 * 86_400, accounts: { local: 3, remote: 20412, active_month: 2 },
  statuses: { local: 310, remote: 90210 },
  storage: { database_bytes: 412e6, media_bytes: 1.2e9, cache_bytes: 740e6, free_bytes: 48e9 },
  queues: { deliveries_waiting: 30, deliveries_failed: 2, inbox_waiting: 0, jobs_waiting: 1 }, memory_bytes: 61e6, hosts_in_trouble: 1 };
const host = { host: "slow.example", failures: 3, reason: "It is overloaded or being mended (503)", failing_since: at(5),
  next_try_at: at(-1), waiting: 12 };
const words = { title: "A small harbour", description: "For a few friends.", contact_email: "keeper@posy.example",
  rules: ["Be kind."], privacy_policy: "", terms: "", fixed: ["title"] };

// A server that has all of it. `said` keeps what was asked of it.
async function serve(page, world, said = []) {
  const answers = {
    "GET /sessions": () => [session("7", "Posy desk", true), session("5", "A phone", false, { scopes: ["read"], last_used_at: null })],
    "DELETE /sessions/5": () => ({}),
    "PATCH /password": (body) => (body.current_password === "right" ? {} : 422),
    "GET /imports": () => said.filter(([name]) => name === "POST /imports").map(() => ({ id: "3", kind: "following", total: 200,
      done: said.filter(([name]) => name === "GET /imports").length > 2 ? 198 : 80, failed: 2, created_at: at(0),
      finished_at: said.filter(([name]) => name === "GET /imports").length > 2 ? at(0) : null })),
    "POST /imports": () => ({ id: "3", kind: "following", total: 200, done: 0, failed: 0, created_at: at(0), finished_at: null }),
    "GET /measures": () => ({ days }),
    "GET /admin/overview": () => overview,
    "GET /admin/measures": () => ({ hours }),
    "GET /admin/hosts": () => [host],
    "GET /admin/accounts": () => [{ account: world.rosa, email: "rosa@posy.example", role: "owner", created_at: at(900), last_active_at: at(1) }],
    "GET /admin/server": () => words,
    "PATCH /admin/server": (body) => ({ ...words, ...body }),
  };
  await page.route(/\/api\/posy\/v1\/(sessions|password|imports|exports|measures|admin)/, async (route) => {
    const request = route.request();
    const name = `${request.method()} ${new URL(request.url()).pathname.replace("/api/posy/v1", "")}`;
    if (name.includes("/exports/")) return route.fulfill({ contentType: "text/csv", body: "Account address\nben@posy.example\n" });
    const isJson = (request.headers()["content-type"] ?? "").includes("json");
    const body = isJson ? request.postDataJSON() : request.postData();
    said.push([name, body]);
    const answer = answers[name]?.(body) ?? 404;
    if (typeof answer === "number") return route.fulfill({ status: answer, json: { error: "The password now is another one" } });
    await route.fulfill({ json: answer });
  });
  // She looks after the server.
  await page.route("**/api/v1/accounts/verify_credentials", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), role: { id: "3", name: "Owner", permissions: "1048575" } } });
  });
  return said;
}

export default async function (desk, world) {
  const screens = { settings: "/settings", sessions: "/settings/sessions", password: "/settings/password", move: "/settings/move",
    measures: "/settings/measures", server: "/settings/server", first: "/welcome" };
  for (const size of ["phone", "desk"]) {
    for (const scheme of ["light", "dark"]) {
      await desk.tell(`the settings' screens are in order, ${size}, ${scheme}`, async (page) => {
        await serve(page, world);
        for (const [name, path] of Object.entries(screens)) {
          await page.at(path);
          await page.waitForLoadState("networkidle");
          const wrong = await wrongWith(page);
          await take(page, `settings-${name}-${size}-${scheme}`);
          assert.deepEqual(wrong, [], name);
        }
      }, { size, scheme });
    }
  }

  await desk.tell("what a server lacks is left out", async (page) => {
    await page.route(/\/api\/posy\/v1\/(sessions|imports|measures|admin)/, (route) => route.fulfill({ status: 404, json: { error: "Not found" } }));
    await page.at("/settings");
    await page.getByRole("link", { name: /Your profile/ }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal(await page.getByRole("link", { name: /Sessions and apps|Password|Import|How it goes|operator/ }).count(), 0);
    page.complaints.splice(0);
  });

  await desk.tell("a session is ended", async (page) => {
    const said = await serve(page, world);
    await page.at("/settings");
    await page.getByRole("link", { name: /Sessions and apps/ }).click();
    await page.getByRole("button", { name: "End the session of A phone" }).click();
    await page.getByText("You are signed in nowhere else.").waitFor();
    assert.ok(said.some(([name]) => name === "DELETE /sessions/5"));
  });

  await desk.tell("the password is changed by keyboard alone, and a wrong one is said", async (page) => {
    const said = await serve(page, world);
    await page.at("/settings/password");
    await page.getByLabel("Your password now").focus();
    await page.keyboard.type("wrong");
    await page.keyboard.press("Tab");
    await page.keyboard.type("a new and longer one");
    await page.keyboard.press("Enter");
    await page.getByText("The password now is another one").waitFor();
    await page.getByLabel("Your password now").fill("right");
    await page.keyboard.press("Enter");
    await page.getByText("The password is changed.").waitFor();
    assert.deepEqual(said.at(-1), ["PATCH /password",
      { current_password: "right", password: "a new and longer one", sign_out_others: true }]);
    page.complaints.splice(0);
  });

  await desk.tell("a table is taken along, and one is brought with its progress shown", async (page) => {
    const said = await serve(page, world);
    await page.at("/settings/move");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download: Whom you follow" }).click()]);
    assert.equal(file.suggestedFilename(), "following.csv");
    assert.match(await readFile(await file.path(), "utf8"), /ben@posy\.example/);
    await page.getByLabel(/The table/).setInputFiles({ name: "following.csv", mimeType: "text/csv", buffer: Buffer.from("Account address\n") });
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("82 of 200").waitFor();
    await page.getByText("198 done, 2 could not be").waitFor();
    assert.match(said.find(([name]) => name === "POST /imports")[1], /name="mode"\s+merge/);
  });

  await desk.tell("the operator changes the rules, and what the settings file says stays", async (page) => {
    const said = await serve(page, world);
    await page.at("/settings/server");
    await page.getByText("slow.example").waitFor();
    assert.equal(await page.getByLabel("Name of the server").isDisabled(), true);
    await page.getByRole("button", { name: "Another rule" }).click();
    await page.getByLabel("Rule 2", { exact: true }).fill("Describe your pictures.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("The texts are saved.").waitFor();
    const sent = said.find(([name]) => name === "PATCH /admin/server")[1];
    assert.deepEqual(sent.rules, ["Be kind.", "Describe your pictures."]);
    assert.equal("title" in sent, false);
  });

  await desk.tell("who comes for the first time says who she is and begins to write", async (page) => {
    await page.at("/welcome");
    await page.locator("input[type=file]").setInputFiles(`${PICTURES}/photo2.jpg`);
    await page.getByLabel("Your name, as people read it").fill("Rosa by the sea");
    await page.getByLabel("A sentence about you").fill("Photographs and tides.");
    await page.getByRole("button", { name: "Start writing" }).click();
    await page.getByRole("textbox", { name: "Text", exact: true }).waitFor();
    const me = await call("rosa", "GET", "/api/v1/accounts/verify_credentials");
    assert.deepEqual([me.display_name, me.source.note], ["Rosa by the sea", "Photographs and tides."]);
    assert.doesNotMatch(me.avatar, /missing/);
  });

  await desk.tell("over a slow network the desk says that it is coming, and comes", async (page) => {
    await page.route("**/api/v1/timelines/home*", async (route) => {
      await new Promise((done) => setTimeout(done, 2_500));
      await route.continue();
    });
    await page.at("/");
    await page.getByText("One moment…").first().waitFor();
    await page.locator("article").first().waitFor();
  });

  await desk.tell("a file that was on its way when the page was loaded anew is said to be lost", async (page) => {
    await page.route("**/api/v2/media", () => undefined); // never answered
    await page.at("/write");
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("With a picture");
    await page.locator("input[type=file]").setInputFiles(`${PICTURES}/photo1.jpg`);
    await page.getByText("photo1.jpg is on its way").waitFor();
    await page.reload();
    await page.getByText("photo1.jpg was still on its way and is lost.").waitFor();
    await page.reload();
    assert.equal(await page.getByRole("textbox", { name: "Text", exact: true }).inputValue(), "With a picture");
    assert.equal(await page.getByText("is lost").count(), 0);
    await page.getByRole("button", { name: "Discard" }).click();
    page.complaints.splice(0);
  });

  await desk.tell("without Web Locks a text is kept all the same", async (page) => {
    await page.addInitScript(() => delete Navigator.prototype.locks);
    await page.at("/write");
    assert.equal(await page.evaluate(() => "locks" in navigator), false);
    await page.getByRole("textbox", { name: "Text", exact: true }).fill("Kept without a lock");
    await page.reload();
    assert.equal(await page.getByRole("textbox", { name: "Text", exact: true }).inputValue(), "Kept without a lock");
    await page.getByRole("button", { name: "Discard" }).click();
  });
}
