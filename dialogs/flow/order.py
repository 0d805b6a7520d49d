"""The order of what is asked: organisation fields, conditions, questions."""

from collections.abc import Sequence
from dataclasses import fields

from dialogs.flow.scene import Scene
from dialogs.model.dossier import Organisation

ORGANISATION_FIELDS = tuple(field.name for field in fields(Organisation) if field.name != "id")


def list_fields(scene: Scene) -> tuple[str, ...]:
    """Return the fields that are asked of an organisation: its four fields, then the scheme's figures."""
    names = scene.library.offered_names()
    if not scene.has_case and len(names) > 1:
        return ORGANISATION_FIELDS
    scheme = scene.scheme if scene.has_case else scene.library.scheme(names[0])
    return ORGANISATION_FIELDS + tuple(figure.id for figure in scheme.figures)


def next_item(items: Sequence[str], current: str) -> str | None:
    """Return the item after `current`: the first if it is not among them, None after the last."""
    place = items.index(current) + 1 if current in items else 0
    return items[place] if place < len(items) else None


def next_question(scene: Scene, cursor: str) -> str | None:
    """Return the question to ask after `cursor`: the next in order, or the next that the review asks to fill in.

    The draft key `walk` is `open` for all open questions, `one` for a single question. With `rest`, only open
    questions are asked, and then the walk continues after the last one.
    """
    walk, wanted = scene.talk.draft.get("walk"), set(scene.scorecard.line_by_indicator)
    if walk == "one":
        return None
    if walk == "open" or "rest" in scene.talk.draft:
        wanted = set(scene.scorecard.unanswered)
    return next_item([one for one in scene.scheme.indicator_by_id if one in wanted or one == cursor], cursor)


def condition_ids(scene: Scene) -> list[str]:
    return [question.id for question in scene.scheme.eligibility]


def next_condition(scene: Scene, cursor: str) -> str | None:
    """Return the condition to ask after `cursor`; with `rest`, only those without an answer."""
    known = scene.case.eligibility if "rest" in scene.talk.draft else {}
    return next_item([one for one in condition_ids(scene) if one not in known or one == cursor], cursor)


def blocking_conditions(scene: Scene) -> list[str]:
    """Return the unmet conditions that block an application."""
    blocking = [question.id for question in scene.scheme.eligibility if question.consequence == "blocks"]
    return [condition for condition in blocking if scene.case.eligibility.get(condition) == "unmet"]
