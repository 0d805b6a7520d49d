"""What may go wrong with a call, and when it shall."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class HttpError:
    """An answer of this status; nothing is done."""

    status: int = 502
    description: str = "Bad Gateway"


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection breaks; nothing was done."""


@dataclass(frozen=True, slots=True)
class ResetAfter:
    """The connection breaks after the call did its work."""


@dataclass(frozen=True, slots=True)
class Slow:
    """The call does its work at once and answers late."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NotJson:
    """An answer that is none of the Bot API's; nothing is done. Without a `body` a page that names the address."""

    status: int = 200
    body: str = ""


Failure = TooManyRequests | HttpError | Reset | ResetAfter | Slow | NotJson


@dataclass(slots=True)
class _Planned:
    method: str
    failure: Failure
    chat: int | None
    times: int | None

    def meets(self, method: str, chat: int | None) -> bool:
        return self.method.lower() in {"*", method.lower()} and self.chat in {None, chat}


@dataclass(slots=True)
class Plan:
    """Failures to come, the earliest planned first."""

    planned: list[_Planned] = field(default_factory=list)

    def add(self, method: str, failure: Failure, chat: int | None, times: int | None) -> None:
        self.planned.append(_Planned(method, failure, chat, times))

    def take(self, method: str, chat: int | None) -> Failure | None:
        found = next((one for one in self.planned if one.meets(method, chat)), None)
        if found is None:
            return None
        if found.times is not None:
            found.times -= 1
            if found.times <= 0:
                self.planned.remove(found)
        return found.failure
