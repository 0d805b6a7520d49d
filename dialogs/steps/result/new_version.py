"""A newer version of the scheme: what would change, and the contact's own decision."""

from collections.abc import Iterator

from dialogs.assessment import scheme_migration
from dialogs.assessment.scheme_migration import MigrationPreview
from dialogs.flow.case_text import scheme_name
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import Rows, Step, block, button
from rubric.model.texts import SchemeText

MOST_LISTED = 15


class NewVersionStep(Step):
    """Answer what changed now, later, or finish on the old version; and the way back while nothing is submitted."""

    state = "version"

    def blocks(self, scene: Scene) -> list[Block]:
        version = scheme_migration.newer_version(scene.library, scene.case)
        if version is None:
            return [block(scene, "question", "version.settled", scheme=scheme_name(scene))]
        told = scheme_migration.preview_migration(scene.library, scene.case, version)
        found = [
            block(
                scene,
                "question",
                "version.question",
                scheme=scheme_name(scene),
                changed=len(told.asked),
                total=len(told.after.lines),
                kept=told.kept,
                before=formatting.shown(told.before.exact, scene.words),
                after=formatting.shown(told.after.exact, scene.words),
            ),
            *([block(scene, "body", "version.open")] if told.asked else []),
            block(scene, "body", "version.choice"),
        ]
        return [*found, *_changed(scene, told, version)] if "changes" in scene.talk.draft else found

    def choices(self, scene: Scene) -> Rows:
        rows: Rows = []
        if scheme_migration.newer_version(scene.library, scene.case) is not None:
            rows += [
                [button(scene, "version:now"), button(scene, "version:later")],
                [button(scene, "version:stay"), button(scene, "version:changes")],
            ]
        if scheme_migration.came_from(scene) is not None:
            rows.append([button(scene, "version:back")])
        return [*rows, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, pressed: str) -> Problem | None:
        version = scheme_migration.newer_version(scene.library, scene.case)
        before = scheme_migration.came_from(scene)
        if pressed == "version:changes":
            scene.talk.draft["changes"] = "yes"
        elif pressed == "version:back" and before is not None:
            scheme_migration.move_version(scene, before.version)
            scene.add_message("version.back", "saved")
            _resume(scene)
        elif pressed == "version:stay" and version is not None:
            scheme_migration.decline(scene, version)
            scene.add_message("version.stays", "saved")
            _resume(scene)
        elif version is not None:
            _move(scene, version, now=pressed == "version:now")
        return None


def _move(scene: Scene, version: str, *, now: bool) -> None:
    told = scheme_migration.move_version(scene, version)
    scene.add_message("version.moved", "saved", kept=told.kept, open=len(told.asked))
    if now and told.asked:
        open_place(scene, Place("scoring.question", told.asked[0]), back=True)
        scene.talk.draft["walk"] = "open"
    else:
        _resume(scene)


def _resume(scene: Scene) -> None:
    open_place(scene, scene.talk.main, back=True)


def _changed(scene: Scene, told: MigrationPreview, version: str) -> list[Block]:
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


def _to_answer(scene: Scene, told: MigrationPreview, text: SchemeText) -> Iterator[str]:
    for key in told.asked:
        sources = told.origins.get(key, (key,))
        given = [scene.case.answers[each] for each in sources if each in scene.case.answers]
        said = scene.words.joined([formatting.answer(scene.words, one) for one in given])
        line = "version.was" if said else "version.new"
        yield scene.words(line, where=formatting.titled(text, key), answer=said)


def _gone(scene: Scene, told: MigrationPreview) -> Iterator[str]:
    """What nothing of the new version comes from."""
    followed = {source for sources in told.origins.values() for source in sources}
    for key, one in told.before.scheme.indicator_by_id.items():
        if key not in told.scheme.indicator_by_id and key not in followed:
            where = formatting.titled(scene.text, key)
            yield scene.words("version.gone", where=where, points=formatting.points(one.exact_points))


def _worth_otherwise(scene: Scene, told: MigrationPreview, text: SchemeText) -> Iterator[str]:
    before = told.before.scheme.indicator_by_id
    for key, one in told.scheme.indicator_by_id.items():
        if key in before and before[key].exact_points != one.exact_points:
            old, new = formatting.points(before[key].exact_points), formatting.points(one.exact_points)
            yield scene.words("version.worth", where=formatting.titled(text, key), old=old, new=new)


def _worded_otherwise(scene: Scene, told: MigrationPreview, text: SchemeText) -> Iterator[str]:
    """Questions that stand answered under other words."""
    for key in told.scheme.indicator_by_id:
        before = scene.text.indicators.get(key)
        if key not in told.asked and before is not None and before != text.indicators[key]:
            yield scene.words("version.reworded", where=formatting.titled(text, key))
