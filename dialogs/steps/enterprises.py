"""Beyond one case: the enterprise's data, several enterprises, colleagues, earlier assessments."""

from dialogs import places, wording
from dialogs.assessment import where_to_go_on
from dialogs.conversation import Place
from dialogs.events import InvitationAccepted, InvitationIssued
from dialogs.guards import ORGANISATION_FIELDS, fields_of
from dialogs.invitation import VALID_FOR, code_from, hash_of
from dialogs.messages import Block, Button, Problem
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, rows_of
from dialogs.steps.grade import cases_of
from rubric.score import Scorecard, score


class Profile(Step):
    """Everything known of the enterprise, each piece to be corrected."""

    state = "profile"

    def blocks(self, scene: Scene) -> list[Block]:
        lines = [
            scene.words("profile.line", label=self._label(scene, field), value=self._value(scene, field))
            for field in fields_of(scene)
        ]
        return [block(scene, "question", "profile.question"), Block("body", "\n".join(lines))]

    def _label(self, scene: Scene, field: str) -> str:
        if field in ORGANISATION_FIELDS:
            return scene.words(f"organisation.{field}.label")
        return scene.text.figures[field].label

    def _value(self, scene: Scene, field: str) -> str:
        if field not in ORGANISATION_FIELDS:
            return str(scene.case.figures.get(field, scene.words("profile.unknown")))
        value = getattr(scene.organisation, field)
        if value is None:
            return scene.words("profile.unknown")
        named = {"trade": places.trade_name, "province": places.province_name}.get(field)
        return named(scene.words, value) if named else str(value)

    def choices(self, scene: Scene) -> Rows:
        fields = [Button(f"field:{field}", self._label(scene, field)) for field in fields_of(scene)]
        return [*rows_of(fields, 4), [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        scene.talk.draft["detour"] = "profile"
        scene.open(Place("organisation", button.removeprefix("field:")))
        return None


class Organisations(Step):
    """The enterprises that this contact works for."""

    state = "organisations"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "organisations.question")]

    def choices(self, scene: Scene) -> Rows:
        listed = [
            [
                Button(
                    f"org:{one.id}", scene.words("organisations.current", name=one.name) if here else one.name
                )
            ]
            for one in scene.dossier.organisations.values()
            for here in [one.id == scene.talk.organisation]
        ]
        return [*listed, [button(scene, "org:new"), button(scene, "join")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        chosen = button.removeprefix("org:")
        scene.talk.path = []
        if chosen == "new":
            scene.talk.organisation = scene.talk.case = None
            scene.open(Place("organisation", "name"), back=True)
            return None
        enter_organisation(scene, list(scene.dossier.organisations)[int(chosen) - 1])
        scene.tell("organisations.entered", "saved", name=scene.organisation.name)
        return None


class Invite(Step):
    """A one-time code for a colleague."""

    state = "invitation"

    def blocks(self, scene: Scene) -> list[Block]:
        return [
            block(scene, "question", "invitation.question", organisation=scene.organisation.name),
            block(scene, "hint", "invitation.hint", days=VALID_FOR.days),
        ]

    def choices(self, scene: Scene) -> Rows:
        return [[button(scene, "invitation:new")], [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        code = code_from(scene.dossier.fresh[0])
        until = scene.now + VALID_FOR
        code_hash = hash_of(code)
        assert code_hash is not None
        scene.happen(InvitationIssued(code_hash, scene.organisation.id, until))
        scene.tell("invitation.issued", code=code, organisation=scene.organisation.name, days=VALID_FOR.days)
        return None


class Join(Step):
    """Takes an invitation code; a credit code alone opens nothing."""

    state = "invitation.join"

    def blocks(self, scene: Scene) -> list[Block]:
        return [block(scene, "question", "join.question"), block(scene, "hint", "join.hint")]

    def press(self, scene: Scene, button: str) -> Problem | None:
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        invited = scene.dossier.invitation
        if hash_of(text) is None:
            return self.not_understood(scene)
        if invited is None:
            return Problem("unknown_code", scene.words("join.unknown"))
        if invited.organisation.id in scene.dossier.organisations:
            return Problem("already_in", scene.words("join.already", name=invited.organisation.name))
        if invited.used or invited.expires_at <= scene.now:
            return Problem("code_gone", scene.words("join.used" if invited.used else "join.expired"))
        scene.happen(InvitationAccepted(invited.code_hash, invited.organisation.id, scene.now))
        scene.talk.path = []
        enter_organisation(scene, invited.organisation.id)
        scene.tell("join.joined", "saved", name=invited.organisation.name)
        return None


class Compare(Step):
    """The assessments of this enterprise side by side, oldest first."""

    state = "compare"

    def blocks(self, scene: Scene) -> list[Block]:
        lines = [self._line(scene, case) for case in cases_of(scene)]
        return [block(scene, "question", "compare.question"), Block("body", "\n\n".join(lines))]

    def _line(self, scene: Scene, case_id: str) -> str:
        words, case = scene.words, scene.dossier.cases[case_id]
        card = score(scene.library.version(case.scheme, case.version), case.sheet())
        text = scene.library.text(case.scheme, scene.talk.locale)
        groups = words.joined(
            words("compare.group", title=text.groups[group], earned=wording.points(total.earned))
            for group, total in card.groups.items()
        )
        return words(
            "compare.case",
            date=case.opened_at.date().isoformat(),
            scheme=text.short,
            score=wording.shown(card.exact, words),
            grade=wording.grade(text, card.grade),
            groups=groups,
            changed=_changed(scene, card),
            open=len(card.unanswered),
        )

    def choices(self, scene: Scene) -> Rows:
        others = [
            [
                Button(
                    f"case:{one}", scene.words("compare.open", date=scene.dossier.cases[one].opened_at.date())
                )
            ]
            for one in cases_of(scene)
            if one != scene.talk.case
        ]
        return [*others, [button(scene, "nav:resume", "menu.resume")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        scene.talk.case = cases_of(scene)[int(button.removeprefix("case:")) - 1]
        scene.talk.path = []
        scene.open(where_to_go_on(scene), back=True)
        return None


def _changed(scene: Scene, card: Scorecard) -> int:
    """How many indicators earn something else than in the case being worked on."""
    here = {line.indicator: line.earned for line in scene.card.lines}
    return sum(1 for line in card.lines if here.get(line.indicator) != line.earned)


def enter_organisation(scene: Scene, organisation: str) -> None:
    """Work on the organisation's newest case, where something is still to be said."""
    scene.talk.organisation = organisation
    cases = cases_of(scene)
    scene.talk.case = cases[-1] if cases else None
    scene.open(where_to_go_on(scene) if cases else Place("scheme"), back=True)
