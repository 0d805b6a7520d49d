"""The certifications of an organisation: listing, entering and beginning them."""

from dialogs.assessment.cases import make_newest_pin
from dialogs.flow.navigator import open_place
from dialogs.flow.recorder import apply_event, record_value
from dialogs.flow.scene import Scene
from dialogs.model.certification import Certification
from dialogs.model.conversation import Place
from dialogs.model.events import CertificationOpened
from dialogs.model.records import BodyChosen, KeeperNamed, MaterialRecorded, PaperRecorded
from dialogs.model.values import Pin
from rubric import base_scheme_id, document_state

FINAL_STAGES = frozenset({"renewed", "revoked", "withdrawn", "expired"})
"""The stages after which a new certification is begun."""


def list_certifications(scene: Scene, organisation: str) -> list[Certification]:
    """The organisation's certifications, oldest first."""
    found = [one for one in scene.dossier.certifications.values() if one.organisation == organisation]
    return sorted(found, key=lambda one: one.opened_at)


def selectable_certifications(scene: Scene) -> list[Certification]:
    """Return the certifications to choose from: all but empty ones where another of the same scheme is not empty."""
    every = list_certifications(scene, scene.certification.organisation)
    begun = {base_scheme_id(one.scheme) for one in every if not one.is_empty}
    return [
        one
        for one in every
        if one.id == scene.certification.id or not (one.is_empty and base_scheme_id(one.scheme) in begun)
    ]


def enter_certification(scene: Scene) -> None:
    """Open the last certification, or the newest under the case's scheme; where there is none, begin one."""
    theirs = list_certifications(scene, scene.organisation.id)
    if not (scene.has_certification and scene.certification in theirs):
        mine = [one for one in theirs if not scene.has_case or _has_scheme(one, scene.case.scheme)]
        running = [one for one in mine if one.current_stage not in FINAL_STAGES] or mine
        if running:  # the newest, before one that was opened for a renewal which was undone
            newest = max(running, key=lambda one: (one.is_certified, one.opened_at))
            scene.talk.draft["certification"] = newest.id
        else:
            open_certification(scene, scene.case.pin)
    open_place(scene, Place("certification"))


def _has_scheme(certification: Certification, scheme: str) -> bool:
    """Return whether it has the same base scheme, whatever the overlays."""
    return base_scheme_id(certification.scheme) == base_scheme_id(scheme)


def open_certification(scene: Scene, pin: Pin) -> None:
    """Begin a certification; whoever begins it is reminded first."""
    key, organisation = scene.dossier.new_ids[0], scene.organisation.id
    apply_event(
        scene, CertificationOpened(key, organisation, pin.scheme, pin.version, pin.checksum, scene.now)
    )
    scene.talk.draft["certification"] = key
    record_value(scene, KeeperNamed, "", scene.dossier.contact.id)
    likely = scene.library.bodies.for_scheme(pin.scheme)[0]
    if scene.library.bodies.body(likely).schemes:
        record_value(scene, BodyChosen, "", likely)
    scene.undo_entries = []


def begin_new_certification(scene: Scene) -> None:
    """Begin a certification under the scheme's newest version, and keep the one before unchanged.

    Valid documents are copied, so that they need not be collected twice.
    """
    old = scene.certification
    open_certification(scene, make_newest_pin(scene, old.scheme))
    if "" in old.body:
        record_value(scene, BodyChosen, "", old.body[""])
    carried = _copy_valid_documents(scene, old)
    if carried:
        scene.add_message("certification.papers_carried", "saved", number=carried)
    scene.undo_entries = []


def _copy_valid_documents(scene: Scene, old: Certification) -> int:
    """Copy the valid documents with their files. Return their number."""
    good = {
        key: one
        for key, one in old.materials.items()
        if document_state(one, scene.today) in {"have", "expiring"}
    }
    for key, record in good.items():
        record_value(scene, MaterialRecorded, key, record)
    for key, file in old.papers.items():
        if file.indicator in good:
            record_value(scene, PaperRecorded, key, file)
    return len(good)
