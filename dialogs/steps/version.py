"""A newer version of the scheme: what would change, and the contact's own decision."""

from dialogs import moving, wording
from dialogs.conversation import Place
from dialogs.messages import Block, Problem
from dialogs.moving import Foretold
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button

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
                total=len(told.scheme.indicators),
                kept=told.kept,
                before=wording.shown(told.before.exact, scene.words),
                after=wording.shown(told.after.exact, scene.words),
            ),
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
    """Each question to be answered, with the answer that there was to what it comes from."""
    text = scene.library.text(scene.case.scheme, scene.talk.locale, version)
    lines = []
    for key in told.asked[:MOST_LISTED]:
        sources = told.origins.get(key, (key,))
        given = [scene.case.answers[each] for each in sources if each in scene.case.answers]
        said = scene.words.joined([wording.answer(scene.words, one) for one in given])
        line = "version.was" if said else "version.new"
        lines.append(scene.words(line, where=wording.titled(text, key), answer=said))
    return [Block("body", "\n".join(lines))] if lines else []
