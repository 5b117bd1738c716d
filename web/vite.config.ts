import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// A Posy to talk to: `POSY=http://localhost:8080 npm run dev`. All but the desk itself is passed on to it.
const posy = process.env["POSY"] ?? "http://localhost:8080";
const passedOn = { "^/(?!desk(/|$))": { target: posy, ws: true, changeOrigin: false } };

// What the server sends with the desk, so that the preview refuses what it will refuse.
const policy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
  "media-src 'self' blob:", "connect-src 'self'", "font-src 'self'", "manifest-src 'self'", "worker-src 'self'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join("; ");

export default defineConfig({
  base: "/desk/",
  plugins: [svelte()],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: "assets/manifest.json",
    rollupOptions: {
      input: { desk: "index.html", worker: "src/worker.ts" },
      // The worker keeps its name and stands at the root: its scope is the folder that it lies in.
      // Many shared crumbs would be many requests.
      output: {
        experimentalMinChunkSize: 12_000,
        entryFileNames: (chunk) => (chunk.name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: passedOn },
  preview: { proxy: passedOn, headers: { "Content-Security-Policy": policy } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
