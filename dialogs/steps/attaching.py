"""Files and notes to an indicator."""

from dialogs import wording
from dialogs.events import EvidenceRecorded
from dialogs.messages import Problem, Sent
from dialogs.scene import Scene
from dialogs.values import Evidence

MOST_FILES = 20


def attach(scene: Scene, file: Sent) -> Problem | None:
    """Take a stored file as evidence for the indicator under the cursor, or say why not."""
    indicator, words = scene.talk.cursor, scene.words
    present = scene.case.files_of(indicator)
    if any(one.sha256 == file.sha256 for one in present.values()):
        scene.tell("file.already", "saved", name=file.name)
        return None
    if len(present) >= MOST_FILES:
        return Problem("file_too_many", words("file.too_many", most=MOST_FILES))
    evidence = Evidence(indicator, file.name, file.media_type, file.size, file.sha256)
    scene.record(EvidenceRecorded, f"{indicator}-{file.sha256[:12]}", evidence)
    scene.tell("file.saved", "saved", name=file.name, where=wording.titled(scene, indicator))
    return None
