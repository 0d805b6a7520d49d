"""Files that belong to the certification: materials, the certificate itself, proof of corrective actions."""

import hashlib
from itertools import count

from dialogs.certification_recorded import PaperRecorded
from dialogs.messages import Sent
from dialogs.scene import Scene
from dialogs.values import Evidence


def keep_paper(scene: Scene, what: str, file: Sent) -> bool:
    """Keep a file that was sent as a paper of `what`; the same file twice is kept once, and then False."""
    paper = Evidence(what, file.name, file.media_type, file.size, file.sha256)
    if paper in scene.certification.papers.values():
        return False
    return scene.record(PaperRecorded, _key(scene, paper), paper)


def papers_of(scene: Scene, what: str) -> dict[str, Evidence]:
    return {key: one for key, one in scene.certification.papers.items() if one.indicator == what}


def _key(scene: Scene, paper: Evidence) -> str:
    keys = (
        hashlib.sha256(f"{paper.indicator}\n{paper.sha256}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.certification.papers)
