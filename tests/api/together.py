"""The same act many times at the same moment: it happens once, is counted once, and nobody sees an error."""

import threading

from support.browser import Browser, allow, exchange, register
from support.checks import equal, none_of
from support.database import person, value_of
from support.http import Client
from support.pictures import png

TIMES = 12


def at_once(act, times=TIMES):
    """The answers to `times` calls that begin together."""
    gate, answers = threading.Barrier(times), []

    def one(number):
        gate.wait()
        answers.append(act(number))
    threads = [threading.Thread(target=one, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    none_of([str(answer) for answer in answers if answer.status >= 500])
    equal(len(answers), times, "answers")
    return answers


def run(check, databases):
    with databases.server() as posy:
        anna = person(posy, "anna")
        people = [person(posy, f"person{number}") for number in range(4)]
        marks(check, posy, anna, people)
        relations(check, posy, anna, people)
        ends(check, posy, anna, people)

        @check("the server met no error of its own")
        def _():
            equal(posy.errors(), [])


def marks(check, posy, anna, people):
    post = anna.publish("mark me")
    path = f"/api/v1/statuses/{post['id']}"

    @check("favourites and boosts of four people, three times each, are four")
    def _():
        for act, count in (("favourite", "favourites_count"), ("reblog", "reblogs_count"), ("bookmark", None)):
            answers = at_once(lambda number, act=act: people[number % 4].post(f"{path}/{act}", None))
            equal({answer.status for answer in answers}, {200}, act)
            if count:
                equal(anna.get(path).json[count], 4)
        equal(value_of(posy, f"select count(*) from post where boost_of = {post['id']}"), "4")

    @check("taking them back is once too")
    def _():
        for act, count in (("unfavourite", "favourites_count"), ("unreblog", "reblogs_count")):
            at_once(lambda number, act=act: people[number % 4].post(f"{path}/{act}", None))
            equal(anna.get(path).json[count], 0)

    @check("on and off in a storm ends with a count that is true")
    def _():
        at_once(lambda number: people[number % 4].post(f"{path}/{'un' if number % 2 else ''}favourite", None))
        held = int(value_of(posy, f"select count(*) from favourite where post = {post['id']}"))
        equal(anna.get(path).json["favourites_count"], held)

    @check("one vote is one vote")
    def _():
        asked = anna.publish("which?", poll={"options": ["a", "b"], "expires_in": 600})["poll"]["id"]
        answers = at_once(lambda number: people[number % 4].post(f"/api/v1/polls/{asked}/votes", None,
                                                                 json_body={"choices": [number % 2]}))
        equal(sorted(answer.status for answer in answers), [200] * 4 + [422] * 8)
        equal(anna.get(f"/api/v1/polls/{asked}").json["votes_count"], 4)


def relations(check, posy, anna, people):
    me = anna.account["id"]

    @check("following at the same moment is one follow, and one notification")
    def _():
        at_once(lambda number: people[number % 4].post(f"/api/v1/accounts/{me}/follow", None))
        equal(anna.get(f"/api/v1/accounts/{me}").json["followers_count"], 4)
        told = [one for one in anna.get("/api/v1/notifications?types[]=follow").json]
        equal(len(told), 4)

    @check("blocking and following at the same moment do not both stay")
    def _():
        other = people[0]
        at_once(lambda number: other.post(f"/api/v1/accounts/{me}/follow", None) if number % 2 else
                anna.post(f"/api/v1/accounts/{other.account['id']}/block", None))
        relation = anna.get(f"/api/v1/accounts/relationships?id[]={other.account['id']}").json[0]
        equal((relation["blocking"], relation["followed_by"]), (True, False))

    @check("the same tag, list member and account name are made once")
    def _():
        at_once(lambda number: people[number % 4].post("/api/v1/statuses", None, form={"status": "#brandnew"}))
        equal(value_of(posy, "select count(*) from tag where name = 'brandnew'"), "1")
        made = anna.post("/api/v1/lists", form={"title": "x"}).json["id"]
        anna.post(f"/api/v1/accounts/{people[1].account['id']}/follow")
        at_once(lambda number: anna.post(f"/api/v1/lists/{made}/accounts", None,
                                         json_body={"account_ids": [people[1].account["id"]]}))
        equal(len(anna.get(f"/api/v1/lists/{made}/accounts").json), 1)


def ends(check, posy, anna, people):
    @check("a post that is deleted while people act on it leaves nothing behind")
    def _():
        for _ in range(4):
            post = anna.publish("going", poll={"options": ["a", "b"], "expires_in": 600})["id"]

            def act(number, post=post):
                path = f"/api/v1/statuses/{post}"
                who = people[1 + number % 3]
                return (lambda: anna.delete(path, None), lambda: who.post(f"{path}/favourite", None),
                        lambda: who.post(f"{path}/reblog", None), lambda: anna.put(path, None, form={"status": "new"}),
                        lambda: who.post("/api/v1/statuses", None, form={"status": "re", "in_reply_to_id": post}),
                        lambda: who.get(f"{path}/context", None))[number % 6]()
            at_once(act)
            anna.get(f"/api/v1/statuses/{post}", 404)
            for table, column in (("favourite", "post"), ("post", "boost_of"), ("poll", "post")):
                equal(value_of(posy, f"select count(*) from {table} where {column} = {post}"), "0", table)

    @check("one upload goes into one post")
    def _():
        media = anna.upload("a.png", png(8, 8)).json["id"]
        answers = at_once(lambda number: anna.post("/api/v1/statuses", None,
                                                   json_body={"status": "mine", "media_ids": [media]}))
        equal(sorted(answer.status for answer in answers), [200] + [422] * (TIMES - 1))

    @check("a code is exchanged once, and by racing for it nobody keeps a token")
    def _():
        client, browser = Client(posy.port), Browser(posy)
        app = register(client)
        browser.sign_in("anna")
        code = allow(browser, app)
        answers = at_once(lambda _: exchange(client, app, code, None))
        tokens = [answer.json["access_token"] for answer in answers if answer.status == 200]
        for token in tokens:
            Client(posy.port, token).get("/api/v1/accounts/verify_credentials", 401)
        if len(tokens) > 1:
            raise AssertionError(f"{len(tokens)} tokens for one code")
