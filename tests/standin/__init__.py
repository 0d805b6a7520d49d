"""A stand-in for api.telegram.org: the part of the Bot API that the bot uses, over real HTTP, in a thread.

It knows texts, buttons, files, polling, webhooks and Telegram's refusals. It does not know MarkdownV2, inline
mode, payments, topics, business accounts or media albums sent by the bot; groups send the bot every message.
"""

from tests.standin.contact import Contact as Contact
from tests.standin.contact import Group as Group
from tests.standin.failures import HttpError as HttpError
from tests.standin.failures import NotJson as NotJson
from tests.standin.failures import Reset as Reset
from tests.standin.failures import ResetAfter as ResetAfter
from tests.standin.failures import Slow as Slow
from tests.standin.failures import TooManyRequests as TooManyRequests
from tests.standin.stand_in import StandIn as StandIn
from tests.standin.state import Message as Message
