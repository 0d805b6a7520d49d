"""Everything that a case records and a talk remembers comes back from JSON as it was."""

import json
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.codec import CodecError, decode, decode_memory, encode, encode_event, encode_memory, memory_of
from dialogs.model.conversation import Conversation, Place, UndoEntry, UndoStep
from dialogs.model.dossier import Organisation
from dialogs.model.events import (
    AgendaChosen,
    AgreementGiven,
    CalendarRequested,
    CaseOpened,
    CertificationOpened,
    EligibilityFailed,
    ErasureConfirmed,
    Event,
    ExportRequested,
    GradeComputed,
    InvitationAccepted,
    InvitationIssued,
    LanguageChosen,
    OrganisationChanged,
    OrganisationCreated,
    ReminderReacted,
    ReportRequested,
)
from dialogs.model.records import RECORD_TYPE_BY_FIELD, ValueRecorded
from dialogs.model.reminder_log import ReminderKey
from dialogs.model.reminder_preferences import ReminderPreferences
from dialogs.model.values import Evidence, Nonconformity, Pin, SurveillanceRecord
from rubric.certificate.documents import DocumentRecord
from rubric.model.answers import Met, NotApplicable, Sampled, SpecialDeduction, Unmet

TEXT = st.text(max_size=30)
COUNT = st.integers(0, 10**9)
SAMPLES = st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)).map(lambda two: Sampled(two[0], min(two)))
MAYBE_DAYS = st.none() | st.dates()
VALUES = st.one_of(
    TEXT,
    COUNT,
    st.booleans(),
    st.just(Met()),
    st.just(Unmet()),
    SAMPLES,
    TEXT.filter(str.strip).map(NotApplicable),
    st.builds(SpecialDeduction, TEXT, TEXT),
    st.builds(Evidence, TEXT, TEXT, TEXT, COUNT, TEXT),
    st.dates(),
    st.builds(SurveillanceRecord, st.dates(), TEXT, TEXT),
    st.builds(Pin, TEXT, TEXT, TEXT),
    st.builds(DocumentRecord, st.booleans(), MAYBE_DAYS, TEXT),
    st.builds(Nonconformity, TEXT, TEXT, due=MAYBE_DAYS, person=TEXT, verified=MAYBE_DAYS),
    st.none(),
)
PLACES = st.builds(Place, TEXT, TEXT)
STEPS = st.builds(
    UndoStep, PLACES, st.lists(st.builds(UndoEntry, TEXT, TEXT, TEXT, VALUES, VALUES), max_size=3).map(tuple)
)


@given(VALUES)
def test_a_recorded_value_comes_back(value: object) -> None:
    found = decode(json.loads(json.dumps(encode(value))))  # type: ignore[arg-type]
    assert found == value
    assert type(found) is type(value)


@given(
    PLACES, st.lists(PLACES, max_size=5), st.lists(STEPS, max_size=3), st.dictionaries(TEXT, TEXT, max_size=3)
)
def test_what_the_talk_remembers_comes_back(
    main: Place, path: list[Place], undo: list[UndoStep], draft: dict[str, str]
) -> None:
    talk = Conversation("c", main_place=main, path=path, undo_steps=undo, draft=draft)
    assert decode_memory(encode_memory(talk)) == memory_of(talk)


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {},
        {"met": {}, "unmet": {}},
        {"meat": {}},
        {"sampled": {"sampled": 1}},
        {"met": {"x": 1}},
        1.5,
        {"sampled": {"sampled": 3, "conforming": 5}},
        {"na": {"reason": " "}},
        {"met": None},
        {"sampled": {"sampled": True, "conforming": True}},
        {"evidence": {"indicator": "5.1", "name": "a", "media_type": "b", "size": "9", "sha256": "c"}},
        {"deduction": {"kind": 1, "note": None}},
    ],
)
def test_json_that_is_none_of_the_values_is_refused(stored: object) -> None:
    with pytest.raises(CodecError):
        decode(stored)


