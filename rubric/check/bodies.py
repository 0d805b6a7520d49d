"""Profiles of certification bodies in a folder, checked: `bodies/<id>.yaml` with `bodies/<id>/text/<locale>.yaml`."""

from collections.abc import Iterator
from pathlib import Path

from rubric.layout import BODIES_FOLDER, SHIPPED, TEXT_FOLDER
from rubric.library.files import (
    YAML,
    Report,
    checked_file,
    grouped,
    ids_taken,
    newest_in,
    no_words,
    not_read,
    texts_in,
    texts_not_read,
    versions_in,
    visible_in,
)
from rubric.library.loading import load_scheme
from rubric.model.lifecycle import Lifecycle
from rubric.parsing.document import Value, read_document
from rubric.parsing.faults import Fault, FaultsFoundError
from rubric.rules.bodies import check_body, check_body_text

_NAMES = "a profile is named <id>.yaml, and its words <id>/text/<locale>.yaml"


def profiles_in(bodies: Path) -> list[Path]:
    return [file for file in visible_in(bodies) if file.suffix == ".yaml" and file.is_file()]


def words_folder(profile: Path) -> Path:
    """The folder beside a profile that has its words in `text`."""
    return profile.with_suffix("")


def one_profile_at(path: Path) -> Path | None:
    """The profile that a path means, given as its file or as the folder of its words."""
    real = path.resolve()
    if real.parent.name != BODIES_FOLDER or versions_in(path):
        return None
    if not path.is_dir():
        return path
    return (path.parent if path.name == real.name else real.parent) / f"{real.name}.yaml"


def _profiles_at(path: Path) -> list[Path]:
    """Those of a folder of profiles, of a folder of schemes, or of a path to one."""
    if profile := one_profile_at(path):
        return [profile]
    return profiles_in(path if path.resolve().name == BODIES_FOLDER else path / BODIES_FOLDER)


def bodies_report(bodies: Path) -> Report:
    """Everything wrong in a folder of profiles."""
    found = profiles_in(bodies)
    report: Report = {} if found else grouped([_none_here(bodies)])
    for profile in found:
        report |= profile_report(profile)
    return report | grouped(_stray(bodies))


def profile_report(profile: Path) -> Report:
    """One profile with its words."""
    folder = words_folder(profile)
    report = checked_file(
        profile, lambda document: check_body(document, _lifecycles(profile), _schemes(profile))
    )
    for file in texts_in(folder):
        report |= body_text_report(file)
    missing = [no_words(folder)] if profile.exists() and not texts_in(folder) else []
    return report | grouped([*missing, *texts_not_read(folder), *_unread(folder)])


def body_text_report(file: Path) -> Report:
    """One file of words alone, compared with the profile that it belongs to."""
    folder = file.resolve().parent.parent
    profile = folder.parent / f"{folder.name}.yaml"
    return checked_file(file, lambda document: check_body_text(document, _value(profile)))


def is_body_text(path: Path) -> bool:
    real = path.resolve()
    is_words = real.parent.name == TEXT_FOLDER and real.parents[2].name == BODIES_FOLDER
    return is_words and not versions_in(real.parents[1])


def bodies_taken(path: Path, beside: Path) -> Report:
    return ids_taken(_profiles_at(path), profiles_in(beside / BODIES_FOLDER), "a certification body")


def _none_here(bodies: Path) -> Fault:
    return Fault(bodies, 0, 0, "no_profile", f"no profile is here; {_NAMES}")


def _stray(bodies: Path) -> Iterator[Fault]:
    """Words of no profile, and files that nobody would read."""
    named = {profile.stem for profile in profiles_in(bodies)}
    for each in visible_in(bodies):
        if each.is_dir() and each.name not in named:
            message = f"there is no {each.name}.yaml beside this folder, so that its words belong to nothing"
            yield Fault(each, 0, 0, "no_profile", message)
        elif each.suffix == ".yml":
            yield not_read(each, _NAMES)


def _unread(folder: Path) -> Iterator[Fault]:
    return (not_read(file, _NAMES) for file in visible_in(folder) if file.suffix in YAML)


def _value(profile: Path) -> Value | None:
    try:
        return read_document(profile).value
    except FaultsFoundError:
        return None


def _schemes(profile: Path) -> list[str]:
    """The ids of the schemes shipped and of those beside the profile."""
    roots = dict.fromkeys((SHIPPED, profile.resolve().parent.parent))
    return sorted({folder.name for root in roots for folder in visible_in(root) if versions_in(folder)})


def _lifecycles(profile: Path) -> Iterator[Lifecycle]:
    """Of the newest versions of the schemes shipped and of those beside the profile; the faulty are told elsewhere."""
    for root in dict.fromkeys((SHIPPED, profile.resolve().parent.parent)):
        for newest in filter(None, map(newest_in, visible_in(root))):
            try:
                yield load_scheme(newest).lifecycle
            except FaultsFoundError:
                continue
