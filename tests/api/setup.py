"""The first visit: a link in the console makes the owner, once."""

import re

from support.browser import Browser, heading
from support.checks import contains, equal, eventually, holds, lacks
from support.database import value_of
from support.http import Client

OWNER = {"username": "rosa", "email": "rosa@mail.example", "password": "a long enough phrase"}


def printed_link(posy, number=1):
    """The link that the console showed at the so-manieth start; it comes a moment after the first answers."""
    def links():
        return re.findall(rf"{re.escape(posy.base)}(/setup\?token=\S+)", posy.output())
    eventually(lambda: len(links()) >= number, "no link was printed")
    return links()[number - 1]


def run(check, databases):
    with databases.server() as posy:
        first_visit(check, posy)
    with databases.server() as posy:
        by_command(check, posy)


def first_visit(check, posy):
    link = printed_link(posy)

    @check("the console prints a link that nobody can guess")
    def _():
        holds(link and len(link) > len("/setup?token=") + 30, link)

    @check("before there is an owner, the front page says what to do, and does not betray the link")
    def _():
        page = Client(posy.port).get("/")
        contains(page.text, "console")
        lacks(page.text, link.split("=")[1])

    @check("without the right secret there is no form")
    def _():
        browser = Browser(posy)
        for path in ("/setup", "/setup?token=", "/setup?token=wrong", link[:-1], "/setup?token[]=x"):
            page = browser.go(path)
            holds(page.status in (403, 422), f"{path}: {page}")
            lacks(page.text, 'name="password"')
        page = browser.client.post("/setup", None, form={**OWNER, "token": "wrong"})
        equal((page.status, value_of(posy, "select count(*) from account")), (403, "0"))

    @check("what is wrong in the form is said beside the field, and nothing is made")
    def _():
        browser = Browser(posy)
        browser.go(link)
        page = browser.submit("password", **{**OWNER, "username": "no/name", "email": "nowhere", "password": "short"})
        equal((page.status, value_of(posy, "select count(*) from account")), (422, "0"))
        contains(page.text, "too short")
        contains(page.text, 'value="nowhere"')
        lacks(page.text, 'value="short"')

    owner = Browser(posy)

    @check("the link makes the owner and signs her in")
    def _():
        owner.go(link)
        page = owner.submit("password", **OWNER)
        equal(page.status, 303)
        holds(owner.location() in ("/", "/desk/welcome"), owner.location())  # the desk, where the program has one
        equal(value_of(posy, "select role from login where email = 'rosa@mail.example'"),
              value_of(posy, "select max(role) from login"))
        holds("posy_session" in "".join(owner.cookies), owner.cookies)

    @check("afterwards the front page is hers, and shows no setup")
    def _():
        page = Client(posy.port).get("/")
        contains(page.text, "rosa")
        lacks(page.text, "/setup")

    @check("a second use is refused")
    def _():
        browser = Browser(posy)
        equal(browser.go(link).status, 410)
        page = browser.client.post(link, None, form={**OWNER, "username": "eve", "email": "eve@mail.example"})
        equal((page.status, value_of(posy, "select count(*) from account")), (410, "1"))

    @check("a restart prints no link any more")
    def _():
        posy.stop()
        before = len(re.findall("/setup", posy.output()))
        posy.start()
        equal(len(re.findall("/setup", posy.output())), before)

    @check("she can sign in with name and with email")
    def _():
        for name in ("rosa", "ROSA", "rosa@mail.example"):
            browser = Browser(posy)
            equal(browser.sign_in(name, OWNER["password"]).status, 303, name)
            holds("out" in heading(browser.go("/auth/sign_out")).lower(), heading(browser.page))


def by_command(check, posy):
    @check("each start prints a new link, and the old one is dead")
    def _():
        old = printed_link(posy)
        posy.stop()
        posy.start()
        holds(printed_link(posy, 2) != old, "the same link")
        equal(Browser(posy).go(old).status, 403)

    @check("an owner made by the command closes the link too")
    def _():
        link = printed_link(posy, 2)
        posy.account("rosa", role="owner")
        equal(Browser(posy).go(link).status, 410)

    @check("other accounts leave it open")
    def _():
        posy.stop()
        value_of(posy, "delete from login returning account")
        value_of(posy, "delete from account returning id")
        posy.start()
        posy.account("user")
        equal(Browser(posy).go(printed_link(posy, 3)).status, 200)
