"""One nonconformity: its description, cause, corrective action, and the verification of effectiveness."""

from dataclasses import replace

from dialogs.certification import nonconformities
from dialogs.certification.documents import save_document_file
from dialogs.flow.navigator import open_place
from dialogs.flow.prompts import LONGEST_TEXT_ANSWER
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.conversation import Place
from dialogs.model.messages import Block, FileInput, Problem
from dialogs.model.records import FindingRecorded
from dialogs.model.values import Nonconformity as FindingValue
from dialogs.parsing.dates.parser import format_short_date
from dialogs.steps.base import ButtonRows, Step, arrange_rows, block, button

NONCONFORMITY_FIELDS = (*nonconformities.FIELD_SEQUENCE, "proof", "done", "verified")


class NonconformityStep(Step):
    """The cursor is the finding's key."""

    state = "finding"
    has_cursor = True
    parent = "findings"
    needs = "certification"

    def indicator(self, scene: Scene) -> str | None:
        finding = _open_nonconformity(scene)
        return finding.indicator or None if finding else None

    def blocks(self, scene: Scene) -> list[Block]:
        finding = _open_nonconformity(scene)
        if finding is None:
            return [block(scene, "question", "finding.gone")]
        state = scene.words(f"finding.state.{nonconformities.nonconformity_state(scene, finding)}")
        lines = [
            scene.words(
                "finding.line",
                label=scene.words(f"finding.label.{field}"),
                value=_field_value(scene, finding, field),
            )
            for field in NONCONFORMITY_FIELDS
        ]
        return [
            block(scene, "place", "finding.place", state=state, indicator=finding.indicator),
            Block("question", finding.what),
            Block("body", "\n".join(lines)),
            block(scene, "hint", "finding.hint"),
        ]

    def choices(self, scene: Scene) -> ButtonRows:
        back = [button(scene, "findings", "finding.back")]
        finding = _open_nonconformity(scene)
        if finding is None:
            return [back]
        fields = [button(scene, f"field:{field}", f"finding.label.{field}") for field in NONCONFORMITY_FIELDS]
        return [*arrange_rows(fields, 4), [button(scene, "remove_finding"), *back]]

    def handle_press(self, scene: Scene, pressed: str) -> Problem | None:
        kind, _, field = pressed.partition(":")
        if kind == "field":
            nonconformities.ask_nonconformity_field(scene, scene.talk.cursor, field)
            return None
        if pressed == "remove_finding":
            record_value(scene, FindingRecorded, scene.talk.cursor, None)
            scene.add_message("finding.removed", "saved")
        open_place(scene, Place("findings"), back=True)
        return None

    def handle_file(self, scene: Scene, file: FileInput) -> Problem | None:
        """Save the file as proof of the corrective action."""
        finding = _open_nonconformity(scene)
        if finding is None:
            return super().handle_file(scene, file)
        if save_document_file(scene, f"finding-{scene.talk.cursor}", file):
            proof = "、".join(one for one in (finding.proof, file.name) if one)[:LONGEST_TEXT_ANSWER]
            record_value(scene, FindingRecorded, scene.talk.cursor, replace(finding, proof=proof))
        scene.add_message("finding.proof_saved", "saved", name=file.name)
        return None


def _open_nonconformity(scene: Scene) -> FindingValue | None:
    return scene.certification.findings.get(scene.talk.cursor)


def _field_value(scene: Scene, nonconformity: FindingValue, field: str) -> str:
    value = getattr(nonconformity, field)
    if not value:
        return scene.words("finding.empty")
    return value if isinstance(value, str) else format_short_date(value, scene.words)
