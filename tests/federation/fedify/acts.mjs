// What a test can make the people of this server do. Each act takes what the test said, as JSON, and gives back what
// the test wants to know of it; it is over when all who are told have answered.
import { parseNodeInfo } from "@fedify/fedify/nodeinfo";
import { getDocumentLoader } from "@fedify/fedify/runtime";
import { verifyObject } from "@fedify/fedify/sig";
import { Temporal } from "@js-temporal/polyfill";
import {
  Accept, Activity, Announce, Block, Create, Delete, Follow, Like, Move, Note, PUBLIC_COLLECTION, QuoteAuthorization,
  QuoteRequest, Reject, Tombstone, Undo, Update,
} from "@fedify/fedify/vocab";
import { describeObject } from "./describe.mjs";
import { acceptFollow, actorOf, answer, context, speak } from "./federation.mjs";
import { forward } from "./forward.mjs";
import { sent } from "./loopback.mjs";
import {
  addPerson, asked, done, errors, nextNumber, people, personNamed, posts, received, settings, stamps, unverified,
} from "./state.mjs";
import { actId, compose, load, postOf, publish, send, tellOfChange } from "./writing.mjs";

// Something that is done to a post or a person, told to its author or to him.
const reactions = { follow: Follow, like: Like, boost: Announce, block: Block };

async function react(ctx, verb, who, target) {
  const object = await load(ctx, target);
  const toPerson = verb === "follow" || verb === "block";
  const told = toPerson ? object : await load(ctx, object.attributionId);
  const isPublic = verb === "boost";
  const activity = new reactions[verb]({
    id: actId(ctx, who, verb),
    actor: ctx.getActorUri(who),
    object: object.id,
    tos: isPublic ? [PUBLIC_COLLECTION] : [told.id],
    ccs: isPublic ? [ctx.getFollowersUri(who), told.id] : [],
  });
  done.set(activity.id.href, { activity, who, told, isPublic });
  return await send(ctx, who, activity, [told], isPublic);
}

function receivedOf(type, id) {
  const found = received.find((one) => one.type === type && (!id || one.id === id));
  if (!found) throw new Error(`no ${type} ${id ?? ""} came`);
  return found.activity;
}

// The one of Fedify's context keeps what it has seen.
const anonymousLoader = getDocumentLoader({ allowPrivateAddress: true });

