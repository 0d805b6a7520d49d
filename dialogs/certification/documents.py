"""The papers that the certification asks for: which there are, which are missing, who brings them."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from dialogs.flow.prompts import AskedDay, AskedText
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.messages import Problem, Sent
from dialogs.model.records import MaterialRecorded, PaperRecorded
from dialogs.model.values import Evidence
from dialogs.parsing.dates.parser import in_words
from rubric.certificate.documents import DocumentRecord, count_documents, required_documents
from rubric.model.bodies import BodyProfile, DocumentPurpose, RequiredDocument

SURVEILLED = frozenset({"certified", "surveillance", "suspended"})


def purpose_of(certification: Certification) -> DocumentPurpose:
    """What the papers are for: the application, or the yearly review."""
    corrects = certification.at == "corrective_actions" and certification.was_surveilled_last
    return "surveillance" if corrects or certification.at in SURVEILLED else "application"


def listed(scene: Scene) -> tuple[RequiredDocument, ...]:
    """The papers that are asked for now, by the body's profile and the organisation's trade."""
    return required_documents(_body(scene), scene.organisation.trade, purpose_of(scene.certification))


def progress_line(scene: Scene) -> str:
    found = count_documents(listed(scene), scene.certification.materials, scene.today)
    line = scene.words("materials.progress", have=found.have, total=found.total)
    expired = scene.words("materials.and_expired", number=found.expired) if found.expired else ""
    return line + expired


def record_of(scene: Scene, item: str) -> DocumentRecord:
    return scene.certification.materials.get(item, DocumentRecord(have=False))


def change(scene: Scene, item: str, **fields: object) -> None:
    """Record something about a paper."""
    record_value(scene, MaterialRecorded, item, replace(record_of(scene, item), **fields))  # type: ignore[arg-type]


def _body(scene: Scene) -> BodyProfile:
    return scene.library.bodies.body_or_default(scene.certification.body.get(""))


def _expires(scene: Scene, item: str, day: date | None) -> Problem | None:
    if day is None and item in scene.certification.materials:
        change(scene, item, expires=None)
    elif day is not None:
        change(scene, item, have=True, expires=day)
        scene.add_message("material.expires_saved", "saved", day=in_words(day, scene.words))
    return None


def _person(scene: Scene, item: str, typed: str) -> Problem | None:
    if typed:
        change(scene, item, person=typed)
    return None


def _values(scene: Scene, item: str) -> Mapping[str, object]:
    return {"title": title(scene, item)}


def title(scene: Scene, item: str) -> str:
    text = scene.library.bodies.text(_body(scene).id, scene.talk.locale)
    return text.materials[item].title if item in text.materials else item


DAYS: Mapping[str, AskedDay] = {
    "material_expires": AskedDay(
        _expires, towards="future", either=True, offers=(), can_pass=True, values=_values
    )
}
TEXTS: Mapping[str, AskedText] = {"material_person": AskedText(_person, can_pass=True, values=_values)}


def keep_paper(scene: Scene, what: str, file: Sent) -> bool:
    """Keep a file that was sent as a paper of `what`; the same file twice is kept once, and then False."""
    paper = Evidence(what, file.name, file.media_type, file.size, file.sha256)
    if paper in scene.certification.papers.values():
        return False
    return record_value(scene, PaperRecorded, _key(scene, paper), paper)


def papers_of(scene: Scene, what: str) -> dict[str, Evidence]:
    return {key: one for key, one in scene.certification.papers.items() if one.indicator == what}


def _key(scene: Scene, paper: Evidence) -> str:
    keys = (
        hashlib.sha256(f"{paper.indicator}\n{paper.sha256}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.certification.papers)
