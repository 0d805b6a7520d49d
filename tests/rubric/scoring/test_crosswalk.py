"""What carries over between two schemes, there and back, and what is wrong with a crosswalk that says so."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.library.preload import preload_added
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, Unmet
from rubric.model.conditions import answer_outcome
from rubric.model.scheme import Scheme
from rubric.parsing.faults import FaultsFoundError
from rubric.scoring.crosswalk import Crosswalk, carry_answers, shared_evidence
from tests.rubric.builders import answers_to, computed, item, line_of, scheme_of, sheet_of

pytestmark = pytest.mark.slow

NOT_SOLD = NotApplicable("not sold here")
LIBRARY = Library.from_folders()
SHIPPED_WALK = SHIPPED_SCHEMES / "crosswalks" / "gbt27922-2011-cteas-2017.yaml"


def left() -> Scheme:
    items = [item("a", 10), item("b", 10), item("c", 10, "sampled"), item("d", 10, "sampled"), item("e", 10)]
    return scheme_of([*items, item("f", 50, deletable=False)], id="left")


def right() -> Scheme:
    items = [item("p", 20, "sampled"), item("q", 20), item("r", 20), item("s", 40, deletable=False)]
    return scheme_of(items, id="right")


def walk(*ties: Mapping[str, object]) -> Crosswalk:
    value = {"id": "w", "from": "left", "to": "right", "source": "proposed", "ties": list(ties)}
    return Crosswalk.model_validate(value)


def tie(ours: str, theirs: str, carry: str = "answer", **more: str) -> dict[str, object]:
    """A tie of indicators that are single letters."""
    return {"from": list(ours), "to": list(theirs), "carry": carry, "source": "proposed", **more}


def over(which: Crosswalk, **answers: Answer) -> dict[str, Answer]:
    """From left to right."""
    return {key: one.answer for key, one in carry_answers(which, left(), right(), sheet_of(answers)).items()}


def back(which: Crosswalk, **answers: Answer) -> dict[str, Answer]:
    return {key: one.answer for key, one in carry_answers(which, right(), left(), sheet_of(answers)).items()}


@pytest.mark.parametrize("answer", [Met(), Unmet(), Sampled(40, 37), Sampled(3, 0), NOT_SOLD])
def test_one_tied_to_one_carries_its_answer_as_it_is_where_the_other_takes_it(answer: Answer) -> None:
    assert over(walk(tie("c", "p")), c=answer) == {"p": answer}


def test_counts_say_nothing_where_no_samples_are_drawn_unless_all_or_none_conform() -> None:
    which = walk(tie("c", "q"))
    assert over(which, c=Sampled(40, 37)) == {}
    assert over(which, c=Sampled(40, 40)) == {"q": Met()}
    assert over(which, c=Sampled(40, 0)) == {"q": Unmet()}


def test_not_applicable_carries_only_where_it_is_allowed() -> None:
    assert over(walk(tie("a", "q")), a=NOT_SOLD) == {"q": NOT_SOLD}
    assert over(walk(tie("a", "s")), a=NOT_SOLD) == {}


def test_several_to_one_are_met_only_together() -> None:
    which = walk(tie("ab", "q"))
    assert over(which, a=Met()) == {}
    assert over(which, a=Met(), b=Met()) == {"q": Met()}
    assert over(walk(tie("ac", "q")), a=Met(), c=Sampled(9, 9)) == {"q": Met()}
    assert over(walk(tie("ac", "q")), a=Met(), c=Sampled(9, 8)) == {}
    assert over(which, a=NOT_SOLD, b=NOT_SOLD) == {}


def test_any_unmet_of_several_makes_the_one_unmet_only_where_the_tie_says_so() -> None:
    assert over(walk(tie("ab", "q")), a=Met(), b=Unmet()) == {}
    said = walk(tie("ab", "q", any_unmet="unmet"))
    assert over(said, a=Met(), b=Unmet()) == {"q": Unmet()}
    assert over(said, b=Unmet()) == {"q": Unmet()}
    assert back(said, q=Unmet()) == {}
    assert back(said, q=Met()) == {"a": Met(), "b": Met()}


def test_evidence_goes_over_both_ways_and_answers_do_not() -> None:
    which = walk(tie("a", "q", "evidence"), tie("bc", "q"))
    assert over(which, a=Met()) == {}
    assert shared_evidence(which, left(), right()) == {"q": ("a", "b", "c")}
    assert shared_evidence(which, right(), left()) == {"a": ("q",), "b": ("q",), "c": ("q",)}


def test_each_answer_says_from_where_it_came() -> None:
    found = carry_answers(walk(tie("ab", "q")), left(), right(), sheet_of({"a": Met(), "b": Met()}))
    assert found["q"].origins == ("a", "b")


def test_ends_that_a_version_does_not_have_are_passed_by() -> None:
    assert over(walk(tie("az", "q"), tie("b", "y"), tie("c", "r")), a=Met(), b=Met(), c=Met()) == {"r": Met()}


def test_an_answer_to_what_is_not_asked_does_not_go_over() -> None:
    asked_if = {"figure": "staff", "at_least": "10"}
    here = scheme_of([item("a", 50, asked_if=asked_if), item("b", 50)], id="left")
    which = walk(tie("a", "q"))
    for staff, found in ((9, set()), (10, {"q"})):
        assert set(carry_answers(which, here, right(), sheet_of({"a": Met()}, {"staff": staff}))) == found


def answered(scheme: Scheme) -> st.SearchStrategy[dict[str, Answer]]:
    """Any answers that the scheme's indicators take."""
    each: dict[str, st.SearchStrategy[Answer | None]] = {
        one.id: answers_to(one.type) if one.deletable else st.sampled_from([None, Met(), Unmet()])
        for one in scheme.indicators
        if one.requires is None
    }
    return st.fixed_dictionaries(each).map(
        lambda found: {key: answer for key, answer in found.items() if answer is not None}
    )


