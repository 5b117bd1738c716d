// Every screen, on a phone and on a wide screen, light and dark.
import assert from "node:assert/strict";
import { BASE, check, open, take } from "../browser.mjs";
import { wrongWith } from "./driver.mjs";

export default async function (desk, world) {
  const screens = {
    home: "/", thread: `/post/${world.mine.id}`, album: `/post/${world.album.id}`, write: "/write",
    reply: `/write?reply=${world.answer.id}`, notifications: "/notifications", conversations: "/conversations",
    search: "/search?q=boats", around: "/around", everywhere: "/around?everywhere", lists: "/lists", tag: "/tag/boats",
    bookmarks: "/bookmarks", favourites: "/favourites", profile: "/@ben", me: "/@rosa", followers: "/@ben/followers",
    settings: "/settings", edit: "/settings/profile", requests: "/settings/requests", mutes: "/settings/mutes",
    blocks: "/settings/blocks", drafts: "/drafts", more: "/more", missing: "/nothing/here", stars: `/post/${world.mine.id}/favourites`,
  };
  const sizes = { phone: "phone", wide: "desk" };
  for (const [label, size] of Object.entries(sizes)) {
    for (const scheme of ["light", "dark"]) {
      const page = await desk.page({ size, scheme });
      if (label === "wide") await page.setViewportSize({ width: 1280, height: 860 });
      for (const [name, path] of Object.entries(screens)) {
        await check(`${name} is in order, ${label}, ${scheme}`, async () => {
          await page.at(path);
          const wrong = await wrongWith(page);
          await take(page, `${name}-${label}-${scheme}`, false);
          assert.deepEqual(wrong, []);
        });
      }
      await page.context().close();
    }
  }
  for (const scheme of ["light", "dark"]) {
    await check(`the door is in order for whoever is not signed in, ${scheme}`, async () => {
      const page = await open(desk.browser, { size: "phone", scheme });
      await page.goto(BASE + "/desk/");
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      const wrong = await wrongWith(page);
      await take(page, `welcome-phone-${scheme}`, false);
      assert.deepEqual(wrong, []);
      await page.context().close();
    });
  }
  await desk.tell("on the smallest phone (320 px) and with large text nothing scrolls sideways", async (page) => {
    await page.setViewportSize({ width: 320, height: 560 });
    const wide = [];
    for (const [name, path] of Object.entries(screens)) {
      await page.at(path);
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(name);
    }
    assert.deepEqual(wide, []);
  }, { size: "phone" });
}
