// What the stories share: a person who is signed in, and what is wrong with a page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { BASE, check, open, take } from "../browser.mjs";

const PASSWORD = "correct horse battery";
const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

export async function signIn(page, name = "rosa") {
  await page.goto(BASE + "/desk/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/auth\/sign_in/);
  await page.getByLabel("Username or email").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(BASE + "/desk/");
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
}

export class Desk {
  constructor(browser) {
    this.browser = browser;
    this.states = {};
  }
  async signInFirst() {
    this.isIn = await check("rosa signs in, by code and PKCE, and stands at her desk", async () => {
      const page = await open(this.browser);
      await signIn(page);
      this.states.rosa = await page.context().storageState();
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
    if (!this.isIn) throw new Error("nobody can sign in");
  }
  // A page of somebody who is signed in.
  async page(options = {}) {
    const page = await open(this.browser, { state: this.states.rosa, ...options });
    page.at = async (path) => {
      await page.goto(BASE + "/desk" + path);
      await page.locator("h1").first().waitFor();
      return page;
    };
    return page;
  }
  // A story of one check with a page of its own.
  async tell(name, story, options = {}) {
    await check(name, async () => {
      const page = await this.page(options);
      try {
        await story(page);
        assert.deepEqual(page.complaints, []);
      } catch (error) {
        await take(page, `failed-${name.replaceAll(/\W+/g, "-").slice(0, 60)}`, false);
        throw error;
      } finally {
        await page.context().close();
      }
    });
  }
}

async function findings(page) {
  // Through the debugger: the page's own policy forbids scripts of others.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? ""})`).join(", ")}`);
}

export async function wrongWith(page) {
  await page.waitForLoadState("networkidle");
  const found = await page.evaluate(async () => {
    for (const one of document.images) one.loading = "eager";
    await Promise.all([...document.images].map((one) => one.decode().catch(() => {})));
    return {
      scrolls: document.documentElement.scrollWidth > innerWidth,
      wide: [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map((one) => `${one.tagName}.${one.className}`),
      broken: [...document.images].filter((one) => one.complete && one.naturalWidth === 0).map((one) => one.src),
      headings: document.querySelectorAll("h1").length,
      language: document.documentElement.lang,
    };
  });
  const wrong = page.complaints.splice(0);
  if (found.scrolls) wrong.push(`scrolls sideways: ${found.wide}`);
  wrong.push(...found.broken.map((one) => `broken picture: ${one}`));
  if (found.headings !== 1) wrong.push(`${found.headings} main headings`);
  if (!found.language) wrong.push("no language");
  return [...wrong, ...(await findings(page))];
}
