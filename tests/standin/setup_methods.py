"""The methods of the Bot API about the bot itself: webhook, commands, descriptions."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.standin.errors import Json, bad_request
from tests.standin.params import flag, number, text, texts
from tests.standin.state import Hook, World
from tests.standin.updates import WEBHOOK_SET

MOST_COMMANDS = 100
MOST_COMMAND_DESCRIPTION = 256
MOST_DESCRIPTION = 512
MOST_SHORT_DESCRIPTION = 120


def get_me(world: World, params: Json) -> Json:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def set_webhook(world: World, params: Json) -> bool:
    url, secret = text(params, "url"), text(params, "secret_token")
    if url and not re.match(r"https?://[^/]+", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(world, params)
    _set_hook(world, params, Hook(url, secret, min(100, max(1, number(params, "max_connections", 40)))))
    if url:
        world.updates.end_poll(WEBHOOK_SET)
    return True


def delete_webhook(world: World, params: Json) -> bool:
    _set_hook(world, params, Hook())
    return True


def get_webhook_info(world: World, params: Json) -> Json:
    hook = world.hook
    found: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if hook.url:
        found |= {"max_connections": hook.connections, "ip_address": "127.0.0.1"}
    if hook.error:
        found |= {"last_error_date": hook.error_at, "last_error_message": hook.error}
    return found | ({"allowed_updates": world.updates.allowed} if world.updates.allowed else {})


def set_my_commands(world: World, params: Json) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        _check_command(one)
    world.commands[_scope(params), _language(params)] = commands
    return True


def delete_my_commands(world: World, params: Json) -> bool:
    world.commands.pop((_scope(params), _language(params)), None)
    return True


def get_my_commands(world: World, params: Json) -> list[Json]:
    return world.commands.get((_scope(params), _language(params)), [])


def set_my_description(world: World, params: Json) -> bool:
    return _set_text(world, params, "description", MOST_DESCRIPTION)


def set_my_short_description(world: World, params: Json) -> bool:
    return _set_text(world, params, "short_description", MOST_SHORT_DESCRIPTION)


METHODS: dict[str, Callable[[World, Json], Any]] = {
    "getme": get_me,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_my_commands,
    "deletemycommands": delete_my_commands,
    "getmycommands": get_my_commands,
    "setmydescription": set_my_description,
    "setmyshortdescription": set_my_short_description,
}


def _set_hook(world: World, params: Json, hook: Hook) -> None:
    if flag(params, "drop_pending_updates"):
        world.updates.drop()
    world.hook = hook
    for listener in world.hook_changed:
        listener()


def _remember_allowed(world: World, params: Json) -> None:
    allowed = texts(params, "allowed_updates")
    if allowed is not None:
        world.updates.allowed = allowed


def _check_command(one: Any) -> None:
    if not isinstance(one, dict) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(one.get("command", ""))):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(one.get("description", ""))) <= MOST_COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _scope(params: Json) -> str:
    return json.dumps(params.get("scope") or {"type": "default"}, sort_keys=True)


def _language(params: Json) -> str:
    language = text(params, "language_code")
    if not re.fullmatch("([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    return language


def _set_text(world: World, params: Json, name: str, most: int) -> bool:
    given = text(params, name)
    if len(given) > most:
        raise bad_request(f"{name.upper()}_TOO_LONG")
    world.texts[name, _language(params)] = given
    return True
