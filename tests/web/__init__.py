"""The pages as people see them: in Chromium, narrow and wide, light and dark, without scripts. pages.mjs drives."""

import json
import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

from api.setup import printed_link
from support import pictures
from support.checks import Checks, contains, equal, holds
from support.database import Databases
from support.http import Client
from support.posy import ROOT

CHROMIUM = "/usr/bin/chromium"
NODE = os.path.join(ROOT, "tests", "node_modules", ".bin", "node")
SCREENSHOTS = os.path.join(ROOT, "build", "screenshots")
DOC_IMAGES = os.path.join(ROOT, "docs", "images")
TIMEOUT_S = 540


def run(report):
    check = Checks(report, "web")
    if not os.path.exists(CHROMIUM):
        check.skip("the pages look right", "Chromium is not installed (Debian package chromium)")
        return
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    os.makedirs(SCREENSHOTS)
    with Databases().server(instance_description="A quiet place by the sea.") as posy:
        in_browser(check, posy)
        feeds(check, posy)
        previews(check, posy)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def in_browser(check, posy):
    with tempfile.TemporaryDirectory(prefix="posy-web-") as folder:
        for number in range(6):
            with open(os.path.join(folder, f"photo{number}.jpg"), "wb") as file:
                file.write(pictures.photo(number, "1200x800" if number % 2 else "900x1200"))
        with open(os.path.join(folder, "video.mp4"), "wb") as file:
            file.write(pictures.video())
        environment = {**os.environ, "BASE": posy.base, "SETUP": posy.base + printed_link(posy), "PICTURES": folder,
                       "SCREENSHOTS": SCREENSHOTS, "CHROMIUM": CHROMIUM, "HOME": folder, "NO_PROXY": "*"}
        program = subprocess.Popen([NODE, os.path.join(ROOT, "tests", "web", "pages.mjs")], env=environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=folder)
        try:
            said, _ = program.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            program.kill()
            said, _ = program.communicate()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith('{"name"')]
    for line in lines:
        check(line["name"])(lambda line=line: fail(line["error"]) if not line["ok"] else None)

    @check("the browser came to its end")
    def _():
        holds(program.returncode == 0 and lines, said[-800:])


def fail(reason):
    raise AssertionError(reason)


def feeds(check, posy):
    client = Client(posy.port)

    @check("the RSS feed is well-formed, and whole")
    def _():
        answer = client.get("/@rosa.rss")
        contains(answer.headers["Content-Type"], "application/rss+xml")
        channel = xml.fromstring(answer.body).find("channel")
        items = channel.findall("item")
        holds(len(items) >= 5, f"{len(items)} items")
        for item in items:
            for name in ("title", "link", "guid", "pubDate", "description"):
                holds(item.findtext(name), name)
        holds(any(item.find("enclosure") is not None for item in items), "no enclosure")

    @check("the Atom feed is well-formed, and whole")
    def _():
        answer = client.get("/@rosa.atom")
        contains(answer.headers["Content-Type"], "application/atom+xml")
        feed = xml.fromstring(answer.body)
        space = "{http://www.w3.org/2005/Atom}"
        for name in ("id", "title", "updated", "author"):
            holds(feed.find(space + name) is not None, name)
        entries = feed.findall(space + "entry")
        equal(len({entry.findtext(space + "id") for entry in entries}), len(entries))
        holds(len(entries) >= 5, f"{len(entries)} entries")

    @check("a feed that has not changed costs nothing")
    def _():
        tag = client.get("/@rosa.rss").headers["ETag"]
        client.get("/@rosa.rss", 304, headers={"If-None-Match": tag})


class Metas(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.links = {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta":
            name = values.get("property") or values.get("name")
            self.found.setdefault(name, values.get("content"))
        if tag == "link":
            self.links.setdefault(values.get("type") or values.get("rel"), values.get("href"))


def previews(check, posy):
    client = Client(posy.port)
    account = client.get("/api/v1/accounts/lookup?acct=rosa").json
    posts = client.get(f"/api/v1/accounts/{account['id']}/statuses?only_media=true").json

    @check("a shared link has title, text and picture (Open Graph)")
    def _():
        post = next(one for one in posts if not one["sensitive"])
        page = Metas(client.get(post["url"].removeprefix(posy.base)).text)
        for name in ("og:title", "og:description", "og:url", "og:type", "og:site_name", "og:image", "twitter:card"):
            holds(page.found.get(name), name)
        equal((page.found["og:url"], page.found["twitter:card"]), (post["url"], "summary_large_image"))
        equal(page.links["canonical"], post["url"])
        picture = client.get(page.found["og:image"].removeprefix(posy.base))
        holds(picture.headers["Content-Type"].startswith("image/"), picture)

    @check("the picture of a sensitive post is not in its preview")
    def _():
        post = next(one for one in posts if one["sensitive"])
        page = Metas(client.get(post["url"].removeprefix(posy.base)).text)
        media = post["media_attachments"][0]
        holds(page.found.get("og:image") not in (media["url"], media["preview_url"]), page.found.get("og:image"))

    @check("the profile names its feeds, and the post its embed (oEmbed)")
    def _():
        page = Metas(client.get("/@rosa").text)
        equal(page.links["application/rss+xml"], f"{posy.base}/@rosa.rss")
        page = Metas(client.get(posts[0]["url"].removeprefix(posy.base)).text)
        embed = client.get(page.links["application/json+oembed"].removeprefix(posy.base)).json
        contains(embed["html"], posts[0]["url"] + "/embed")


def refresh_images():
    """Copies what the documentation shows from the last run."""
    os.makedirs(DOC_IMAGES, exist_ok=True)
    for name in sorted(os.listdir(SCREENSHOTS)):
        if name.startswith("docs-"):
            shutil.copyfile(os.path.join(SCREENSHOTS, name), os.path.join(DOC_IMAGES, name.removeprefix("docs-")))
