import { describe, expect, it, vi } from "vitest";
import type { Draft } from "./drafts";

vi.mock("../api/client", () => ({ ask: vi.fn() }));
const { partOf, wantedOf } = await import("./publish");

const draft = (change: Partial<Draft>): Draft => ({
  id: "key", context: "new", text: "Hello", notice: null, sensitive: false, visibility: "unlisted", language: "en",
  media: [], poll: null, scheduledAt: "", reach: "", changedAt: 0, ...change,
});

describe("what the server is asked for", () => {
  it("names the post that is answered, and its reach", () => {
    const wanted = wantedOf(draft({ context: "reply:12", reach: "people" }));
    expect(wanted).toMatchObject({ in_reply_to_id: "12", visibility: "unlisted", posy: { reach: "people" } });
  });
  it("has no reach for what only the people in it see", () => {
    expect(wantedOf(draft({ visibility: "direct", reach: "people" })).posy).toBeUndefined();
  });
  it("leaves out answers of a poll that nobody wrote", () => {
    const poll = { options: ["a", " ", "b", ""], multiple: false, expiresIn: 300 };
    expect(wantedOf(draft({ poll })).poll).toEqual({ options: ["a", "b"], expires_in: 300, multiple: false });
  });
  it("does not change for whom a post is when it is edited", () => {
    const wanted = wantedOf(draft({ context: "edit:12" }));
    expect(wanted.visibility).toBeUndefined();
    expect(wanted.in_reply_to_id).toBeUndefined();
  });
  it("knows what a draft is of", () => {
    expect(partOf("quote:7", "quote")).toBe("7");
    expect(partOf("new", "quote")).toBeNull();
  });
});
