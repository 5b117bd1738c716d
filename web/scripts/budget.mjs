// The first load must stay small: the scripts that index.html names, with all they import at once, compressed.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const SCRIPT_BYTES_MAX = 150_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("assets/manifest.json", dist), "utf8"));

const files = new Set();
function take(name) {
  const chunk = manifest[name];
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) take(next);
}
take("index.html");

let bytes = 0;
for (const file of files) bytes += gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
console.log(`first load: ${files.size} scripts, ${bytes} bytes compressed (at most ${SCRIPT_BYTES_MAX})`);
if (bytes > SCRIPT_BYTES_MAX) process.exit(1);
