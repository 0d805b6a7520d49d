"""What a talk may have open when a screen is shown: from nothing at all to a certificate that has expired."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

from dialogs.engine.steps import STEPS
from dialogs.flow.order import ORGANISATION_FIELDS
from dialogs.flow.states import STATES
from dialogs.model.certification import Certification
from dialogs.model.conversation import Draft, Place
from dialogs.model.dossier import Case, Dossier
from dialogs.model.reminder_log import ReminderKey, ReminderLog, SentReminder
from dialogs.steps.shared.ask_date import DATE_PROMPTS
from dialogs.steps.shared.ask_text import TEXT_PROMPTS
from rubric.library.library import Library
from rubric.model.scheme import Scheme
from tests.dialogs import prepared_talks
from tests.dialogs.certification.stage_actions import step
from tests.dialogs.player import FIGURES, NAME, Player, World
from tests.rubric.scheme_versions import old_and_new

GONE = "no-such-thing"
"""A cursor that points at nothing."""
ALL_AT_ONCE = "all"
"""The letter that is about everything of which there is a letter."""


@dataclass(frozen=True)
class Situation:
    """What there is, and what of it is open. `dossier` is that of the talk as it came there."""

    dossier: Dossier
    library: Library
    now: datetime

    def at(self, place: Place, draft: Draft, locale: str) -> Dossier:
        """The same with the talk at another place."""
        talk = self.dossier.conversation
        moved = replace(
            talk,
            state=place.state,
            cursor=place.cursor,
            main_place=place if STATES[place.state].role == "walk" else talk.main_place,
            draft={**talk.draft, **draft},
            locale=locale,
        )
        return replace(self.dossier, conversation=moved)

    @property
    def case(self) -> Case | None:
        return self.dossier.cases.get(self.dossier.conversation.case or "")

    @property
    def scheme(self) -> Scheme | None:
        return self.library.pinned_scheme(self.case) if self.case else None

    @property
    def certification(self) -> Certification | None:
        draft = self.dossier.conversation.draft
        return self.dossier.certifications.get(draft.get("certification", ""))


def _nothing() -> Player:
    return prepared_talks.opened().players["c1"]


def _agreed() -> Player:
    return _nothing().agree()


def _organisation_alone() -> Player:
    return prepared_talks.opened(schemes=2).players["c1"].agree().say(NAME)


def _begun() -> Player:
    return prepared_talks.begun().players["c1"]


def _not_eligible() -> Player:
    return _agreed().introduce().press("answer:unmet")


def _graded() -> Player:
    return prepared_talks.graded().players["c1"]


def _rehearsed_and_failed() -> Player:
    """Everything unmet, figures that do not fit together, a veto."""
    player = _agreed().introduce(figures={**FIGURES, "staff": 10, "outlets": 900})
    while not player.state.startswith("scoring"):
        ways = ("case:rehearse", "answer:unmet", "nav:next")
        player.press(next(one for one in ways if player.screen.has_button(one)))
    player.answer_all("answer:unmet")
    for number in range(6):
        player.press("deduction:law").say(f"第{number}次处罚，广告用语不符合广告法")
    return player.press("nav:next", "nav:next", "nav:submit", "nav:submit")


def _two_cases() -> Player:
    return _graded().press("case:new")


def _with_overlay() -> Player:
    player = _begun().press("nav:menu", "schemes")
    overlays = [one for one in player.buttons if one.startswith("overlay:")]
    return player.press(*overlays, "nav:next")


def _under_another_scheme() -> Player:
    player = _graded().press("companions")
    return player.press(next(one for one in player.buttons if one.startswith("also:")))


def _certifying() -> Player:
    return prepared_talks.certifying().players["c1"]


def _certified() -> Player:
    return _certified_world().saved().players["c1"]


@cache
def _certified_world() -> World:
    """A certificate in force; nonconformities and papers with and without a day on which they are due."""
    player = prepared_talks.certified().players["c1"]
    player.press("findings", next(iter(player.press("findings").buttons)))
    for field, typed in (("due", "2026-12-20"), ("action", "补齐网点清单"), ("person", "王芳")):
        player.press(f"field:{field}").say(typed)
        if player.screen.has_button("day:yes"):
            player.press("day:yes")
    player.send("整改.pdf").press("nav:menu", "certification", "materials", "material:service_managers")
    player.send("证书.jpg").press("material:expires").say("2027-01-05").press("day:yes")
    player.press("nav:back", "material:laws_and_standards", "material:have")
    player.press("nav:menu", "certification", "findings", "finding:new").say("5.1.1.2", "没有记录")
    return player.press("nav:menu", "certification").world


def _suspended() -> Player:
    return step(_certified(), "suspend")


def _revoked() -> Player:
    return step(_certified(), "revoke")


def _expired() -> Player:
    player = _certified()
    player.world.now = datetime(2029, 6, 1, 8, 0, tzinfo=UTC)
    return player


def _renewing() -> Player:
    player = _certified()
    player.world.now = datetime(2028, 10, 9, 8, 0, tzinfo=UTC)
    return step(player, "renew", day=player.world.now.date())


def _another_organisation_begun() -> Player:
    """A certificate and its reminders, and nothing of it open."""
    return _certified().press("nav:menu", "organisations", "org:new")


def _another_organisation_open() -> Player:
    return _another_organisation_begun().introduce("月河电器有限公司").qualify()


def _certificate_without_a_case() -> Player:
    player = _certified()
    player.world.cases = {}
    player.talk.case = None
    return player


def _newer_version() -> Player:
    """Version 2 is there since the case was begun and half answered."""
    before, after = old_and_new()
    player = World(before).player("c1", "李明").agree().say(NAME).press("scheme:own", *["nav:next"] * 3)
    player.say(*(str(figure) for figure in FIGURES.values())).qualify().press("answer:met").say("37/40")
    player.world.library = after
    return player


def _moved_to_it() -> Player:
    player = _newer_version()
    player.world.wait(days=7)
    return player.open().press("version:later")


def _moved_and_archived() -> Player:
    return _archived(_moved_to_it())


def _archived_case() -> Player:
    return _archived(_newer_version())


def _archived_certificate() -> Player:
    player = _newer_version().press("nav:menu", "certification", "certificate:record")
    return _archived(player.say("2025-12-01").press("day:yes", "grade:", "nav:next", "nav:next", "nav:next"))


def _archived_companion() -> Player:
    player = _archived(_newer_version()).press("nav:menu", "companions")
    return player.press(next(one for one in player.buttons if one.startswith("also:")))


def _archived(player: Player) -> Player:
    """The scheme's files are gone; what was archived of it stands in."""
    before, after = old_and_new()
    player.world.library = Library.from_folders()
    begun: list[Case | Certification] = [*player.world.cases.values(), *player.world.certifications.values()]
    for one in begun:
        whole = before if one.version == "1" else after
        player.world.library.adopt(one, whole.archive_version(one.scheme, one.version))
    return player


