"""What is asked for in one screen whatever it is about: a day, or a text. What it is about stands in the draft.

`about` names an entry of the tables in `dialogs/steps/shared/ask_date.py` and
`dialogs/steps/shared/ask_text.py`, `detail` what it needs to know, and `return` the place from which it was
asked, where back leads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.flow.navigator import open_place, place_above
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Problem

PromptValues = Callable[[Scene, str], Mapping[str, object]]
LONGEST_TEXT_ANSWER = 200


def no_values(scene: Scene, detail: str) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class DatePrompt:
    """A day that is asked for; its sentence is `when.<about>`.

    `take` is given the detail and the day, and goes on from there. `towards` says which way a day without a year is
    meant; `either` where it may lie on both sides of today. `offers` are days from today on that can be pressed;
    `can_pass` where it may stay unknown (`take` is then given None).
    """

    handle_answer: Callable[[Scene, str, date | None], Problem | None]
    direction: Literal["past", "future"] = "past"
    both_directions: bool = False
    offered_days: tuple[int, ...] = (0, -1)
    is_optional: bool = False
    values: PromptValues = no_values


@dataclass(frozen=True, slots=True)
class TextPrompt:
    """A text that is asked for; its sentence is `entry.<about>`. What is passed is given to `take` as empty."""

    handle_answer: Callable[[Scene, str, str], Problem | None]
    is_optional: bool = False
    longest: int = LONGEST_TEXT_ANSWER
    values: PromptValues = no_values


def ask_day(scene: Scene, about: str, detail: str = "") -> None:
    """Ask for a day; `take` of its entry goes on."""
    _open_prompt(scene, "when", about, detail)


def ask_text(scene: Scene, about: str, detail: str = "") -> None:
    """Ask for a text; `take` of its entry goes on."""
    _open_prompt(scene, "entry", about, detail)


def _open_prompt(scene: Scene, state: str, about: str, detail: str) -> None:
    talk = scene.talk
    if talk.state not in {"when", "entry"}:
        talk.draft["return"] = " ".join(talk.place)
    talk.draft |= {"about": about, "detail": detail}
    talk.draft.pop("day", None)
    if talk.state != state:
        open_place(scene, Place(state))


def leave_prompt(scene: Scene) -> None:
    """Return to where the asking began."""
    open_place(scene, place_above(scene), back=True)
