"""A clause number in typed text, with or without words after it. The text must be normalized."""

import re

_PREFIX = r"(?:第|clause|§)?\s*"
_NUMBER = r"[0-9a-z][0-9a-z.\-]*\.[0-9]{1,3}"
_CLAUSE = re.compile(rf"{_PREFIX}({_NUMBER})\s*(?:条|條|款|项|項)?[.。]?")
_CLAUSE_AND_ANSWER = re.compile(
    rf"{_PREFIX}(?P<clause>{_NUMBER})"
    r"(?:\s*(?:条|條|款|项|項)\s*[:,=、-]?\s*|\s*[:,=、-]\s*|\s+|(?=[^\x00-\x7f]))(?P<answer>.+)",
    re.DOTALL,
)


def parse_clause(text: str) -> str | None:
    """Return the clause where the text is nothing else: `5.2.3`, `第5.2.3条`."""
    match = _CLAUSE.fullmatch(text)
    return match[1] if match else None


def split_clause_answer(text: str) -> tuple[str, str] | None:
    """Split `5.1.5.2 符合` into clause and answer; None where the text does not begin with a clause."""
    match = _CLAUSE_AND_ANSWER.fullmatch(text)
    return (match["clause"], match["answer"]) if match else None