MADE: dict[str, Callable[[], Player]] = {
    made.__name__.strip("_"): made
    for made in (
        _nothing,
        _agreed,
        _organisation_alone,
        _begun,
        _not_eligible,
        _graded,
        _rehearsed_and_failed,
        _two_cases,
        _with_overlay,
        _under_another_scheme,
        _certifying,
        _certified,
        _suspended,
        _revoked,
        _expired,
        _renewing,
        _another_organisation_begun,
        _another_organisation_open,
        _certificate_without_a_case,
        _newer_version,
        _moved_to_it,
        _moved_and_archived,
        _archived_case,
        _archived_certificate,
        _archived_companion,
    )
}


@cache
def situation(name: str) -> Situation:
    """The situation of that name, with a letter of every kind of reminder."""
    player = MADE[name]()
    player.world.ledger = _ledger(player.world)
    return Situation(player.dossier(), player.world.library, player.world.now)


def _ledger(world: World) -> ReminderLog:
    """A letter of each thing that there could be, and one of all of them."""
    keys = [ReminderKey(one, "idle", "idle-7", world.now.date()) for one in world.cases]
    for one in world.certifications.values():
        milestones = [
            *("surveillance-1", "surveillance-2", "recertification", "expiry", "suspension", "evidence"),
            *(f"action:{key}" for key in (*one.findings, GONE)),
            *(f"material:{key}" for key in (*one.materials, GONE)),
        ]
        keys += [ReminderKey(one.id, milestone, "due-30", date(2026, 11, 20)) for milestone in milestones]
    letters = [(str(number), key) for number, key in enumerate(keys)]
    letters += [(ALL_AT_ONCE, key) for key in keys]
    told = tuple(SentReminder(key, letter, "c1", world.now, "sent") for letter, key in letters)
    members = {organisation: {"c1": "李明", "c2": "王芳"} for organisation in world.organisations}
    evidence = {
        one.id: dict.fromkeys(one.evidence, datetime(2024, 1, 1, tzinfo=UTC)) for one in world.cases.values()
    }
    active = dict.fromkeys(world.cases, datetime(2026, 11, 1, tzinfo=UTC))
    return ReminderLog(sent_reminders=told, member_names=members, evidence_times=evidence, active_at=active)


