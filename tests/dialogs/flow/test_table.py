"""The table of the talk: every name in it means something, every row can fire, no state is without a way on."""

import inspect
from pathlib import Path

import pytest
from transitions import MachineError

import dialogs
from dialogs.engine.navigation import GLOBAL_ACTIONS
from dialogs.engine.steps import STEPS
from dialogs.flow import guards
from dialogs.flow.diagram import draw_talk
from dialogs.flow.machine import conversation_machine, find_callback, fire_trigger
from dialogs.flow.states import STATES, register_state, states_of
from dialogs.flow.table import DRAFT_SCOPES, ENTRY_CALLBACKS, FIRST_STATE, TRANSITIONS, TransitionRow
from dialogs.model.conversation import Conversation, Place


@pytest.mark.parametrize(
    "name", sorted({row.guard for row in TRANSITIONS if row.guard} | set(ENTRY_CALLBACKS.values()))
)
def test_every_guard_and_callback_that_the_table_names_is_there(name: str) -> None:
    assert list(inspect.signature(find_callback(name)).parameters) == ["event"]


def test_a_misspelt_name_is_found_when_the_machine_is_built() -> None:
    with pytest.raises(AttributeError):
        find_callback("field_is_letf")


def test_no_guard_is_idle() -> None:
    used = {row.guard for row in TRANSITIONS} | set(ENTRY_CALLBACKS.values())
    public = {
        name for name, one in vars(guards).items() if inspect.isfunction(one) and not name.startswith("_")
    }
    taking_events = {
        name for name in public if "event" in inspect.signature(getattr(guards, name)).parameters
    }
    assert taking_events == (used | {"is_destination"}) - {""}  # the guard of `open`, which leads anywhere


def test_every_state_has_its_step_and_every_step_its_state() -> None:
    assert list(STEPS) == list(STATES)
    assert all(step.state == state for state, step in STEPS.items())


def test_each_step_has_a_file_of_its_own() -> None:
    files = [Path(inspect.getfile(type(step))) for step in STEPS.values()]
    assert len(set(files)) == len(STEPS)
    assert {path.parents[1] for path in files} == {Path(dialogs.__file__).parent / "steps"}


def test_two_steps_cannot_have_one_state() -> None:
    with pytest.raises(ValueError, match="menu"):
        register_state("menu", STATES["menu"])


def test_the_steps_say_what_their_states_are() -> None:
    assert states_of("within") == ("deductions.note", "scoring.evidence", "scoring.reason", "scoring.sample")
    assert {state for state in STATES if STATES[state].is_detour} == {
        "organisation",
        "eligibility",
        "ineligible",
    }
    assert all(parent in STATES for state in STATES.values() if (parent := state.parent))


def test_what_the_table_says_of_states_names_states() -> None:
    ends = {state for row in TRANSITIONS for state in (*row.sources, row.dest)}
    prefixes = {prefix for scope in DRAFT_SCOPES.values() for prefix in scope.prefixes}
    assert {FIRST_STATE, *ends, *ENTRY_CALLBACKS, *prefixes} - {"scoring."} <= set(STATES)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: str(row[:3]))
def test_every_row_fires_where_its_guard_holds(row: TransitionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """With this row's guard held and no other one, the talk goes where the row says."""
    machine = _machine_in_which_holds(row.guard, monkeypatch)
    for source in row.sources:
        talk = Conversation("c1", state=source)
        assert machine.events[row.trigger].trigger(talk, scene=None, to=Place(row.dest))
        assert talk.state == row.dest


def _machine_in_which_holds(guard: str, monkeypatch: pytest.MonkeyPatch):
    from dialogs.flow import machine

    for name in {row.guard for row in TRANSITIONS if row.guard}:
        monkeypatch.setattr(guards, name, lambda event, held=name == guard: held)
    for name in ENTRY_CALLBACKS.values():
        monkeypatch.setattr(guards, name, lambda event: None)
    return machine.build_machine(tuple(STATES), TRANSITIONS, ENTRY_CALLBACKS, guards)


def test_the_last_row_for_a_state_and_trigger_asks_nothing() -> None:
    """So that no press ever finds every way barred."""
    last = {(source, row.trigger): row.guard for row in TRANSITIONS for source in row.sources}
    assert set(last.values()) == {""}


def test_every_state_of_the_walk_leads_on_and_every_other_one_back() -> None:
    leading_on = {source for row in TRANSITIONS for source in row.sources}
    assert set(states_of("walk")) - leading_on == {"certification"}
    for state in STATES:
        talk = Conversation("c1", state=state)
        fire_trigger(talk, "open", scene=None, to=Place("review"))
        assert talk.state == "review"


def test_open_leads_from_every_state_to_every_state() -> None:
    for source in STATES:
        for dest in STATES:
            talk = Conversation("c1", state=source)
            fire_trigger(talk, "open", scene=None, to=Place(dest, "here"))
            assert talk.state == dest


def test_what_the_table_does_not_know_is_a_programmers_mistake() -> None:
    with pytest.raises(MachineError):
        fire_trigger(Conversation("c1", state="grade"), "advance", scene=None)
    with pytest.raises(MachineError):
        fire_trigger(Conversation("c1", state="grade"), "open", scene=None, to=Place("nowhere"))


def test_the_machine_keeps_no_conversation() -> None:
    talk = Conversation("c1", state="review")
    fire_trigger(talk, "submit", scene=None)
    assert talk.state == "confirm"
    assert conversation_machine().models == []


def test_the_diagram_shows_every_row_but_open() -> None:
    diagram = draw_talk()
    assert diagram.startswith("stateDiagram-v2\n    [*] --> language\n")
    assert "    scoring_question --> scoring_sample: ask_sample" in diagram
    assert "    organisation --> eligibility: advance [has_next_condition]" in diagram
    arrows = [line for line in diagram.splitlines() if "-->" in line]
    assert len(arrows) == 1 + sum(len(row.sources) for row in TRANSITIONS)
    assert not any(line.endswith(": open") for line in arrows)


def test_every_button_that_works_anywhere_opens_a_screen_or_does_something() -> None:
    assert all(callable(act) for act in GLOBAL_ACTIONS.values())
    assert {
        "nav:back",
        "nav:undo",
        "nav:review",
        "nav:resume",
        "nav:sections",
        "nav:menu",
        "nav:help",
        "nav:pause",
    } <= set(GLOBAL_ACTIONS)
