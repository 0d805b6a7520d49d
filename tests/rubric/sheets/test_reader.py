"""An answer sheet: what it may say, and every fault of it on its own line in one run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rubric.library.library import Library
from rubric.model.answers import Answer, AnswerSheet, Met, NotApplicable, Sampled, SpecialDeduction, Unmet
from rubric.model.scheme import Scheme
from rubric.parsing.faults import MAX_FAULTS
from rubric.scoring.score import score
from rubric.sheets.reader import SheetFaultsError, read_sheet
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder
from tests.rubric.scheme_versions import two_versions

FULL = """\
scheme: gbt27922-2011
profile: {staff: 2800, outlets: 300, service_managers: 26, certified_managers: 2}
answers:
  "5.1.1.1": met
  "5.1.1.2": {sampled: 40, conforming: 37}
  "5.2.6.2": {na: "no goods that must be recovered"}
  "5.3.1.2": unmet
special_deductions: [{kind: law, note: "a fine"}, {kind: system}]
bonus: {note: "ahead of the trade"}
"""

Read = Callable[..., tuple[Scheme, AnswerSheet]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a sheet of this text as SHEET.yaml, so that lines are those that a person sees."""
    monkeypatch.chdir(tmp_path)

    def reading(
        text: str, every: Answer | None = None, library: Library | None = None
    ) -> tuple[Scheme, AnswerSheet]:
        Path("SHEET.yaml").write_text(text, encoding="utf-8")
        return read_sheet(Path("SHEET.yaml"), library or Library.from_folders(), every)

    return reading


def faults_of(read: Read, text: str, library: Library | None = None) -> list[str]:
    with pytest.raises(SheetFaultsError) as found:
        read(text, library=library)
    assert str(found.value) == "\n".join(found.value.lines)
    return list(found.value.lines)


def test_a_sheet_says_all_that_a_grade_is_made_from(read: Read) -> None:
    scheme, sheet = read(FULL)
    assert scheme.id == GBT
    assert sheet == AnswerSheet(
        figures={"staff": 2800, "outlets": 300, "service_managers": 26, "certified_managers": 2},
        answers={
            "5.1.1.1": Met(),
            "5.1.1.2": Sampled(40, 37),
            "5.2.6.2": NotApplicable("no goods that must be recovered"),
            "5.3.1.2": Unmet(),
        },
        special_deductions=(SpecialDeduction("law", "a fine"), SpecialDeduction("system")),
        bonus="ahead of the trade",
    )


@pytest.mark.parametrize(
    "rest", ["", "profile:\nanswers:\nspecial_deductions:\n", "profile: {}\nanswers: {}\n"]
)
def test_what_is_left_out_or_left_blank_is_not_known(read: Read, rest: str) -> None:
    assert read(f"scheme: {GBT}\n{rest}")[1] == AnswerSheet({}, {}, (), None)


@pytest.mark.parametrize(("sampled", "conforming"), [(1, 0), (4, 4), (999_999_999_999, 1)])
def test_any_number_from_none_to_all_may_conform(read: Read, sampled: int, conforming: int) -> None:
    answers = f"{{5.1.1.2: {{sampled: {sampled}, conforming: {conforming}}}}}"
    assert read(f"scheme: {GBT}\nanswers: {answers}\n")[1].answers == {
        "5.1.1.2": Sampled(sampled, conforming)
    }


def test_met_on_a_sampled_indicator_means_that_all_conform(read: Read) -> None:
    scheme, sheet = read(f"scheme: {GBT}\nanswers: {{5.1.1.2: met}}\n")
    assert score(scheme, sheet).earned == 3


@pytest.mark.parametrize("every", [Met(), Unmet()])
def test_all_answers_what_the_sheet_does_not_name_computed_ones_excepted(read: Read, every: Answer) -> None:
    scheme, sheet = read(FULL, every)
    assert sheet.answers["5.1.1.2"] == Sampled(40, 37)
    assert sheet.answers["5.3.2.3"] == every
    assert set(scheme.indicator_by_id) - set(sheet.answers) == {"5.1.2.2"}


