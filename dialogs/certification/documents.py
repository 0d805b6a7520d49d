"""The documents that the certification body asks for, and their files."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

from dialogs.flow.prompts import DatePrompt, TextPrompt
from dialogs.flow.recorder import record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.messages import FileInput, Problem
from dialogs.model.records import MaterialRecorded, PaperRecorded
from dialogs.model.values import Evidence
from dialogs.parsing.dates.parser import format_long_date
from rubric import (
    BodyProfile,
    DocumentPurpose,
    DocumentRecord,
    RequiredDocument,
    count_documents,
    required_documents,
)

REVIEW_STAGES = frozenset({"certified", "surveillance", "suspended"})


def document_purpose(certification: Certification) -> DocumentPurpose:
    """Return what the documents are for: the application, or the yearly review."""
    corrects = certification.current_stage == "corrective_actions" and certification.is_after_surveillance
    return "surveillance" if corrects or certification.current_stage in REVIEW_STAGES else "application"


def current_documents(scene: Scene) -> tuple[RequiredDocument, ...]:
    """Return the documents required now, by the body's profile and the organisation's trade."""
    return required_documents(
        _body_profile(scene), scene.organisation.trade, document_purpose(scene.certification)
    )


def progress_line(scene: Scene) -> str:
    found = count_documents(current_documents(scene), scene.certification.materials, scene.today)
    line = scene.words("materials.progress", have=found.have, total=found.total)
    expired = scene.words("materials.and_expired", number=found.expired) if found.expired else ""
    return line + expired


def find_document(scene: Scene, item: str) -> DocumentRecord:
    return scene.certification.materials.get(item, DocumentRecord(have=False))


def update_document(scene: Scene, item: str, **fields: object) -> None:
    """Record changed fields of a document."""
    record_value(scene, MaterialRecorded, item, replace(find_document(scene, item), **fields))  # type: ignore[arg-type]


def _body_profile(scene: Scene) -> BodyProfile:
    return scene.library.bodies.body_or_default(scene.certification.body.get(""))


def _take_expiry_date(scene: Scene, item: str, day: date | None) -> Problem | None:
    if day is None and item in scene.certification.materials:
        update_document(scene, item, expires=None)
    elif day is not None:
        update_document(scene, item, have=True, expires=day)
        scene.add_message("material.expires_saved", "saved", day=format_long_date(day, scene.words))
    return None


def _take_person(scene: Scene, item: str, typed: str) -> Problem | None:
    if typed:
        update_document(scene, item, person=typed)
    return None


def _prompt_values(scene: Scene, item: str) -> Mapping[str, object]:
    return {"title": document_title(scene, item)}


def document_title(scene: Scene, item: str) -> str:
    text = scene.library.bodies.text(_body_profile(scene).id, scene.talk.locale)
    return text.materials[item].title if item in text.materials else item


DATE_PROMPTS: Mapping[str, DatePrompt] = {
    "material_expires": DatePrompt(
        _take_expiry_date,
        direction="future",
        both_directions=True,
        offered_days=(),
        is_optional=True,
        values=_prompt_values,
    )
}
TEXT_PROMPTS: Mapping[str, TextPrompt] = {
    "material_person": TextPrompt(_take_person, is_optional=True, values=_prompt_values)
}


def save_document_file(scene: Scene, document_id: str, file: FileInput) -> bool:
    """Save the file with a document. Return False where the same file is there already."""
    paper = Evidence(document_id, file.name, file.media_type, file.size, file.sha256)
    if paper in scene.certification.papers.values():
        return False
    return record_value(scene, PaperRecorded, _new_file_key(scene, paper), paper)


def document_files(scene: Scene, document_id: str) -> dict[str, Evidence]:
    return {key: one for key, one in scene.certification.papers.items() if one.indicator == document_id}


def _new_file_key(scene: Scene, paper: Evidence) -> str:
    keys = (
        hashlib.sha256(f"{paper.indicator}\n{paper.sha256}\n{number}".encode()).hexdigest()[:12]
        for number in count()
    )
    return next(key for key in keys if key not in scene.certification.papers)
