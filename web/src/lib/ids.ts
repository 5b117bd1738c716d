// Ids are decimal strings of any length; the longer or later one is the newer.
export function isNewer(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

// So that a page "older than this" begins with the id itself.
export function justAfter(id: string): string {
  return (BigInt(id) + 1n).toString();
}
