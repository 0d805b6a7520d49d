"""What a certification body's profile says, what it changes, and how a wrong one is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing.trades_and_provinces import trade_codes
from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.library.preload import preload_added
from rubric.model.bodies import OPTIONAL_STAGES, STAGE_ORDER, TRADES, BodyProfile
from rubric.model.fields import Source
from rubric.model.lifecycle import Lifecycle
from rubric.parsing.document import read_document
from rubric.parsing.faults import MAX_FAULTS, FaultsFoundError
from rubric.rules.bodies import check_body
from tests.rubric.body_profiles import Profile
from tests.rubric.builders import GBT, SHIPPED_TEXT, Folder, edit, gbt, line_of


@pytest.fixture
def quick(tmp_path: Path) -> Profile:
    return Profile(tmp_path)


def default() -> BodyProfile:
    return Library.from_folders().bodies.body("default")


class TestDefault:
    def test_it_has_every_stage_and_marks_each(self) -> None:
        assert [stage.id for stage in default().stages] == list(STAGE_ORDER)
        acting = {stage.id for stage in default().stages if stage.who == "enterprise"}
        assert acting == {"application", "contract", "corrective_actions"}

    def test_corrective_actions_have_thirty_days_by_our_proposal(self) -> None:
        stage = default().stage_by_id["corrective_actions"]
        assert (stage.limit_days, stage.source) == (30, Source.PROPOSED)

    def test_fee_and_duration_are_what_bodies_publish(self) -> None:
        fees, duration = default().fees, default().duration
        assert (int(fees.at_least), fees.source, fees.per_day.source) == (4000, Source.BODY, Source.PROPOSED)
        assert (duration.at_least, duration.at_most, duration.source) == (1, 3, Source.BODY)
        assert default().audit_days.source == Source.PROPOSED

    def test_it_leaves_every_life_cycle_as_it_is(self) -> None:
        assert default().apply_to_lifecycle(gbt().lifecycle) == gbt().lifecycle

    def test_the_papers_bear_on_indicators_that_there_are(self) -> None:
        known = {indicator.id for indicator in gbt().indicators}
        borne = {each for material in default().materials for each in material.indicators}
        assert borne
        assert borne <= known

    def test_it_speaks_every_language_and_each_has_its_own_words(self) -> None:
        library = Library.from_folders()
        texts = [library.bodies.text("default", locale) for locale in ("zh-Hans", "zh-Hant", "en")]
        assert [text.locale for text in texts] == ["zh-Hans", "zh-Hant", "en"]
        assert len({text.title for text in texts}) == 3
        assert {len(text.refused_if) for text in texts} == {3}


class TestOfOneScheme:
    def test_it_is_offered_for_its_scheme_alone_and_first(self) -> None:
        library = Library.from_folders()
        (named,) = [name for name in library.bodies.names() if library.bodies.body(name).schemes]
        (scheme,) = library.bodies.body(named).schemes
        assert library.bodies.for_scheme(scheme) == [named, "default"]
        assert named not in library.bodies.for_scheme(GBT)

    def test_its_papers_bear_on_indicators_of_its_scheme(self) -> None:
        library = Library.from_folders()
        for body in map(library.bodies.body, library.bodies.names()):
            for scheme in body.schemes:
                borne = {each for material in body.materials for each in material.indicators}
                assert borne <= set(library.scheme(scheme).indicator_by_id)

    def test_a_scheme_that_is_not_there_is_told(self, quick: Profile) -> None:
        edit(quick.path, "lifecycle:", "schemes: [gbt27922-2012]\nlifecycle:")
        (fault,) = check_paths([quick.root])
        assert (fault.code, fault.line) == ("unknown_scheme", 2)
        assert "did you mean 'gbt27922-2011'?" in fault.message


def test_the_trades_are_those_that_the_talk_offers() -> None:
    assert trade_codes() == TRADES


class TestAnotherBody:
    def test_it_is_offered_beside_the_default_one(self, quick: Profile) -> None:
        assert quick.library().bodies.names() == ["cteas", "default", "quick"]
        assert quick.library().bodies.for_scheme(GBT) == ["default", "quick"]
        assert quick.library().bodies.text("quick", "en").title == "The quick body"

    def test_its_figures_lie_over_the_schemes(self, quick: Profile) -> None:
        scheme = gbt().lifecycle
        with_it = quick.library().bodies.body("quick").apply_to_lifecycle(scheme)
        assert (with_it.suspension.revoked_after_months, with_it.suspension.source) == (3, Source.BODY)
        assert with_it.recertification.stands_for_last_surveillance
        assert with_it.suspension.block_months == scheme.suspension.block_months
        assert (with_it.surveillance, with_it.reminders) == (scheme.surveillance, scheme.reminders)

    def test_it_may_lack_the_stages_that_bodies_differ_in(self, quick: Profile) -> None:
        assert "contract" not in quick.library().bodies.body("quick").stage_by_id
        edit(
            quick.path,
            "  - {id: document_review, who: body, working_days: {at_least: 3, at_most: 5}, source: memory}\n",
            "",
        )
        edit(quick.words(), '  document_review: {title: Review, what: "The body reads."}\n', "")
        assert {"contract", "document_review"} == OPTIONAL_STAGES
        assert check_paths([quick.root]) == []

    def test_a_language_that_it_has_no_words_in_gets_the_first_that_it_has(self, quick: Profile) -> None:
        assert quick.library().bodies.text("quick", "zh-Hans").locale == "en"

    def test_it_is_read_once(self, quick: Profile) -> None:
        library = quick.library()
        preload_added(library)
        body, text = library.bodies.body("quick"), library.bodies.text("quick", "en")
        quick.path.unlink()
        assert library.bodies.body("quick") is body
        assert library.bodies.text("quick", "en") is text

    def test_a_profile_is_no_scheme(self, quick: Profile) -> None:
        (quick.root / "bodies" / "1.yaml").write_text("id: 1", encoding="utf-8")
        assert quick.library().names() == Library.from_folders().names()

    def test_the_default_one_stands_in_for_one_that_is_gone(self, quick: Profile) -> None:
        assert quick.library().bodies.body_or_default("quick").id == "quick"
        assert Library.from_folders().bodies.body_or_default("quick").id == "default"
        assert Library.from_folders().bodies.body_or_default(None).id == "default"

    @given(months=st.integers(0, 10_000), days=st.integers(0, 10_000))
    def test_any_figure_that_a_scheme_may_have_a_body_may_have(self, months: int, days: int) -> None:
        changed = {"suspension": {"revoked_after_months": str(months), "grace_days": str(days)}}
        body = default().model_copy(update={"lifecycle": changed})
        expected = gbt().lifecycle.suspension.model_copy(
            update={"revoked_after_months": months, "grace_days": days}
        )
        assert body.apply_to_lifecycle(gbt().lifecycle).suspension == expected

    @pytest.mark.parametrize("part", sorted(Lifecycle.model_fields))
    def test_every_figure_of_the_life_cycle_can_be_replaced(self, part: str, quick: Profile) -> None:
        figures = getattr(gbt().lifecycle, part).model_dump(mode="json")
        line = f"  {part}: {figures}".replace("'", "").replace("True", "yes").replace("False", "no")
        text = quick.path.read_text(encoding="utf-8")
        stages = text.index("stages:")
        quick.path.write_text(f"id: quick\nlifecycle:\n{line}\n{text[stages:]}", encoding="utf-8")
        assert check_paths([quick.path]) == []
        assert quick.library().bodies.body("quick").apply_to_lifecycle(gbt().lifecycle) == gbt().lifecycle


class TestUnknown:
    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("quik", "'quik' is unknown; did you mean 'quick'? Allowed here: cteas, default, quick"),
            ("", "'' is unknown; allowed here: cteas, default, quick"),
            ("../quick", "'../quick' is unknown; did you mean 'quick'?"),
        ],
    )
    def test_an_unknown_body_is_a_lookup_error_with_a_sentence(
        self, quick: Profile, name: str, said: str
    ) -> None:
        for ask in (quick.library().bodies.body, lambda name: quick.library().bodies.text(name, "en")):
            with pytest.raises(LookupError) as found:
                ask(name)
            assert str(found.value.args[0]).startswith(said)

    def test_a_body_without_words_says_so(self, quick: Profile) -> None:
        quick.words().unlink()
        for ask in (
            lambda: quick.library().bodies.text("quick", "en"),
            lambda: preload_added(quick.library()),
        ):
            with pytest.raises(LookupError, match="quick has no words in any language"):
                ask()

    def test_an_id_that_is_taken_is_told(self, tmp_path: Path) -> None:
        Profile(tmp_path, "default")
        with pytest.raises(FaultsFoundError) as found:
            Library.from_folders([tmp_path])
        assert [(each.path, each.code) for each in found.value.faults] == [
            (tmp_path / "bodies" / "default.yaml", "twice")
        ]


# What is edited, into what, what stands on the fault's line, its code, and what is said.
PROFILES = {
    "an unknown key": ("drawn: all", "draw: all", "draw: all", "unknown_key", "did you mean 'drawn'?"),
    "an unknown key of a paper": (
        "expires: yes",
        "expire: yes",
        "expire: yes",
        "unknown_key",
        "did you mean 'expires'? Allowed here: expires, for, id,",
    ),
    "a paper for nothing": (
        "id: licence, for: [application, surveillance]",
        "id: licence",
        "id: licence",
        "missing",
        "'for' is missing; it must be a list of at least one",
    ),
    "a paper for what there is not": (
        "for: [application, remote]",
        "for: [aplication]",
        "aplication",
        "value",
        "item 1 of 'for' must be application, surveillance or remote; here: 'aplication'",
    ),
    "an unknown trade": (
        "[retail, medical]",
        "[retail, medicine]",
        "medicine",
        "value",
        "item 2 of 'trades' must be home_appliances, auto,",
    ),
    "trades that nobody vouches for": (
        "trades_source: proposed, ",
        "",
        "id: seller_permit",
        "missing",
        "'trades_source' is missing",
    ),
    "an unknown stage": (
        "id: decision,",
        "id: decisions,",
        "id: decisions",
        "value",
        "must be application, contract",
    ),
    "a stage that no body is without": (
        "  - {id: decision, who: body, working_days: {at_least: 4, at_most: 9}, source: body}\n",
        "",
        "id: certificate",
        "stages",
        "contract and document_review may be left out",
    ),
    "stages in another order": (
        "id: application, who: enterprise",
        "id: audit, who: enterprise",
        "id: audit, who: enterprise",
        "stages",
        "each once, in this order: application, contract, document_review, audit",
    ),
    "somebody else who acts": (
        "who: enterprise",
        "who: consultant",
        "who: consultant",
        "value",
        "must be enterprise or body",
    ),
    "days below 0": (
        "working_days: {at_least: 3,",
        "working_days: {at_least: -3,",
        "at_least: -3",
        "value",
        "must be a whole number from 0 to 10000; here: '-3'",
    ),
    "days from more to less": (
        "{at_least: 4, at_most: 9}",
        "{at_least: 10, at_most: 9}",
        "at_least: 10",
        "value",
        "'at_least' (10) is more than 'at_most' (9)",
    ),
    "a limit of no days": ("limit_days: 15", "limit_days: 0", "limit_days: 0", "value", "from 1 to 1000"),
    "a limit for the body": (
        "who: enterprise, limit_days: 15",
        "who: body, limit_days: 15",
        "limit_days: 15",
        "limit",
        "a limit is for the enterprise",
    ),
    "a stage without a source": (
        "id: certificate, who: body, source: body",
        "id: certificate, who: body",
        "id: certificate, who: body",
        "missing",
        "'source' is missing; it must be standard, memory, proposed or body",
    ),
    "bands that overlap": ("up_to: 100", "up_to: 10", "days: 2.5", "bands", "10 overlaps the band before it"),
    "bands that turn back": ("up_to: 100", "up_to: 9", "days: 2.5", "bands", "it must be more than 10"),
    "bands with a gap": (
        "{up_to: 100, days: 2.5}",
        "{days: 2.5}",
        "{days: 2.5}",
        "bands",
        "'up_to' is missing",
    ),
    "bands with an end": (
        "    - {days: 7}\n",
        "    - {up_to: 900, days: 7}\n",
        "up_to: 900",
        "bands",
        "nothing is said of more than 900 staff",
    ),
    "no bands": (
        "  bands:\n    - {up_to: 10, days: 1}\n    - {up_to: 100, days: 2.5}\n    - {days: 7}\n",
        "  bands: []\n",
        "bands: []",
        "value",
        "a list of at least one",
    ),
    "person-days below 0": ("days: 2.5", "days: -2.5", "days: -2.5", "value", "from 0 to 1000"),
    "another way of drawing": ("drawn: all", "drawn: half", "drawn: half", "value", "must be root or all"),
    "a fee in words": ("at_least: 6000", "at_least: cheap", "cheap", "value", "a number from 0 to 10000000"),
    "a fee that is no number": (
        "at_least: 6000",
        "at_least: nan",
        "nan",
        "value",
        "a number from 0 to 10000000",
    ),
    "a rate from more to less": (
        "at_most: 3000",
        "at_most: 3",
        "per_day",
        "value",
        "'at_least' (1500.5) is more than 'at_most' (3)",
    ),
    "a duration from more to less": (
        "at_least: 2, at_most: 4, source: mem",
        "at_least: 5, at_most: 4, source: mem",
        "duration",
        "value",
        "(5) is more than",
    ),
    "no way of auditing": ("[on_site]", "[]", "audit_modes", "value", "a list of at least one"),
    "a way of auditing twice": (
        "[on_site]",
        "[on_site, on_site]",
        "audit_modes",
        "twice",
        "'on_site' stands twice",
    ),
    "a paper twice": (
        "id: room,",
        "id: chart,",
        "indicators: [5.1.1.1",
        "twice",
        "'chart' stands twice in 'materials'",
    ),
    "an indicator twice": (
        "5.1.1.1, 5.1.1.2",
        "5.1.1.1, 5.1.1.1",
        "5.1.1.1, 5.1.1.1",
        "twice",
        "'5.1.1.1' stands twice",
    ),
    "another id than the file's": ("id: quick", "id: quik", "id: quik", "place", "'quik' lies in quick.yaml"),
    "an unknown part of the life cycle": (
        "  suspension:",
        "  suspensions:",
        "suspensions:",
        "unknown_key",
        "did you mean 'suspension'?",
    ),
    "an unknown figure of the life cycle": (
        "revoked_after_months",
        "revoked_after_month",
        "revoked_after_month:",
        "unknown_key",
        "did you mean 'revoked_after_months'?",
    ),
    "a wrong figure of the life cycle": (
        "revoked_after_months: 3",
        "revoked_after_months: three",
        "three",
        "value",
        "must be a whole number from 0 to 10000; here: 'three'",
    ),
    "a figure of the life cycle without its source": (
        "{revoked_after_months: 3, source: body}",
        "{revoked_after_months: 3}",
        "revoked_after_months: 3",
        "missing",
        "'source' is missing",
    ),
    "a figure of the life cycle without its own source": (
        "suspension: {revoked_after_months: 3, source: body}",
        "validity: {last_day: anniversary, source: body}",
        "last_day",
        "missing",
        "'last_day_source' is missing",
    ),
    "months that no scheme's months bear": (
        "suspension: {revoked_after_months: 3, source: body}",
        "surveillance: {opens_months: 11, source: body}",
        "opens_months: 11",
        "months",
        "10 is less than opens_months (11)",
    ),
    "a reminder on the due day": (
        "suspension: {revoked_after_months: 3, source: body}",
        "reminders: {before_due_days: [7, 0], source: body}",
        "[7, 0]",
        "days",
        "the due day itself is always one",
    ),
    "a life cycle that is none": (
        "  suspension: {revoked_after_months: 3, source: body}\n",
        "  suspension: 3\n",
        "suspension: 3",
        "value",
        "",
    ),
}


@pytest.mark.parametrize(("old", "new", "line", "code", "said"), PROFILES.values(), ids=PROFILES)
def test_a_wrong_profile_is_told_in_its_place(
    quick: Profile, old: str, new: str, line: str, code: str, said: str
) -> None:
    edit(quick.path, old, new)
    faults = [fault for fault in check_paths([quick.path]) if fault.path == quick.path]
    assert [(fault.line, fault.code) for fault in faults] == [(line_of(quick.path, line), code)]
    assert said in faults[0].message
    with pytest.raises(FaultsFoundError) as found:
        quick.library().bodies.body("quick")
    assert list(found.value.faults) == faults


BODY_WORDS = {
    "no words for a stage": (
        '  audit: {title: Audit, what: "The body comes."}\n',
        "",
        "stages:",
        "missing_words",
        "the words of 'audit' are missing",
    ),
    "no words for a paper": (
        '  room: {title: Room, shows: "A camera."}\n',
        "",
        "materials:",
        "missing_words",
        "the words of 'room' are missing",
    ),
    "words for no paper": (
        "  room:",
        "  rooom: {title: Room, shows: A room.}\n  room:",
        "rooom",
        "unknown_key",
        "did you mean 'room'?",
    ),
    "words for a stage that the body has not": (
        "  audit:",
        "  contract: {title: Contract, what: Sign.}\n  audit:",
        "contract:",
        "unknown_key",
        "'contract' is unknown",
    ),
    "nothing that a paper must show": (', shows: "A camera."', "", "room:", "missing", "'shows' is missing"),
    "no reason of refusal": ('["Not registered."]', "[]", "refused_if", "value", "a list of at least one"),
    "a blank": ('what: "Put it right."', 'what: " "', 'what: " "', "blank", "only blanks"),
    "braces": ("The quick body", "The {quick} body", "{quick}", "placeholder", "without { and }"),
    "a long title": ("title: Licence", f"title: {'L' * 61}", "LLL", "value", "text of 1 to 60 characters"),
    "another body's words": (
        "body: quick",
        "body: default",
        "body: default",
        "place",
        "'default' lies in the folder 'quick'",
    ),
    "another locale's words": ("locale: en", "locale: fr", "locale: fr", "place", "'fr' lies in en.yaml"),
}


@pytest.mark.parametrize(("old", "new", "line", "code", "said"), BODY_WORDS.values(), ids=BODY_WORDS)
def test_wrong_words_are_told_in_their_place(
    quick: Profile, old: str, new: str, line: str, code: str, said: str
) -> None:
    edit(quick.words(), old, new)
    for path in (quick.root, quick.path, quick.words()):
        (fault,) = check_paths([path])
        assert (fault.path, fault.line, fault.code) == (quick.words(), line_of(quick.words(), line), code)
        assert said in fault.message
    with pytest.raises(FaultsFoundError):
        preload_added(quick.library())


class TestOneRun:
    def test_a_slip_of_form_hides_neither_the_life_cycle_nor_the_words(self, quick: Profile) -> None:
        edit(quick.path, "drawn: all", "drawn: half")
        edit(quick.path, "revoked_after_months", "revoked")
        edit(quick.words(), '  room: {title: Room, shows: "A camera."}\n', "")
        codes = [(fault.path, fault.code) for fault in check_paths([quick.root])]
        assert codes == [
            (quick.words(), "missing_words"),
            (quick.path, "unknown_key"),
            (quick.path, "value"),
        ]

    def test_what_cannot_be_made_out_in_the_profile_is_not_held_against_the_words(
        self, quick: Profile
    ) -> None:
        edit(quick.path, "- {id: licence,", "- {id: [licence],")
        assert {fault.path for fault in check_paths([quick.root])} == {quick.path}
        quick.path.write_text("[", encoding="utf-8")
        assert [fault.code for fault in check_paths([quick.root])] == ["yaml"]

    def test_of_very_many_faults_a_hundred_are_told(self, quick: Profile) -> None:
        papers = "".join(f"  - {{id: p{n}, fro: [application]}}\n" for n in range(MAX_FAULTS))
        quick.path.write_text(quick.path.read_text(encoding="utf-8") + papers, encoding="utf-8")
        faults = check_paths([quick.path])
        assert len([each for each in faults if each.path == quick.path]) == MAX_FAULTS + 1

    def test_a_life_cycle_is_laid_over_that_of_the_schemes_beside_it(self, quick: Profile) -> None:
        edit(quick.path, "suspension: {revoked_after_months: 3", "recertification: {due_months: 5")
        edit(quick.path, "  recertification: {stands_for_last_surveillance: yes, source: body}\n", "")
        assert check_paths([quick.root]) == []
        structure = SHIPPED_TEXT.replace(f"id: {GBT}", "id: own")
        own = Folder(quick.root, structure, "own")
        edit(own.version, "recertification: {opens_months: 6", "recertification: {opens_months: 4")
        (fault,) = check_paths([quick.root])
        assert (fault.path, fault.code) == (quick.path, "months")
        with pytest.raises(FaultsFoundError, match="5 is more than opens_months"):
            preload_added(quick.library())


class TestFolders:
    def test_it_is_found_however_it_is_reached(self, quick: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
        edit(quick.path, "drawn: all", "drawn: half")
        folder = quick.path.with_suffix("")
        for path in (quick.root, quick.path.parent, folder, quick.path):
            assert [fault.path for fault in check_paths([path])] == [quick.path]
        monkeypatch.chdir(folder)
        for relative in (".", "..", "../quick.yaml", "../.."):
            assert [fault.code for fault in check_paths([Path(relative)])] == ["value"]
        assert check_paths([Path("text/en.yaml")]) == []

    def test_profiles_alone_are_a_folder_of_schemes_too(self, quick: Profile) -> None:
        assert check_paths([quick.root]) == []
        assert quick.library().added_names() == []

    def test_schemes_and_profiles_that_lie_together_speak_the_same_languages(self, quick: Profile) -> None:
        Folder(quick.root, SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own", locales=("en", "zh-Hans"))
        (fault,) = check_paths([quick.root])
        assert (fault.path, fault.code) == (quick.words("zh-Hans"), "no_words")
        quick.write_words("zh-Hans")
        assert check_paths([quick.root]) == []

    def test_files_that_nobody_would_read_are_told(self, quick: Profile) -> None:
        bodies = quick.path.parent
        for name in ("other.yml", "quick/1.yaml", "quick/text/en.yml", "notes.md"):
            (bodies / name).write_text("a: b", encoding="utf-8")
        (bodies / "gone" / "text").mkdir(parents=True)
        told = {(fault.path.relative_to(bodies).as_posix(), fault.code) for fault in check_paths([bodies])}
        assert told == {
            ("other.yml", "file_name"),
            ("quick/1.yaml", "file_name"),
            ("quick/text/en.yml", "file_name"),
            ("gone", "no_profile"),
        }

    def test_a_profile_needs_words_and_a_folder_of_profiles_a_profile(self, quick: Profile) -> None:
        quick.words().unlink()
        assert [fault.code for fault in check_paths([quick.path])] == ["no_words"]
        quick.path.unlink()
        codes = {(fault.path.name, fault.code) for fault in check_paths([quick.path.parent])}
        assert codes == {("bodies", "no_profile"), ("quick", "no_profile")}
        assert [fault.code for fault in check_paths([quick.path])] == ["no_file"]

    def test_an_id_that_is_taken_is_told_however_the_profile_is_reached(self, tmp_path: Path) -> None:
        profile = Profile(tmp_path, "default")
        for path in (tmp_path, profile.path.parent, profile.path, profile.path.with_suffix("")):
            (fault,) = check_paths([path], existing=SHIPPED_SCHEMES)
            assert (fault.path, fault.code) == (profile.path, "twice")
        shipped = SHIPPED_SCHEMES / "bodies"
        assert check_paths([shipped, shipped / "default.yaml"], existing=SHIPPED_SCHEMES) == []

    def test_a_scheme_in_a_folder_that_happens_to_be_called_bodies_is_a_scheme(self, tmp_path: Path) -> None:
        own = Folder(tmp_path / "bodies", SHIPPED_TEXT.replace(f"id: {GBT}", "id: own"), "own")
        assert check_paths([own.path, own.version, own.words()]) == []


def test_a_profile_with_no_figures_of_its_own_needs_no_scheme(quick: Profile) -> None:
    text = quick.path.read_text(encoding="utf-8")
    quick.path.write_text(
        text.replace("lifecycle:\n", "")
        .replace("  suspension: {revoked_after_months: 3, source: body}\n", "")
        .replace("  recertification: {stands_for_last_surveillance: yes, source: body}\n", ""),
        encoding="utf-8",
    )
    assert check_body(read_document(quick.path), iter(())).lifecycle == {}
