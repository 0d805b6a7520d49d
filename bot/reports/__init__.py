"""Reports about a case: one module a format."""

import json
from contextlib import suppress

from bot.reports.answer_sheet import answer_sheet
from bot.reports.scorecard_json import scorecard_json
from dialogs import Attachment, Case
from rubric import Library, Scheme


def case_files(case: Case, library: Library, locale: str) -> tuple[Attachment, ...]:
    """Return the answer sheet, which `xingping grade` reads, and the scorecard that it prints for it."""
    scheme = library.pinned_scheme(case)
    card = case.compute_scorecard(scheme)
    graded = json.dumps(scorecard_json(card, library.pinned_text(case, locale)), ensure_ascii=False, indent=2)
    return (
        Attachment("answers.yaml", "application/yaml", _sheet(case, scheme, library).encode()),
        Attachment("scorecard.json", "application/json", graded.encode()),
    )


def _sheet(case: Case, scheme: Scheme, library: Library) -> str:
    """Name the version when a newer one exists; the plain name when the scheme is gone."""
    with suppress(LookupError):
        return answer_sheet(case, scheme, is_newest=library.newest(case.scheme) == case.version)
    return answer_sheet(case, scheme)