export const acts = {
  async person({ name }) {
    if (!people.has(name)) await addPerson(name);
    return context().getActorUri(name).href;
  },

  lock({ who, isLocked }) {
    personNamed(who).isLocked = isLocked;
  },

  // The answer to a Follow that came while she was locked.
  async accept({ who, id }) {
    await acceptFollow(context(), personNamed(who), receivedOf("Follow", id));
  },

  async reject({ who, id }) {
    await answer(context(), personNamed(who), receivedOf("Follow", id), Reject);
  },

  follow: ({ who, target }) => react(context(), "follow", who, target),
  like: ({ who, target }) => react(context(), "like", who, target),
  boost: ({ who, target }) => react(context(), "boost", who, target),
  block: ({ who, target }) => react(context(), "block", who, target),

  async undo({ id }) {
    const ctx = context();
    const { activity, who, told, isPublic } = done.get(id);
    const undo = new Undo({
      id: actId(ctx, who, "undo"),
      actor: ctx.getActorUri(who),
      object: activity,
      tos: activity.toIds,
      ccs: activity.ccIds,
    });
    return await send(ctx, who, undo, [told], isPublic);
  },

  async post(wanted) {
    const ctx = context();
    return await publish(ctx, await compose(ctx, wanted));
  },

  // A post that can be looked up, but that nobody has been told of.
  async draft(wanted) {
    return (await compose(context(), wanted)).document.id.href;
  },

  async edit({ id, content }) {
    const post = postOf(id);
    post.document = post.document.clone({ content: `<p>${content}</p>`, updated: Temporal.Now.instant() });
    return await tellOfChange(context(), post, "edit");
  },

  async delete({ id }) {
    const ctx = context();
    const { author, document, named, visibility } = postOf(id);
    posts.delete(id);
    const removal = new Delete({
      id: actId(ctx, author, "delete"),
      actor: ctx.getActorUri(author),
      object: new Tombstone({ id: document.id }),
      tos: document.toIds,
      ccs: document.ccIds,
    });
    return await send(ctx, author, removal, named, visibility !== "direct");
  },

  async vote({ who, target, choices }) {
    const ctx = context();
    const question = await load(ctx, target);
    const author = await load(ctx, question.attributionId);
    const actor = ctx.getActorUri(who);
    for (const name of choices) {
      const id = actId(ctx, who, "vote");
      const object = new Note({ id, name, attribution: actor, replyTarget: question.id, to: author.id });
      await send(ctx, who, new Create({ id: new URL(`${id.href}-create`), actor, to: author.id, object }), [author]);
    }
  },

  async rename({ who, displayName }) {
    const ctx = context();
    personNamed(who).displayName = displayName;
    const update = new Update({
      id: actId(ctx, who, "rename"),
      actor: ctx.getActorUri(who),
      object: await actorOf(ctx, who),
      to: PUBLIC_COLLECTION,
    });
    return await send(ctx, who, update, [], true);
  },

  // A post that quotes, and the request to its author, as FEP-044f says. It is published when she agrees.
  async quote(wanted) {
    const ctx = context();
    const post = await compose(ctx, wanted);
    const quoted = await load(ctx, wanted.quote);
    const author = await load(ctx, quoted.attributionId);
    const request = new QuoteRequest({
      id: actId(ctx, wanted.who, "quote"),
      actor: ctx.getActorUri(wanted.who),
      object: quoted.id,
      instrument: post.document,
      to: author.id,
    });
    await send(ctx, wanted.who, request, [author]);
    return { request: request.id.href, post: post.document.id.href };
  },

  // Tells of a draft; of a quote with the stamp that the other server sent.
  async publish({ id, stamp }) {
    const post = postOf(id);
    if (stamp) post.document = post.document.clone({ quoteAuthorization: new URL(stamp) });
    return await publish(context(), post);
  },

  // Gives a stamp for the quote that was asked for.
  async approveQuote({ who, id }) {
    const ctx = context();
    const request = receivedOf("QuoteRequest", id);
    const stampId = ctx.getObjectUri(QuoteAuthorization, { number: nextNumber() });
    stamps.set(stampId.href, new QuoteAuthorization({
      id: stampId,
      attribution: ctx.getActorUri(who),
      interactingObject: request.instrumentId,
      interactionTarget: request.objectId,
    }));
    await answer(ctx, personNamed(who), request, Accept, { result: stampId });
    return stampId.href;
  },

  async rejectQuote({ who, id }) {
    await answer(context(), personNamed(who), receivedOf("QuoteRequest", id), Reject);
  },

  async revokeQuote({ who, stamp, target }) {
    const ctx = context();
    const told = await load(ctx, target);
    const object = stamps.get(stamp);
    const removal = new Delete({ id: actId(ctx, who, "revoke"), actor: ctx.getActorUri(who), object });
    stamps.delete(stamp);
    return await send(ctx, who, removal, [told], true);
  },

  // To another person, here or elsewhere, who names this one among her aliases.
  async move({ who, target }) {
    const ctx = context();
    const successor = await load(ctx, target);
    personNamed(who).successor = successor.id;
    const move = new Move({
      id: actId(ctx, who, "move"),
      actor: ctx.getActorUri(who),
      object: ctx.getActorUri(who),
      target: successor.id,
      to: ctx.getFollowersUri(who),
    });
    return await send(ctx, who, move, [], true);
  },

  async alias({ who, target }) {
    const old = await load(context(), target);
    personNamed(who).aliases = [old.id];
  },

  // A post by one, passed on with the signature of another: believed for its proof alone (FEP-8b32).
  async forward({ who, by, target, content, isForged }) {
    const ctx = context();
    const post = await compose(ctx, { who, content });
    const create = new Create({
      id: new URL(`${post.document.id}#create`),
      actor: ctx.getActorUri(who),
      object: post.document,
      tos: post.document.toIds,
      ccs: post.document.ccIds,
    });
    const told = await load(ctx, target);
    return { post: post.document.id.href, ...await forward(ctx, { create, who, by, told, isForged }) };
  },

  // What a name or an address leads to now, and how it reads. Signed by `who`, or by nobody.
  async lookUp({ what, who }) {
    const ctx = context();
    const documentLoader = who ? await ctx.getDocumentLoader({ identifier: who }) : anonymousLoader;
    const found = await ctx.lookupObject(what, { documentLoader });
    return found && { ...await describeObject(ctx, found), username: found.preferredUsername?.toString() ?? null };
  },

  // Whether an activity that came carries a proof of its actor, and Fedify verifies it (FEP-8b32).
  async isProven({ id }) {
    const { document } = received.find((one) => one.id === id);
    return await verifyObject(Activity, document, context()) !== null;
  },

  async outbox({ target }) {
    const ctx = context();
    const actor = await load(ctx, target);
    const outbox = await actor.getOutbox(ctx);
    const out = [];
    for await (const activity of ctx.traverseCollection(outbox)) out.push(activity.objectId?.href);
    return out;
  },

  // By hand as far as the document: Fedify's own way to it has no exception for loopback.
  async nodeInfo({ of }) {
    const wellKnown = await (await fetch(new URL("/.well-known/nodeinfo", of))).json();
    const link = wellKnown.links.find(({ rel }) => rel === "http://nodeinfo.diaspora.software/ns/schema/2.1");
    const found = parseNodeInfo(await (await fetch(link.href)).json());
    return found && { name: found.software.name, protocols: found.protocols };
  },

  speak: ({ to, form }) => speak(to, form),

  accepts({ form }) {
    settings.accepts = form;
  },

  // All that is known here.
  state() {
    return {
      received: received.map(({ activity: _, ...rest }) => rest),
      unverified,
      asked,
      sent,
      errors,
      people: Object.fromEntries([...people.values()].map((person) => [person.name, {
        followers: [...person.followers.keys()],
        following: [...person.following],
      }])),
    };
  },
};
