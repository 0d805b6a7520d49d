"""Texts of overlays, and of schemes composed with them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from rubric.model.fields import Identifier, Source
from rubric.model.scheme import OVERLAY_SEPARATOR, Scheme
from rubric.model.text_patches import TextPatch, apply_patch, patch_entries
from rubric.model.texts import Locale, SchemeText, ShortText
from rubric.parsing.document import YamlDocument, YamlPath, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.parsing.recovery import WrongPaths, check_document
from rubric.parsing.violations import Violations, file_name_violations, folder_name_violations
from rubric.rules.text_ids import SchemeOutline
from rubric.rules.text_patches import patch_violations, unknown_id_violations
from rubric.rules.texts import DEPENDENT_TEXT_CODES

_JOINED = " + "


class OverlayText(TextPatch):
    """The texts of one overlay in one locale. `about` describes the differences in two sentences."""

    overlay: Identifier
    locale: Locale
    source: Source
    title: ShortText
    short: ShortText
    about: Annotated[str, Field(min_length=1, max_length=200)]


class ComposedText(SchemeText):
    """The texts of a composed scheme; `marks` are the short names of the overlays by id."""

    scheme: str
    title: str
    marks: dict[Identifier, ShortText]

    @property
    def name(self) -> str:
        """`GB/T 27922 + 安徽汽配`"""
        return _JOINED.join([self.short, *self.marks.values()])

    def clause_label(self, indicator: str) -> str:
        """Return the label of an id: with the overlay's short name for an indicator it added, as `安徽汽配-1`."""
        overlay, _, number = indicator.rpartition(".")
        return f"{self.marks[overlay]}-{number}" if overlay in self.marks else indicator


def restore_text(value: dict[str, Any]) -> SchemeText:
    """Rebuild texts from their JSON dump, composed ones included. Raises pydantic.ValidationError."""
    model = ComposedText if OVERLAY_SEPARATOR in str(value.get("scheme")) else SchemeText
    return model.model_validate(value)


def check_overlay_text(
    document: YamlDocument, base: SchemeText | None, whole: SchemeOutline | None
) -> OverlayText:
    """Check the texts in overlays/<id>/text/<locale>.yaml. Raises FaultsFoundError.

    `base` are the texts of the base scheme, and `whole` is that scheme with this overlay; what is None is not
    checked against.
    """

    def find(text: OverlayText, _: WrongPaths) -> Violations:
        yield from folder_name_violations("overlay", text.overlay, document.path.resolve().parent.parent)
        yield from file_name_violations("locale", text.locale, document.path)
        if base is not None and whole is not None:
            yield from _violations_in_file(text, document, base, whole)
        elif whole is not None:
            yield from unknown_id_violations(text, [whole])

    return check_document(OverlayText, document, find, DEPENDENT_TEXT_CODES)


def load_overlay_text(path: Path) -> OverlayText:
    """Read the texts in a file without their scheme. Raises FaultsFoundError."""
    return check_overlay_text(read_document(path), None, None)


def compose_text(base: SchemeText, scheme: Scheme, overlays: Sequence[YamlDocument]) -> ComposedText:
    """Return the texts of the composed scheme.

    Raises FaultsFoundError where two overlays give one field different texts; the fault names both places.
    """
    texts = [check_overlay_text(document, base, None) for document in overlays]
    fields = _unique_entries(zip(texts, overlays, strict=True))
    ordered = sorted(texts, key=lambda each: each.overlay)
    whole = apply_patch(base, fields)
    return ComposedText.model_validate(
        {
            **whole.model_dump(),
            "scheme": scheme.id,
            "title": _JOINED.join([base.title, *(each.short for each in ordered)]),
            "marks": {each.overlay: each.short for each in ordered},
        }
    )


def _unique_entries(given: Iterable[tuple[OverlayText, YamlDocument]]) -> dict[YamlPath, Any]:
    """Return one text a field; equal texts count once."""
    found: dict[YamlPath, tuple[Any, str]] = {}
    faults: list[Fault] = []
    for text, document in sorted(given, key=lambda each: each[0].overlay):
        for where, words in patch_entries(text):
            line, column = document.position_of(where)
            other, place = found.setdefault(where, (words, f"{document.path}:{line}:{column}"))
            if other != words:
                said = ".".join(map(str, where))
                message = f"'{said}' is given other words at {place}; the two cannot go together"
                faults.append(document.fault_at(where, "conflict", message))
    if faults:
        raise FaultsFoundError.of_files(faults)
    return {where: words for where, (words, _) in found.items()}


def _violations_in_file(
    text: OverlayText, document: YamlDocument, base: SchemeText, whole: SchemeOutline
) -> Violations:
    """Keep the violations of texts that this file contains or should contain."""
    new = "is new with this overlay and needs all of its words"
    for where, code, message in patch_violations(text, base, [whole], new):
        if code == "missing" or where in document.positions or len(where) == 1:
            yield where, code, message
