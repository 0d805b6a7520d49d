"""The assessments of a scheme rescored under a later version, without changing them."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.progress import ProgressReporter
from bot.store import Store
from bot.store.conversations import scheme_archive
from bot.store.conversations.dossiers import read_assessments
from dialogs import Case, MigrationPreview, preview_migration, version_numbers
from rubric import FAIL, Library


@dataclass(frozen=True, slots=True)
class RescoredCase:
    """What a migration would change in one assessment; a finished one is never migrated."""

    case: str
    organisation: str
    version: str
    preview: MigrationPreview
    is_finished: bool

    @property
    def grades_gained(self) -> int:
        """The number of grades gained; negative when grades are lost."""
        return _rank(self.preview, after=True) - _rank(self.preview, after=False)


def rescore(
    store: Store, library: Library, scheme: str, version: str, progress: ProgressReporter
) -> Iterator[RescoredCase]:
    """Yield the assessments under earlier versions of `scheme`, in the order of opening. Raises StoreError."""
    with store.transaction() as db:
        found = [one for one in read_assessments(db) if _is_earlier(one[0], scheme, version)]
        scheme_archive.supply_schemes(db, library, [case for case, _ in found])
    for number, (case, organisation) in enumerate(found, 1):
        told = preview_migration(library, case, version)
        yield RescoredCase(case.id, organisation, case.version, told, is_finished=bool(case.submitted))
        progress(number, len(found))


def _is_earlier(case: Case, scheme: str, version: str) -> bool:
    return case.scheme == scheme and version_numbers(case.version) < version_numbers(version)


def _rank(preview: MigrationPreview, *, after: bool) -> int:
    """Return the position of the grade in the new version's order, else in the old one's."""
    card = preview.new_scorecard if after else preview.old_scorecard
    grades = [FAIL, *(band.grade for band in preview.scheme.grades)]
    earlier = [FAIL, *(band.grade for band in card.scheme.grades)]
    return grades.index(card.grade) if card.grade in grades else earlier.index(card.grade)
