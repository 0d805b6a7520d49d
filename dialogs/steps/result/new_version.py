"""A newer version of the scheme: what would change, and the contact's decision."""

from collections.abc import Iterator

from dialogs.assessment import scheme_migration
from dialogs.assessment.scheme_migration import MigrationPreview
from dialogs.flow.case_text import scheme_name
from dialogs.flow.navigator import open_place
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button
from rubric import SchemeText

MOST_LISTED = 15


class NewVersionStep(Step):
    """Offers to move now or later, to stay, or, until submission, to return to the version before."""

    state = "version"
    needs = "case"

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
                changed=len(told.to_answer),
                total=len(told.new_scorecard.lines),
                kept=told.kept_count,
                before=formatting.format_score(told.old_scorecard.exact, scene.words),
                after=formatting.format_score(told.new_scorecard.exact, scene.words),
            ),
            *([block(scene, "body", "version.open")] if told.to_answer else []),
            block(scene, "body", "version.choice"),
        ]
        return [*found, *_change_list(scene, told, version)] if "changes" in scene.talk.draft else found

    def choices(self, scene: Scene) -> ButtonRows:
        rows: ButtonRows = []
        if scheme_migration.newer_version(scene.library, scene.case) is not None:
            rows += [
                [button(scene, "version:now"), button(scene, "version:later")],
                [button(scene, "version:stay"), button(scene, "version:changes")],
            ]
        if scheme_migration.find_previous_pin(scene) is not None:
            rows.append([button(scene, "version:back")])
        return [*rows, [button(scene, "nav:resume", "menu.resume")]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        version = scheme_migration.newer_version(scene.library, scene.case)
        before = scheme_migration.find_previous_pin(scene)
        if pressed == "version:changes":
            scene.talk.draft["changes"] = "yes"
        elif pressed == "version:back" and before is not None:
            scheme_migration.change_version(scene, before.version)
            scene.add_message("version.back", "saved")
            _resume_walk(scene)
        elif pressed == "version:stay" and version is not None:
            scheme_migration.decline_version(scene, version)
            scene.add_message("version.stays", "saved")
            _resume_walk(scene)
        elif version is not None:
            _accept_version(scene, version, now=pressed == "version:now")
        return None


def _accept_version(scene: Scene, version: str, *, now: bool) -> None:
    told = scheme_migration.change_version(scene, version)
    scene.add_message("version.moved", "saved", kept=told.kept_count, open=len(told.to_answer))
    if now and told.to_answer:
        open_place(scene, Place("scoring.question", told.to_answer[0]), back=True)
        scene.talk.draft["walk"] = "open"
    else:
        _resume_walk(scene)


def _resume_walk(scene: Scene) -> None:
    open_place(scene, scene.talk.main_place, back=True)


def _change_list(scene: Scene, preview: MigrationPreview, version: str) -> list[Block]:
    """Return what is to be answered, what is no longer asked, and what has other points or another wording."""
    text = scene.library.text(scene.case.scheme, scene.talk.locale, version)
    lines = [
        *_lines_to_answer(scene, preview, text),
        *_removed_lines(scene, preview),
        *_points_lines(scene, preview, text),
        *_wording_lines(scene, preview, text),
    ]
    if len(lines) > MOST_LISTED:
        lines[MOST_LISTED:] = [scene.words("version.more", number=len(lines) - MOST_LISTED)]
    return [Block("body", "\n".join(lines))] if lines else []


def _lines_to_answer(scene: Scene, preview: MigrationPreview, text: SchemeText) -> Iterator[str]:
    for key in preview.to_answer:
        sources = preview.origins.get(key, (key,))
        given = [scene.case.answers[each] for each in sources if each in scene.case.answers]
        said = scene.words.join_items([formatting.format_answer(scene.words, one) for one in given])
        line = "version.was" if said else "version.new"
        yield scene.words(line, where=formatting.format_indicator(text, key), answer=said)


def _removed_lines(scene: Scene, preview: MigrationPreview) -> Iterator[str]:
    """Yield the indicators that nothing in the new version replaces."""
    followed = {source for sources in preview.origins.values() for source in sources}
    for key, one in preview.old_scorecard.scheme.indicator_by_id.items():
        if key not in preview.scheme.indicator_by_id and key not in followed:
            where = formatting.format_indicator(scene.text, key)
            yield scene.words("version.gone", where=where, points=formatting.format_points(one.exact_points))


def _points_lines(scene: Scene, preview: MigrationPreview, text: SchemeText) -> Iterator[str]:
    before = preview.old_scorecard.scheme.indicator_by_id
    for key, one in preview.scheme.indicator_by_id.items():
        if key in before and before[key].exact_points != one.exact_points:
            old, new = (
                formatting.format_points(before[key].exact_points),
                formatting.format_points(one.exact_points),
            )
            yield scene.words("version.worth", where=formatting.format_indicator(text, key), old=old, new=new)


def _wording_lines(scene: Scene, preview: MigrationPreview, text: SchemeText) -> Iterator[str]:
    """Yield the answered questions whose wording changes."""
    for key in preview.scheme.indicator_by_id:
        before = scene.text.indicators.get(key)
        if key not in preview.to_answer and before is not None and before != text.indicators[key]:
            yield scene.words("version.reworded", where=formatting.format_indicator(text, key))