@st.composite
def walks(draw: st.DrawFn) -> Crosswalk:
    """Any crosswalk between left and right that checks."""
    ours, theirs = list(left().indicator_by_id), list(right().indicator_by_id)
    ties = []
    for _ in range(draw(st.integers(1, 4))):
        if not ours or not theirs:
            break
        one = "".join(draw(st.lists(st.sampled_from(ours), min_size=1, max_size=3, unique=True)))
        other = "".join(draw(st.lists(st.sampled_from(theirs), min_size=1, max_size=2, unique=True)))
        single = (len(one) == 1) != (len(other) == 1)
        ties.append(tie(one, other, any_unmet=draw(st.sampled_from(["ask", "unmet"] if single else ["ask"]))))
        ours, theirs = [x for x in ours if x not in one], [x for x in theirs if x not in other]
    return walk(*ties)


def worth(answer: Answer) -> object:
    """What an answer earns: counts as their share."""
    match answer:
        case Sampled(sampled, conforming):
            return answer_outcome(answer) if conforming in (0, sampled) else answer
    return answer_outcome(answer)


@given(walks(), answered(left()))
def test_carrying_there_and_back_never_invents_an_answer(
    which: Crosswalk, answers: dict[str, Answer]
) -> None:
    there = over(which, **answers)
    for indicator, answer in back(which, **there).items():
        assert worth(answers[indicator]) == worth(answer)


@given(st.data())
def test_the_shipped_crosswalk_never_invents_an_answer(data: st.DataObject) -> None:
    (which,) = LIBRARY.crosswalks
    here, there = LIBRARY.scheme(which.from_), LIBRARY.scheme(which.to)
    answers = data.draw(answered(here))
    over_there = {
        key: one.answer for key, one in carry_answers(which, here, there, sheet_of(answers)).items()
    }
    for key, answer in over_there.items():
        assert there.indicator_by_id[key].requires is None
        assert there.indicator_by_id[key].type == "sampled" or not isinstance(answer, Sampled)
    for key, one in carry_answers(which, there, here, sheet_of(over_there)).items():
        assert worth(answers[key]) == worth(one.answer)