def places(one: Situation) -> Iterator[tuple[Place, Draft]]:
    """Every state with every kind of thing that it can be about, with things that are not there, and with nothing."""
    for state in STEPS:
        yield Place(state), {}
        for cursor in (GONE, *_cursors(state, one)) if STATES[state].has_cursor else ():
            yield Place(state, cursor), {}
        for cursor, draft in _drafts(state, one):
            yield Place(state, cursor), draft


def _cursors(state: str, one: Situation) -> list[str]:
    """What the cursor may say in that state."""
    known = {
        "organisation": [*ORGANISATION_FIELDS],
        "scheme": ["all", "again"],
        "help": ["scoring.question", "certification"],
        "certificate": ["grade"],
        "reminders": ["hours", "stages"],
        "reminder": _letters(one),
        "handover": _letters(one),
    }.get(state, [])
    return [*known, *_in_scheme(state, one.scheme), *_in_certification(state, one.certification)]


def _in_scheme(state: str, scheme: Scheme | None) -> list[str]:
    if scheme is None:
        return []
    if state.startswith("scoring."):
        kinds = {(each.type, each.deletable, each.requires is None): each.id for each in scheme.indicators}
        return [*kinds.values()]
    return {
        "organisation": [each.id for each in scheme.figures],
        "eligibility": [each.id for each in scheme.eligibility],
        "ineligible": [each.id for each in scheme.eligibility],
        "deductions.note": [*scheme.special_deductions.kinds],
        "breakdown": [each.id for each in scheme.top_groups],
    }.get(state, [])


def _in_certification(state: str, certification: Certification | None) -> list[str]:
    if certification is None:
        return []
    return {"material": [*certification.materials], "finding": [*certification.findings]}.get(state, [])


def _letters(one: Situation) -> list[str]:
    assert one.dossier.reminder_log is not None
    return [*dict.fromkeys(told.letter_id for told in one.dossier.reminder_log.sent_reminders)]


def _drafts(state: str, one: Situation) -> Iterator[tuple[str, Draft]]:
    """What the draft may hold in that state, with a cursor that goes with it."""
    indicator = one.scheme.indicators[1].id if one.scheme else GONE
    drafts: dict[str, list[tuple[str, Draft]]] = {
        "bonus": [("", {"claim": "yes"})],
        "version": [("", {"changes": "yes"})],
        "scoring.sample": [(indicator, {"sampled": "40"})],
        "scoring.reason": [(indicator, {"scope": "group"})],
        "scoring.question": [(indicator, {"guide": indicator}), (indicator, {"walk": "one"})],
        "reminder": [(ALL_AT_ONCE, {"item": "0"})],
        "handover": [(ALL_AT_ONCE, {"item": "1"})],
        "organisation": [("name", {"detour": "profile"})],
    }
    yield from drafts.get(state, [])
    for about, detail in _asked(state, one):
        yield "", {"about": about, "detail": detail, "return": "certification"}
        if state == "when":
            yield (
                "",
                {"about": about, "detail": detail, "day": "2026-11-20", "return": f"reminder {ALL_AT_ONCE}"},
            )


def _asked(state: str, one: Situation) -> Iterator[tuple[str, str]]:
    """What is asked for on the two screens that ask for anything, about things that are there and that are not."""
    certification = one.certification
    findings = [*certification.findings, GONE] if certification else [GONE]
    materials = [*certification.materials, GONE] if certification else [GONE]
    for about in {"when": DATE_PROMPTS, "entry": TEXT_PROMPTS}.get(state, {}):
        kind, _, what = about.partition("_")
        details = {"finding": findings, "action": findings, "material": materials, "certificate": [what]}
        details |= {"stage": ["apply self_assessment"], "reason": ["suspend certified"]}
        yield from ((about, detail) for detail in details.get(kind, [""]))
