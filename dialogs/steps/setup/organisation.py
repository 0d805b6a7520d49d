"""The organisation: name, credit code, trade and province, then the figures that the scheme asks for."""

from collections.abc import Mapping

from dialogs.assessment import organisation_fields
from dialogs.assessment.cases import open_case, report_computed_changes
from dialogs.flow.navigator import fire
from dialogs.flow.order import ORGANISATION_FIELDS, list_fields
from dialogs.flow.recorder import apply_event, change_field, record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model import dossier
from dialogs.model.events import OrganisationCreated
from dialogs.model.messages import Block, Problem
from dialogs.model.records import AskedAgain, FigureRecorded
from dialogs.parsing import trades_and_provinces
from dialogs.parsing.utterance import Utterance
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button
from rubric import check_plausibility


class OrganisationStep(Step):
    """Asks one field at a time; all but the name may be skipped."""

    state = "organisation"
    role = "walk"
    has_cursor = True
    is_detour = True

    def fits(self, scene: Scene, cursor: str) -> bool:
        """The name comes before the organisation, its other fields after that, the figures after the case."""
        if cursor in ORGANISATION_FIELDS:
            return cursor == "name" or scene.has("organisation")
        return scene.has("case") and cursor in list_fields(scene)

    def state_name(self, scene: Scene) -> str:
        return f"organisation.{scene.talk.cursor}"

    def takes_number(self, scene: Scene) -> bool:
        return organisation_fields.takes_number(scene.talk.cursor)

    def blocks(self, scene: Scene) -> list[Block]:
        field, asked = scene.talk.cursor, list_fields(scene)
        place = block(scene, "place", "organisation.place", number=asked.index(field) + 1, total=len(asked))
        present = organisation_fields.field_text(scene, field)
        standing = [block(scene, "body", "organisation.present", value=present)] if present else []
        return [place, *_question_blocks(scene, field), *standing]

    def choices(self, scene: Scene) -> ButtonRows:
        field = scene.talk.cursor
        if organisation_fields.field_text(scene, field):
            onward = button(scene, "nav:next", "button.keep")
        else:
            onward = button(scene, "join") if field == "name" else button(scene, "nav:next", "button.pass")
        return [*_proposal_rows(scene, field), [onward]]

    def meaning_buttons(self, scene: Scene) -> Mapping[str, str]:
        """Keep a known value by yes; skip an absent credit code by no, but not a headcount, which may be 0."""
        field = scene.talk.cursor
        if organisation_fields.field_text(scene, field):
            return {"yes": "nav:next", "agree": "nav:next"}
        return {"no": "nav:next", "there_is_none": "nav:next"} if field in ORGANISATION_FIELDS else {}

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        if pressed == "nav:next":
            fire(scene, "advance")
        else:
            _save_field(scene, pressed.partition(":")[2])
        return None

    def handle_text(self, scene: Scene, utterance: Utterance) -> Problem | None:
        field = scene.talk.cursor
        if field in ORGANISATION_FIELDS:
            value = organisation_fields.parse_field(scene, field, utterance)
            if isinstance(value, Problem):
                return value
            _save_field(scene, value)
            return None
        number = utterance.count
        if number is None:
            label = organisation_fields.field_label(scene, field)
            return Problem("not_a_number", scene.words("organisation.not_a_number", label=label))
        most = scene.scheme.figure_by_id[field].at_most
        if number > most:
            return Problem("too_large", scene.words("organisation.too_large", number=number, most=most))
        _record_figure(scene, field, number)
        return None


def _question_blocks(scene: Scene, field: str) -> list[Block]:
    if field in ORGANISATION_FIELDS:
        return [
            block(scene, "question", f"organisation.{field}.question"),
            block(scene, "hint", f"organisation.{field}.hint"),
        ]
    text = scene.text.figures[field]
    return [Block("question", text.question), Block("hint", text.hint)]


def _proposal_rows(scene: Scene, field: str) -> ButtonRows:
    """Return the values to press; the province of the credit code comes first."""
    words = scene.words
    if field == "trade":
        return arrange_rows(
            (
                labelled_button(f"trade:{code}", words(f"trade.{code}"))
                for code in trades_and_provinces.trade_codes()
            ),
            3,
        )
    if field != "province":
        return []
    likely = trades_and_provinces.province_of_credit_code(scene.organisation.credit_code)
    codes = sorted(trades_and_provinces.province_codes(), key=lambda code: code != likely)
    return arrange_rows(
        (
            labelled_button(f"province:{code}", trades_and_provinces.province_name(words, code))
            for code in codes
        ),
        6,
    )


def _save_field(scene: Scene, value: str) -> None:
    """Save a field of the organisation; its name creates it."""
    field = scene.talk.cursor
    if scene.talk.organisation is None:
        _create_organisation(scene, value)
    else:
        change_field(scene, field, value)
    said = organisation_fields.field_text(scene, field)
    scene.add_message(
        "organisation.saved", "saved", label=organisation_fields.field_label(scene, field), value=said
    )
    fire(scene, "advance")


def _create_organisation(scene: Scene, name: str) -> None:
    created = dossier.Organisation(scene.dossier.new_ids[0], name)
    apply_event(scene, OrganisationCreated(created))
    scene.talk.organisation = created.id
    schemes = scene.library.offered_names()
    if len(schemes) == 1:
        open_case(scene, schemes[0])


def _record_figure(scene: Scene, field: str, number: int) -> None:
    before = scene.scorecard
    record_value(scene, FigureRecorded, field, number)
    scene.add_message(
        "organisation.saved", "saved", label=organisation_fields.field_label(scene, field), value=number
    )
    report_computed_changes(scene, before)
    if not _questions_figures(scene, field):
        fire(scene, "advance")


def _questions_figures(scene: Scene, field: str) -> bool:
    """Return whether the figures are implausible in a way that was not shown before."""
    found = check_plausibility(scene.scheme.plausibility, scene.case.figures)
    about = [why for why in found if field in {why.values["figure"], why.values["other"]}]
    new = [why for why in about if why.values["rule"] not in scene.case.asked_again]
    for why in new:
        record_value(scene, AskedAgain, str(why.values["rule"]), True)
        scene.add_message(
            "organisation.check_again", why=formatting.format_reason(scene.words, why, scene.text)
        )
    if about and not new:
        scene.add_message("organisation.kept_with_warning")
    return bool(new)
