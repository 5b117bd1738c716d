// Files on their way to the server, until it has made something of them that can be shown.
import { ask, Failure } from "../api/client";
import type { Focus, MediaAttachment } from "../api/types";
import { t } from "../texts/texts.svelte";

const ASK_AGAIN_MS = 1_000;
const ASK_AGAIN_TIMES = 300;

export async function upload(file: File): Promise<MediaAttachment> {
  const body = new FormData();
  body.append("file", file, file.name);
  let media = await ask<MediaAttachment>("POST", "/api/v2/media", { body });
  for (let tries = 0; !media.url && tries < ASK_AGAIN_TIMES; tries += 1) {
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
    media = await ask<MediaAttachment>("GET", `/api/v1/media/${media.id}`);
  }
  if (!media.url) throw new Failure(422, t("media.tooSlow"));
  return media;
}

export function describe(id: string, description: string, focus: Focus): Promise<MediaAttachment> {
  const body = { description, focus: `${focus.x.toFixed(2)},${focus.y.toFixed(2)}` };
  return ask<MediaAttachment>("PUT", `/api/v1/media/${id}`, { body });
}
