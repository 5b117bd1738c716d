export interface Match {
  name: string;
  params: Record<string, string>;
}

// The first pattern that fits: "/post/:id".
export function matchPath(patterns: readonly string[], path: string): Match | null {
  const parts = path.split("/").filter(Boolean);
  for (const name of patterns) {
    const wanted = name.split("/").filter(Boolean);
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((want, at) => {
      const part = parts[at] ?? "";
      if (!want.startsWith(":")) return want === part;
      try {
        params[want.slice(1)] = decodeURIComponent(part);
        return true;
      } catch {
        return false; // not an address that we made
      }
    });
    if (fits) return { name, params };
  }
  return null;
}
