"""A day: pressed, or typed in any usual form and then read back in words before it counts."""

from collections.abc import Mapping
from datetime import date, timedelta

from dialogs.certification import certificate_form, documents, nonconformities, stages
from dialogs.flow.prompts import AskedDay, go_back
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import DateFault, in_words, parse_date
from dialogs.reminders import reactions
from dialogs.steps.base import Rows, Step, block, button, choice, rows_of

DAYS: Mapping[str, AskedDay] = {
    **stages.DAYS,
    **certificate_form.DAYS,
    **nonconformities.DAYS,
    **documents.DAYS,
    **reactions.DAYS,
}


class AskDateStep(Step):
    state = "when"
    takes_text = True

    def blocks(self, scene: Scene) -> list[Block]:
        asked, detail = _asked(scene)
        about, read = scene.talk.draft["about"], _read(scene)
        question = block(scene, "question", f"when.{about}", **asked.values(scene, detail))
        if read is None:
            return [question, block(scene, "hint", "when.how")]
        return [question, block(scene, "body", "when.read", day=in_words(read, scene.words))]

    def choices(self, scene: Scene) -> Rows:
        asked, _ = _asked(scene)
        if _read(scene) is not None:
            return [[button(scene, "day:yes"), button(scene, "day:no")]]
        days = [scene.today + timedelta(days=one) for one in asked.offers]
        offered = [choice(f"day:{day.isoformat()}", _offer(scene, day)) for day in days]
        return [*rows_of(offered, 2), [button(scene, "nav:next", "button.unknown")] if asked.can_pass else []]

    def hears(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "day:yes", "agree": "day:yes", "no": "day:no"}

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        said, read = pressed.removeprefix("day:"), _read(scene)
        if pressed == "nav:next":
            return _take(scene, None)
        if said == "no":
            del scene.talk.draft["day"]
            return None
        return _take(scene, read if said == "yes" else date.fromisoformat(said))

    def said(self, scene: Scene, text: str) -> Problem | None:
        asked, _ = _asked(scene)
        found = parse_date(text, scene.today, asked.towards)
        if isinstance(found, DateFault):
            return Problem(f"date_{found.code}", scene.words(f"date.{found.code}", **found.values))
        refused = _in_wrong_direction(scene, asked, found)
        if refused is None:
            scene.talk.draft["day"] = found.isoformat()
        return refused


def _asked(scene: Scene) -> tuple[AskedDay, str]:
    return DAYS[scene.talk.draft["about"]], scene.talk.draft.get("detail", "")


def _read(scene: Scene) -> date | None:
    """The day that was typed and waits to be confirmed."""
    day = scene.talk.draft.get("day")
    return date.fromisoformat(day) if day else None


def _offer(scene: Scene, day: date) -> str:
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((day - scene.today).days)
    return scene.words(f"when.{near}") if near else in_words(day, scene.words)


def _in_wrong_direction(scene: Scene, asked: AskedDay, day: date) -> Problem | None:
    if asked.either:
        return None
    if asked.towards == "past" and day > scene.today:
        return Problem("date_future", scene.words("date.future", day=in_words(day, scene.words)))
    if asked.towards == "future" and day < scene.today:
        return Problem("date_past", scene.words("date.past", day=in_words(day, scene.words)))
    return None


def _take(scene: Scene, day: date | None) -> Problem | None:
    """Let the day count. What is wrong with one that was read back is told, and another one can be given."""
    asked, detail = _asked(scene)
    refused, typed = asked.take(scene, detail, day), scene.talk.draft.pop("day", None)
    if refused is not None and typed:
        scene.messages.append(Block("notice", refused.message))
        return None
    if refused is None and scene.talk.state == "when" and scene.talk.draft.get("detail", "") == detail:
        go_back(scene)
    return refused
