"""Schemes that have every feature there is: checked, talked through and graded as it was written down.

`make golden` writes the talks and the cards anew; read the difference before committing it.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.channels.transcript.recording import first_difference, play, read_transcript, transcript_text
from bot.conversations.preview import SingleSchemeLibrary
from bot.reports.scorecard_json import scorecard_json
from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from rubric.library.library import Library
from rubric.model.answers import Met
from rubric.model.conditions import Condition
from rubric.model.indicators import IndicatorType
from rubric.model.scheme import Scheme
from rubric.overlays.model import Additions, Changes
from rubric.parsing.field_types import fields_of, is_model
from rubric.scoring.score import score
from rubric.sheets.reader import read_sheet
from tests.rubric.scheme_versions import old_and_new
from tests.test_transcripts import talk_of

HERE = Path(__file__).parent
SCHEMES = HERE.parent / "schemes"
LIBRARY = Library.from_folders([SCHEMES])
TALKS = sorted((HERE / "talks").glob("*.yaml"))
SHEETS = sorted((HERE / "sheets").glob("*.yaml"))


def test_they_have_no_fault() -> None:
    assert check_paths([SCHEMES], existing=SHIPPED_SCHEMES) == []


class TestEveryFeature:
    """What somebody adds to the format is added here as well."""

    scheme = LIBRARY.scheme("everything")

    def test_every_key_that_may_be_left_out_is_given_somewhere(self) -> None:
        changed = old_and_new()[1].scheme("own")  # which has every way of changing
        given = used(self.scheme) | used(LIBRARY.scheme("everything-strict")) | used(changed)
        assert [key for key in optional(Scheme) if key not in given] == []

    def test_every_type_every_share_and_every_consequence_is_there(self) -> None:
        assert {each.type for each in self.scheme.indicators} == set(IndicatorType)
        assert {rule.partial for each in self.scheme.indicators if (rule := each.requires)} == {
            "pro_rata",
            "none",
        }
        assert {each.consequence for each in self.scheme.eligibility} == {"blocks", "warns"}
        assert {rule.kind for rule in self.scheme.plausibility} == {"ratio", "limit"}

    def test_groups_go_three_levels_deep_and_some_advice_has_no_points(self) -> None:
        assert any(
            group.parent and self.scheme.group_by_id[group.parent].parent for group in self.scheme.groups
        )
        assert any(not each.points.value for each in self.scheme.indicators)

    def test_the_bonus_and_stars_the_first_time_are_on_in_one_and_off_in_the_other(self) -> None:
        strict = LIBRARY.scheme("everything-strict")
        assert {self.scheme.bonus.at_most, strict.bonus.at_most} == {0, 1}
        assert {self.scheme.rules.pass_first.value, strict.rules.pass_first.value} == {False, True}

    def test_the_overlay_makes_every_kind_of_change(self) -> None:
        overlay = LIBRARY.overlays.overlay("everything-more", "1")
        assert [key for key in Additions.model_fields if not getattr(overlay.add, key)] == []
        changed = {key for key in Changes.model_fields if getattr(overlay.change, key)}
        assert changed == Changes.model_fields.keys() - {"groups"}  # those would have to add up otherwise


def optional(model: type[BaseModel]) -> list[str]:
    """Keys that may be left out, of the scheme and all parts of it, as `Part.key`."""
    seen: set[type[BaseModel]] = set()
    waiting, found = [model], []
    while waiting:
        part = waiting.pop()
        if part not in seen:
            seen.add(part)
            fields = fields_of(part)
            found += [f"{part.__name__}.{key}" for key, field in fields.items() if not field.is_required()]
            waiting += (each for field in fields.values() for each in parts_in(field.annotation))
    return found


def parts_in(kind: Any) -> list[type[BaseModel]]:
    if is_model(kind):
        return [kind]
    return [part for inner in getattr(kind, "__args__", ()) for part in parts_in(inner)]


def used(value: object) -> set[str]:
    """Keys that are given otherwise than as they stand if left out."""
    if isinstance(value, tuple | list):
        return {key for inner in value for key in used(inner)}
    if isinstance(value, dict):
        return used(list(value.values()))
    if not isinstance(value, BaseModel):
        return set()
    found: set[str] = set()
    for name, field in type(value).model_fields.items():
        inner = getattr(value, name)
        if inner != field.get_default(call_default_factory=True):
            found.add(f"{type(value).__name__}.{field.alias or name}")
        found |= used(inner)
    return found


def test_a_condition_of_every_kind_is_there() -> None:
    given = used(LIBRARY.scheme("everything"))
    assert {f"Condition.{key}" for key in fields_of(Condition)} <= given


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_a_transcript_goes_as_it_was_written_down(
    path: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    transcript = read_transcript(path)
    talk = talk_of(transcript, tmp_path, SingleSchemeLibrary(LIBRARY, path.stem.removesuffix("-small")))
    if request.config.getoption("--golden-write"):
        path.write_text(transcript_text(transcript, play(transcript, talk)), encoding="utf-8")
        return
    difference = first_difference(transcript, talk)
    if difference:
        pytest.fail(difference, pytrace=False)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_a_scorecard_has_not_drifted(path: Path, request: pytest.FixtureRequest) -> None:
    """What a sheet does not name is met, as with `grade --all met`."""
    scheme, sheet = read_sheet(path, LIBRARY, Met())
    card = scorecard_json(score(scheme, sheet), LIBRARY.text(scheme.id, "en"))
    golden = HERE / "cards" / f"{path.stem}.json"
    if request.config.getoption("--golden-write"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    assert card == json.loads(golden.read_text(encoding="utf-8"))