NOTHING = {"main": ["language", ""], "path": [], "undo": [], "draft": {}}


@pytest.mark.parametrize(
    "stored",
    [
        None,
        {},
        NOTHING | {"main": ["language"]},
        NOTHING | {"main": "language"},
        NOTHING | {"path": [["menu", 1]]},
        NOTHING | {"draft": {"sampled": 40}},
        NOTHING | {"draft": []},
        NOTHING | {"undo": [{"place": ["menu", ""]}]},
        NOTHING
        | {"undo": [{"place": ["menu", ""], "restores": [["case", "answers", "5.1", {"meat": {}}, None]]}]},
        NOTHING | {"undo": [{"place": ["menu", ""], "restores": [["answers", None, None]]}]},
    ],
)
def test_json_that_is_no_memory_of_a_talk_is_refused(stored: object) -> None:
    with pytest.raises(CodecError):
        decode_memory(json.dumps(stored))


INSTANTS = st.datetimes(timezones=st.just(UTC))
KEYS = st.builds(ReminderKey, TEXT, TEXT, TEXT, st.dates())
EVENTS = st.one_of(
    [
        st.builds(kind, case=TEXT, key=TEXT, value=VALUES, previous=VALUES)
        for kind in RECORD_TYPE_BY_FIELD.values()
    ]
    + [
        st.builds(LanguageChosen, TEXT),
        st.builds(AgreementGiven, INSTANTS),
        st.builds(CertificationOpened, TEXT, TEXT, TEXT, TEXT, TEXT, INSTANTS),
        st.builds(OrganisationCreated, st.builds(Organisation)),
        st.builds(OrganisationChanged),
        st.builds(CaseOpened, at=INSTANTS),
        st.builds(EligibilityFailed),
        st.builds(GradeComputed),
        st.builds(ReportRequested),
        st.builds(CalendarRequested),
        st.builds(ReminderReacted, key=KEYS, until=MAYBE_DAYS),
        st.builds(AgendaChosen, st.builds(ReminderPreferences, muted=st.frozensets(TEXT))),
        st.builds(ExportRequested),
        st.builds(ErasureConfirmed),
        st.builds(InvitationIssued, expires_at=INSTANTS),
        st.builds(InvitationAccepted, at=INSTANTS),
    ]
)


def rebuilt(kind: type[Event], stored: dict[str, object]) -> object:
    """The event that was stored: the record of what happened leaves nothing out."""
    for name, value in stored.items():
        if name in {"at", "expires_at"}:
            stored[name] = datetime.fromisoformat(str(value))
        elif name in {"value", "previous"} and issubclass(kind, ValueRecorded):
            stored[name] = decode(value)
        elif name == "organisation" and isinstance(value, dict):
            stored[name] = Organisation(**value)
        elif name == "key" and isinstance(value, list):
            subject, milestone, stage, on = value
            stored[name] = ReminderKey(subject, milestone, stage, decode(on))  # type: ignore[arg-type]
        elif name == "until":
            stored[name] = decode(value)
        elif name == "agenda" and isinstance(value, dict):
            stored[name] = ReminderPreferences(value["hour"], value["zone"], frozenset(value["muted"]))
    return kind(**stored)  # type: ignore[arg-type]


@given(EVENTS)
def test_the_record_of_an_event_leaves_nothing_out(event: Event) -> None:
    assert rebuilt(type(event), json.loads(json.dumps(encode_event(event)))) == event


def test_no_kind_of_event_is_left_out_here() -> None:
    assert set(get_args(Event)) - {ValueRecorded} == {
        AgendaChosen, AgreementGiven, CalendarRequested, CaseOpened, CertificationOpened, EligibilityFailed,
        ErasureConfirmed, ExportRequested, GradeComputed, InvitationAccepted, InvitationIssued, LanguageChosen,
        OrganisationChanged, OrganisationCreated, ReminderReacted, ReportRequested,
    }  # fmt: skip
