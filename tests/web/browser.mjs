// Chromium without a window and without the network, and how a check is told.
import { chromium } from "playwright-core";

export const { BASE, SCREENSHOTS, PICTURES } = process.env;

export const sizes = { phone: [390, 844], tablet: [820, 1180], desk: [1440, 900], popup: [400, 600] };

const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-domain-reliability", "--disable-dev-shm-usage",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
];

// Each launch has a profile of its own in a temporary folder.
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: flags });
}

export async function check(name, story) {
  try {
    await story();
    console.log(JSON.stringify({ name, ok: true }));
    return true;
  } catch (error) {
    console.log(JSON.stringify({ name, ok: false, error: String(error.message ?? error).slice(0, 900) }));
    return false;
  }
}

// A page that keeps what went wrong on it: `complaints` is emptied by whoever reads it.
export async function open(browser, { size = "desk", scheme = "light", scripts = true, state, workers = false } = {}) {
  const [width, height] = sizes[size];
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: scripts, storageState: state,
    reducedMotion: "reduce", serviceWorkers: workers ? "allow" : "block",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => {
    // A page that is an error says so on the console; that is what was asked for.
    const expected = /status of (401|403|404|410|422)|registration blocked by Playwright/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !expected) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(BASE + "/") && !url.startsWith("data:") && !url.startsWith("blob:" + BASE)) page.complaints.push(`asks ${url}`);
  });
  page.on("response", (response) => {
    const isPage = response.request().isNavigationRequest();
    // The desk asks a server once what it has, and leaves out what it lacks.
    const isAsked = [403, 404].includes(response.status()) && /\/api\/posy\/v1\/(imports|admin)\b/.test(response.url());
    if (response.status() >= 400 && !isPage && !isAsked) page.complaints.push(`${response.status()} for ${response.url()}`);
  });
  return page;
}

export function take(page, name, whole = true) {
  return page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: whole });
}
