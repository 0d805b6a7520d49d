"""The recorded certificate, with a button for each field; a photo of it can be saved."""

from dialogs.certification import stages
from dialogs.certification.certificate_form import (
    CERTIFICATE_FIELDS,
    FILLING_KEY,
    ask_certificate_field,
    ask_next_field,
)
from dialogs.certification.documents import document_files, save_document_file
from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import ask_day
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, FileInput, Problem
from dialogs.model.records import CertificateRecorded, SurveillanceRecorded
from dialogs.parsing.dates.parser import format_long_date, format_short_date
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button, labelled_button

CERTIFICATE = "certificate"


class CertificateStep(Step):
    """The cursor is `grade` while the grade is being chosen, else empty."""

    state = "certificate"
    has_cursor = True
    needs = "certification"

    def blocks(self, scene: Scene) -> list[Block]:
        if scene.talk.cursor == "grade":
            return [block(scene, "question", "certificate.which_grade")]
        lines = [
            scene.words(
                "finding.line",
                label=scene.words(f"certificate.label.{field}"),
                value=_field_value(scene, field),
            )
            for field in (*CERTIFICATE_FIELDS, "valid_until")
        ]
        found = [block(scene, "question", "certificate.question"), Block("body", "\n".join(lines))]
        done = sorted(scene.certification.surveillances)
        if done:
            days = scene.words.join_items(
                format_short_date(scene.certification.surveillances[key].on, scene.words) for key in done
            )
            found.append(block(scene, "body", "certificate.surveillances", days=days))
        names = [one.name for one in document_files(scene, CERTIFICATE).values()]
        if names:
            found.append(block(scene, "body", "material.files", names=scene.words.join_items(names)))
        return [*found, block(scene, "hint", "certificate.hint")]

    def choices(self, scene: Scene) -> ButtonRows:
        if scene.talk.cursor == "grade":
            text = scene.library.pinned_text(scene.certification, scene.talk.locale)
            scheme = scene.library.pinned_scheme(scene.certification)
            grades = [
                labelled_button(f"grade:{band.grade}", text.grades[band.grade]) for band in scheme.grades
            ]
            return [*arrange_rows(grades, 4), [button(scene, "grade:", "button.pass")]]
        fields = [
            button(scene, f"field:{one}", f"certificate.label.{one}")
            for one in (*CERTIFICATE_FIELDS, "valid_until")
        ]
        removals = [
            [button(scene, f"unsurveilled:{key}", "certificate.remove_surveillance", day=key)]
            for key in sorted(scene.certification.surveillances)
        ]
        others = [button(scene, "calendar"), button(scene, "certification", "findings.back")]
        surveilled = [button(scene, "surveilled")] if scene.certification.is_certified else []
        return [*arrange_rows(fields, 3), *removals, [*surveilled, *others]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, what = pressed.partition(":")
        if kind == "grade":
            if what:
                record_value(scene, CertificateRecorded, "grade", what)
            ask_next_field(scene, "grade")
        elif kind == "unsurveilled":
            record_value(scene, SurveillanceRecorded, what, None)
            scene.add_message("certificate.surveillance_removed", "saved", day=what)
        elif kind == "surveilled":
            ask_day(scene, "surveillance")
        elif kind == "field":
            scene.talk.draft.pop(FILLING_KEY, None)
            ask_certificate_field(scene, what)
        else:
            open_place(scene, Place(pressed))
        return None

    def handle_file(self, scene: Scene, file: FileInput) -> Problem | None:
        save_document_file(scene, CERTIFICATE, file)
        scene.add_message("material.file_saved", "saved", name=file.name)
        return None


def _field_value(scene: Scene, field: str) -> str:
    certification = scene.certification
    if field == "valid_until":
        plan = stages.make_plan(scene, certification)
        return format_long_date(plan.valid_until, scene.words) if plan else scene.words("finding.empty")
    if field in certification.dates:
        return format_long_date(certification.dates[field], scene.words)
    value = certification.certificate.get(field)
    if field == "grade" and value:
        value = scene.library.pinned_text(certification, scene.talk.locale).grades.get(value, value)
    return value or scene.words("finding.empty")
