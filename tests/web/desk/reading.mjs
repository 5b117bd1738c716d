// Timelines: live, with gaps filled, and the place kept.
import assert from "node:assert/strict";
import { take } from "../browser.mjs";
import { call, say } from "./world.mjs";

const first = (page) => page.locator("article").first();

export default async function (desk, world) {
  await desk.tell("what comes in waits above and moves nothing", async (page) => {
    await page.at("/");
    await first(page).waitFor();
    await page.waitForLoadState("networkidle");
    await page.mouse.wheel(0, 600);
    const post = await page.locator("article").nth(3).getAttribute("id");
    const before = (await page.locator(`#${post}`).boundingBox()).y;
    await say("ben", "Fresh paint. #boats");
    const button = page.getByRole("button", { name: "1 new post" });
    await button.waitFor();
    assert.equal((await page.locator(`#${post}`).boundingBox()).y, before);
    await take(page, "waiting", false);
    await button.click();
    await page.locator("article", { hasText: "Fresh paint." }).first().waitFor();
    assert.match(await first(page).innerText(), /Fresh paint/);
  });

  await desk.tell("a long absence leaves a gap that can be filled to its end", async (page) => {
    await page.at("/around");
    await first(page).waitFor();
    await page.waitForLoadState("networkidle");
    await page.getByRole("link", { name: "Settings" }).first().click();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    for (let number = 1; number <= 45; number += 1) await say("ada", `Leaf ${number}.`);
    await page.goBack();
    const gap = page.getByRole("button", { name: "Show what lies between" });
    await gap.first().waitFor();
    for (let times = 0; times < 4 && (await gap.count()) > 0; times += 1) {
      await gap.first().click();
      await page.waitForLoadState("networkidle");
    }
    assert.equal(await gap.count(), 0);
    const leaves = (await page.locator("article").allInnerTexts()).map((text) => /Leaf (\d+)\./.exec(text)?.[1]).filter(Boolean);
    assert.deepEqual(leaves.map(Number), Array.from({ length: 45 }, (_, at) => 45 - at));
    page.complaints.splice(0);
  });

  await desk.tell("coming back, and loading anew, finds the same place", async (page) => {
    await page.at("/around");
    await first(page).waitFor();
    for (let times = 0; times < 8; times += 1) {
      await page.mouse.wheel(0, 900);
      await page.waitForTimeout(120);
    }
    await page.waitForTimeout(400);
    const seen = () => page.evaluate(() => [...document.querySelectorAll("article")].find((one) => one.getBoundingClientRect().top > 100)?.id);
    const place = await seen();
    await page.locator(`#${place} header .when a`).evaluate((link) => link.click());
    await page.getByRole("heading", { name: "Post", level: 1 }).waitFor();
    await page.goBack();
    await page.locator(`#${place}`).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await seen(), place);
    await page.reload();
    await page.locator(`#${place}`).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.locator(`#${place}`).evaluate((one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().top < innerHeight), true);
  });

  await desk.tell("a thread shows what is answered above and who answers below", async (page) => {
    await page.at(`/post/${world.answer.id}`);
    await page.locator("article", { hasText: "It stepped aside" }).waitFor();
    const texts = await page.locator("article").allInnerTexts();
    const at = (words) => texts.findIndex((text) => text.includes(words));
    assert.ok(at("Fog this morning") < at("Did it let you pass?") && at("Did it let you pass?") < at("It stepped aside"));
    await say("ada", "@ben I would not have.", { in_reply_to_id: world.answer.id });
    await page.reload();
    await page.locator("article", { hasText: "I would not have." }).waitFor();
  });

  await desk.tell("notices, covered pictures and albums open when asked", async (page) => {
    await page.at(`/post/${world.covered.id}`);
    assert.equal(await page.locator(".grid img").count(), 0);
    await page.getByRole("button", { name: /sensitive picture/ }).click();
    await page.locator(".grid img").first().waitFor();
    await page.at(`/post/${world.album.id}`);
    assert.equal(await page.locator(".grid img").count(), 3);
    await page.getByRole("link", { name: "Enlarge: A wooden hull on trestles" }).click();
    await page.locator(".pswp__description", { hasText: "A wooden hull" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(".pswp__description", { hasText: "painted green" }).waitFor();
    await page.keyboard.press("Escape");
    await page.at(`/post/${world.quote.id}`);
    await page.locator("blockquote", { hasText: "Three days in the yard" }).waitFor();
  });

  await desk.tell("notifications come in groups, are counted, and are read once seen", async (page) => {
    await say("ben", "@rosa Are you there?");
    await page.at("/settings");
    await page.getByRole("link", { name: /^Notifications \d+/ }).waitFor();
    await page.getByRole("link", { name: /^Notifications/ }).first().click();
    await page.getByText("and 1 other").first().waitFor();
    await page.locator("article", { hasText: "Did it let you pass?" }).first().waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal((await call("rosa", "GET", "/api/v2/notifications/unread_count")).count, 0);
    await call("ben", "POST", `/api/v1/statuses/${world.mine.id}/reblog`);
    await page.getByText("boosted your post").first().waitFor();
  });

  await desk.tell("conversations are read and marked so", async (page) => {
    await page.at("/conversations");
    await page.getByRole("link", { name: /Shall I bind your essays/ }).click();
    await page.getByRole("heading", { name: "Post", level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    assert.equal((await call("rosa", "GET", "/api/v1/conversations"))[0].unread, false);
  });

  await desk.tell("the keyboard skips to the content and walks from post to post", async (page) => {
    await page.at("/");
    await first(page).waitFor();
    await page.keyboard.press("Tab");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const ids = await page.locator("article").evaluateAll((all) => all.map((one) => one.id));
    assert.equal(await page.evaluate(() => document.activeElement.id), ids[1]);
    const menu = page.locator(`#${ids[1]}`).getByRole("button", { name: "More about this post" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "menuitem");
    await page.keyboard.press("Escape");
    assert.equal(await menu.evaluate((one) => one === document.activeElement), true);
  });
}
