"""Words of later versions in a scheme's folder, checked: `text/<version>/<locale>.yaml`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rubric.layout import TEXT_FOLDER
from rubric.library.files import Report, checked_file, grouped, not_read, visible_in
from rubric.library.loading import check_text
from rubric.library.version_texts import check_version_text, patches_in, words_at
from rubric.model.texts import SchemeText
from rubric.parsing.document import Document, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.text_ids import Outline

_NAMES = "words of a version are named <locale>.yaml, such as en.yaml"


def is_version_text(path: Path) -> bool:
    """Whether the path is a file at <scheme>/text/<version>/<locale>.yaml."""
    real = path.resolve()
    return real.parent.name.isdecimal() and real.parents[1].name == TEXT_FOLDER


def version_texts_report(folder: Path, outlines: Sequence[Outline]) -> Report:
    """Everything wrong with the words of later versions of the scheme in a folder."""
    report: Report = {}
    for inner in visible_in(folder / TEXT_FOLDER):
        if inner.is_dir() and inner.name.isdecimal():
            report |= grouped(_astray(folder, inner))
            for file in visible_in(inner):
                report |= version_text_report(file, outlines)
    return report


def version_text_report(file: Path, outlines: Sequence[Outline]) -> Report:
    """One file of them, held to the words that it changes and to the versions there are."""
    if file.suffix != ".yaml":
        return {file: (not_read(file, _NAMES),)}
    base = file.resolve().parents[1] / file.name
    if not base.is_file():
        message = f"there is no {TEXT_FOLDER}/{file.name} that these words could change"
        return {file: (Fault(file, 0, 0, "file_name", message),)}

    def check(document: Document) -> None:
        check_version_text(document, _before(base, int(file.parent.name), outlines), outlines)

    return checked_file(file, check)


def _astray(folder: Path, inner: Path) -> Iterator[Fault]:
    if not (folder / f"{inner.name}.yaml").is_file():
        yield not_read(inner, f"there is no {inner.name}.yaml whose words they could be")


def _before(base: Path, version: int, outlines: Sequence[Outline]) -> SchemeText | None:
    """The words as they stand before that version; None where they cannot be read."""
    try:
        text = check_text(read_document(base), outlines)
        return words_at(text, patches_in(base.parent, base.stem), version - 1)
    except FaultsFoundError:
        return None
