"""Asking for a date: pressed, or typed and then confirmed."""

from collections.abc import Mapping
from datetime import date, timedelta

from dialogs.certification import certificate_form, documents, nonconformities, stages
from dialogs.flow.prompts import DatePrompt, leave_prompt
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.parsing.dates.parser import DateFault, format_long_date, parse_date
from dialogs.parsing.utterance import Utterance
from dialogs.reminders import reactions
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button

DATE_PROMPTS: Mapping[str, DatePrompt] = {
    **stages.DATE_PROMPTS,
    **certificate_form.DATE_PROMPTS,
    **nonconformities.DATE_PROMPTS,
    **documents.DATE_PROMPTS,
    **reactions.DATE_PROMPTS,
}


class AskDateStep(Step):
    state = "when"
    takes_text = True

    def fits(self, scene: Scene, cursor: str) -> bool:
        asked = DATE_PROMPTS.get(scene.talk.draft.get("about", ""))
        return asked is not None and scene.has(asked.needs)

    def blocks(self, scene: Scene) -> list[Block]:
        asked, detail = _current_prompt(scene)
        about, read = scene.talk.draft["about"], _unconfirmed_day(scene)
        question = block(scene, "question", f"when.{about}", **asked.values(scene, detail))
        if read is None:
            return [question, block(scene, "hint", "when.how")]
        return [question, block(scene, "body", "when.read", day=format_long_date(read, scene.words))]

    def choices(self, scene: Scene) -> ButtonRows:
        asked, _ = _current_prompt(scene)
        if _unconfirmed_day(scene) is not None:
            return [[button(scene, "day:yes"), button(scene, "day:no")]]
        days = [scene.today + timedelta(days=one) for one in asked.offered_days]
        offered = [labelled_button(f"day:{day.isoformat()}", _day_label(scene, day)) for day in days]
        return [
            *arrange_rows(offered, 2),
            [button(scene, "nav:next", "button.unknown")] if asked.is_optional else [],
        ]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        return {"yes": "day:yes", "agree": "day:yes", "no": "day:no"}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        said, read = pressed.removeprefix("day:"), _unconfirmed_day(scene)
        if pressed == "nav:next":
            return _accept_day(scene, None)
        if said == "no":
            del scene.talk.draft["day"]
            return None
        return _accept_day(scene, read if said == "yes" else date.fromisoformat(said))

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        asked, _ = _current_prompt(scene)
        found = parse_date(utterance.text, scene.today, asked.direction)
        if isinstance(found, DateFault):
            return Problem(f"date_{found.code}", scene.words(f"date.{found.code}", **found.values))
        refused = _find_direction_problem(scene, asked, found)
        if refused is None:
            scene.talk.draft["day"] = found.isoformat()
        return refused


def _current_prompt(scene: Scene) -> tuple[DatePrompt, str]:
    return DATE_PROMPTS[scene.talk.draft["about"]], scene.talk.draft.get("detail", "")


def _unconfirmed_day(scene: Scene) -> date | None:
    """Return the typed date that is not confirmed yet."""
    day = scene.talk.draft.get("day")
    return date.fromisoformat(day) if day else None


def _day_label(scene: Scene, day: date) -> str:
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((day - scene.today).days)
    return scene.words(f"when.{near}") if near else format_long_date(day, scene.words)


def _find_direction_problem(scene: Scene, asked: DatePrompt, day: date) -> Problem | None:
    if asked.both_directions:
        return None
    if asked.direction == "past" and day > scene.today:
        return Problem("date_future", scene.words("date.future", day=format_long_date(day, scene.words)))
    if asked.direction == "future" and day < scene.today:
        return Problem("date_past", scene.words("date.past", day=format_long_date(day, scene.words)))
    return None


def _accept_day(scene: Scene, day: date | None) -> Problem | None:
    """Accept the date. Where a confirmed date is refused, show why and ask again."""
    asked, detail = _current_prompt(scene)
    refused, typed = asked.handle_answer(scene, detail, day), scene.talk.draft.pop("day", None)
    if refused is not None and typed:
        scene.messages.append(Block("notice", refused.message))
        return None
    if refused is None and scene.talk.state == "when" and scene.talk.draft.get("detail", "") == detail:
        leave_prompt(scene)
    return refused
