// Following, keeping away, lists, tags, requests, one's own profile, and the language.
import assert from "node:assert/strict";
import { PICTURES, take } from "../browser.mjs";
import { call } from "./world.mjs";

export default async function (desk, world) {
  const relation = async (id) => (await call("rosa", "GET", `/api/v1/accounts/relationships?id[]=${id}`))[0];

  await desk.tell("somebody is found, unfollowed and followed again", async (page) => {
    await page.at("/search");
    await page.getByRole("searchbox", { name: "Search" }).fill("ben");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /Ben Alder/ }).first().click();
    await page.getByRole("heading", { name: "Ben Alder" }).waitFor();
    await page.getByRole("button", { name: "Following @ben" }).click();
    await page.getByRole("button", { name: "Follow @ben", exact: true }).waitFor();
    assert.equal((await relation(world.ben.id)).following, false);
    await page.getByRole("button", { name: "Follow @ben", exact: true }).click();
    await page.getByRole("button", { name: "Following @ben" }).waitFor();
    assert.equal((await relation(world.ben.id)).following, true);
  });

  await desk.tell("somebody is muted and blocked, and let in again from the settings", async (page) => {
    for (const [verb, kind, undo] of [["Mute", "mutes", "Unmute"], ["Block", "blocks", "Unblock"]]) {
      await page.at("/@ada");
      await page.getByRole("button", { name: "More about @ada" }).click();
      await page.getByRole("menuitem", { name: `${verb} @ada` }).click();
      await page.getByRole("dialog").getByRole("button", { name: verb, exact: true }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.getByText(/@ada is (muted|blocked)/).waitFor();
      await page.at(`/settings/${kind}`);
      await page.getByRole("button", { name: `${undo} @ada` }).click();
      await page.getByText("Undone").waitFor();
    }
    const { muting, blocking } = await relation(world.ada.id);
    assert.deepEqual([muting, blocking], [false, false]);
    await call("rosa", "POST", `/api/v1/accounts/${world.ada.id}/follow`);
  });

  await desk.tell("a list is made, filled from a profile, read and deleted", async (page) => {
    await page.at("/lists");
    await page.getByLabel("Name of the list").fill("Boat people");
    await page.getByRole("button", { name: "Make a list" }).click();
    await page.getByRole("link", { name: "Boat people" }).waitFor();
    await page.at("/@ben");
    await page.getByRole("button", { name: "More about @ben" }).click();
    await page.getByRole("menuitem", { name: "Put into lists…" }).click();
    await Promise.all([page.waitForResponse((one) => /lists\/\d+\/accounts/.test(one.url())), page.getByLabel("Boat people").check()]);
    await page.keyboard.press("Escape");
    await page.at("/lists");
    await page.getByRole("link", { name: "Boat people" }).click();
    await page.getByText("1 person in it").click();
    await page.locator("details").getByText("@ben").waitFor();
    await page.getByRole("button", { name: "Delete the list" }).click();
    await page.getByText("There is no list yet.").waitFor();
  });

  await desk.tell("a tag is followed", async (page) => {
    await page.at("/tag/boats");
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    await page.getByRole("button", { name: "Unfollow", exact: true }).waitFor();
    assert.deepEqual((await call("rosa", "GET", "/api/v1/followed_tags")).map((one) => one.name), ["boats"]);
  });

  await desk.tell("who asks to follow is let in", async (page) => {
    await call("rosa", "PATCH", "/api/v1/accounts/update_credentials", { locked: true });
    await call("ada", "POST", `/api/v1/accounts/${world.rosa.id}/follow`);
    await page.at("/settings/requests");
    await page.getByRole("button", { name: "Allow @ada to follow you" }).click();
    await page.getByText("Follows you now").waitFor();
    assert.equal((await relation(world.ada.id)).followed_by, true);
    await call("rosa", "PATCH", "/api/v1/accounts/update_credentials", { locked: false });
  });

  await desk.tell("one's own profile is changed", async (page) => {
    await page.at("/settings/profile");
    await page.getByLabel("Name", { exact: true }).fill("Rosa of the pier");
    await page.getByLabel("Fact 1, name").fill("Tea");
    await page.getByLabel("Fact 1, value").fill("green");
    await page.getByLabel("Banner").setInputFiles(`${PICTURES}/photo1.jpg`);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Your profile is saved.").waitFor();
    const me = await call("rosa", "GET", "/api/v1/accounts/verify_credentials");
    assert.equal(me.display_name, "Rosa of the pier");
    assert.equal(me.source.fields[0].value, "green");
    await page.at("/@rosa");
    await page.waitForLoadState("networkidle");
    await take(page, "profile-own", false);
  });

  await desk.tell("the desk speaks German, and remembers it", async (page) => {
    await page.at("/settings");
    await page.getByLabel("Language").selectOption("de");
    await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
    await page.at("/write");
    await page.getByText("Wer es sieht").waitFor();
    await take(page, "write-german", false);
  });

  await desk.tell("how far answers go is chosen, and told to the server", async (page) => {
    await page.at("/settings");
    const said = page.waitForResponse((response) => response.request().method() === "PATCH");
    await page.getByLabel("How far your answers go").selectOption("people");
    await said;
    assert.equal((await call("rosa", "GET", "/api/posy/v1/preferences")).reply_reach, "people");
    await call("rosa", "PATCH", "/api/posy/v1/preferences", { reply_reach: "automatic" });
  });
}
