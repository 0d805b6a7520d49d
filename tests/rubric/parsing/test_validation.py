"""An author's slip is answered with its place and with what is allowed, in plain English."""

from pathlib import Path

import pytest

from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.parsing.document import read_document
from rubric.parsing.faults import MAX_FAULTS, Fault, FaultsFoundError
from rubric.parsing.validation import build_model, unknown_name_message
from tests.rubric.builders import SHIPPED_TEXT, Folder, edit, line_of

ID = "an id of a-z, 0-9, '.', '_' and '-' (at most 64, a letter or digit first)"

KINDS = f"a list of at least one ([a, b] or one '- …' a line), each item {ID}"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def faults_of(path: Path, model: type[Scheme] | type[SchemeText] = Scheme) -> tuple[Fault, ...]:
    with pytest.raises(FaultsFoundError) as found:
        build_model(model, read_document(path))
    return found.value.faults


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ("deletable: yes", "deletabel: yes", "deletabel",
         "'deletabel' is unknown; did you mean 'deletable'? Allowed here: "
         "asked_if, deletable, effort, group, id, points, requires, source, type"),
        (", effort: 2", "", "id: 5.1.1.1,", "'effort' is missing; it must be a whole number from 1 to 3"),
        ("type: sampled", "type: samples", "samples",
         "'type' must be qualitative, sampled or computed; here: 'samples'"),
        ("value: 40, source: standard", "value: 40, source: guess", "guess",
         "'source' must be standard, memory, proposed or body; here: 'guess'"),
        ("value: 40", "value: -40", "value: -40",
         "'value' must be a number from 0 to 1000 of at most 12 digits; here: '-40'"),
        ("value: 40", "value: forty", "forty",
         "'value' must be a number from 0 to 1000 of at most 12 digits; here: 'forty'"),
        ("value: 40", "value: ", "value: ,",
         "'value' must be a number from 0 to 1000 of at most 12 digits; here: nothing"),
        ("at_least: 70", "at_least: nan", "nan",
         "'at_least' must be a number from 0 to 100 of at most 12 digits; here: 'nan'"),
        ("kinds: [law, own_rules, trade, system]", "kinds: law", "kinds: law",
         f"'kinds' must be {KINDS}; here: 'law'"),
        ("kinds: [law, own_rules, trade, system]", "kinds: []", "kinds: []",
         f"'kinds' must be {KINDS}; here: a list of 0"),
        ("kinds: [law, own_rules,", "kinds: [law, Own Rules,", "Own Rules",
         f"item 2 of 'kinds' must be {ID}; here: 'Own Rules'"),
        ("effort: 2", "effort: 2.5", "effort: 2.5",
         "'effort' must be a whole number from 1 to 3; here: '2.5'"),
        ("points: {value: 40, source: standard}", "points: 40", "points: 40",
         "'points' must be a mapping with the keys value, source; here: '40'"),
        ("not_needed: yes", "not_needed: maybe", "maybe", "'not_needed' must be yes or no; here: 'maybe'"),
        ("id: legal_status", "id: Legal Status", "Legal Status", f"'id' must be {ID}; here: 'Legal Status'"),
        ("settings: {months: {", "settings: {Months!: {", "Months!",
         f"'Months!' must be {ID}; here: 'Months!'"),
        ("settings: {months: {value: 3, source: standard}}", "settings: 3", "settings: 3",
         "'settings' must be a mapping, each of its values a mapping with the keys value, source; here: '3'"),
        ("kind: ratio", "kind: ration", "ration", "'kind' must be ratio or limit; here: 'ration'"),
        ("kind: ratio, ", "", "staff_per_outlet", "'kind' is missing; it must be ratio or limit"),
        ("per: outlets, ", "", "staff_per_outlet", f"'per' is missing; it must be {ID}"),
        ("limit: staff,", "limits: staff,", "limits",
         "'limits' is unknown; did you mean 'limit'? Allowed here: figure, id, kind, limit, source"),
        ("type: computed", "type: qualitative", "- id: 5.1.2.2",
         "'requires' goes with type computed, and only with it"),
        ("- {grade: pass, at_least: 70, source: standard}", "- pass", "- pass",
         "item 1 of 'grades' must be a mapping with the keys grade, at_least, source (it may have needs); "
         "here: 'pass'"),
        ("before_due_days: [30, 14, 7, 1]", "before_due_days: {30: 1}", "before_due_days",
         "'before_due_days' must be a list ([a, b] or one '- …' a line), "
         "each item a whole number from 0 to 10000; here: a mapping"),
        ("at_most: 1,", "at_most: 2,", "at_most: 2", "'at_most' must be 0 or 1; here: '2'"),
        ("bonus: {points: 1, at_most: 1, source: standard}", "bonus: none", "bonus: none",
         "'bonus' must be a mapping with the keys points, at_most, source; here: 'none'"),
        ("version: 1", "version: 1.0", "version: 1.0",
         "'version' must be a whole number from 1 to 999999; here: '1.0'"),
        ("last_day: day_before_anniversary", "last_day: the_eve", "the_eve",
         "'last_day' must be day_before_anniversary or anniversary; here: 'the_eve'"),
    ],
)  # fmt: skip
def test_a_slip_in_the_structure_says_where_it_is_and_what_is_allowed(
    folder: Folder, old: str, new: str, marker: str, said: str
) -> None:
    edit(folder.version, old, new)
    told = [(fault.line, fault.message) for fault in faults_of(folder.version)]
    assert (line_of(folder.version, marker), said) in told


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ("    - A photograph\n", "", "evidence:",
         "'evidence' must be a list of exactly 3 ([a, b] or one '- …' a line), "
         "each item text of 1 to 400 characters; here: a list of 2"),
        ("locale: en", "locale: English", "English",
         "'locale' must be a language code such as en, zh-Hans, zh-Hant or pt-BR; here: 'English'"),
        ("locale: en", "locale: zh-CN", "zh-CN",
         "'locale' must be a language code such as en, zh-Hans, zh-Hant or pt-BR; here: 'zh-CN'"),
        ("question: Is it so?", f"question: {'x' * 401}", "xxx",
         f"'question' must be text of 1 to 400 characters; here: '{'x' * 39}…'"),
        ("title: A scheme", "title: [A, scheme]", "title: [A",
         "'title' must be text of 1 to 60 characters; here: a list of 2"),
        ("untrue:", "untruth:", "scheme: gbt", "'untrue' is missing; it must be text of 1 to 400 characters"),
    ],
)  # fmt: skip
def test_a_slip_in_the_words_says_where_it_is_and_what_is_allowed(
    folder: Folder, old: str, new: str, marker: str, said: str
) -> None:
    edit(folder.words(), old, new)
    faults = faults_of(folder.words(), SchemeText)
    assert (faults[0].line, faults[0].message) == (line_of(folder.words(), marker), said)


