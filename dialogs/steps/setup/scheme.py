"""Choosing the scheme, and the overlays that fit the trade and the province."""

from dialogs.assessment.cases import NEW_CASE, next_place, open_case
from dialogs.assessment.other_schemes import assess_under
from dialogs.assessment.scheme_migration import change_scheme
from dialogs.flow import overlay_suggestions
from dialogs.flow.case_text import scheme_name
from dialogs.flow.navigator import fire, open_place
from dialogs.flow.scene import Scene
from dialogs.model.messages import Block, Problem
from dialogs.steps.base import ButtonRows, Step, block, button, labelled_button
from rubric import composed_name, split_scheme_name

ALL_SCHEMES = "all"
"""The cursor where every scheme and overlay is shown; else it is the field behind which the talk came here."""


class SchemeStep(Step):
    """Asked only where there is a choice; at first one suggestion and its reason."""

    state = "scheme"
    role = "walk"
    has_cursor = True
    needs = "organisation"

    def fits(self, scene: Scene, cursor: str) -> bool:
        """A proposal needs one that differs from what the case has."""
        if not super().fits(scene, cursor):
            return False
        asks = not scene.has_case or cursor in {NEW_CASE, ALL_SCHEMES}
        return asks or overlay_suggestions.suggested_overlays(scene) != scene.case.scheme

    def blocks(self, scene: Scene) -> list[Block]:
        if _is_for_new_case(scene):
            listed = [Block("body", _scheme_line(scene, name)) for name in _listed_schemes(scene)]
            return [block(scene, "question", "scheme.question"), *listed]
        if scene.talk.cursor == ALL_SCHEMES:
            return _all_blocks(scene)
        return _proposal(scene)

    def choices(self, scene: Scene) -> ButtonRows:
        if _is_for_new_case(scene):
            rows = [
                [labelled_button(f"scheme:{name}", _short_name(scene, name))]
                for name in _listed_schemes(scene)
            ]
            return [*rows, [button(scene, "scheme:more")]] if _has_more(scene) else rows
        if scene.talk.cursor == ALL_SCHEMES:
            return [*_toggle_rows(scene), *_new_case_rows(scene), [button(scene, "nav:next", "scheme.done")]]
        return [
            [button(scene, "nav:next", "scheme.accept")],
            [button(scene, "scheme:plain"), button(scene, "scheme:more")],
        ]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, name = pressed.partition(":")
        if pressed == "scheme:more":
            scene.talk.cursor = ALL_SCHEMES
        elif kind == "overlay":
            return _toggle_overlay(scene, name)
        elif scene.talk.cursor == ALL_SCHEMES and not _is_for_new_case(scene):
            _leave_list(scene, name if kind == "scheme" else "")
        else:
            _accept_choice(scene, pressed)
            fire(scene, "advance")
        return None


def _is_for_new_case(scene: Scene) -> bool:
    """Return whether a case is still to be opened."""
    return not scene.has_case or scene.talk.cursor == NEW_CASE


def _accept_choice(scene: Scene, pressed: str) -> None:
    """Begin under the chosen scheme; or accept the suggestion, or keep the scheme."""
    if _is_for_new_case(scene):
        open_case(scene, pressed.removeprefix("scheme:"))
    elif pressed == "nav:next":
        change_scheme(scene, overlay_suggestions.suggested_overlays(scene))
        scene.add_message("scheme.taken", "saved", scheme=scheme_name(scene))


def _leave_list(scene: Scene, other: str) -> None:
    """Continue the case, or begin one under another scheme; known answers are carried over where possible."""
    if other and scene.library.crosswalks.find_between(scene.case.scheme, other):
        assess_under(scene, other)
        return
    if other:
        open_case(scene, other)
        scene.add_message("case.new", "saved")
    open_place(scene, next_place(scene), back=True)


def _toggle_overlay(scene: Scene, overlay: str) -> Problem | None:
    """Add or remove the overlay; no answer is lost."""
    base, present = split_scheme_name(scene.case.scheme)
    wanted = {*present} ^ {overlay}
    name = composed_name(base, wanted) if wanted else base
    if not overlay_suggestions.can_be_combined(scene.library, name):
        return Problem(
            "not_together", scene.words("scheme.not_together", overlay=_overlay_name(scene, overlay))
        )
    change_scheme(scene, name)
    scene.add_message("scheme.taken", "saved", scheme=scheme_name(scene))
    return None


def _proposal(scene: Scene) -> list[Block]:
    base, overlays = split_scheme_name(overlay_suggestions.suggested_overlays(scene))
    abouts = [scene.library.overlays.text(name, scene.talk.locale).about for name in overlays]
    names = scene.words.join_items([_overlay_name(scene, name) for name in overlays])
    return [
        block(scene, "question", "scheme.proposal", scheme=_short_name(scene, base), overlays=names),
        *(Block("body", about) for about in abouts),
        block(scene, "hint", "scheme.later"),
    ]


def _all_blocks(scene: Scene) -> list[Block]:
    base, present = split_scheme_name(scene.case.scheme)
    lines = []
    for overlay in scene.library.overlays.overlays_for(base):
        text = scene.library.overlays.text(overlay.id, scene.talk.locale)
        key = "scheme.overlay_on" if overlay.id in present else "scheme.overlay_off"
        lines.append(scene.words(key, overlay=text.short, about=text.about))
    others = [_scheme_line(scene, name) for name in scene.library.names() if name != base]
    found = [block(scene, "question", "scheme.current", scheme=scheme_name(scene))]
    found += [Block("body", "\n".join(lines))] if lines else []
    return found + ([block(scene, "body", "scheme.others", items="\n".join(others))] if others else [])


def _toggle_rows(scene: Scene) -> ButtonRows:
    base, present = split_scheme_name(scene.case.scheme)
    found = []
    for overlay in scene.library.overlays.overlays_for(base):
        key = "scheme.take_off" if overlay.id in present else "scheme.put_on"
        label = scene.words(key, overlay=_overlay_name(scene, overlay.id))
        found.append([labelled_button(f"overlay:{overlay.id}", label)])
    return found


def _new_case_rows(scene: Scene) -> ButtonRows:
    base, _ = split_scheme_name(scene.case.scheme)
    return [
        [labelled_button(f"scheme:{name}", scene.words("scheme.begin", scheme=_short_name(scene, name)))]
        for name in scene.library.names()
        if name != base
    ]


def _listed_schemes(scene: Scene) -> list[str]:
    return scene.library.names() if scene.talk.cursor == ALL_SCHEMES else scene.library.offered_names()


def _has_more(scene: Scene) -> bool:
    return len(_listed_schemes(scene)) < len(scene.library.names())


def _short_name(scene: Scene, scheme: str) -> str:
    return scene.library.text(scheme, scene.talk.locale).name


def _scheme_line(scene: Scene, scheme: str) -> str:
    text = scene.library.text(scheme, scene.talk.locale)
    return f"{text.short} · {text.title}\n{text.about}"


def _overlay_name(scene: Scene, overlay: str) -> str:
    return scene.library.overlays.text(overlay, scene.talk.locale).short
