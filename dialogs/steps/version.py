"""A newer version of the scheme: what would change, and the contact's own decision."""

from collections.abc import Iterator

from dialogs import moving, wording
from dialogs.conversation import Place
from dialogs.messages import Block, Problem
from dialogs.moving import Foretold
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button
from rubric.texts import SchemeText

MOST_LISTED = 15


class Version(Step):
    """Answer what changed now, later, or finish on the old version; and the way back while nothing is submitted."""

    state = "version"

    def blocks(self, scene: Scene) -> list[Block]:
        version = moving.newer_version(scene.library, scene.case)
        if version is None:
            return [block(scene, "question", "version.settled", scheme=wording.scheme_name(scene))]
        told = moving.foretell(scene.library, scene.case, version)
        found = [
            block(
                scene,
                "question",
                "version.question",
                scheme=wording.scheme_name(scene),
                changed=len(told.asked),
                total=len(told.after.lines),
                kept=told.kept,
                before=wording.shown(told.before.exact, scene.words),
                after=wording.shown(told.after.exact, scene.words),
            ),
            *([block(scene, "body", "version.open")] if told.asked else []),
            block(scene, "body", "version.choice"),
        ]
        return [*found, *_changed(scene, told, version)] if "changes" in scene.talk.draft else found

    def choices(self, scene: Scene) -> Rows:
        rows: Rows = []
        if moving.newer_version(scene.library, scene.case) is not None:
            rows += [
                [button(scene, "version:now"), button(scene, "version:later")],
                [button(scene, "version:stay"), button(scene, "version:changes")],
            ]
        if moving.came_from(scene) is not None:
            rows.append([button(scene, "version:back")])
        return [*rows, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        version = moving.newer_version(scene.library, scene.case)
        before = moving.came_from(scene)
        if pressed == "version:changes":
            scene.talk.draft["changes"] = "yes"
        elif pressed == "version:back" and before is not None:
            moving.move_version(scene, before.version)
            scene.tell("version.back", "saved")
            _resume(scene)
        elif pressed == "version:stay" and version is not None:
            moving.decline(scene, version)
            scene.tell("version.stays", "saved")
            _resume(scene)
        elif version is not None:
            _move(scene, version, now=pressed == "version:now")
        return None


def _move(scene: Scene, version: str, *, now: bool) -> None:
    told = moving.move_version(scene, version)
    scene.tell("version.moved", "saved", kept=told.kept, open=len(told.asked))
    if now and told.asked:
        scene.open(Place("scoring.question", told.asked[0]), back=True)
        scene.talk.draft["walk"] = "open"
    else:
        _resume(scene)


def _resume(scene: Scene) -> None:
    scene.open(scene.talk.main, back=True)


def _changed(scene: Scene, told: Foretold, version: str) -> list[Block]:
    """What is to be answered, with the answers that there were; what is not asked any more; what is worth otherwise."""
    text = scene.library.text(scene.case.scheme, scene.talk.locale, version)
    lines = [
        *_to_answer(scene, told, text),
        *_gone(scene, told),
        *_worth_otherwise(scene, told, text),
        *_worded_otherwise(scene, told, text),
    ]
    if len(lines) > MOST_LISTED:
        lines[MOST_LISTED:] = [scene.words("version.more", number=len(lines) - MOST_LISTED)]
    return [Block("body", "\n".join(lines))] if lines else []


def _to_answer(scene: Scene, told: Foretold, text: SchemeText) -> Iterator[str]:
    for key in told.asked:
        sources = told.origins.get(key, (key,))
        given = [scene.case.answers[each] for each in sources if each in scene.case.answers]
        said = scene.words.joined([wording.answer(scene.words, one) for one in given])
        line = "version.was" if said else "version.new"
        yield scene.words(line, where=wording.titled(text, key), answer=said)


def _gone(scene: Scene, told: Foretold) -> Iterator[str]:
    """What nothing of the new version comes from."""
    followed = {source for sources in told.origins.values() for source in sources}
    for key, one in told.before.scheme.by_id.items():
        if key not in told.scheme.by_id and key not in followed:
            where = wording.titled(scene.text, key)
            yield scene.words("version.gone", where=where, points=wording.points(one.worth))


def _worth_otherwise(scene: Scene, told: Foretold, text: SchemeText) -> Iterator[str]:
    before = told.before.scheme.by_id
    for key, one in told.scheme.by_id.items():
        if key in before and before[key].worth != one.worth:
            old, new = wording.points(before[key].worth), wording.points(one.worth)
            yield scene.words("version.worth", where=wording.titled(text, key), old=old, new=new)


def _worded_otherwise(scene: Scene, told: Foretold, text: SchemeText) -> Iterator[str]:
    """Questions that stand answered under other words."""
    for key in told.scheme.by_id:
        before = scene.text.indicators.get(key)
        if key not in told.asked and before is not None and before != text.indicators[key]:
            yield scene.words("version.reworded", where=wording.titled(text, key))
