"""Uploads: what is taken, what is taken out of it, and what is refused."""

import os

from api.media_recordings import fetch
from support import pictures
from support.checks import contains, equal, eventually, holds, lacks, none_of
from support.database import person, value_of


def run(check, databases):
    with databases.server(limits_image_bytes="2000000") as posy:
        anna, berta = person(posy, "anna"), person(posy, "berta")
        formats(check, posy, anna)
        privacy(check, posy, anna)
        refusals(check, posy, anna)
        ownership(check, anna, berta)
        profile(check, posy, anna)

        @check("no file is left over in the work folder")
        def _():
            folder = os.path.join(posy.data, "media", "incoming")
            eventually(lambda: not os.listdir(folder), os.listdir(folder))


def formats(check, posy, anna):
    made = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
            ".avif": "image/avif"}
    for suffix, mime in made.items():
        content = pictures.test_picture(suffix)
        if content is None:
            check.skip(f"a {suffix} picture is taken", "this ffmpeg writes none")
            continue

        @check(f"a {suffix} picture is taken, measured and shown")
        def _():
            media = anna.upload("a" + suffix, content, mime, description="bars").json
            equal((media["type"], media["description"]), ("image", "bars"))
            equal((media["meta"]["original"]["width"], media["meta"]["original"]["height"]), (96, 64))
            holds(20 < len(media["blurhash"]) < 60, media["blurhash"])
            for url in (media["url"], media["preview_url"]):
                holds(fetch(posy, url).headers["Content-Type"].startswith("image/"), url)

    content = pictures.heic(pictures.test_picture(".jpg"))
    if content is None:
        check.skip("a photo of an iPhone is taken", "this libvips writes no HEIC")
    else:
        @check("a photo of an iPhone (HEIC) is taken, and served as what browsers show")
        def _():
            media = anna.upload("a.heic", content, "image/heic").json
            contains(("image/jpeg", "image/webp", "image/png"), fetch(posy, media["url"]).headers["Content-Type"])

    @check("what a file is called or said to be does not matter")
    def _():
        media = anna.upload("evil.html", pictures.png(8, 8), "text/html").json
        equal(fetch(posy, media["url"]).headers["Content-Type"], "image/png")

    @check("a large picture gets a small preview")
    def _():
        media = anna.upload("a.jpg", pictures.photo(1, "3000x2000"), "image/jpeg").json
        small = media["meta"]["small"]
        holds(small["width"] * small["height"] <= 640 * 360, small)
        holds(len(fetch(posy, media["preview_url"]).body) < len(fetch(posy, media["url"]).body), "not smaller")

    @check("focus and description can be given and changed")
    def _():
        media = anna.upload("a.png", pictures.png(8, 8), focus="-0.5,0.25").json
        equal(media["meta"]["focus"], {"x": -0.5, "y": 0.25})
        media = anna.put(f"/api/v1/media/{media['id']}", json_body={"description": "new", "focus": "1,1"}).json
        equal((media["description"], media["meta"]["focus"]["x"]), ("new", 1))

    @check("sixteen pictures in one post keep their order")
    def _():
        ids = [anna.upload("a.png", pictures.png(4 + n, 4)).json["id"] for n in range(16)]
        post = anna.publish("many", media_ids=ids)
        equal([one["id"] for one in post["media_attachments"]], ids)
        anna.post("/api/v1/statuses", 422, json_body={"status": "twice", "media_ids": ids[:1]})


