"""What colleagues did meanwhile, in the language of the contact who reads it."""

from collections.abc import Sequence
from itertools import groupby

from dialogs.language.catalogue import Catalogue
from dialogs.model.messages import Block, Notice

MOST_SINGLE_NOTICES = 5


def notice_blocks(words: Catalogue, notices: Sequence[Notice]) -> list[Block]:
    """Return one block for each notice, in order; a long run by one person in one organisation becomes one block."""
    found: list[Block] = []
    for (by, organisation), run in groupby(notices, key=_author_and_organisation):
        listed = list(run)
        if len(listed) <= MOST_SINGLE_NOTICES or any("indicator" not in one.values for one in listed):
            found += [Block("notice", _notice_text(words, notice)) for notice in listed]
            continue
        indicators = words.join_items(dict.fromkeys(notice.values["indicator"] for notice in listed))
        values = {"by": by, "organisation": organisation, "number": len(listed), "indicators": indicators}
        found.append(Block("notice", words("notice.overruled_many", **values)))
    return found


def _author_and_organisation(notice: Notice) -> tuple[str, str]:
    return notice.values["by"], notice.values["organisation"]


def _notice_text(words: Catalogue, notice: Notice) -> str:
    values: dict[str, object] = dict(notice.values)
    if "answer" in notice.values:
        values["answer"] = words(f"answer.{notice.values['answer']}", **values)
    return words(f"notice.{notice.key}", **values)
