import { describe, expect, it } from "vitest";
import { matchPath } from "./match";

const patterns = ["/", "/tag/:name", "/post/:id"] as const;

describe("addresses", () => {
  it("find their screen and what is named in them", () => {
    expect(matchPath(patterns, "/")?.name).toBe("/");
    expect(matchPath(patterns, "/tag/caf%C3%A9")).toEqual({ name: "/tag/:name", params: { name: "café" } });
    expect(matchPath(patterns, "/post/7/")?.params).toEqual({ id: "7" });
  });
  it("that nobody made find nothing", () => {
    expect(matchPath(patterns, "/post")).toBeNull();
    expect(matchPath(patterns, "/tag/%E0%A4%A")).toBeNull();
  });
});