def privacy(check, posy, anna):
    jpeg = pictures.with_exif(pictures.test_picture(".jpg"))

    @check("where and by whom a photo was taken is not passed on")
    def _():
        holds(b"MADE BY ME" in jpeg and b"Exif" in jpeg, "the test's own photo has no Exif")
        media = anna.upload("a.jpg", jpeg, "image/jpeg").json
        for url in (media["url"], media["preview_url"]):
            body = fetch(posy, url).body
            for part in (b"MADE BY ME", b"Exif", b"my secret comment", b"GPS"):
                lacks(body, part)

    @check("the camera's orientation is carried out")
    def _():
        media = anna.upload("a.jpg", jpeg, "image/jpeg").json
        equal((media["meta"]["original"]["width"], media["meta"]["original"]["height"]), (64, 96))
        equal(pictures.jpeg_size(fetch(posy, media["url"]).body), (64, 96))

    @check("the original does not stay anywhere in the data folder")
    def _():
        held = []
        for folder, _, names in os.walk(os.path.join(posy.data, "media")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    if b"MADE BY ME" in file.read():
                        held.append(name)
        equal(held, [])


def refusals(check, posy, anna):
    whole = pictures.photo(2)
    hostile = {
        "text that calls itself a photo": b"Dear friends, " * 100,
        "nothing": b"",
        "a cut JPEG": whole[:len(whole) // 2],
        "a JPEG of its first bytes": whole[:20],
        "a cut PNG": pictures.png(64, 64)[:60],
        "a PNG of 900 million pixels": pictures.bomb(30_000),
        "a PNG that lies about its size": pictures.png_of(60_000, 60_000, b"x"),
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "XML with an entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "PDF": b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n",
        "a program": b"\x7fELF" + b"\0" * 200,
        "an archive": b"PK\x03\x04" + b"\0" * 200,
        "PostScript": b"%!PS-Adobe-3.0\nquit\n",
        "a playlist that names files": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        "ImageMagick's script": b"push graphic-context\nfill 'url(https://a.example/\"|ls \"-la)'",
    }

    @check("what is no good picture is refused with a sentence, at the door")
    def _():
        wrong = []
        for what, content in hostile.items():
            for mime in ("image/jpeg", "image/svg+xml"):
                answer = anna.upload("a.jpg", content, mime, expect=None)
                if answer.status != 422 or not answer.json.get("error"):
                    wrong.append(f"{what}: {answer}")
        none_of(wrong)

    @check("a bomb does not fill the memory")
    def _():
        with open(f"/proc/{posy.process.pid}/status") as file:
            peak = int(next(line for line in file if line.startswith("VmHWM")).split()[1])
        holds(peak < 600 * 1024, f"peak of {peak // 1024} MiB")

    @check("what lies behind the end of a picture is not passed on")
    def _():
        for content in (pictures.png(8, 8) + b"<script>alert(1)</script>", whole + b"PK\x03\x04 an archive"):
            answer = anna.upload("a.png", content, expect=None)
            if answer.status == 200:
                body = fetch(posy, answer.json["url"]).body
                lacks(body, b"<script>")
                lacks(body, b"an archive")
            else:
                equal(answer.status, 422)

    @check("too large a picture is 413, in whatever way it comes")
    def _():
        equal(anna.upload("a.jpg", whole + b"\0" * 2_000_000, "image/jpeg", expect=None).status, 413)

    @check("an upload without a file, with an empty one, or as a text field is refused")
    def _():
        anna.post("/api/v2/media", 422, form={"description": "nothing"})
        anna.post("/api/v2/media", 422, form={"file": "text"})
        anna.post("/api/v2/media", 422, json_body={"file": "data:image/png;base64,AAAA"})
        anna.post("/api/v2/media", 422, form={"file": "text"}, files=[("other", "a.png", "image/png", b"x")])

    @check("refused uploads leave no rows that can be used")
    def _():
        equal(value_of(posy, "select count(*) from media where state = 1 and blob = ''"), "0")


def ownership(check, anna, berta):
    @check("an upload belongs to who sent it, until it is published and after")
    def _():
        media = anna.upload("a.png", pictures.png(8, 8)).json
        path = f"/api/v1/media/{media['id']}"
        for method in ("GET", "PUT", "DELETE"):
            berta.request(method, path, 404, json_body={"description": "mine"})
        berta.post("/api/v1/statuses", 422, json_body={"status": "x", "media_ids": [media["id"]]})
        anna.delete(path)
        anna.get(path, 404)


def profile(check, posy, anna):
    @check("portraits are cut to size, cleaned, and refused as uploads are")
    def _():
        jpeg = pictures.with_exif(pictures.photo(3), orientation=1)
        files = [("avatar", "a.jpg", "image/jpeg", jpeg), ("header", "h.jpg", "image/jpeg", pictures.photo(4))]
        me = anna.patch("/api/v1/accounts/update_credentials", files=files).json
        for url in (me["avatar"], me["header"]):
            lacks(fetch(posy, url).body, b"MADE BY ME")
        bad = [("avatar", "a.jpg", "image/jpeg", b"not a picture")]
        anna.patch("/api/v1/accounts/update_credentials", 422, files=bad)
        equal(anna.get("/api/v1/accounts/verify_credentials").json["avatar"], me["avatar"])
