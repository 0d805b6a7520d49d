"""An assessment under a second scheme, stored and read again."""

from bot.store import Store
from bot.store.cache import RevisionCache
from bot.store.conversations.contacts import get_or_create_contact
from bot.store.conversations.dossiers import load_dossier
from dialogs.model.dossier import Case
from rubric.model.answers import Met, Unmet
from tests.bot.conftest import EVENING, Talker, rows


def cases(store: Store, talker: Talker) -> list[Case]:
    """The contact's cases as the tables have them, oldest first."""
    with store.transaction() as db:
        contact = get_or_create_contact(db, talker.who, EVENING)
        return list(load_dossier(db, contact, None, EVENING, RevisionCache()).dossier.cases.values())


def test_what_was_carried_over_and_from_where_is_there_again(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met")
    talker.say("5.1.7.1")
    talker.press("answer:unmet", "nav:menu", "companions", "also:cteas-2017")
    first, second = cases(store, talker)
    assert second.companion == {"": first.id}
    assert second.answers == {"1.1": Unmet(), "3.1": Met()}
    assert second.carried == {"1.1": f"{first.id} 5.1.7.1", "3.1": f"{first.id} 5.1.1.1"}
    assert second.eligibility["legal_status"] == "met"


def test_an_answer_by_hand_is_there_as_one_and_another_program_carries_on(
    store: Store, talker: Talker
) -> None:
    talker.reach_scoring()
    talker.press("answer:met", "nav:menu", "companions", "also:cteas-2017")
    talker.press("answer:met", "answer:met", "answer:met")
    talker.say("3.1")
    talker.press("answer:unmet")
    first, second = cases(store, talker)
    assert (second.answers["3.1"], "3.1" in second.carried) == (Unmet(), False)
    again = Talker(store)
    again.press("nav:menu", "companions", f"case:{first.id}")
    again.say("5.1.7.3")
    again.press("answer:met", "nav:menu", "companions", f"case:{second.id}")
    _, second = cases(store, again)
    assert (second.answers["3.1"], second.answers["1.3"]) == (Unmet(), Met())
    assert second.carried == {"1.3": f"{first.id} 5.1.7.3"}


def test_entering_without_anything_new_stores_nothing(store: Store, talker: Talker) -> None:
    talker.reach_scoring()
    talker.press("answer:met", "nav:menu", "companions", "also:cteas-2017")
    first, second = cases(store, talker)
    before = rows(store, "answers")
    for case in (first, second, first):
        talker.press("nav:menu", "companions", f"case:{case.id}")
    assert rows(store, "answers") == before