def test_the_shipped_crosswalk_carries_most_of_what_is_asked() -> None:
    (which,) = LIBRARY.crosswalks
    here, there = LIBRARY.scheme(which.from_), LIBRARY.scheme(which.to)
    all_met = AnswerSheet({}, {one.id: Met() for one in here.indicators if one.requires is None})
    found = carry_answers(which, here, there, all_met)
    assert 20 <= len(found) < len(there.indicators)
    assert set(shared_evidence(which, here, there)) > set(found)
    assert LIBRARY.crosswalks.schemes_tied_to(which.to) == [which.from_]
    assert LIBRARY.crosswalks.find_between(which.to, which.from_) is which


# --- what is wrong with one ---------------------------------------------------------------------------------------

OWN = SHIPPED_WALK.read_text(encoding="utf-8").replace("id: gbt27922-2011-cteas-2017", "id: own")
FAULTY = {
    "an id that is not its file's": ("id: own", "id: other", "id: other", "place"),
    "no such scheme": ("to: cteas-2017", "to: cteas-2018", "to: cteas-2018", "unknown_scheme"),
    "one scheme alone": ("to: cteas-2017", "to: gbt27922-2011", "to: gbt27922-2011", "unknown_scheme"),
    "no such indicator": ("[5.1.7.1]", "[5.1.7.9]", "5.1.7.9", "unknown_indicator"),
    "an indicator of the other scheme": ('to: ["1.1"]', "to: [5.1.1.1]", "5.1.7.1]", "unknown_indicator"),
    "no such condition": ("[legal_status,", "[legal_statis,", "legal_statis", "unknown_condition"),
    "a condition of one alone": ("[legal_status,", "[base_assessment,", "base_assessment", "unknown_condition"),
    "a condition twice": ("[legal_status,", "[permits,", "conditions: [permits", "twice"),
    "a computed end": ("to: [\"4.2\"], carry: evidence", "to: [\"4.2\"], carry: answer", "5.1.2.2", "computed"),
    "an answer tied twice": ("to: [\"1.4\"], carry: evidence", "to: [\"1.3\"], carry: answer", "5.1.3.1", "twice"),
    "a tie twice": ("from: [5.1.3.1], to: [\"1.4\"]", "from: [5.1.6.4], to: [\"2.3\"]", "[5.1.6.4], to", "twice"),
    "any unmet of one": ("to: [\"1.1\"], carry: answer", "to: [\"1.1\"], carry: answer, any_unmet: unmet",
                         "any_unmet: unmet", "any_unmet"),
    "any unmet of evidence": ("to: [\"1.4\"], carry: evidence", "to: [\"1.4\"], carry: evidence, any_unmet: unmet",
                              "[5.1.3.1]", "any_unmet"),
    "an unknown key": ("source: proposed", "sauce: proposed", "sauce", "unknown_key"),
    "what carries": ("carry: answer", "carry: answers", "5.1.7.1", "value"),
    "nothing tied": ("from: [5.1.7.1]", "from: []", "5.1.7.2", "value"),
}  # fmt: skip


def own_walk(folder: Path, text: str = OWN, name: str = "own") -> Path:
    (folder / "crosswalks").mkdir(exist_ok=True)
    path = folder / "crosswalks" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("old", "new", "marker", "code"), FAULTY.values(), ids=list(FAULTY))
def test_a_fault_of_a_crosswalk_says_where_it_is(
    old: str, new: str, marker: str, code: str, tmp_path: Path
) -> None:
    assert old in OWN
    path = own_walk(tmp_path, OWN.replace(old, new, 1))
    found = check_paths([tmp_path])
    assert (path, code) in [(fault.path, fault.code) for fault in found]
    if code not in ("value", "twice"):
        assert any(fault.line == line_of(path, marker) for fault in found if fault.code == code)
    assert check_paths([path]) == found
    with pytest.raises(FaultsFoundError):
        preload_added(Library.from_folders([tmp_path]))


