// Nothing typed is ever lost.
import assert from "node:assert/strict";
import { BASE } from "../browser.mjs";
import { call } from "./world.mjs";

const sheet = (page) => page.getByRole("textbox", { name: "Text", exact: true });
const discard = (page) => page.getByRole("button", { name: "Discard" }).click();

export default async function (desk, world) {
  await desk.tell("a reload and a crash lose no letter", async (page) => {
    await page.at("/write");
    await sheet(page).waitFor();
    await page.keyboard.type("Half a sentence, and th");
    await page.reload();
    await page.getByText("You had begun this").waitFor();
    assert.equal(await sheet(page).inputValue(), "Half a sentence, and th");
    const context = page.context();
    await page.close({ runBeforeUnload: false });
    const next = await context.newPage();
    await next.goto(BASE + "/desk/write");
    assert.equal(await sheet(next).inputValue(), "Half a sentence, and th");
    await discard(next);
  });

  await desk.tell("a second tab gets a sheet of its own, and neither harms the other", async (page) => {
    await page.at("/write");
    await sheet(page).waitFor();
    await page.keyboard.type("In the first tab");
    const second = await page.context().newPage();
    await second.goto(BASE + "/desk/write");
    await sheet(second).waitFor();
    assert.equal(await sheet(second).inputValue(), "");
    await second.keyboard.type("In the second tab");
    await page.keyboard.type(", still");
    await second.getByText("1 other draft").waitFor();
    await second.goto(BASE + "/desk/drafts");
    await second.getByText("In the first tab, still").waitFor();
    await second.getByText("In the second tab").waitFor();
    await second.close();
    await discard(page);
    const left = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("desk.draft.")).length);
    assert.equal(left, 1);
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("desk.draft.")).forEach((key) => localStorage.removeItem(key)));
  });

  await desk.tell("without a connection the text stays, and is published once when there is one again", async (page) => {
    await page.at("/write");
    await sheet(page).waitFor();
    await page.waitForLoadState("networkidle");
    await sheet(page).fill("Through the tunnel.");
    // The server takes the post, but its answer never arrives: the worst case.
    await page.route("**/api/v1/statuses", async (route) => {
      await route.fetch();
      await route.abort("internetdisconnected");
    }, { times: 1 });
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("Your text is kept").waitFor();
    assert.equal(await sheet(page).inputValue(), "Through the tunnel.");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.waitForURL(BASE + "/desk/");
    const posts = await call("rosa", "GET", `/api/v1/accounts/${world.rosa.id}/statuses`);
    assert.equal(posts.filter((one) => one.content.includes("Through the tunnel")).length, 1);
    page.complaints.splice(0);
  });

  await desk.tell("a session that ends while she writes costs no word; after signing in the sheet lies there", async (page) => {
    const context = page.context();
    await page.at("/write");
    await sheet(page).waitFor();
    await page.keyboard.type("Written while the session ended");
    await page.route("**/api/v1/statuses", (route) => route.fulfill({ status: 401, json: { error: "The access token was revoked" } }), { times: 1 });
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("Your session has ended. What you wrote is kept.").waitFor();
    assert.equal(await sheet(page).inputValue(), "Written while the session ended");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(BASE + "/desk/write");
    assert.equal(await sheet(page).inputValue(), "Written while the session ended");
    await discard(page);
    await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
    desk.states.rosa = await context.storageState();
    page.complaints.splice(0);
  });
}
