// What Fedify understood of the object of an activity: read through its own vocabulary, not out of the JSON.
import {
  Announce, Article, Create, Delete, Document, Follow, Hashtag, Like, Mention, Note, Question, QuoteAuthorization,
  QuoteRequest, Tombstone, Undo, Update, isActor,
} from "@fedify/fedify/vocab";

const text = (value) => (value == null ? null : String(value));
const href = (url) => url?.href ?? null;

async function all(items) {
  const out = [];
  for await (const item of items) out.push(item);
  return out;
}

function tagOf(tag) {
  const kind = tag instanceof Mention ? "Mention" : tag instanceof Hashtag ? "Hashtag" : tag.constructor.name;
  return { kind, name: text(tag.name), href: href(tag.href) };
}

function attachmentOf(attachment) {
  if (!(attachment instanceof Document)) return { kind: attachment.constructor.name };
  return {
    kind: attachment.constructor.name,
    mediaType: attachment.mediaType,
    url: href(attachment.url),
    name: text(attachment.name),
  };
}

function ruleOf(rule) {
  return rule && { automatic: rule.automaticApprovals.map(href), manual: rule.manualApprovals.map(href) };
}

export async function describeObject(ctx, object) {
  const options = { documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader, suppressError: true };
  const out = {
    kind: object.constructor.name,
    id: href(object.id),
    author: href(object.attributionId),
    content: text(object.content),
    language: object.contents.find((one) => one.locale !== undefined)?.locale.toString() ?? null,
    summary: text(object.summary),
    name: text(object.name),
    sensitive: object.sensitive,
    inReplyTo: href(object.replyTargetId),
    to: object.toIds.map(href),
    cc: object.ccIds.map(href),
    updated: text(object.updated),
    canQuote: ruleOf(object.interactionPolicy?.canQuote),
    tags: (await all(object.getTags(options))).map(tagOf),
    attachments: (await all(object.getAttachments(options))).map(attachmentOf),
  };
  if (object instanceof Question) {
    const choices = [object.getExclusiveOptions(options), object.getInclusiveOptions(options)];
    out.options = (await Promise.all(choices.map(all))).flat().map((option) => text(option.name));
    out.voters = object.voters;
  }
  if (object instanceof Note || object instanceof Article || object instanceof Question) {
    out.quote = href(object.quoteId);
    out.quoteUrl = href(object.quoteUrl);
    out.quoteAuthorization = href(object.quoteAuthorizationId);
  }
  if (isActor(object)) {
    out.successor = href(object.successorId);
    out.aliases = object.aliasIds.map(href);
  }
  if (object instanceof Article) {
    const preview = await object.getPreview(options);
    out.preview = preview ? { kind: preview.constructor.name, content: text(preview.content) } : null;
  }
  if (object instanceof QuoteAuthorization) {
    out.interactingObject = href(object.interactingObjectId);
    out.interactionTarget = href(object.interactionTargetId);
  }
  return out;
}


export async function describe(ctx, activity) {
  const options = { documentLoader: ctx.documentLoader, contextLoader: ctx.contextLoader, suppressError: true };
  if (activity instanceof Create || activity instanceof Update) {
    const object = await activity.getObject(options);
    return object && await describeObject(ctx, object);
  }
  if (activity instanceof Undo) {
    const object = await activity.getObject(options);
    const isKnown = object instanceof Follow || object instanceof Like || object instanceof Announce;
    return object && { kind: object.constructor.name, object: isKnown ? href(object.objectId) : null };
  }
  if (activity instanceof QuoteRequest) {
    const quote = await activity.getInstrument(options);
    return { kind: "QuoteRequest", instrument: quote && await describeObject(ctx, quote) };
  }
  if (activity instanceof Delete) {
    const object = await activity.getObject(options);
    return object instanceof Tombstone ? { kind: "Tombstone" } : null;
  }
  return null;
}