def test_a_file_that_holds_no_mapping_is_told_the_keys_of_one(folder: Folder) -> None:
    folder.version.write_text("- a\n- b\n", encoding="utf-8")
    (fault,) = faults_of(folder.version)
    assert fault.message.startswith("the file must be a mapping with the keys id, version, figures")
    assert fault.message.endswith("; here: a list of 2")


def test_all_slips_of_a_file_are_told_in_one_run_in_its_order(folder: Folder) -> None:
    for old, new in (
        ("version: 1", "version: one"),
        ("effort: 1", "effort: 9"),
        ("each: 1", "each: x"),
        ("id: staff", "id: S"),
    ):
        edit(folder.version, old, new)
    faults = faults_of(folder.version)
    assert [fault.line for fault in faults] == [
        line_of(folder.version, marker) for marker in ("version: one", "id: S", "effort: 9", "each: x")
    ]


def test_a_list_with_a_wrong_item_is_not_called_too_short_as_well(folder: Folder) -> None:
    edit(folder.words(), "- A photograph", "- ''")
    (fault,) = faults_of(folder.words(), SchemeText)
    assert fault.message == "item 2 of 'evidence' must be text of 1 to 400 characters; here: nothing"


def test_a_key_that_is_missing_is_placed_where_its_mapping_begins(folder: Folder) -> None:
    """Also in a rule of kind `limit`, which has a key of that name."""
    edit(folder.version, "figure: service_managers, limit", "limit")
    (fault,) = faults_of(folder.version)
    assert (fault.line, fault.column) == (line_of(folder.version, "managers_within_staff"), 5)


def test_of_thousands_of_slips_a_hundred_are_put_into_words(folder: Folder) -> None:
    folder.version.write_text(SHIPPED_TEXT + "".join(f"effort{n}: 1\n" for n in range(9_000)), "utf-8")
    faults = faults_of(folder.version)
    assert len(faults) == MAX_FAULTS + 1
    assert faults[-1].message == f"and {9_000 - MAX_FAULTS} more faults"


def test_an_unknown_name_is_met_with_the_nearest_and_with_those_allowed() -> None:
    assert unknown_name_message("staf", ["staff", "outlets"]) == (
        "'staf' is unknown; did you mean 'staff'? Allowed here: staff, outlets"
    )
    assert unknown_name_message("zebra", ["staff"]) == "'zebra' is unknown; allowed here: staff"
    assert unknown_name_message("zebra", []) == "'zebra' is unknown; allowed here: nothing"


def test_of_very_many_allowed_names_only_some_are_listed() -> None:
    assert unknown_name_message("x", [f"name{n}" for n in range(70)]).endswith("name58, name59 and 10 more")


@pytest.mark.parametrize(
    ("name", "allowed", "meant"),
    [
        ("outlet", ["staff", "outlets"], "outlets"),
        ("owm", ["own", "other"], "own"),
        ("gbt27922", ["gbt27922-2011", "cteas-2017"], "gbt27922-2011"),
        ("5.1.55", ["5.1.1", "5.1.5", "5.2.1"], "5.1.5"),
        ("9.9.9", ["5.1.1", "5.1.9"], None),
        ("5.1.9", ["5.1.1", "5.1.2", "5.1.3"], None),
        ("staff", ["figures", "grades"], None),
        ("", ["a"], None),
    ],
)
def test_a_guess_is_offered_only_where_it_is_near_and_the_only_one(
    name: str, allowed: list[str], meant: str | None
) -> None:
    assert ("did you mean" in unknown_name_message(name, allowed)) == (meant is not None)
    assert meant is None or f"did you mean '{meant}'?" in unknown_name_message(name, allowed)
