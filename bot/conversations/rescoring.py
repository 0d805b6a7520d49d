"""Every assessment of a scheme under a later version of it: told before anybody moves, and nothing is changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.store import Store
from bot.store.conversations import scheme_archive
from bot.store.conversations.dossiers import assessments
from dialogs.assessment.scheme_migration import MigrationPreview, numbers, preview_migration
from dialogs.model.dossier import Case
from rubric.library.library import Library
from rubric.scoring.scorecard import FAIL

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rescored:
    """What moving would make of one assessment; `finished` where it was submitted and so stays as it is."""

    case: str
    organisation: str
    version: str
    told: MigrationPreview
    finished: bool

    @property
    def step(self) -> int:
        """How many grades it would win, negative where it would lose."""
        return _rank(self.told, after=True) - _rank(self.told, after=False)


def rescore(
    store: Store, library: Library, scheme: str, version: str, progress: Progress
) -> Iterator[Rescored]:
    """Each assessment that is under an earlier version of `scheme`, in the order of opening. Raises StoreError."""
    with store.transaction() as db:
        found = [one for one in assessments(db) if _is_earlier(one[0], scheme, version)]
        scheme_archive.supply(db, library, [case for case, _ in found])
    for number, (case, organisation) in enumerate(found, 1):
        told = preview_migration(library, case, version)
        yield Rescored(case.id, organisation, case.version, told, finished=bool(case.submitted))
        progress(number, len(found))


def _is_earlier(case: Case, scheme: str, version: str) -> bool:
    return case.scheme == scheme and numbers(case.version) < numbers(version)


def _rank(told: MigrationPreview, *, after: bool) -> int:
    """The place of the grade in the new version's order; one that it does not have any more counts by its old place."""
    card = told.after if after else told.before
    grades = [FAIL, *(band.grade for band in told.scheme.grades)]
    earlier = [FAIL, *(band.grade for band in card.scheme.grades)]
    return grades.index(card.grade) if card.grade in grades else earlier.index(card.grade)
