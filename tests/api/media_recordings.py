"""Videos and sound, which take their time."""

import time

from support import pictures
from support.checks import contains, equal, eventually, holds, lacks
from support.database import person
from support.http import Client


def run(check, databases):
    with databases.server() as posy:
        recordings(check, posy, person(posy, "anna"))


def fetch(posy, url):
    return Client(posy.port).get(url.removeprefix(posy.base))


def recordings(check, posy, anna):
    content = pictures.video()

    @check("a video is 202, then 206 while it is processed, then 200")
    def _():
        answer = anna.upload("a.mp4", content, "video/mp4", expect=None)
        equal(answer.status, 202, answer.text)
        equal(answer.json["url"], None)
        path = f"/api/v1/media/{answer.json['id']}"
        seen, end = [], time.monotonic() + 60
        while time.monotonic() < end:
            seen.append(anna.get(path, None).status)
            if seen[-1] != 206:
                break
            time.sleep(0.1)
        equal(seen[-1], 200)
        holds(set(seen) <= {206, 200}, seen)
        media = anna.get(path).json
        equal(media["type"], "video")
        holds(1.5 < media["meta"]["original"]["duration"] < 2.5, media["meta"])
        equal(fetch(posy, media["url"]).headers["Content-Type"], "video/mp4")
        holds(fetch(posy, media["preview_url"]).headers["Content-Type"].startswith("image/"), "no preview")
        for part in (b"my secret title", b"+40.0-074.0"):
            lacks(fetch(posy, media["url"]).body, part)

    @check("a post waits for its video")
    def _():
        media = anna.upload("a.mp4", pictures.video(5), "video/mp4", expect=202).json
        answer = anna.post("/api/v1/statuses", None, json_body={"status": "x", "media_ids": [media["id"]]})
        contains((422, 200), answer.status)
        eventually(lambda: anna.get(f"/api/v1/media/{media['id']}", None).status == 200, "never ready", 60)

    @check("sound is taken")
    def _():
        sound = pictures.ffmpeg(".mp3", "-f", "lavfi", "-i", "sine=frequency=440:duration=1")
        media = anna.upload("a.mp3", sound, "audio/mpeg", expect=None).json
        ready = eventually(lambda: (one := anna.get(f"/api/v1/media/{media['id']}", None)).status == 200 and one,
                           "never ready", 60)
        equal(ready.json["type"], "audio")

    @check("a moving GIF becomes a silent video")
    def _():
        moving = pictures.ffmpeg(".gif", "-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=1")
        media = anna.upload("a.gif", moving, "image/gif", expect=None).json
        ready = eventually(lambda: (one := anna.get(f"/api/v1/media/{media['id']}", None)).status == 200 and one,
                           "never ready", 60)
        equal(ready.json["type"], "gifv")

    @check("a broken video says so in the end")
    def _():
        cut = content[:64] + b"\0" * 5000
        answer = anna.upload("a.mp4", cut, "video/mp4", expect=None)
        if answer.status == 202:
            path = f"/api/v1/media/{answer.json['id']}"
            answer = eventually(lambda: (one := anna.get(path, None)).status != 206 and one, "processed for ever", 60)
        equal(answer.status, 422)
        holds(answer.json["error"], "no sentence")
