// What other servers see: people, posts, collections, WebFinger, NodeInfo, and the inbox. Without a queue: what is
// sent is sent at once, and what arrives is done before the answer, so that a test knows when it is over.
import { MemoryKvStore, createFederation } from "@fedify/fedify";
import {
  Accept, Activity, Article, Create, Endpoints, Follow, Note, Person as Actor, Question,
  QuoteAuthorization, Reject, Undo,
} from "@fedify/fedify/vocab";
import { describe } from "./describe.mjs";
import { asked, done, origin, people, posts, received, stamps, unverified } from "./state.mjs";

const signatureForms = ["signature-forms"];
const kv = new MemoryKvStore();

export const federation = createFederation({
  kv,
  kvPrefixes: { httpMessageSignaturesSpec: signatureForms },
  allowPrivateAddress: true, // *.test is on loopback
});

export function context() {
  return federation.createContext(new URL(origin), {});
}

// The form in which a server is told things first; Fedify tries the other one when it is refused.
export async function speak(server, form) {
  const spec = form === "cavage" ? "draft-cavage-http-signatures-12" : "rfc9421";
  await kv.set([...signatureForms, server], spec);
}

federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
  software: { name: "posy-test-peer", version: "1.0.0" },
  protocols: ["activitypub"],
  usage: { users: { total: people.size }, localPosts: posts.size, localComments: 0 },
}));

export async function actorOf(ctx, identifier) {
  const person = people.get(identifier);
  if (!person) return null;
  const keys = await ctx.getActorKeyPairs(identifier);
  return new Actor({
    id: ctx.getActorUri(identifier),
    preferredUsername: identifier,
    name: person.displayName,
    summary: "<p>Lives on a server of another kind.</p>",
    url: new URL(`/@${identifier}`, origin),
    inbox: ctx.getInboxUri(identifier),
    outbox: ctx.getOutboxUri(identifier),
    followers: ctx.getFollowersUri(identifier),
    following: ctx.getFollowingUri(identifier),
    endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
    manuallyApprovesFollowers: person.isLocked,
    discoverable: true,
    publicKey: keys[0].cryptographicKey,
    assertionMethods: keys.map((key) => key.multikey),
    aliases: person.aliases,
    successor: person.successor,
  });
}

federation
  .setActorDispatcher("/people/{identifier}", actorOf)
  .setKeyPairsDispatcher((_, identifier) => people.get(identifier)?.keys ?? []);

federation
  .setFollowersDispatcher("/people/{identifier}/followers", (_, identifier) => ({
    items: [...(people.get(identifier)?.followers.values() ?? [])],
  }))
  .setCounter((_, identifier) => people.get(identifier)?.followers.size ?? 0);

federation
  .setFollowingDispatcher("/people/{identifier}/following", (_, identifier) => ({
    items: [...(people.get(identifier)?.following ?? [])].map((id) => new URL(id)),
  }))
  .setCounter((_, identifier) => people.get(identifier)?.following.size ?? 0);

federation.setOutboxDispatcher("/people/{identifier}/outbox", (ctx, identifier) => {
  const mine = [...posts.values()].filter((post) => post.author === identifier && post.visibility === "public");
  return {
    items: mine.map(({ document }) =>
      new Create({
        id: new URL(`${document.id}#create`),
        actor: ctx.getActorUri(identifier),
        object: document,
        tos: document.toIds,
      })),
  };
});

// Anybody may have what is public, unless its author wants to know who asks; the rest is for the servers of those whom
// it is addressed to.
async function maySee(ctx, post) {
  const owner = await ctx.getSignedKeyOwner();
  asked.push({ post: post.document.id.href, by: owner?.id?.href ?? null });
  if (post.visibility === "public") return owner !== null || !post.isOnlyForKnown;
  return owner !== null && post.servers.includes(owner.id.origin);
}

const kinds = [[Note, "/notes/{number}"], [Question, "/questions/{number}"], [Article, "/articles/{number}"]];
for (const [kind, path] of kinds) {
  const find = (ctx, values) => posts.get(ctx.getObjectUri(kind, values).href);
  federation
    .setObjectDispatcher(kind, path, (ctx, values) => find(ctx, values)?.document ?? null)
    .authorize(async (ctx, values) => {
      const post = find(ctx, values);
      return !post || await maySee(ctx, post);
    });
}

federation.setObjectDispatcher(QuoteAuthorization, "/stamps/{number}",
  (ctx, values) => stamps.get(ctx.getObjectUri(QuoteAuthorization, values).href) ?? null);

async function followed(ctx, activity) {
  const target = ctx.parseUri(activity.objectId);
  const person = target?.type === "actor" ? people.get(target.identifier) : undefined;
  if (!person || person.isLocked) return;
  await acceptFollow(ctx, person, activity);
}

export async function acceptFollow(ctx, person, follow) {
  const follower = await follow.getActor(ctx);
  person.followers.set(follower.id.href, follower);
  await answer(ctx, person, follow, Accept);
}

export async function answer(ctx, person, activity, Kind, extra = {}) {
  const asker = await activity.getActor(ctx);
  await ctx.sendActivity({ identifier: person.name }, asker, new Kind({
    id: new URL(`#${Kind.name.toLowerCase()}-${crypto.randomUUID()}`, ctx.getActorUri(person.name)),
    actor: ctx.getActorUri(person.name),
    object: activity,
    to: asker.id,
    ...extra,
  }));
}

async function undone(ctx, activity) {
  const object = await activity.getObject(ctx);
  if (!(object instanceof Follow)) return;
  const target = ctx.parseUri(object.objectId);
  if (target?.type === "actor") people.get(target.identifier)?.followers.delete(activity.actorId.href);
}

// The Follow is looked up here by its id: a copy of it in the answer proves nothing.
function decided(activity) {
  const follow = done.get(activity.objectId?.href);
  if (!(follow?.activity instanceof Follow) || follow.told.id.href !== activity.actorId.href) return;
  const { following } = people.get(follow.who);
  if (activity instanceof Accept) following.add(activity.actorId.href);
  else following.delete(activity.actorId.href);
}

federation
  .setInboxListeners("/people/{identifier}/inbox", "/inbox")
  .on(Activity, async (ctx, activity) => {
    if (activity instanceof Follow) await followed(ctx, activity);
    else if (activity instanceof Undo) await undone(ctx, activity);
    else if (activity instanceof Accept || activity instanceof Reject) decided(activity);
    // Last: when a test sees it, it has been acted on.
    received.push({
      type: activity.constructor.name,
      id: activity.id?.href ?? null,
      actor: activity.actorId?.href ?? null,
      object: activity.objectId?.href ?? null,
      target: activity.targetId?.href ?? null,
      form: ctx.data.form,
      activity,
      document: ctx.data.document,
      understood: await describe(ctx, activity),
    });
  })
  .onUnverifiedActivity((ctx, activity, reason) => {
    unverified.push({ id: activity.id?.href ?? null, reason: reason.type, form: ctx.data.form });
  })
  .onError((_, error) => {
    unverified.push({ id: null, reason: String(error.stack ?? error), form: null });
  });

