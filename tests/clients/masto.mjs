// What Elk and Phanpy do, through their library. Prints one line of JSON for each check.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRestAPIClient, createStreamingAPIClient } from "masto";

const { BASE, TOKEN, TOKEN2, PHOTO } = process.env;
const anna = createRestAPIClient({ url: BASE, accessToken: TOKEN });
const berta = createRestAPIClient({ url: BASE, accessToken: TOKEN2 });
const EVENT_MS = 10_000;

async function check(name, story) {
  try {
    await story();
    console.log(JSON.stringify({ name, ok: true }));
  } catch (error) {
    console.log(JSON.stringify({ name, ok: false, error: String(error.message ?? error).slice(0, 600) }));
  }
}

async function eventually(claim) {
  for (let tries = 0; tries < 100; ++tries) {
    const found = await claim();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("it did not come");
}

const [me, her] = await Promise.all([anna.v1.accounts.verifyCredentials(), berta.v1.accounts.verifyCredentials()]);
await anna.v1.accounts.$select(her.id).follow();

await check("describes the server (v2)", async () => {
  const instance = await anna.v2.instance.fetch();
  assert.ok(instance.configuration.statuses.maxCharacters >= 500);
  assert.ok(instance.configuration.urls.streaming.startsWith("ws"));
  assert.ok(instance.apiVersions.mastodon >= 1);
});

await check("publishes, edits, shows the source and deletes", async () => {
  const post = await anna.v1.statuses.create({ status: "hello *there* #masto", spoilerText: "n", language: "en" });
  const changed = await anna.v1.statuses.$select(post.id).update({ status: "changed" });
  assert.match(changed.content, /changed/);
  assert.equal((await anna.v1.statuses.$select(post.id).source.fetch()).text, "changed");
  assert.equal((await anna.v1.statuses.$select(post.id).history.list()).length, 2);
  await anna.v1.statuses.$select(post.id).remove();
  await assert.rejects(() => anna.v1.statuses.$select(post.id).fetch(), { statusCode: 404 });
});

await check("uploads a photo and publishes it", async () => {
  const file = new Blob([await readFile(PHOTO)], { type: "image/jpeg" });
  const media = await anna.v2.media.create({ file, description: "two colours" });
  assert.match(media.url, /\/media\//);
  const post = await anna.v1.statuses.create({ status: "a photo", mediaIds: [media.id] });
  assert.equal(post.mediaAttachments[0].description, "two colours");
});

await check("pages through a timeline from end to end", async () => {
  const wanted = [];
  for (let number = 0; number < 23; ++number) {
    wanted.unshift((await berta.v1.statuses.create({ status: `page ${number}` })).id);
  }
  const seen = [];
  for await (const page of anna.v1.timelines.home.list({ limit: 5 })) seen.push(...page.map((post) => post.id));
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(seen.slice(0, 23), wanted);
});

await check("pages back to what is newer", async () => {
  const posts = await anna.v1.accounts.$select(her.id).statuses.list({ limit: 20 });
  const newer = anna.v1.accounts.$select(her.id).statuses.list({ limit: 5, minId: posts[15].id });
  assert.deepEqual((await newer).map((post) => post.id), posts.slice(10, 15).map((post) => post.id));
});

await check("answers, favourites, boosts, bookmarks, and takes it back", async () => {
  const post = await berta.v1.statuses.create({ status: "for anna" });
  const select = anna.v1.statuses.$select(post.id);
  assert.equal((await select.favourite()).favourited, true);
  assert.equal((await select.reblog()).reblog.id, post.id);
  assert.equal((await select.bookmark()).bookmarked, true);
  await anna.v1.statuses.create({ status: "@berta yes", inReplyToId: post.id });
  assert.equal((await select.context.fetch()).descendants.length, 1);
  assert.equal((await select.unfavourite()).favourited, false);
  assert.equal((await select.unreblog()).reblogged, false);
  assert.equal((await select.unbookmark()).bookmarked, false);
});

await check("groups notifications (v2), counts and dismisses them", async () => {
  const post = await anna.v1.statuses.create({ status: "like me" });
  await berta.v1.statuses.$select(post.id).favourite();
  await berta.v1.accounts.$select(me.id).follow();
  const { notificationGroups, accounts, statuses } = await anna.v2.notifications.list();
  const liked = notificationGroups.find((group) => group.type === "favourite" && group.statusId === post.id);
  assert.ok(accounts.some((account) => account.id === liked.sampleAccountIds[0]));
  assert.ok(statuses.some((status) => status.id === post.id));
  assert.ok((await anna.v2.notifications.unreadCount.fetch()).count >= 2);
  const one = await anna.v2.notifications.$select(liked.groupKey).fetch();
  assert.equal(one.notificationGroups.length, 1);
  await anna.v2.notifications.$select(liked.groupKey).dismiss();
  const left = (await anna.v2.notifications.list()).notificationGroups;
  assert.ok(!left.some((group) => group.groupKey === liked.groupKey));
  const policy = await anna.v2.notifications.policy.fetch();
  assert.equal(policy.forNotFollowing, "accept");
});

await check("keeps lists, and reads them", async () => {
  const list = await anna.v1.lists.create({ title: "friends" });
  await anna.v1.lists.$select(list.id).accounts.create({ accountIds: [her.id] });
  const post = await berta.v1.statuses.create({ status: "for the list" });
  const shown = await anna.v1.timelines.list.$select(list.id).list();
  assert.ok(shown.some((one) => one.id === post.id));
  assert.equal((await anna.v1.lists.$select(list.id).update({ title: "close", exclusive: true })).exclusive, true);
  await anna.v1.lists.$select(list.id).remove();
});

await check("keeps markers, conversations and filters", async () => {
  const [last] = await anna.v1.timelines.home.list({ limit: 1 });
  await anna.v1.markers.create({ home: { lastReadId: last.id } });
  assert.equal((await anna.v1.markers.fetch({ timeline: ["home"] })).home.lastReadId, last.id);
  await berta.v1.statuses.create({ status: "@anna psst", visibility: "direct" });
  const [conversation] = await anna.v1.conversations.list();
  assert.match(conversation.lastStatus.content, /psst/);
  assert.equal((await anna.v1.conversations.$select(conversation.id).read()).unread, false);
  const filter = await anna.v2.filters.create({
    title: "x", context: ["home"], keywordsAttributes: [{ keyword: "hidden words", wholeWord: true }],
  });
  const post = await berta.v1.statuses.create({ status: "with hidden words inside" });
  const shown = (await anna.v1.timelines.home.list()).find((one) => one.id === post.id);
  assert.equal(shown.filtered[0].filter.title, "x");
  await anna.v2.filters.$select(filter.id).remove();
});

await check("searches", async () => {
  const found = await anna.v2.search.list({ q: "berta", type: "accounts" });
  assert.equal(found.accounts[0].username, "berta");
  await berta.v1.statuses.create({ status: "a #searchable word" });
  await eventually(async () => (await anna.v2.search.list({ q: "searchable", type: "hashtags" })).hashtags.length);
});

await check("answers a refusal with its sentence", async () => {
  await assert.rejects(() => anna.v1.statuses.create({ status: "" }), { statusCode: 422, message: /blank/ });
});

// ---- live ----

const instance = await anna.v2.instance.fetch();
const live = createStreamingAPIClient({
  streamingApiUrl: instance.configuration.urls.streaming, accessToken: TOKEN, implementation: globalThis.WebSocket,
});

async function next(subscription, event) {
  const timeout = new Promise((_, fail) => setTimeout(() => fail(new Error(`no ${event} came`)), EVENT_MS).unref());
  const search = (async () => {
    for await (const message of subscription) if (message.event === event) return message;
    throw new Error("the stream ended");
  })();
  return Promise.race([search, timeout]);
}

// Nothing confirms a subscription, so the post is repeated until it is heard.
async function hear(subscription, event, act) {
  const heard = next(subscription, event);
  heard.catch(() => {});
  for (let tries = 0; tries < 20; ++tries) {
    await act();
    const pause = new Promise((done) => setTimeout(done, 300));
    if (await Promise.race([heard.then(() => true, () => true), pause])) break;
  }
  return heard;
}

await check("hears its home on the user stream", async () => {
  const stream = live.user.subscribe();
  const message = await hear(stream, "update", () => berta.v1.statuses.create({ status: "live" }));
  assert.deepEqual(message.stream, ["user"]);
  assert.match(message.payload.content, /live/);
  stream.unsubscribe();
});

await check("hears notifications", async () => {
  const stream = live.user.notification.subscribe();
  const message = await hear(stream, "notification", () => berta.v1.statuses.create({ status: "@anna hey" }));
  assert.equal(message.payload.type, "mention");
  stream.unsubscribe();
});

await check("hears a hashtag", async () => {
  const stream = live.hashtag.subscribe({ tag: "live" });
  const message = await hear(stream, "update", () => berta.v1.statuses.create({ status: "a #live post" }));
  assert.deepEqual(message.stream, ["hashtag", "live"]);
  stream.unsubscribe();
});

await check("hears a list", async () => {
  const list = await anna.v1.lists.create({ title: "live" });
  await anna.v1.lists.$select(list.id).accounts.create({ accountIds: [her.id] });
  const stream = live.list.subscribe({ list: list.id });
  const message = await hear(stream, "update", () => berta.v1.statuses.create({ status: "for the list" }));
  assert.deepEqual(message.stream, ["list", list.id]);
  stream.unsubscribe();
});

live.close();
setTimeout(() => process.exit(0), 200).unref();
