"""YAML read strictly: every scalar is text, every value knows its line.

Refused, each a way to harm or to mislead: anchors and aliases (they explode), tags (they build objects), merge
keys, several documents in one file, a key twice in one mapping (the first would be lost without a word), more than
1 MiB, more than 20 levels. `1.10` and `no` stay what was typed; the model says what they mean.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from rubric.faults import Fault, FaultsFoundError

MOST_BYTES = 1024 * 1024
MOST_LEVELS = 20

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Where: TypeAlias = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """The value of a file, and the line and column at which each part of it stands."""

    path: Path
    value: Value = ""
    places: dict[Where, tuple[int, int]] = field(default_factory=dict)

    def fault(self, where: Where, code: str, message: str) -> Fault:
        """A fault at `where`, or at the nearest part around it that the file really has."""
        while where and where not in self.places:
            where = where[:-1]
        line, column = self.places.get(where, (1, 1))
        return Fault(self.path, line, column, code, message)


def read_document(path: Path) -> Document:
    """The document in the file at `path`. Raises FaultsFoundError: all that stands against the file's form."""
    text = _read_text(path)
    reader = _Reader(path)
    try:
        reader.read(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reader.faults.append(Fault(path, *place, "yaml", f"this is not YAML: {error.problem or error.context}"))
    except yaml.YAMLError as error:
        reader.faults.append(Fault(path, 1, 1, "yaml", f"this is not YAML: {' '.join(str(error).split())}"))
    except _TooDeepError:
        pass
    if reader.faults:
        raise FaultsFoundError(reader.faults)
    return reader.document


def _read_text(path: Path) -> str:
    """The file as text; sizes are looked at before a byte of it is read."""
    try:
        if not path.is_file():
            raise FaultsFoundError([Fault(path, 0, 0, "no_file", "there is no such file")])
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise FaultsFoundError([Fault(path, 0, 0, "too_large", "the file is larger than 1 MiB")])
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise FaultsFoundError([Fault(path, line, 1, "not_utf8", "the file is not UTF-8 text")]) from error
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise FaultsFoundError([Fault(path, 0, 0, "unreadable", f"the file cannot be read: {reason}")]) from error


class _TooDeepError(Exception):
    """Nested beyond MOST_LEVELS: no use in reading on."""


class _Reader:
    """Builds the value from the parser's events, so that nothing a file says is acted on."""

    def __init__(self, path: Path) -> None:
        self.document = Document(path)
        self.faults: list[Fault] = []

    def read(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(event, "documents", "one file holds one document; remove the second '---'")
                    return
            elif isinstance(event, yaml.NodeEvent):
                self.document.value = self._value(event, events, ())
        if not documents:
            self.faults.append(Fault(self.document.path, 1, 1, "empty", "the file is empty"))

    def _value(self, event: Any, events: Iterator[Any], where: Where) -> Value:
        self.document.places.setdefault(where, (event.start_mark.line + 1, event.start_mark.column + 1))
        if len(where) > MOST_LEVELS:
            self._fault(event, "too_deep", f"nested deeper than {MOST_LEVELS} levels")
            raise _TooDeepError
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, "alias", f"'*{event.anchor}': aliases are not allowed; write the value out")
            return ""
        self._refuse_properties(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        return str(event.value)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(event, "anchor", f"'&{event.anchor}': anchors are not allowed; write the value out")
        if event.tag is not None and event.tag != "!":
            self._fault(event, "tag", f"'{event.tag}': tags are not allowed; write the plain value")

    def _sequence(self, events: Iterator[Any], where: Where) -> Value:
        items: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, (*where, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], where: Where) -> Value:
        found: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, events, where)
            if key in found:
                self._fault(event, "duplicate_key", f"'{key}' stands twice here; keep one")
            here = (*where, key)
            self.document.places[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self._value(next(events), events, here)
        return found

    def _key(self, event: Any, events: Iterator[Any], where: Where) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event)
            return str(event.value)
        self._fault(event, "key", "a key must be plain text")
        self._value(event, events, (*where, "?"))
        return "?"

    def _fault(self, event: Any, code: str, message: str) -> None:
        mark = event.start_mark
        self.faults.append(Fault(self.document.path, mark.line + 1, mark.column + 1, code, message))
