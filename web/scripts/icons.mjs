// Makes the PNG icons of the manifest from icon.svg, for systems that take no SVG: `node web/scripts/icons.mjs`, with
// what the browser tests have installed. Run it by hand when the picture changes.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../tests/package.json", import.meta.url))("playwright-core");
const folder = new URL("../public/", import.meta.url);
const svg = readFileSync(new URL("icon.svg", folder), "utf8");
// Name, size, and how much of it the flower takes: a mask may cut off all outside of the middle 80 in 100.
const icons = [["icon-192.png", 192, 0.92], ["icon-512.png", 512, 0.92], ["icon-maskable-512.png", 512, 0.62], ["icon-apple-180.png", 180, 0.8]];

const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [name, size, part] of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const isOpaque = part < 0.9;
  await page.setContent(`<style>html, body { margin: 0; height: 100%; background: ${isOpaque ? "#faf7f2" : "transparent"} }
    body { display: grid; place-items: center } svg { width: ${part * 100}%; height: ${part * 100}% }</style>${svg}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: !isOpaque }));
  await page.close();
}
await browser.close();