ANSWER_FORMS = "met, unmet, {sampled: N, conforming: N} or {na: REASON}"


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ('answers: {"5.1.1.2": {sampled: 40, conforming: 41}}',
         'answers."5.1.1.2".conforming: 41 is more than sampled (40)'),
        ('answers: {"5.1.1.2": {sampled: 0, conforming: 0}}',
         'answers."5.1.1.2".sampled: 0 samples say nothing; leave the indicator out or sample at least 1'),
        ('answers: {"5.1.1.2": {sampled: -4, conforming: 1}}',
         'answers."5.1.1.2".sampled: -4 is not a whole number from 0 up (at most 12 digits)'),
        ('answers: {"5.1.1.2": {sampled: 40, conforming: 37.5}}',
         'answers."5.1.1.2".conforming: 37.5 is not a whole number from 0 up (at most 12 digits)'),
        ('answers: {"5.1.1.2": {sampled: 40}}', 'answers."5.1.1.2".conforming: missing'),
        ('answers: {"5.1.1.2": {conforming: 40}}', 'answers."5.1.1.2".sampled: missing'),
        ('answers: {"5.1.1.1": {sampled: 4, conforming: 4}}',
         'answers."5.1.1.1": is all or nothing (qualitative); allowed: met or unmet'),
        ('answers: {"5.2.6.2": {na: ""}}', 'answers."5.2.6.2".na: not applicable needs a reason'),
        ('answers: {"5.2.6.2": {na: [a]}}', 'answers."5.2.6.2".na: must be text'),
        (f'answers: {{"5.2.6.2": {{na: {"x" * 2001}}}}}',
         'answers."5.2.6.2".na: is longer than 2000 characters'),
        ('answers: {"5.2.6.2": na}', f"answers.\"5.2.6.2\": 'na' is no answer; allowed: {ANSWER_FORMS}"),
        ('answers: {"5.2.6.2": {}}', f'answers."5.2.6.2": this is no answer; allowed: {ANSWER_FORMS}'),
        ('answers: {"5.2.6.2": [met]}', f'answers."5.2.6.2": this is no answer; allowed: {ANSWER_FORMS}'),
        ('answers: {"5.1.1.2": {sampled: 4, conforming: 4, na: x}}',
         f'answers."5.1.1.2": this is no answer; allowed: {ANSWER_FORMS}'),
        ('answers: {"5.1.1.2": {sampled: 4, conforming: 4, extra: x}}',
         "answers.\"5.1.1.2\".extra: 'extra' is unknown; allowed here: sampled, conforming"),
        ('answers: {"5.2.6.2": {na: "not sold", extra: x}}',
         "answers.\"5.2.6.2\".extra: 'extra' is unknown; allowed here: na"),
        ('answers: {"5.1.1.2": {smapled: 4}}',
         "answers.\"5.1.1.2\".smapled: 'smapled' is unknown; did you mean 'sampled'? Allowed here: "
         "sampled, conforming, na"),
        ('answers: {"5.2.6.2": {na: " \u202e\u200b"}}', 'answers."5.2.6.2".na: not applicable needs a reason'),
        ('answers: {"5.1.1.1": {na: "not here"}}',
         'answers."5.1.1.1": not applicable is not allowed for this indicator'),
        ('answers: {"5.1.2.2": met}',
         'answers."5.1.2.2": is computed from the profile; give the figures there and no answer here'),
        ('answers: {"5.3.2": met}',
         'answers."5.3.2": is a group, not an indicator; answer each of 5.3.2.1, 5.3.2.2, 5.3.2.3'),
        ("answers: [met]", "answers: must be a mapping"),
        ("profile: 7", "profile: must be a mapping"),
        ("profile: {staff: many}", "profile.staff: many is not a whole number from 0 up (at most 12 digits)"),
        ("profile: {staff: }", "profile.staff: this is not a whole number from 0 up (at most 12 digits)"),
        ("profile: {staff: [1]}", "profile.staff: this is not a whole number from 0 up (at most 12 digits)"),
        ("profile: {staff: 100000001}", "profile.staff: 100000001 is more than 100000000"),
        ("profile: {staf: 3}",
         "profile.staf: 'staf' is unknown; did you mean 'staff'? Allowed here: "
         "staff, outlets, service_managers, certified_managers"),
        ("special_deductions: {kind: law}", "special_deductions: must be a list of {kind: …, note: …}"),
        ("special_deductions: [law]", "special_deductions.0: must be {kind: …, note: …}"),
        ("special_deductions: [{note: x}]",
         "special_deductions.0.kind: missing; allowed: law, own_rules, trade, system"),
        ("special_deductions: [{kind: law}, {kind: laws}]",
         "special_deductions.1.kind: 'laws' is not one of them; allowed: law, own_rules, trade, system"),
        ("special_deductions: [{kind: [law]}]",
         "special_deductions.0.kind: not text; allowed: law, own_rules, trade, system"),
        ("special_deductions: [{kind: law, notes: x}]",
         "special_deductions.0.notes: 'notes' is unknown; did you mean 'note'? Allowed here: kind, note"),
        ("special_deductions: [{kind: law, note: {}}]", "special_deductions.0.note: must be text"),
        ("bonus: yes", "bonus: must be {note: …}"),
        ("bonus: {reason: x}", "bonus.reason: 'reason' is unknown; allowed here: note"),
        ("bonus: {note: [x]}", "bonus.note: must be text"),
        ("answer: {}",
         "answer: 'answer' is unknown; did you mean 'answers'? Allowed here: "
         "scheme, profile, answers, special_deductions, bonus"),
        ('"a b": 1',
         '"a b": \'a b\' is unknown; allowed here: scheme, profile, answers, special_deductions, bonus'),
    ],
)  # fmt: skip
def test_a_fault_is_one_line_with_its_place(read: Read, part: str, line: str) -> None:
    assert faults_of(read, f"scheme: {GBT}\n{part}\n") == [f"SHEET.yaml: {line}"]


