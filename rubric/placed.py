"""Whether a file says of itself what its folder and its name say."""

from pathlib import Path

from rubric.findings import Findings


def named_as_folder(key: str, said: str, folder: Path) -> Findings:
    """What stands under `key` is the name of the `folder`, one that the file lies in."""
    if said != folder.name:
        yield (key,), "place", f"'{said}' lies in the folder '{folder.name}'; the two must be the same"


def named_as_file(key: str, said: str, file: Path) -> Findings:
    """What stands under `key` is the name of the `file`."""
    if said != file.stem:
        yield (key,), "place", f"'{said}' lies in {file.name}; the two must be the same"
