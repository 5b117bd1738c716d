// The desk, as people use it. Prints one line of JSON for each check. POSY_DESK_STORIES names those to tell.
import { launch } from "../browser.mjs";
import { build } from "./world.mjs";
import { Desk } from "./driver.mjs";

const stories = ["sign_in", "looks", "writing", "drafts", "reading", "acting", "people", "settings", "offline"];
const wanted = (process.env.POSY_DESK_STORIES ?? "").split(",").filter(Boolean);
const browser = await launch();
const world = await build();
const desk = new Desk(browser);
await desk.signInFirst();

for (const name of stories) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { default: tell } = await import(`./${name}.mjs`);
  await tell(desk, world);
}
await browser.close();
