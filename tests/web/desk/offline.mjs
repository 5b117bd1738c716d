// Without a connection: the desk opens, what was loaded can be read, and what is written stays.
import assert from "node:assert/strict";
import { BASE, take } from "../browser.mjs";

export default async function (desk) {
  await desk.tell("what was loaded is read without a connection, after a reload too", async (page) => {
    await page.at("/");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.reload();
    await page.locator("article").first().waitFor();
    await page.waitForLoadState("networkidle");
    const words = await page.locator("article").first().innerText();
    await page.context().setOffline(true);
    await page.reload();
    await page.locator("article").first().waitFor();
    assert.equal((await page.locator("article").first().innerText()).split("\n")[0], words.split("\n")[0]);
    await page.getByText("You see what was kept from your last visit.").waitFor();
    await page.getByText("There is no connection.").waitFor();
    await take(page, "offline", false);
    await page.goto(BASE + "/desk/write");
    await page.getByRole("textbox", { name: "Text", exact: true }).waitFor();
    await page.keyboard.type("Written far from anywhere");
    await page.context().setOffline(false);
    await page.reload();
    assert.equal(await page.getByRole("textbox", { name: "Text", exact: true }).inputValue(), "Written far from anywhere");
    await page.getByRole("button", { name: "Discard" }).click();
    page.complaints.splice(0);
  }, { workers: true });

  await desk.tell("the desk can be installed", async (page) => {
    await page.at("/");
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await (await fetch(BASE + address)).json();
    assert.deepEqual([manifest.start_url, manifest.scope, manifest.display], ["/desk/", "/desk/", "standalone"]);
    for (const icon of manifest.icons) assert.equal((await fetch(BASE + icon.src)).status, 200);
  });
}
