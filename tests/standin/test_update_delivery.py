"""How updates reach the bot: polling and webhooks."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict

from tests.standin import Contact, StandIn
from tests.standin.conftest import Client, keyboard
from tests.standin.load_generator import run_load


def test_an_offset_confirms_what_is_below_it(stand_in: StandIn, client: Client, li: Contact) -> None:
    first = stand_in.pending()[0]
    for text in "abc":
        li.say(text)
    assert len(client.get_updates(limit=2)) == 2
    assert len(client.get_updates()) == 4
    assert [one.message.text for one in client.get_updates(offset=first + 2)] == ["b", "c"]
    assert stand_in.delivered() == {first, first + 1}
    assert [one.message.text for one in client.get_updates(offset=-1)] == ["c"]
    assert stand_in.pending() == [first + 3]


def test_a_long_poll_ends_with_the_first_update(stand_in: StandIn, client: Client) -> None:
    li = stand_in.contact(5)

    async def wait() -> tuple[tuple[Update, ...], float]:
        asyncio.get_running_loop().call_later(0.1, lambda: li.say("hello"))
        begun = time.monotonic()
        found = await client.bot.get_updates(timeout=5)
        return found, time.monotonic() - begun

    found, seconds = client.run(wait())
    assert (len(found), 0.09 < seconds < 1) == (1, True)


def test_of_two_pollers_the_first_loses(stand_in: StandIn, client: Client) -> None:
    async def both() -> list[object]:
        first = asyncio.create_task(client.bot.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        async with Bot(stand_in.token, f"{stand_in.base}/bot") as other:
            second = asyncio.create_task(other.get_updates(timeout=1))
            return list(await asyncio.gather(first, second, return_exceptions=True))

    first, second = client.run(both())
    assert (type(first), second) == (Conflict, ())
    assert "terminated by other getUpdates request; make sure that only one bot" in str(first)


def test_an_update_comes_again_or_in_another_order(stand_in: StandIn, client: Client, li: Contact) -> None:
    first = stand_in.pending()[0]
    numbers = [li.say(f"{number}") for number in range(20)]
    stand_in.shuffle(True)
    found = [one.update_id for one in client.get_updates(offset=first + 1)]
    assert (found != numbers, sorted(found)) == (True, numbers)
    client.get_updates(offset=numbers[-1] + 1)
    stand_in.redeliver(first)
    assert [one.update_id for one in client.get_updates(offset=numbers[-1] + 1)] == [first]
    assert client.get_updates(offset=first + 1) == ()


def test_updates_may_be_nonsense_and_numbered_anew(stand_in: StandIn, client: Client) -> None:
    number = stand_in.update({"something_new": {"a": [1]}})
    (found,) = client.get_updates()
    assert (found.update_id, found.to_dict()) == (number, {"update_id": number, "something_new": {"a": [1]}})
    stand_in.next_update_id = 17
    assert stand_in.update({"message": None}) == 17
    assert [one.update_id for one in client.get_updates(offset=number + 1)] == [number, 17]
    assert stand_in.update({"update_id": "x", "message": {"text": 7}}) == 18


def test_a_bot_gets_the_kinds_it_asked_for(stand_in: StandIn, client: Client, li: Contact) -> None:
    client.get_updates(allowed_updates=["callback_query"])
    assert li.say("unheard") == 0
    client.get_updates(allowed_updates=[])
    assert li.say("heard") in stand_in.pending()


def test_contacts_write_as_fast_as_they_are_answered(stand_in: StandIn, client: Client) -> None:
    async def answer() -> None:
        offset = 0
        while True:
            for update in await client.bot.get_updates(offset, timeout=5):
                offset = update.update_id + 1
                assert update.effective_user
                await client.bot.send_message(update.effective_user.id, "next", reply_markup=keyboard("a"))

    async def measure() -> dict[str, float]:
        answering = asyncio.create_task(answer())
        found = await asyncio.to_thread(run_load, stand_in, contacts=4, turns=5)
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
        return dict(found)

    measured = client.run(measure())
    assert (measured["turns"], measured["waiting"]) == (20, 0)
    assert 0 < measured["p50_ms"] <= measured["p99_ms"]


def receive(
    client: Client, handler: Callable[[web.Request], Awaitable[web.Response]], use: Callable[[], object]
) -> None:
    """Has a webhook served while `use` runs in a thread."""

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/hook", handler)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            await client.bot.set_webhook(
                f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret", max_connections=2
            )
            await asyncio.to_thread(use)
        finally:
            await runner.cleanup()

    client.run(run())


def test_a_webhook_gets_every_update_until_it_takes_it(
    stand_in: StandIn, client: Client, li: Contact
) -> None:
    stand_in.webhook_pace(retry=0.02)
    seen: list[tuple[str | None, int]] = []

    async def handler(request: web.Request) -> web.Response:
        update = await request.json()
        seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update["update_id"]))
        return web.Response(status=500 if len(seen) == 1 else 200)

    first = stand_in.pending()[0]

    def use() -> None:
        stand_in.wait_until(lambda: not stand_in.pending(), 3, "delivered")
        second = li.say("more")
        stand_in.wait_until(lambda: second in stand_in.delivered(), 3, "delivered")

    receive(client, handler, use)
    assert seen == [("s3cret", first), ("s3cret", first), ("s3cret", first + 1)]
    info = client.get_webhook_info()
    assert "500 Internal Server Error" in info.last_error_message
    with pytest.raises(
        Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"
    ):
        client.get_updates()
    client.delete_webhook(drop_pending_updates=True)
    assert client.get_updates() == ()


def test_a_webhook_is_posted_to_several_times_at_once_and_may_answer_with_a_call(
    stand_in: StandIn, client: Client, li: Contact
) -> None:
    now, most = 0, 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.05)
        now -= 1
        return web.Response(body=json.dumps({"method": "sendMessage", "chat_id": 5, "text": "answer"}))

    for number in range(5):
        li.say(f"{number}")
    receive(client, handler, lambda: stand_in.wait_until(lambda: not stand_in.pending(), 3))
    assert most == 2
    assert [one.text for one in li.messages() if one.from_bot] == ["answer"] * 6


def test_an_unreachable_webhook_keeps_updates_pending(stand_in: StandIn, client: Client, li: Contact) -> None:
    stand_in.webhook_pace(retry=0.02)
    client.set_webhook("http://127.0.0.1:9/hook")
    stand_in.wait_until(lambda: client.get_webhook_info().last_error_message, 3, "tried")
    assert client.get_webhook_info().pending_update_count == 1
