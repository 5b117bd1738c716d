// How long the server will find a text: letters as people count them, links as if they were all equally long,
// and of a mention only the name. (docs.joinmastodon.org/user/posting/#characters)
const LINK = /https?:\/\/[^\s<>"]+/g;
const MENTION = /(^|[^\w/])@(\w+)@[\w.-]+\w/g;

const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter() : null;

export function letters(text: string): number {
  if (!segmenter) return Array.from(text).length;
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

export function lengthOf(text: string, notice = "", linkLength = 23): number {
  const counted = text.replace(LINK, "x".repeat(linkLength)).replace(MENTION, "$1@$2");
  return letters(counted) + letters(notice);
}
