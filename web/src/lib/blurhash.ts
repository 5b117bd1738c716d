// The mean colour of a picture that has not come yet: the second to sixth letter of its blurhash.
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

export function meanColour(blurhash: string | null): string {
  if (!blurhash || blurhash.length < 6) return "transparent";
  let value = 0;
  for (const letter of blurhash.slice(2, 6)) {
    const at = LETTERS.indexOf(letter);
    if (at < 0) return "transparent";
    value = value * 83 + at;
  }
  return `rgb(${(value >> 16) & 255} ${(value >> 8) & 255} ${value & 255})`;
}
