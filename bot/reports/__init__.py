"""What a case is handed on as: one file a format."""

import json

from bot.reports.answer_sheet import answer_sheet
from bot.reports.scorecard_json import scorecard_json
from dialogs.dossier import Case
from dialogs.messages import Attachment
from rubric.library import Library


def case_files(case: Case, library: Library, locale: str) -> tuple[Attachment, ...]:
    """The answer sheet that `xingping grade` reads back, and the scorecard that it prints for it."""
    card = case.graded(library.pinned(case))
    graded = json.dumps(scorecard_json(card, library.pinned_text(case, locale)), ensure_ascii=False, indent=2)
    return (
        Attachment("answers.yaml", "application/yaml", answer_sheet(case, library.pinned(case)).encode()),
        Attachment("scorecard.json", "application/json", graded.encode()),
    )
