// What is done with a post, and that the server knows.
import assert from "node:assert/strict";
import { call, say } from "./world.mjs";

export default async function (desk, world) {
  const show = (id) => call("rosa", "GET", `/api/v1/statuses/${id}`);

  await desk.tell("favourite, bookmark and boost, and back again", async (page) => {
    const id = world.album.id;
    await page.at(`/post/${id}`);
    const article = page.locator(`#post-${id}`);
    const answered = (what) => page.waitForResponse((one) => one.url().endsWith(`/${id}/${what}`) && one.ok());
    await Promise.all([answered("favourite"), article.getByRole("button", { name: /favourite/ }).click()]);
    await Promise.all([answered("bookmark"), article.getByRole("button", { name: "Bookmark" }).click()]);
    await article.getByRole("button", { name: /boosts?$/ }).click();
    await Promise.all([answered("reblog"), page.getByRole("menuitem", { name: "Boost" }).click()]);
    const { favourited, bookmarked, reblogged } = await show(id);
    assert.deepEqual([favourited, bookmarked, reblogged], [true, true, true]);
    await page.at("/bookmarks");
    await page.locator("article", { hasText: "Three days in the yard" }).waitFor();
    await page.at("/favourites");
    const kept = page.locator("article", { hasText: "Three days in the yard" });
    await Promise.all([answered("unfavourite"), kept.getByRole("button", { name: /favourite/ }).click()]);
    assert.equal((await show(id)).favourited, false);
  });

  await desk.tell("what the server refuses is taken back and said", async (page) => {
    await page.at(`/post/${world.album.id}`);
    await page.route("**/favourite", (route) => route.fulfill({ status: 503, json: { error: "busy" } }));
    const star = page.locator(`#post-${world.album.id}`).getByRole("button", { name: /favourite/ });
    await star.click();
    await page.getByText("The server could not do this.").waitFor();
    assert.equal(await star.getAttribute("aria-pressed"), "false");
    page.complaints.splice(0);
  });

  await desk.tell("a post is reported with a reason", async (page) => {
    await page.at(`/post/${world.notice.id}`);
    await page.locator(`#post-${world.notice.id}`).getByRole("button", { name: "More about this post" }).click();
    await page.getByRole("menuitem", { name: "Report this post" }).click();
    await page.getByLabel("It is spam").check();
    await page.getByLabel("What should we know?").fill("The same every day.");
    const [sent] = await Promise.all([page.waitForRequest("**/api/v1/reports"), page.getByRole("button", { name: "Send the report" }).click()]);
    assert.deepEqual(sent.postDataJSON().status_ids, [world.notice.id]);
    await page.getByText("The report is sent.").waitFor();
  });

  await desk.tell("who marked a post can be seen", async (page) => {
    await page.at(`/post/${world.mine.id}`);
    await page.getByRole("link", { name: /2 favourites/ }).click();
    await page.getByRole("heading", { name: "Whose favourite it is" }).waitFor();
    await page.getByRole("link", { name: /@ben/ }).waitFor();
  });

  await desk.tell("markup of a stranger stays text", async (page) => {
    const post = await say("ben", "<script>document.title='taken'</script><img src=x onerror=alert(1)> 1 < 2 & so on");
    await page.at(`/post/${post.id}`);
    await page.getByText("1 < 2 & so on").first().waitFor();
    assert.doesNotMatch(await page.title(), /taken/);
    await call("ben", "DELETE", `/api/v1/statuses/${post.id}`);
  });
}