def test_an_unknown_indicator_is_met_with_the_nearest(read: Read) -> None:
    (line,) = faults_of(read, f'scheme: {GBT}\nanswers: {{"5.1.1.11": met}}\n')
    assert line.startswith("SHEET.yaml: answers.\"5.1.1.11\": '5.1.1.11' is unknown; did you mean '5.1.1.1'?")


def test_every_fault_is_told_in_one_run_and_nothing_is_graded(read: Read) -> None:
    text = f"""\
scheme: {GBT}
grade: 5-star
profile: {{staff: -1}}
answers:
  "5.1.1.2": {{sampled: 40, conforming: 41}}
  "5.1": met
special_deductions: [{{kind: crime}}]
bonus: 3
"""
    assert [line.split(": ")[1] for line in faults_of(read, text)] == [
        "grade",
        "profile.staff",
        'answers."5.1.1.2".conforming',
        'answers."5.1"',
        "special_deductions.0.kind",
        "bonus",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answers: {}", "scheme: missing; allowed: "),
        ("scheme: [a]", "scheme: must be the name of a scheme"),
        ("scheme: gbt27922", f"scheme: 'gbt27922' is unknown; did you mean '{GBT}'?"),
        (f"scheme: {GBT}+x", "scheme: 'x' is unknown"),
    ],
)
def test_without_its_scheme_all_is_told_that_is_wrong_in_any(read: Read, text: str, said: str) -> None:
    rest = """
nonsense: 1
profile: {staff: -1, anything: 3}
special_deductions: [{kind: [law]}, {kind: anything, note: {}}]
bonus: {reason: x}
"""
    answers = '{"1": {sampled: 4, conforming: 5}, "2": {na: ""}, "3": maybe, "4": met}'
    text = text.replace("answers: {}", "") + f"\nanswers: {answers}" + rest
    lines = faults_of(read, text)
    assert lines[0].startswith(f"SHEET.yaml: {said}")
    assert [line.split(": ")[1] for line in lines[1:]] == [
        "nonsense",
        "profile.staff",
        "answers.1.conforming",
        "answers.2.na",
        "answers.3",
        "special_deductions.0.kind",
        "special_deductions.1.note",
        "bonus.reason",
    ]


def test_a_sheet_that_is_no_mapping_is_told_its_keys(read: Read) -> None:
    assert faults_of(read, "- a") == [
        "SHEET.yaml: a sheet is a mapping with the keys scheme, profile, answers, special_deductions, bonus"
    ]


