// What people wrote, as nodes that are safe to show. The server has cleaned it; here it is read once more, so that
// no mistake of one place is enough. Custom emoji become pictures, links to people and tags stay on the desk.
import type { CustomEmoji, Status } from "../api/types";
import { to } from "../router.svelte";

const ELEMENTS = new Set([
  "A", "ABBR", "B", "BLOCKQUOTE", "BR", "CODE", "DEL", "EM", "FIGCAPTION", "FIGURE", "H1", "H2", "H3", "H4", "H5", "H6",
  "HR", "I", "IMG", "LI", "OL", "P", "PRE", "RP", "RT", "RUBY", "S", "SPAN", "STRONG", "SUB", "SUP", "TABLE", "TBODY",
  "TD", "TH", "THEAD", "TR", "U", "UL",
]);
// Their text is no text for people.
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "TITLE"]);
const CLASSES = new Set(["mention", "hashtag", "invisible", "ellipsis", "u-url", "h-card"]);
const SHORTCODE = /:([a-zA-Z0-9_]{1,64}):/g;
const DEPTH_MAX = 40;

export interface Written {
  emojis: CustomEmoji[];
  mentions?: Status["mentions"];
  tags?: Status["tags"];
}

function isWeb(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

function emojiPicture(emoji: CustomEmoji): HTMLImageElement {
  const picture = document.createElement("img");
  picture.className = "emoji";
  picture.src = emoji.url;
  picture.alt = picture.title = `:${emoji.shortcode}:`;
  picture.loading = "lazy";
  return picture;
}

export function textWithEmoji(text: string, emojis: CustomEmoji[]): Node[] {
  if (emojis.length === 0) return [document.createTextNode(text)];
  const nodes: Node[] = [];
  let from = 0;
  for (const found of text.matchAll(SHORTCODE)) {
    const emoji = emojis.find((one) => one.shortcode === found[1]);
    if (!emoji) continue;
    nodes.push(document.createTextNode(text.slice(from, found.index)), emojiPicture(emoji));
    from = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

function pathOf(link: Element, address: string, written: Written): string | null {
  const mention = written.mentions?.find((one) => one.url === address);
  if (mention) return to(`/@${mention.acct}`);
  if (!link.classList.contains("hashtag")) return null;
  const name = (link.textContent ?? "").replace(/^#/, "").toLowerCase();
  const tag = written.tags?.find((one) => one.name.toLowerCase() === name);
  return tag ? to(`/tag/${encodeURIComponent(tag.name)}`) : null;
}

function fillLink(made: HTMLAnchorElement, from: Element, written: Written): void {
  const address = from.getAttribute("href") ?? "";
  const inside = pathOf(from, address, written);
  if (inside) made.href = inside;
  else if (isWeb(address)) {
    made.href = address;
    made.target = "_blank";
    made.rel = "noopener nofollow";
  }
}

function clean(node: Node, written: Written, depth: number): Node[] {
  if (node.nodeType === Node.TEXT_NODE) return textWithEmoji(node.textContent ?? "", written.emojis);
  if (!(node instanceof Element) || DROPPED.has(node.tagName) || depth > DEPTH_MAX) return [];
  const children = [...node.childNodes].flatMap((child) => clean(child, written, depth + 1));
  if (!ELEMENTS.has(node.tagName)) return children;
  if (node.tagName === "IMG") {
    const source = node.getAttribute("src") ?? "";
    if (!isWeb(source)) return [];
    const picture = document.createElement("img");
    picture.src = source;
    picture.alt = node.getAttribute("alt") ?? "";
    picture.loading = "lazy";
    return [picture];
  }
  const made = document.createElement(node.tagName);
  const classes = [...node.classList].filter((one) => CLASSES.has(one));
  if (classes.length) made.className = classes.join(" ");
  const language = node.getAttribute("lang");
  if (language) made.lang = language;
  if (made instanceof HTMLAnchorElement) fillLink(made, node, written);
  made.append(...children);
  return [made];
}

export function cleanHtml(html: string, written: Written): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const out = document.createDocumentFragment();
  out.append(...[...parsed.body.childNodes].flatMap((node) => clean(node, written, 0)));
  return out;
}

// For names of pages and of controls: no mark-up, no line breaks.
export function plainText(html: string, lettersMax = 120): string {
  const text = (new DOMParser().parseFromString(html.replaceAll(/<br ?\/?>|<\/p>/g, " "), "text/html").body.textContent ?? "")
    .replaceAll(/\s+/g, " ").trim();
  return text.length > lettersMax ? text.slice(0, lettersMax - 1) + "…" : text;
}
