"""What is asked after what: the fields of an enterprise, the conditions, the questions."""

from collections.abc import Sequence

from dialogs.flow.scene import Scene

ORGANISATION_FIELDS = ("name", "credit_code", "trade", "province")


def list_fields(scene: Scene) -> tuple[str, ...]:
    """What is asked of an organisation: its own fields, then the scheme's figures."""
    names = scene.library.offered_names()
    if not scene.has_case and len(names) > 1:
        return ORGANISATION_FIELDS
    scheme = scene.scheme if scene.has_case else scene.library.scheme(names[0])
    return ORGANISATION_FIELDS + tuple(figure.id for figure in scheme.figures)


def next_item(items: Sequence[str], current: str) -> str | None:
    """The item behind `current`; the first where the cursor is none of them; None behind the last."""
    place = items.index(current) + 1 if current in items else 0
    return items[place] if place < len(items) else None


def next_question(scene: Scene, cursor: str) -> str | None:
    """The question to ask behind `cursor`: the next in order, or what the review sent the contact to fill in.

    `walk` is `open` where that is every open question, `one` where it was this one alone. With `rest` the open ones are
    all that is asked, and it then goes on as behind the last one.
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
    """The condition to ask behind `cursor`; with `rest` only those that are not known yet."""
    known = scene.case.eligibility if "rest" in scene.talk.draft else {}
    return next_item([one for one in condition_ids(scene) if one not in known or one == cursor], cursor)


def blocking_conditions(scene: Scene) -> list[str]:
    """The conditions without which nobody may apply, and which are not met."""
    blocking = [question.id for question in scene.scheme.eligibility if question.consequence == "blocks"]
    return [condition for condition in blocking if scene.case.eligibility.get(condition) == "unmet"]
