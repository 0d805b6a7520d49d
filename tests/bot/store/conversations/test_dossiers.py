"""What is loaded is what the talk had: the store and `dialogs.apply` make the same of every event."""

import secrets

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Store
from bot.store.cache import RevisionCache
from bot.store.conversations.contacts import ChannelUser, get_or_create_contact
from bot.store.conversations.dossiers import load_dossier
from bot.store.conversations.save_events import TurnOrigin, save_events
from dialogs.model.apply import apply
from dialogs.model.certification import CERTIFICATION_FIELDS
from dialogs.model.conversation import Conversation
from dialogs.model.dossier import Case, Dossier, Organisation
from dialogs.model.events import (
    CaseOpened,
    CertificationOpened,
    Event,
    OrganisationChanged,
    OrganisationCreated,
)
from dialogs.model.invitation_codes import hash_code
from dialogs.model.records import RECORD_TYPE_BY_FIELD
from dialogs.model.values import Evidence, Nonconformity, SurveillanceRecord
from rubric.certificate.documents import DocumentRecord
from rubric.model.answers import Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from tests.bot.conftest import EVENING, Talker, invitation

KEYS = st.sampled_from(["", "5.1.1.1", "5.1.1.2", "5.2.3"])
TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # NUL and lone surrogates as well
VALUES = {
    "figures": st.integers(0, 10**8),
    "answers": st.sampled_from([Met(), Unmet(), Sampled(40, 37), NotApplicable("没有这类商品")]),
    "evidence": st.builds(Evidence, TEXT, TEXT, TEXT, st.integers(0), TEXT),
    "deductions": st.builds(SpecialDeduction, TEXT, TEXT),
    "rehearsal": st.just(True),
    "asked_again": st.just(True),
    "reached": st.dates(),
    "dates": st.dates(),
    "surveillances": st.builds(SurveillanceRecord, st.dates(), TEXT),
    "findings": st.builds(Nonconformity, TEXT, TEXT, due=st.none() | st.dates()),
    "materials": st.builds(DocumentRecord, st.booleans(), st.none() | st.dates(), TEXT),
}


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, str, object]]:
    """What is recorded one after the other, as (field, key, value); None takes it back."""
    made = []
    for field in draw(st.lists(st.sampled_from(sorted(RECORD_TYPE_BY_FIELD)), max_size=25)):
        made.append((field, draw(KEYS), draw(st.none() | VALUES.get(field, TEXT))))
    return made


def stored_and_applied(store: Store, recorded: list[tuple[str, str, object]]) -> tuple[Dossier, Dossier, str]:
    """The dossier as it is loaded, as it was left by `apply`, and the id of its case."""
    address, organisation, case = (secrets.token_hex(16) for _ in range(3))
    with store.transaction() as db:
        contact = get_or_create_contact(db, ChannelUser("terminal", address, "李", "zh-Hans"), EVENING)
        kept = Dossier(contact, Conversation(contact.id))
        events: list[Event] = [
            OrganisationCreated(Organisation(organisation, "海风公司")),
            OrganisationChanged(organisation, "province", "37"),
            CaseOpened(case, organisation, "gbt27922-2011", "1", "c" * 64, EVENING),
            CertificationOpened(f"z{case[1:]}", organisation, "gbt27922-2011", "1", "c" * 64, EVENING),
        ]
        events += [
            RECORD_TYPE_BY_FIELD[field](f"z{case[1:]}" if field in CERTIFICATION_FIELDS else case, key, value)  # type: ignore[arg-type]
            for field, key, value in recorded
        ]
        save_events(db, events, TurnOrigin(contact.id, "terminal", "key", EVENING))
        for event in events:
            apply(kept, event)
    with store.transaction() as db:
        return load_dossier(db, contact, None, EVENING, RevisionCache()).dossier, kept, case


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes())
def test_a_case_that_is_loaded_is_the_case_that_was_left(
    store: Store, recorded: list[tuple[str, str, object]]
) -> None:
    loaded, kept, case = stored_and_applied(store, recorded)  # of contacts of its own in every example
    assert (loaded.organisations, loaded.cases) == (kept.organisations, kept.cases)
    assert loaded.certifications == kept.certifications
    (certification,) = loaded.certifications.values()
    for field in RECORD_TYPE_BY_FIELD:
        file = certification if field in CERTIFICATION_FIELDS else loaded.cases[case]
        assert list(getattr(file, field)) == list(getattr(kept.find_record(file.id), field)), field


def test_deductions_stand_in_the_order_of_recording(store: Store) -> None:
    note = [("deductions", key, SpecialDeduction("law", key)) for key in ("c", "a", "b")]
    loaded, _, case = stored_and_applied(store, [*note, ("deductions", "a", None)])
    assert [one.note for one in loaded.cases[case].answer_sheet().special_deductions] == ["c", "b"]


def test_a_contact_sees_only_the_own_organisations(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    stranger = Talker(store, "wang")
    with store.transaction() as db:
        loaded = load_dossier(
            db, get_or_create_contact(db, stranger.who, EVENING), None, EVENING, RevisionCache()
        ).dossier
    assert (loaded.organisations, loaded.cases, loaded.contact_names) == ({}, {}, {})


def test_a_typed_code_shows_what_it_opens_and_no_more(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met")
    code = hash_code(invitation(talker))
    stranger = Talker(store, "wang")
    with store.transaction() as db:
        loaded = load_dossier(
            db, get_or_create_contact(db, stranger.who, EVENING), code, EVENING, RevisionCache()
        )
    assert loaded.dossier.cases == {}
    assert loaded.dossier.invitation is not None
    (case,) = loaded.dossier.invitation.cases
    assert isinstance(case, Case)
    assert (case.answers["5.1.1.1"], loaded.dossier.contact_names) == (
        Met(),
        {talker_id(store, talker): "li"},
    )


def talker_id(store: Store, talker: Talker) -> str:
    with store.transaction() as db:
        return get_or_create_contact(db, talker.who, EVENING).id


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a" * 10_000, "一\n二", "🙂‍↔️", "\u202e"])
def test_text_of_any_form_comes_back_as_it_was(store: Store, text: str) -> None:
    loaded, kept, case = stored_and_applied(store, [("notes", "5.1.1.1", text), ("bonus", "", text)])
    assert loaded.cases[case].notes == kept.cases[case].notes == {"5.1.1.1": text}
