"""Checks of the texts of later versions: `text/<version>/<locale>.yaml`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rubric.layout import TEXT_FOLDER
from rubric.library.files import FaultReport, check_file, group_faults, unread_file_fault, visible_files
from rubric.library.loading import check_text
from rubric.library.version_texts import check_version_text, patch_files, text_at_version
from rubric.model.texts import SchemeText
from rubric.parsing.document import YamlDocument, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.text_ids import SchemeOutline

_NAMES = "words of a version are named <locale>.yaml, such as en.yaml"


def is_version_text(path: Path) -> bool:
    """Whether the path is a file at <scheme>/text/<version>/<locale>.yaml."""
    real = path.resolve()
    return real.parent.name.isdecimal() and real.parents[1].name == TEXT_FOLDER


def report_version_texts(folder: Path, outlines: Sequence[SchemeOutline]) -> FaultReport:
    """Return every fault of the texts of later versions of the scheme in a folder."""
    report: FaultReport = {}
    for inner in visible_files(folder / TEXT_FOLDER):
        if inner.is_dir() and inner.name.isdecimal():
            report |= group_faults(_orphan_folder_faults(folder, inner))
            for file in visible_files(inner):
                report |= report_version_text(file, outlines)
    return report


def report_version_text(file: Path, outlines: Sequence[SchemeOutline]) -> FaultReport:
    """Return the faults of one such file, checked against the texts that it changes and the versions that exist."""
    if file.suffix != ".yaml":
        return {file: (unread_file_fault(file, _NAMES),)}
    base = file.resolve().parents[1] / file.name
    if not base.is_file():
        message = f"there is no {TEXT_FOLDER}/{file.name} that these words could change"
        return {file: (Fault(file, 0, 0, "file_name", message),)}

    def check(document: YamlDocument) -> None:
        check_version_text(document, _previous_text(base, int(file.parent.name), outlines), outlines)

    return check_file(file, check)


def _orphan_folder_faults(folder: Path, inner: Path) -> Iterator[Fault]:
    if not (folder / f"{inner.name}.yaml").is_file():
        yield unread_file_fault(inner, f"there is no {inner.name}.yaml whose words they could be")


def _previous_text(base: Path, version: int, outlines: Sequence[SchemeOutline]) -> SchemeText | None:
    """Return the texts as of the version before; None where they cannot be read."""
    try:
        text = check_text(read_document(base), outlines)
        return text_at_version(text, patch_files(base.parent, base.stem), version - 1)
    except FaultsFoundError:
        return None
