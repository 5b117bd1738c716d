"""What happens: she comes back, publishes an essay, and everybody answers."""

import time
from pathlib import Path

from demo import words
from demo.peers import Fediverse
from demo.pictures import hills
from demo.posy import Author, Server, Trouble

FOLLOW_WAIT_S, DELIVER_WAIT_S = 120, 120
SCOPES = "read write follow push profile"
BY_HAND, BY_HAND_PAUSE_S = 12, 1.5  # letters that come one by one, before all others
LIKES_EACH, BOOSTS_EACH = 3, 8      # of so many letters' writers, one does this besides


def wait_for(claim, what, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if claim():
            return
        time.sleep(0.1)
    raise Trouble(f"{what}, though it had {seconds} seconds")


class Story:
    def __init__(self, program, folder, port, servers, letters, say=print, seed=1):
        self.folder, self.letters, self.say = Path(folder), letters, say
        self.them = Fediverse(servers, seed)
        self.writers = words.Letters(seed)
        self.program, self.port = program, port

    def __enter__(self):
        self.them.__enter__()
        try:
            self.server = Server(self.program, self.folder, self.port, self.them.settings()).__enter__()
        except BaseException:
            self.them.__exit__()
            raise
        self.them.posy = (self.server.name, self.server.port)
        return self

    def __exit__(self, *_):
        self.server.__exit__()
        self.them.__exit__()

    def settle(self):
        """Her account, her picture, her followers, and a little that she wrote before."""
        user, name = words.AUTHOR
        self.server.command("account", "create", user, "--email", f"{user}@mail.example", "--password", "a demonstration",
                            "--role", "owner")
        self.author = Author(self.server, self.server.command("token", "create", user, "--scopes", SCOPES))
        self.pictures = {light: hills(light, seed) for seed, light in enumerate(words.PICTURES)}
        self.author.ask("PATCH", "/api/v1/accounts/update_credentials",
                        {"display_name": name, "note": words.ABOUT, "locked": "false"},
                        {"avatar": ("image/jpeg", hills("winter", 7, (400, 400))),
                         "header": ("image/jpeg", hills("evening", 9, (1500, 500)))})
        self.author.ask("PATCH", "/api/v2/notifications/policy",
                        {f"for_{who}": "accept" for who in ("not_following", "not_followers", "new_accounts", "private_mentions")})
        for note in words.NOTES:
            self.author.ask("POST", "/api/v1/statuses", {"status": note})
        self.address = f"{self.server.base}/users/{user}"
        self.to = (self.address, f"@{user}@{self.server.name}")
        people = self.them.people
        self.them.send_all([(one, one.act("Follow", self.address)) for one in people], self.progress("followers", len(people)))
        wait_for(lambda: self.followers() >= len(people), "Not all followers came", FOLLOW_WAIT_S)
        self.them.go_away()

    def progress(self, what, of):
        last = [0.0]

        def show(count):
            if count == of or time.monotonic() - last[0] > 0.5:
                last[0] = time.monotonic()
                self.say(f"  {what}: {count} of {of}", end="\n" if count == of else "\r", flush=True)
        return show

    def followers(self):
        return self.author.ask("GET", "/api/v1/accounts/verify_credentials")["followers_count"]

    def link(self):
        return self.server.command("account", "link", words.AUTHOR[0])

    def publish(self):
        """The essay, with its pictures. Returns when the servers that answer have it."""
        ids = {light: self.author.picture(jpeg, words.PICTURES[light]) for light, jpeg in self.pictures.items()}
        self.essay = self.author.ask("POST", "/api/v1/statuses", {
            "title": words.TITLE, "summary": words.SUMMARY, "status": words.ESSAY.format(**ids), "cover_id": ids["morning"],
            "language": "en"})
        begun = time.monotonic()
        while time.monotonic() - begun < DELIVER_WAIT_S:
            shown = self.delivery()
            self.say(f"  servers that have it: {shown['delivered']} of {shown['servers']}", end="\r", flush=True)
            if shown["started_at"] and shown["delivered"] >= shown["servers"] - len(self.them.gone):
                break
            time.sleep(0.2)
        self.say(f"  servers that have it: {shown['delivered']} of {shown['servers']}, after {time.monotonic() - begun:.1f} s")

    def delivery(self):
        return self.author.ask("GET", f"/api/posy/v1/statuses/{self.essay['id']}/delivery")

    def answers(self):
        """What is sent for the letters, in order: now and then somebody likes or boosts besides."""
        people = [one for one in self.them.people if one.host not in self.them.gone]
        for number in range(self.letters):
            person = people[(number * 7) % len(people)]
            language, text = self.writers.next()
            is_private = number % 4 == 3
            yield person, person.letter(text, language, self.to, None if is_private else self.essay["uri"], is_private)
            if number % LIKES_EACH == 0:
                yield person, person.act("Like", self.essay["uri"])
            if number % BOOSTS_EACH == 0:
                yield person, person.act("Announce", self.essay["uri"], to=["https://www.w3.org/ns/activitystreams#Public"])

    def write_back(self, pause_s=BY_HAND_PAUSE_S):
        """First a few, as they would come to anybody; then all of them at once. How many were taken, and how many sent."""
        sent = list(self.answers())
        taken = 0
        for pair in sent[:BY_HAND]:
            taken += self.them.send(*pair) == 202
            time.sleep(pause_s)
        rest = sent[BY_HAND:]
        begun = time.monotonic()
        taken += self.them.send_all(rest, self.progress("taken and on disk", len(rest)))
        self.say(f"  {len(rest)} in {time.monotonic() - begun:.1f} s")
        return taken, len(sent)

    def told(self):
        """How many letters she can read by now, counted in her notifications."""
        count, last = 0, None
        while True:
            path = "/api/v1/notifications?types[]=mention&limit=80" + (f"&max_id={last}" if last else "")
            page = self.author.ask("GET", path)
            if not page:
                return count
            count += len(page)
            last = page[-1]["id"]
