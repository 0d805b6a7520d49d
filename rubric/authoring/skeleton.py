"""A new scheme that has no faults, for an author to fill in."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rubric.authoring.comments import source_comment, write_with_comments
from rubric.authoring.json_schema import editor_line
from rubric.authoring.placeholders import placeholder_text
from rubric.library.library import Library
from rubric.model.indicators import Indicator
from rubric.model.scheme import Scheme
from rubric.model.texts import MAX_SHORT_TEXT, SchemeText
from rubric.parsing.document import read_document
from rubric.rules.scheme import TOTAL_POINTS
from rubric.scoring.scorecard import FAIL

SKELETON_FILE = Path(__file__).with_name("skeleton.yaml")
MAX_INDICATORS = 100
_IN_A_GROUP = 5

_HEADING = """\
{editor}
# {id}, version {version}. `xingping rubric check` says what is wrong, `xingping rubric preview {id}` walks through it.
# Points need no whole numbers; those of a group are what lies in it. All words are in text/.
{source}

"""
_TEXT_HEADING = """\
{editor}
# The words of {id} in {locale}. Plain text; short ones have at most 60 characters, sentences at most 400.
{source}

"""


def new_scheme(id: str, indicators: int) -> Scheme:
    """Return a scheme with 1 to MAX_INDICATORS indicators, whose points add up to 100."""
    value: Any = read_document(SKELETON_FILE).value
    return Scheme.model_validate({**value, "id": id, **_clauses(indicators)})


def copy_scheme(scheme: Scheme, id: str) -> Scheme:
    """Return version 1 of a new scheme `id` with the structure of `scheme`."""
    value = scheme.model_dump(include=set(Scheme.model_fields))  # one with overlays has more
    return Scheme.model_validate({**value, "id": id, "version": "1"})


def copy_text(library: Library, like: str, scheme: Scheme, locale: str) -> SchemeText:
    """Return the texts of scheme `like` for `scheme`, or placeholders where it has none in `locale`."""
    if locale not in library.locales(like):
        return placeholder_text(scheme, locale)
    text = library.text(like, locale)
    value = text.model_dump(include=set(SchemeText.model_fields)) | {"title": text.title[:MAX_SHORT_TEXT]}
    return SchemeText.model_validate({**value, "scheme": scheme.id, **_texts_for(text, scheme)})


def skeleton_files(scheme: Scheme, texts: Iterable[SchemeText]) -> dict[str, str]:
    """Return the content of the scheme's files by their paths in its folder."""
    editor = editor_line("../schema/scheme.json")
    head = _HEADING.format(
        editor=editor, id=scheme.id, version=scheme.version, source=source_comment(Indicator)
    )
    return {f"{scheme.version}.yaml": head + write_with_comments(scheme)} | {
        f"text/{text.locale}.yaml": _text_file(text) for text in texts
    }


def _text_file(text: SchemeText) -> str:
    editor = editor_line("../../schema/text.json")
    return _TEXT_HEADING.format(
        editor=editor, id=text.scheme, locale=text.locale, source=source_comment(SchemeText)
    ) + write_with_comments(text)


def _texts_for(text: SchemeText, scheme: Scheme) -> dict[str, Any]:
    """Return the texts for the parts of this version; `text` may also cover older versions."""
    wanted = {
        "groups": [group.id for group in scheme.groups],
        "grades": [FAIL, *(band.grade for band in scheme.grades)],
        "eligibility": [question.id for question in scheme.eligibility],
        "figures": [figure.id for figure in scheme.figures],
        "deductions": list(scheme.special_deductions.kinds),
        "indicators": [indicator.id for indicator in scheme.indicators],
    }
    return {name: {id: getattr(text, name)[id] for id in ids} for name, ids in wanted.items()}


def _clauses(number: int) -> dict[str, Any]:
    """Return groups of up to five indicators; the second indicator is sampled and the third computed, as examples."""
    indicators = list(_indicators(number))
    groups = dict.fromkeys(each["group"] for each in indicators)
    return {
        "groups": [
            {"id": group, "points": _marked(_points_in(indicators, group)), "source": "proposed"}
            for group in groups
        ],
        "indicators": indicators,
    }


def _indicators(number: int) -> Iterator[dict[str, Any]]:
    for place in range(number):
        group, within = divmod(place, _IN_A_GROUP)
        points = TOTAL_POINTS // number + (place < TOTAL_POINTS % number)
        yield {
            "id": f"{group + 1}.{within + 1}",
            "group": str(group + 1),
            "type": "qualitative",
            "points": _marked(points),
            "effort": 2,
            "source": "proposed",
            **_EXAMPLES.get(place, {}),
        }


def _points_in(indicators: Iterable[dict[str, Any]], group: str) -> int:
    return sum(each["points"]["value"] for each in indicators if each["group"] == group)


def _marked(value: int) -> dict[str, Any]:
    return {"value": value, "source": "proposed"}


_EXAMPLES: dict[int, dict[str, Any]] = {
    1: {"type": "sampled", "deletable": True},
    2: {
        "type": "computed",
        "requires": {
            "base": "staff",
            "percent": 10,
            "minimum": 1,
            "have": "trained",
            "rounding_source": "proposed",
            "partial_source": "proposed",
        },
    },
}
