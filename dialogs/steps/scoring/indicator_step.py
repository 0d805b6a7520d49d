"""What the screens of one indicator share: the place line, and saving evidence."""

from dialogs.flow.case_text import answered_count
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block, FileInput, Problem
from dialogs.model.records import EvidenceRecorded
from dialogs.model.values import Evidence
from dialogs.steps.base import Step, block

MOST_FILES = 20


class IndicatorStep(Step):
    """A step about the indicator under the cursor."""

    needs = "case"

    def fits(self, scene: Scene, cursor: str) -> bool:
        return super().fits(scene, cursor) and cursor in scene.scorecard.line_by_indicator

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.cursor

    def handle_file(self, scene: Scene, file: FileInput) -> Problem | None:
        return save_evidence(scene, scene.talk.cursor, file)


def save_evidence(scene: Scene, indicator: str, file: FileInput) -> Problem | None:
    """Save a stored file as evidence for the indicator, or return why not."""
    present = scene.case.evidence_for(indicator)
    if any(one.sha256 == file.sha256 for one in present.values()):
        scene.add_message("file.already", "saved", name=file.name)
        return None
    if len(present) >= MOST_FILES:
        return Problem("file_too_many", scene.words("file.too_many", most=MOST_FILES))
    evidence = Evidence(indicator, file.name, file.media_type, file.size, file.sha256)
    record_value(scene, EvidenceRecorded, f"{indicator}-{file.sha256[:12]}", evidence)
    where, number = formatting.format_indicator(scene.text, indicator), len(present) + 1
    scene.add_message("file.saved", "saved", name=file.name, where=where, number=number)
    return None


def place_block(scene: Scene) -> Block:
    """Return the place line: `5.1.3 资源配置 · 9/43`, and the progress bar as on the review."""
    indicator, (done, total) = scene.indicator, answered_count(scene)
    number = list(scene.scorecard.line_by_indicator).index(indicator.id) + 1
    group, bar = formatting.format_group(scene.text, indicator.group), formatting.format_bar(done, total)
    return block(
        scene, "place", "question.place", group=group, number=number, total=total, done=done, bar=bar
    )