def test_what_is_not_there_is_told_with_the_nearest_that_is(tmp_path: Path) -> None:
    own_walk(tmp_path, OWN.replace("to: cteas-2017", "to: cteas-2018"))
    (fault,) = check_paths([tmp_path])
    assert "did you mean 'cteas-2017'? Allowed here: cteas-2017, gbt27922-2011" in fault.message


def test_a_crosswalk_that_is_right_has_no_fault_wherever_it_lies(tmp_path: Path) -> None:
    path = own_walk(tmp_path)
    assert check_paths([tmp_path]) == check_paths([path]) == check_paths([path.parent]) == []
    library = Library.from_folders([tmp_path])
    preload_added(library)
    assert [each.id for each in library.crosswalks] == ["gbt27922-2011-cteas-2017", "own"]


def test_two_crosswalks_of_one_pair_and_an_id_that_is_taken_are_told(tmp_path: Path) -> None:
    own_walk(tmp_path)
    second = own_walk(tmp_path, OWN.replace("id: own", "id: second"), "second")
    (fault,) = check_paths([tmp_path])
    assert (fault.path, fault.code) == (second, "twice")
    second.unlink()
    shipped = own_walk(tmp_path, SHIPPED_WALK.read_text("utf-8"), SHIPPED_WALK.stem)
    assert shipped in [
        each.path for each in check_paths([tmp_path], SHIPPED_SCHEMES) if "this id" in each.message
    ]
    with pytest.raises(FaultsFoundError, match="a crosswalk of this id is there already"):
        Library.from_folders([tmp_path])


def test_a_file_that_nobody_would_read_is_told(tmp_path: Path) -> None:
    own_walk(tmp_path)
    stray = tmp_path / "crosswalks" / "own.yml"
    stray.write_text("a: b", encoding="utf-8")
    assert [(each.path, each.code) for each in check_paths([tmp_path])] == [(stray, "file_name")]


def test_a_scheme_with_faults_of_its_own_hides_nothing_of_a_crosswalk_but_its_ends(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "1.yaml").write_text("id: bad\n", encoding="utf-8")
    path = own_walk(tmp_path, OWN.replace("to: cteas-2017", "to: bad").replace("[5.1.7.1]", "[5.1.7.9]"))
    codes = [fault.code for fault in check_paths([path])]
    assert codes == ["unknown_indicator"]


def test_a_computed_indicator_never_gets_an_answer() -> None:
    there = scheme_of([computed("q", 50), item("r", 50)], id="right")
    assert carry_answers(walk(tie("a", "q")), left(), there, sheet_of({"a": Met()})) == {}


def test_the_shipped_file_is_written_for_authors() -> None:
    value = yaml.safe_load(SHIPPED_WALK.read_text("utf-8"))
    assert {each["source"] for each in value["ties"]} == {"proposed"}


def test_what_lies_over_a_scheme_changes_nothing_of_its_ties() -> None:
    (which,) = LIBRARY.crosswalks
    overlay = next(
        name for name in LIBRARY.overlays.names() if LIBRARY.overlays.overlay(name, "1").over == which.from_
    )
    here = LIBRARY.scheme(f"{which.from_}+{overlay}")
    there = LIBRARY.scheme(which.to)
    answers = sheet_of({one.id: Met() for one in here.indicators if one.requires is None})
    plain_scheme = LIBRARY.scheme(which.from_)
    assert set(carry_answers(which, here, there, answers)) == set(
        carry_answers(which, plain_scheme, there, answers)
    )
    assert LIBRARY.crosswalks.find_between(there.id, here.id) is which
    assert LIBRARY.crosswalks.schemes_tied_to(here.id) == [which.to]
