// From an empty server to every page that it shows, in a real browser. Prints one line of JSON for each check.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BASE, check, launch, open, take } from "./browser.mjs";
import { exchange, publish, register } from "./content.mjs";

const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";
const PASSWORD = "a long enough phrase";
const axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await launch();

function consentPath(app) {
  const query = new URLSearchParams({
    response_type: "code", client_id: app.client_id, redirect_uri: app.redirect_uris[0], scope: "read write follow",
  });
  return "/oauth/authorize?" + query;
}

async function signIn(page, password = PASSWORD) {
  await page.getByLabel("Username or email").fill("rosa");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

// ---- the first visit, and an application, without scripts ----

const first = await open(browser, { scripts: false, size: "phone" });

await check("the front page of an empty server greets and explains", async () => {
  await first.goto(BASE + "/");
  assert.match(await first.locator("h1").innerText(), /Welcome/);
  await take(first, "welcome-phone-light");
});

await check("the printed link makes the owner, without scripts", async () => {
  await first.goto(process.env.SETUP);
  await take(first, "setup-phone-light");
  await first.getByLabel("Name").fill("rosa");
  await first.getByLabel("Email").fill("rosa@mail.example");
  await first.getByLabel("Password").fill(PASSWORD);
  await first.getByRole("button", { name: "Create my account" }).click();
  await first.waitForURL(BASE + "/desk/welcome");
  assert.match(await first.locator("body").innerText(), /script/i);
  await first.goto(BASE + "/");
  assert.match(await first.locator("h1").innerText(), /rosa/);
});

const desktop = await register("Tide for desktop", OUT_OF_BAND);
let token;

await check("an application is authorized in a small window, and the code is shown", async () => {
  const popup = await open(browser, { scripts: false, size: "popup" });
  await popup.goto(BASE + consentPath(desktop));
  await take(popup, "signin-popup-light");
  await signIn(popup, "wrong wrong wrong");
  assert.match(await popup.getByRole("alert").innerText(), /do not belong together/);
  assert.equal(await popup.evaluate(() => document.activeElement.name), "password");
  await take(popup, "signin-wrong-popup-light");
  await signIn(popup);
  assert.match(await popup.locator("h1").innerText(), /Tide for desktop/);
  for (const name of ["Allow", "Deny"]) {
    const box = await popup.getByRole("button", { name }).boundingBox();
    assert.ok(box.y + box.height <= 600, `${name} is below the fold`);
  }
  await take(popup, "consent-popup-light", false);
  await popup.getByRole("button", { name: "Allow" }).click();
  const code = new URL(popup.url()).searchParams.get("code");
  const box = popup.getByText(code);
  assert.ok(await box.evaluate((one) => one.scrollWidth <= one.clientWidth + 1), "the code is cut off");
  await take(popup, "code-popup-light");
  token = await exchange(desktop, code);
  assert.deepEqual(popup.complaints, []);
  await popup.context().close();
});

await check("an application at an address of its own gets the code there", async () => {
  const page = await open(browser, { scripts: true, state: await first.context().storageState() });
  const app = await register("Tide in the browser", BASE + "/about");
  await page.goto(BASE + consentPath(app));
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(BASE + "/about?code=*");
  await page.goto(BASE + consentPath(app));
  await page.getByRole("button", { name: "Deny" }).click();
  await page.waitForURL(BASE + "/about?error=access_denied*");
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

// ---- every page, in every size and colour ----

const paths = await publish(token);
const forms = { signin: "/auth/sign_in", consent: consentPath(desktop), signout: "/auth/sign_out" };
const state = await first.context().storageState();

async function findings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
}

const measure = () => {
  const root = document.documentElement;
  const small = [...document.querySelectorAll("a, button, summary, input")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.height < 10;
  });
  const wide = [...document.querySelectorAll("main *")].filter((one) =>
    one.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(one.parentElement).overflowX === "visible");
  return {
    scrolls: root.scrollWidth > innerWidth,
    wide: wide.slice(0, 3).map((one) => `${one.tagName}.${one.className}`),
    small: small.map((one) => one.outerHTML.slice(0, 80)),
    nameless: [...document.images].filter((one) => one.getAttribute("alt") === null).map((one) => one.src),
    broken: [...document.images].filter((one) => one.complete && one.naturalWidth === 0).map((one) => one.src),
    headings: document.querySelectorAll("h1").length,
    language: root.lang,
    title: document.title,
  };
};

async function look(page, name, path, label) {
  await page.goto(BASE + path, { waitUntil: "load" });
  // Pictures further down load when they come into sight.
  await page.evaluate(async () => {
    for (const one of document.images) one.loading = "eager";
    await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
  });
  await take(page, label);
  const found = await page.evaluate(measure);
  const wrong = page.complaints.splice(0);
  if (found.scrolls) wrong.push(`scrolls sideways: ${found.wide}`);
  wrong.push(...found.nameless.map((one) => `no alt: ${one}`), ...found.broken.map((one) => `broken picture: ${one}`));
  wrong.push(...found.small.map((one) => `too small to touch: ${one}`));
  if (!found.language || !found.title) wrong.push("no language or title");
  if (found.headings !== 1) wrong.push(`${found.headings} main headings`);
  wrong.push(...(await findings(page)));
  return wrong;
}

for (const size of ["phone", "tablet", "desk"]) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, { size, scheme, state });
    for (const [name, path] of Object.entries({ ...paths, ...forms })) {
      await check(`${name} is in order, ${size}, ${scheme}`, async () => {
        assert.deepEqual(await look(page, name, path, `${name}-${size}-${scheme}`), []);
      });
    }
    await page.context().close();
  }
}

