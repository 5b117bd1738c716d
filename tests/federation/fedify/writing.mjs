// Writing posts and telling others of them.
import { Temporal } from "@js-temporal/polyfill";
import {
  Article, Collection, Create, Hashtag, Image, InteractionPolicy, InteractionRule, LanguageString, Mention, Note,
  PUBLIC_COLLECTION, Question, Update,
} from "@fedify/fedify/vocab";
import { nextNumber, origin, personNamed, pictures, posts } from "./state.mjs";

const hour = 3_600_000;

export function actId(ctx, name, verb) {
  return new URL(`#${verb}-${nextNumber()}`, ctx.getActorUri(name));
}

export async function load(ctx, identifier) {
  const found = await ctx.lookupObject(identifier);
  if (!found) throw new Error(`${identifier} was not found`);
  return found;
}

// To those who are named, and to the followers where they are addressed.
export async function send(ctx, name, activity, named = [], toFollowers = false) {
  const recipients = new Map(named.map((actor) => [actor.id.href, actor]));
  if (toFollowers) for (const [id, follower] of personNamed(name).followers) recipients.set(id, follower);
  await ctx.sendActivity({ identifier: name }, [...recipients.values()], activity, { preferSharedInbox: true });
  return activity.id.href;
}

function addressing(ctx, name, visibility, named) {
  const followers = ctx.getFollowersUri(name);
  const ids = named.map((actor) => actor.id);
  if (visibility === "public") return { tos: [PUBLIC_COLLECTION], ccs: [followers, ...ids] };
  if (visibility === "unlisted") return { tos: [followers], ccs: [PUBLIC_COLLECTION, ...ids] };
  if (visibility === "private") return { tos: [followers], ccs: ids };
  return { tos: ids, ccs: [] };
}

function policyOf(ctx, name, canQuote) {
  if (!canQuote) return undefined;
  const rules = {
    everybody: { automaticApproval: PUBLIC_COLLECTION },
    asked: { manualApproval: PUBLIC_COLLECTION },
    nobody: { automaticApproval: ctx.getActorUri(name) },
  };
  return new InteractionPolicy({ canQuote: new InteractionRule(rules[canQuote]) });
}

function pictureOf({ base64, description }) {
  const path = `/pictures/${nextNumber()}.png`;
  pictures.set(path, Buffer.from(base64, "base64"));
  return new Image({ mediaType: "image/png", url: new URL(path, origin), name: description });
}

function optionsOf({ options, multiple }) {
  const notes = options.map((name) => new Note({ name, replies: new Collection({ totalItems: 0 }) }));
  return {
    [multiple ? "inclusiveOptions" : "exclusiveOptions"]: notes,
    endTime: Temporal.Instant.fromEpochMilliseconds(Date.now() + hour),
    voters: 0,
  };
}

// title makes it an article, poll a question.
export async function compose(ctx, wanted) {
  const { who, content, visibility = "public", to = [], title, poll } = wanted;
  const Kind = title ? Article : poll ? Question : Note;
  const named = await Promise.all(to.map((handle) => load(ctx, handle)));
  const replyTarget = wanted.inReplyTo ? await load(ctx, wanted.inReplyTo) : null;
  const author = replyTarget?.attributionId ? await load(ctx, replyTarget.attributionId) : null;
  if (author && !named.some((actor) => actor.id.href === author.id.href)) named.push(author);
  const id = ctx.getObjectUri(Kind, { number: nextNumber() });
  const html = `<p>${content}</p>`;
  const document = new Kind({
    id,
    attribution: ctx.getActorUri(who),
    url: new URL(`/@${who}/${id.pathname.split("/").pop()}`, origin),
    published: Temporal.Now.instant(),
    ...(wanted.language ? { contents: [html, new LanguageString(html, wanted.language)] } : { content: html }),
    name: title,
    summary: wanted.summary,
    sensitive: Boolean(wanted.summary && !title),
    replyTarget: replyTarget?.id,
    attachments: wanted.picture ? [pictureOf(wanted.picture)] : [],
    tags: [
      ...named.map((actor) => new Mention({ href: actor.id, name: `@${actor.preferredUsername}@${actor.id.host}` })),
      ...(wanted.tags ?? []).map((name) => new Hashtag({ href: new URL(`/tags/${name}`, origin), name: `#${name}` })),
    ],
    interactionPolicy: policyOf(ctx, who, wanted.canQuote),
    ...(poll ? optionsOf(poll) : {}),
    ...(wanted.quote ? { quote: new URL(wanted.quote), quoteUrl: new URL(wanted.quote) } : {}),
    ...addressing(ctx, who, visibility, named),
  });
  const followers = visibility === "direct" ? [] : [...personNamed(who).followers.values()];
  const servers = [...named, ...followers].map((actor) => actor.id.origin);
  const post = { author: who, document, visibility, named, servers, isOnlyForKnown: Boolean(wanted.isOnlyForKnown) };
  posts.set(id.href, post);
  return post;
}

export async function publish(ctx, post) {
  const { author, document, named, visibility } = post;
  const create = new Create({
    id: new URL(`${document.id}#create`),
    actor: ctx.getActorUri(author),
    object: document,
    published: document.published,
    tos: document.toIds,
    ccs: document.ccIds,
  });
  await send(ctx, author, create, named, visibility !== "direct");
  return document.id.href;
}

export function postOf(id) {
  const post = posts.get(id);
  if (!post) throw new Error(`${id} is no post of this server`);
  return post;
}

export async function tellOfChange(ctx, post, verb) {
  const { author, document, named, visibility } = post;
  const update = new Update({
    id: actId(ctx, author, verb),
    actor: ctx.getActorUri(author),
    object: document,
    tos: document.toIds,
    ccs: document.ccIds,
  });
  return await send(ctx, author, update, named, visibility !== "direct");
}
