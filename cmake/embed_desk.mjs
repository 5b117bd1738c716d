// node embed_desk.mjs DIST FOLDER OUTPUT: writes OUTPUT, the C++ file with html::desk(), and into FOLDER what it takes
// in: each file of DIST, and what compresses well also as gzip and as brotli. Needs no more than Node 18.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [dist, folder, output] = process.argv.slice(2);

const mediaTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/vnd.microsoft.icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};
const compressible = new Set([".html", ".js", ".mjs", ".css", ".json", ".webmanifest", ".txt", ".svg", ".wasm"]);

function namesBelow(parent, prefix = "") {
  return readdirSync(parent, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? namesBelow(join(parent, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
}

// Where a compressed form saves less than a tenth it is left out: it would cost more than it gives.
function compressed(name, bytes) {
  if (!compressible.has(extname(name))) return {};
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  const isWorthIt = gzip.length < bytes.length * 0.9;
  return isWorthIt ? { gzip, brotli } : {};
}

const names = namesBelow(dist).filter((name) => !name.startsWith(".") && !name.endsWith(".map"));
names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))); // as std::string_view compares
if (!names.includes("index.html")) throw new Error(`${dist} has no index.html`);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const arrays = [];
const rows = [];
names.forEach((name, number) => {
  if (!/^[\w.\/@-]+$/.test(name)) throw new Error(`${name} is no name for a file of the desk`);
  const mediaType = mediaTypes[extname(name)];
  if (!mediaType) throw new Error(`no media type is known for ${name} (cmake/embed_desk.mjs)`);
  const plain = readFileSync(join(dist, name));
  const version = createHash("sha256").update(plain).digest("hex").slice(0, 24);
  const views = Object.entries({ plain, gzip: undefined, brotli: undefined, ...compressed(name, plain) }).map(
    ([form, bytes]) => {
      if (!bytes) return "{}";
      const symbol = `posy_desk_${number}_${form}`;
      const file = join(folder, `${number}.${form}`);
      writeFileSync(file, bytes);
      arrays.push(`POSY_TAKE(${symbol}, ${JSON.stringify(file)})`);
      return `{${symbol}_begin, ${symbol}_end}`;
    },
  );
  rows.push(`    {"${name}", "${mediaType}", "${version}",\n     ${views.join(", ")}},`);
});

// The assembler takes the files as they are; arrays in C++ would take the compiler seconds.
writeFileSync(
  output,
  `// Made by cmake/embed_desk.mjs.
#include "html/desk.hpp"

#define POSY_TAKE(symbol, file)                                   \\
  asm(".pushsection .rodata\\n"                                    \\
      ".global " #symbol "_begin, " #symbol "_end\\n" #symbol      \\
      "_begin:\\n"                                                 \\
      ".incbin \\"" file "\\"\\n" #symbol "_end:\\n"                 \\
      ".popsection\\n");                                           \\
  extern "C" char const symbol##_begin[], symbol##_end[];

${arrays.join("\n")}

namespace posy::html {

std::span<DeskFile const> desk() {
  static DeskFile const files[] = {
${rows.join("\n")}
  };
  return files;
}

}  // namespace posy::html
`,
);
