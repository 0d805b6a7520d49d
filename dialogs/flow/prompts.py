"""Prompts: one screen each asks for a date or a text, whatever it is about.

The draft holds `about`, an entry of the tables in `dialogs/steps/shared/ask_date.py` and
`dialogs/steps/shared/ask_text.py`, `detail`, its argument, and `return`, the place that back leads to.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.flow.navigator import open_place, place_above
from dialogs.flow.scene import Need, Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Problem

PromptValues = Callable[[Scene, str], Mapping[str, object]]
LONGEST_TEXT_ANSWER = 200


def no_values(scene: Scene, detail: str) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class DatePrompt:
    """A prompt for a date; its sentence is `when.<about>`.

    `handle_answer` gets the detail and the date. `direction` tells how a date without a year is read,
    `both_directions` that it may be on either side of today. `offered_days` are counted from today; where
    `is_optional`, the date may be left unknown (`handle_answer` then gets None). `needs` is what must be open for it.
    """

    handle_answer: Callable[[Scene, str, date | None], Problem | None]
    direction: Literal["past", "future"] = "past"
    both_directions: bool = False
    offered_days: tuple[int, ...] = (0, -1)
    is_optional: bool = False
    values: PromptValues = no_values
    needs: Need = "certification"


@dataclass(frozen=True, slots=True)
class TextPrompt:
    """A prompt for a text; its sentence is `entry.<about>`. A skipped prompt gives `handle_answer` an empty text."""

    handle_answer: Callable[[Scene, str, str], Problem | None]
    is_optional: bool = False
    longest: int = LONGEST_TEXT_ANSWER
    values: PromptValues = no_values
    needs: Need = "certification"


def ask_day(scene: Scene, about: str, detail: str = "") -> None:
    """Ask for a date; the prompt's `handle_answer` continues."""
    _open_prompt(scene, "when", about, detail)


def ask_text(scene: Scene, about: str, detail: str = "") -> None:
    """Ask for a text; the prompt's `handle_answer` continues."""
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
    """Return to the place where the prompt was opened."""
    open_place(scene, place_above(scene), back=True)
