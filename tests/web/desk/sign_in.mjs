// Coming, going, and a session that ends while one is away.
import assert from "node:assert/strict";
import { BASE, open } from "../browser.mjs";
import { signIn } from "./driver.mjs";

export default async function (desk) {
  await desk.tell("a wanted page is where one arrives after signing in", async (page) => {
    await page.at("/settings");
    await page.reload();
    await page.getByRole("heading", { name: "Settings" }).waitFor();
  });

  await desk.tell("signing out ends the token and leaves no session in the browser", async () => {
    const page = await open(desk.browser);
    await signIn(page, "ada");
    const token = await page.evaluate(() => JSON.parse(localStorage.getItem("desk.session")).token);
    await page.goto(BASE + "/desk/settings");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Your desk" }).waitFor();
    const answer = await fetch(BASE + "/api/v1/accounts/verify_credentials", { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 401);
    assert.equal(await page.evaluate(() => localStorage.getItem("desk.session")), null);
    await page.context().close();
  });

  await desk.tell("an answer that nobody asked for signs nobody in", async () => {
    const page = await open(desk.browser);
    await page.goto(BASE + "/desk/signed-in?code=stolen&state=guessed");
    await page.getByRole("heading", { name: "That did not work" }).waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("desk.session")), null);
    await page.context().close();
  });
}
