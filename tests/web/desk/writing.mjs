// From an empty sheet to a post, with everything that can be put on one.
import assert from "node:assert/strict";
import { PICTURES, BASE, take } from "../browser.mjs";
import { call } from "./world.mjs";

const sheet = (page) => page.getByRole("textbox", { name: "Text", exact: true });
const publish = (page) => page.getByRole("button", { name: "Publish", exact: true }).click();
const newest = async (who) => (await call(who, "GET", `/api/v1/accounts/${(await call(who, "GET", "/api/v1/accounts/verify_credentials")).id}/statuses`))[0];

export default async function (desk, world) {
  await desk.tell("a note is written and published with the keyboard alone", async (page) => {
    await page.at("/");
    await page.keyboard.press("n");
    await sheet(page).waitFor();
    await page.keyboard.type("Written without a mouse.");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(BASE + "/desk/");
    await page.locator("article", { hasText: "Written without a mouse." }).first().waitFor();
    assert.match((await newest("rosa")).content, /Written without a mouse/);
  });

  await desk.tell("a picture has words and a point to look at, and opens large", async (page) => {
    await page.at("/write");
    await sheet(page).fill("The view from here.");
    await page.locator("input[type=file]").setInputFiles(`${PICTURES}/photo1.jpg`);
    await page.getByLabel("What does picture 1 show?").fill("A green field under a yellow sun");
    const point = page.getByRole("button", { name: /^Picture 1: where to look first/ });
    await point.focus();
    for (let times = 0; times < 5; times += 1) await page.keyboard.press("ArrowRight");
    await take(page, "write-picture", false);
    await publish(page);
    await page.waitForURL(BASE + "/desk/");
    const post = await newest("rosa");
    assert.equal(post.media_attachments[0].description, "A green field under a yellow sun");
    assert.equal(post.media_attachments[0].meta.focus.x, 0.5);
    await page.getByRole("link", { name: "Enlarge: A green field under a yellow sun" }).first().click();
    await page.locator(".pswp__description", { hasText: "A green field" }).waitFor();
    await take(page, "picture-large", false);
    await page.keyboard.press("Escape");
    await page.locator(".pswp").waitFor({ state: "detached" });
  });

  await desk.tell("pictures come by paste and by drop, too", async (page) => {
    await page.at("/write");
    for (const kind of ["paste", "drop"]) {
      await sheet(page).evaluate(async (area, kind) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
        const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
        const data = new DataTransfer();
        data.items.add(new File([blob], `${kind}.png`, { type: "image/png" }));
        const event = kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
        area.dispatchEvent(event);
      }, kind);
    }
    await page.getByLabel("What does picture 2 show?").waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
  });

  await desk.tell("a poll is asked, and somebody votes", async (page) => {
    await page.at("/write");
    await sheet(page).fill("Tea or coffee?");
    await page.getByRole("button", { name: "Poll", exact: true }).click();
    await page.getByLabel("Answer 1", { exact: true }).fill("Tea");
    await page.getByLabel("Answer 2", { exact: true }).fill("Coffee");
    await publish(page);
    await page.waitForURL(BASE + "/desk/");
    assert.deepEqual((await newest("rosa")).poll.options.map((one) => one.title), ["Tea", "Coffee"]);
    await page.at(`/post/${world.poll.id}`);
    await page.getByLabel("Plain blue").check();
    await page.getByRole("button", { name: "Vote" }).click();
    await page.getByText("your vote").waitFor();
    assert.deepEqual((await call("rosa", "GET", `/api/v1/polls/${world.poll.poll.id}`)).own_votes, [1]);
  });

  await desk.tell("a notice stands before the text, and the audience is what was chosen", async (page) => {
    await page.at("/write");
    await page.getByRole("button", { name: "Content notice" }).click();
    await page.getByLabel("Content notice").first().fill("Spiders");
    await sheet(page).fill("There are eight of them.");
    await page.getByText("Followers", { exact: true }).click();
    await page.getByText("Only people who follow you").waitFor();
    await page.getByText("It stays on this server.").waitFor();
    await publish(page);
    await page.waitForURL(BASE + "/desk/");
    const post = await newest("rosa");
    assert.equal(post.spoiler_text, "Spiders");
    assert.equal(post.visibility, "private");
    const article = page.locator("article", { hasText: "Spiders" }).first();
    assert.equal(await page.getByText("There are eight").isVisible(), false);
    await article.getByRole("button", { name: /Spiders/ }).click();
    assert.equal(await page.getByText("There are eight").isVisible(), true);
  });

  await desk.tell("a post waits for its time among the drafts", async (page) => {
    await page.at("/write");
    await sheet(page).fill("From the past.");
    await page.getByText("Publish later…").click();
    const later = new Date(Date.now() + 48 * 3600_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await page.getByLabel("When").fill(later);
    await page.getByRole("button", { name: "Publish then" }).click();
    await page.waitForURL(BASE + "/desk/");
    await page.at("/drafts");
    await page.getByText("From the past.").waitFor();
    await page.getByRole("button", { name: "Do not publish" }).click();
    await page.getByText("From the past.").waitFor({ state: "detached" });
    assert.deepEqual(await call("rosa", "GET", "/api/v1/scheduled_statuses"), []);
  });

  await desk.tell("too long is said in letters, and cannot be sent", async (page) => {
    await page.at("/write");
    const { configuration } = await call("rosa", "GET", "/api/v2/instance");
    await page.waitForLoadState("networkidle");
    await sheet(page).fill("x".repeat(configuration.statuses.max_characters + 3));
    await page.getByText("3 letters too many").waitFor({ state: "attached" });
    assert.equal(await page.getByRole("button", { name: "Publish", exact: true }).isDisabled(), true);
    await page.getByRole("button", { name: "Discard" }).click();
  });

  await desk.tell("an answer names those in the thread and stands below it", async (page) => {
    await page.at(`/post/${world.answer.id}`);
    await page.getByRole("link", { name: "Answer", exact: true }).click();
    assert.equal(await sheet(page).inputValue(), "@ben ");
    await page.keyboard.type("It had no choice.");
    await publish(page);
    await page.getByRole("heading", { name: "Post", level: 1 }).waitFor();
    await page.locator("article", { hasText: "It had no choice." }).first().waitFor();
    assert.equal((await newest("rosa")).in_reply_to_id, world.answer.id);
  });

  await desk.tell("a post is quoted, changed, and its past can be read; then it is deleted", async (page) => {
    await page.at(`/write?quote=${world.mine.id}`);
    await sheet(page).fill("Still true.");
    await publish(page);
    await page.waitForURL(BASE + "/desk/");
    const post = await newest("rosa");
    assert.equal(post.quote.quoted_status.id, world.mine.id);
    await page.at(`/write?edit=${post.id}`);
    assert.equal(await sheet(page).inputValue(), "Still true.");
    await sheet(page).fill("Still truer.");
    await page.getByRole("button", { name: "Save the change" }).click();
    await page.waitForURL(BASE + "/desk/");
    await page.at(`/post/${post.id}`);
    await page.getByRole("button", { name: /^Edited/ }).click();
    await page.getByRole("dialog").getByText("Still true.").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(`#post-${post.id}`).getByRole("button", { name: "More about this post" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("The post is deleted.").waitFor();
    assert.notEqual((await newest("rosa")).id, post.id);
  });

  await desk.tell("how far a post has come is a line that grows, then a quiet sentence with its reasons", async (page) => {
    // With made-up figures: what the server tells is tested where it is made.
    const figures = { status_id: world.mine.id, reach: null, servers: 2000, delivered: 700, waiting: 1300, failed: 0,
      next_try_at: null, started_at: new Date().toISOString(), finished_at: null, activities: [] };
    let told = figures;
    await page.route("**/delivery", (route) => route.fulfill({ json: told }));
    await page.route("**/delivery/hosts?state=failed", (route) => route.fulfill({ json: [
      { host: "gone.example", inbox: "https://gone.example/inbox", state: "failed", failures: null, reason: "It is gone (410)",
        failing_since: null, next_try_at: null, failed_at: new Date().toISOString() }] }));
    await page.route("**/delivery/hosts?state=waiting", (route) => route.fulfill({ json: [] }));
    await page.at(`/post/${world.mine.id}`);
    await page.getByRole("progressbar", { name: "Servers reached" }).waitFor();
    await page.getByText("700 of 2,000 servers reached").waitFor();
    await take(page, "delivery-line", false);
    told = { ...figures, delivered: 1999, waiting: 0, failed: 1, finished_at: new Date().toISOString() };
    await page.getByText("Reached 1,999 of 2,000 servers; 1 could not be reached.").click();
    await page.getByRole("dialog").getByText("It is gone (410)").waitFor();
    assert.equal(await page.getByRole("progressbar").count(), 0);
    await take(page, "delivery-dialog", false);
  });
}