// ---- what a reader does ----

await check("a content notice opens, and a description of a picture shows, without scripts", async () => {
  const page = await open(browser, { scripts: false, size: "phone" });
  await page.goto(BASE + paths.notice);
  const text = page.getByText("She survives");
  assert.equal(await text.isVisible(), false);
  await page.locator("summary").first().click();
  assert.equal(await text.isVisible(), true);
  await take(page, "notice-open-phone-light");
  await page.goto(BASE + paths.photo);
  await page.locator(".media-alt summary").first().click();
  assert.equal(await page.locator(".media-alt p").first().isVisible(), true);
  await take(page, "alt-open-phone-light");
  await page.goto(BASE + paths.covered);
  assert.equal(await page.locator("img.u-photo").first().isVisible(), false);
  await page.context().close();
});

await check("the keyboard reaches the content first", async () => {
  const page = await open(browser);
  await page.goto(BASE + paths.profile);
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#content$/);
  await page.context().close();
});

await check("at 200 % text nothing is cut off", async () => {
  const page = await open(browser, { size: "tablet" });
  for (const name of ["profile", "thread", "words", "poll"]) {
    await page.goto(BASE + paths[name]);
    const scrolls = await page.evaluate(() => {
      document.documentElement.style.fontSize = "200%";
      return document.documentElement.scrollWidth > innerWidth;
    });
    assert.equal(scrolls, false, name);
  }
  await page.context().close();
});

await check("on the smallest phone (320 px) no page scrolls sideways", async () => {
  const page = await open(browser, { size: "phone", state });
  await page.setViewportSize({ width: 320, height: 560 });
  const wide = [];
  for (const [name, path] of Object.entries({ ...paths, ...forms })) {
    await page.goto(BASE + path);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wide.push(name);
  }
  assert.deepEqual(wide, []);
  await page.context().close();
});

await check("another site can show a post in a frame, and nothing else of ours", async () => {
  const policy = async (path) => (await fetch(BASE + path)).headers.get("Content-Security-Policy");
  assert.match(await policy(paths.embed), /frame-ancestors \*/);
  for (const path of [paths.profile, paths.thread, forms.signin]) {
    assert.match(await policy(path), /frame-ancestors 'none'/);
  }
});

// ---- the pictures of the documentation: what fits in a window, no more ----

for (const [name, path, size, scheme] of [
  ["docs-profile", paths.profile, "desk", "light"], ["docs-profile-dark", paths.profile, "desk", "dark"],
  ["docs-thread", paths.thread, "tablet", "light"], ["docs-phone", paths.photos, "phone", "light"],
  ["docs-consent", forms.consent, "popup", "light"]]) {
  const page = await open(browser, { size, scheme, state });
  await page.goto(BASE + path, { waitUntil: "networkidle" });
  await take(page, name, false);
  await page.context().close();
}

await browser.close();
