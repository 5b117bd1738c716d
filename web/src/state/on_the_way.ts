// Files that are being sent from this tab, by name. A page that is loaded anew cannot go on sending them: it says so.
const KEY = "desk.sending";
const MAX = 20;

// A page that is left breaks off what it sends; that is no end of it.
let isLeaving = false;
for (const event of ["beforeunload", "pagehide"]) addEventListener(event, () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));

function names(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MAX) : [];
  } catch {
    return []; // not ours
  }
}

export function begun(name: string): void {
  sessionStorage.setItem(KEY, JSON.stringify([...names(), name].slice(-MAX)));
}
export function ended(name: string): void {
  if (isLeaving) return;
  const left = names();
  const at = left.indexOf(name);
  if (at >= 0) left.splice(at, 1);
  if (left.length > 0) sessionStorage.setItem(KEY, JSON.stringify(left));
  else sessionStorage.removeItem(KEY);
}
// What was on its way when the page was left by reloading; told once. Asked when the desk begins.
export function takeLost(): string[] {
  const lost = names();
  sessionStorage.removeItem(KEY);
  return lost;
}