def test_faults_of_the_form_hide_none_of_the_content_and_look_alike(read: Read) -> None:
    text = f"""\
scheme: {GBT}
profile: &p {{staff: many}}
answers:
  "5.1.1.1": {{sampled: 4, conforming: 4}}
  "5.1.1.1": maybe
  "5.1.1.2": *p
  "5.2.6.2": {{na: "\\u0007"}}
  <<: met
  [5.3.1.2]: met
bonus: {{note: !mine fine, notes: x}}
profile: {{staff: 3, staf: 3}}
"""
    allowed = "staff, outlets, service_managers, certified_managers"
    forms = f"allowed: {ANSWER_FORMS}"
    assert faults_of(read, text) == [
        "SHEET.yaml: profile: '&p': anchors are not allowed; write the value out (line 2)",
        "SHEET.yaml: answers.\"5.1.1.1\": '5.1.1.1' stands twice here; keep one (line 5)",
        "SHEET.yaml: answers.\"5.1.1.2\": '*p': aliases are not allowed; write the value out (line 6)",
        'SHEET.yaml: answers."5.2.6.2".na: the character U+0007 is not allowed; use printable text (line 7)',
        "SHEET.yaml: answers.\"<<\": '<<': merge keys are not allowed; write the keys out (line 8)",
        'SHEET.yaml: answers."?": a key must be plain text (line 9)',
        "SHEET.yaml: bonus.note: '!mine': tags are not allowed; write the plain value (line 10)",
        "SHEET.yaml: profile: 'profile' stands twice here; keep one (line 11)",
        f"SHEET.yaml: profile.staf: 'staf' is unknown; did you mean 'staff'? Allowed here: {allowed}",
        f"SHEET.yaml: answers.\"5.1.1.1\": 'maybe' is no answer; {forms}",
        "SHEET.yaml: bonus.notes: 'notes' is unknown; did you mean 'note'? Allowed here: note",
        'SHEET.yaml: answers."5.1.1.1": is all or nothing (qualitative); allowed: met or unmet',
        "SHEET.yaml: profile.staff: many is not a whole number from 0 up (at most 12 digits)",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "line 1, column 1: the file is empty"),
        ("scheme: x\nanswers: [", "line 3, column 1: this is not YAML: "),
        ("[" * 50, "line 1, column 22: nested deeper than 20 levels"),
    ],
)
def test_where_a_file_cannot_be_read_to_its_end_only_that_is_told(read: Read, text: str, line: str) -> None:
    (told,) = faults_of(read, text)
    assert told.startswith(f"SHEET.yaml: {line}")


def test_a_character_that_cannot_be_typed_hides_nothing(read: Read) -> None:
    assert faults_of(read, f"# \a\a\nscheme: {GBT}\nbonus: 3\n") == [
        "SHEET.yaml: line 1, column 3: the character U+0007 is not allowed; use printable text"
        " (1 more such in the file)",
        "SHEET.yaml: bonus: must be {note: …}",
    ]


def test_a_file_that_is_not_there_is_told_by_its_name_made_visible(tmp_path: Path) -> None:
    with pytest.raises(SheetFaultsError) as found:
        read_sheet(Path("\x1b[31m\u202eteehs\n.yaml"), Library.from_folders())
    assert str(found.value) == "\\x1b[31m\\u202eteehs\\n.yaml: there is no such file"


def test_both_faults_of_a_deduction_are_told(read: Read) -> None:
    lines = faults_of(read, f"scheme: {GBT}\nspecial_deductions: [{{kind: laws, note: [x], why: y}}]\n")
    assert [line.split(": ")[1] for line in lines] == [
        "special_deductions.0.why",
        "special_deductions.0.kind",
        "special_deductions.0.note",
    ]


def test_a_scheme_without_a_bonus_gives_none(read: Read, tmp_path: Path) -> None:
    own = SHIPPED_TEXT.replace(f"id: {GBT}", "id: own").replace("at_most: 1", "at_most: 0")
    folder = Folder(tmp_path / "schemes", own, "own")
    library = Library.from_folders([folder.path.parent])
    assert faults_of(read, "scheme: own\nbonus: {note: x}\n", library) == [
        "SHEET.yaml: bonus: this scheme has no bonus"
    ]


def test_thousands_of_faults_are_all_told_the_first_with_what_is_allowed(read: Read) -> None:
    answers = "".join(f'  "6.{n}": met\n' for n in range(5_000))
    lines = faults_of(read, f"scheme: {GBT}\nanswers:\n{answers}")
    assert len(lines) == 5_000
    assert "allowed here: 5.1.1.1, " in lines[MAX_FAULTS - 1]
    assert lines[-1] == "SHEET.yaml: answers.\"6.4999\": '6.4999' is unknown"


def test_what_a_line_quotes_is_short_and_on_one_line(read: Read) -> None:
    (line,) = faults_of(read, f'scheme: {GBT}\n? "a\\n\\"{"b" * 300}"\n: 1\n')
    assert line.startswith('SHEET.yaml: "a\\n\\"bbb')
    assert "\n" not in line
    assert len(line) < 300


def test_a_sheet_may_name_the_version_that_it_was_answered_under(read: Read, tmp_path: Path) -> None:
    library = two_versions(tmp_path / "mine")
    sheet = 'scheme: own@1\nanswers: {"5.1.6.4": met}'
    scheme, _ = read(sheet, library=library)
    assert scheme.version == "1"
    (line,) = faults_of(read, sheet.replace("@1", "@2"), library)
    assert "'5.1.6.4' is unknown" in line
    (line,) = faults_of(read, "scheme: own@9", library)
    assert "there is no own@9 among the schemes" in line
