"""YAML read strictly: every scalar is text, every value knows its line.

Refused, each a way to harm or to mislead: anchors and aliases (they explode), tags (they build objects),
merge keys, several documents in one file, a key twice in one mapping (the first would be lost without a
word), control characters (typed or escaped), more than 1 MiB, 20 levels or 20,000 values. `1.10` and `no`
stay what was typed; the model says what they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from rubric.parsing.faults import Fault, FaultsFoundError, brief
from rubric.parsing.syntax_hints import slip_at

MOST_BYTES = 1024 * 1024
MOST_LEVELS = 20
MOST_VALUES = 20_000

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
Where: TypeAlias = tuple[str | int, ...]

# What YAML 1.1 calls printable, the byte order mark inside a text excepted.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """The value of a file, and the line and column at which each part of it stands.

    `faults` are those of its form, and `doubles` what keys that stand twice said before the last time.
    Where it could not be read to its end it is not `whole`, and the value says nothing.
    """

    path: Path
    value: Value = ""
    places: dict[Where, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubles: list[tuple[Where, Value]] = field(default_factory=list)
    whole: bool = True

    def place(self, where: Where) -> tuple[int, int]:
        """Line and column of `where`, or of the nearest part around it that the file really has."""
        while where and where not in self.places:
            where = where[:-1]
        return self.places.get(where, (1, 1))

    def fault(self, where: Where, code: str, message: str) -> Fault:
        return Fault(self.path, *self.place(where), code, message, where)


def read_document(path: Path) -> Document:
    """The document in the file at `path`. Raises FaultsFoundError with all that is wrong with its form."""
    document = read_faulty(path)
    if document.faults:
        raise FaultsFoundError(document.faults)
    return document


def read_faulty(path: Path) -> Document:
    """The same, its faults in it, for those who look for further ones."""
    document, text = Document(path), ""
    try:
        text = _printable(_read_text(path), document)
        _Reader(document).read(yaml.parse(text, Loader=_LOADER))
    except FaultsFoundError as error:
        document.faults += error.faults
        document.whole = False
    except yaml.YAMLError as error:
        document.faults.append(_no_yaml(path, text, error))
        document.whole = False
    return document


def _no_yaml(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    """What the author did, where that can be told; else what the parser says."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    slip = slip_at(text, line)
    if slip is not None:
        return Fault(path, slip.line, slip.column, "yaml", f"this is not YAML: {slip.advice}")
    problem = getattr(error, "problem", None) or type(error).__name__
    return Fault(path, line, column, "yaml", f"this is not YAML: {problem}")


def _read_text(path: Path) -> str:
    """The file as text; never more than MOST_BYTES of it are taken into memory."""
    try:
        if not path.is_file():
            raise FaultsFoundError([_no_file(path)])
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise FaultsFoundError([Fault(path, 0, 0, "too_large", "the file is larger than 1 MiB")])
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise FaultsFoundError([Fault(path, line, 1, "not_utf8", message)]) from error
    except OSError as error:
        reason = error.strerror or "unknown error"
        raise FaultsFoundError(
            [Fault(path, 0, 0, "unreadable", f"the file cannot be read: {reason}")]
        ) from error


def _no_file(path: Path) -> Fault:
    if path.is_dir():
        return Fault(path, 0, 0, "no_file", "this is a folder; a file is wanted here")
    return Fault(path, 0, 0, "no_file", "there is no such file")


def _printable(text: str, document: Document) -> str:
    """The text with a sign in place of what is not; the first such character is a fault, and tells of the others."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return text
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    replaced, number = _UNPRINTABLE.subn("\ufffd", text)
    message = _not_allowed(found[0]) + (f" ({number - 1} more such in the file)" if number > 1 else "")
    document.faults.append(Fault(document.path, line, column, "character", message))
    return replaced


def _not_allowed(character: str) -> str:
    return f"the character U+{ord(character):04X} is not allowed; use printable text"


class _Reader:
    """Builds the value from the parser's events, so that nothing a file says is acted on."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._values = 0

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
            raise FaultsFoundError([Fault(self.document.path, 1, 1, "empty", "the file is empty")])

    def _value(self, event: Any, events: Iterator[Any], where: Where) -> Value:
        self.document.places.setdefault(where, (event.start_mark.line + 1, event.start_mark.column + 1))
        self._refuse_too_much(event, where)
        if isinstance(event, yaml.AliasEvent):
            alias = brief(f"*{event.anchor}")
            self._fault(event, "alias", f"{alias}: aliases are not allowed; write the value out", where)
            return ""
        self._refuse_properties(event, where)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        return self._text(event, where)

    def _text(self, event: Any, where: Where) -> str:
        text = str(event.value)
        found = _UNPRINTABLE.search(text)
        if found is not None:
            self._fault(event, "character", _not_allowed(found[0]), where)
        return text

    def _refuse_too_much(self, event: Any, where: Where) -> None:
        self._values += 1
        if len(where) > MOST_LEVELS:
            raise FaultsFoundError([self._at(event, "too_deep", f"nested deeper than {MOST_LEVELS} levels")])
        if self._values > MOST_VALUES:
            raise FaultsFoundError(
                [self._at(event, "too_many", f"more than {MOST_VALUES} values in one file")]
            )

    def _refuse_properties(self, event: Any, where: Where) -> None:
        if event.anchor is not None:
            anchor = brief(f"&{event.anchor}")
            self._fault(event, "anchor", f"{anchor}: anchors are not allowed; write the value out", where)
        if event.tag is not None and event.tag != "!":
            self._fault(
                event, "tag", f"{brief(event.tag)}: tags are not allowed; write the plain value", where
            )

    def _sequence(self, events: Iterator[Any], where: Where) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*where, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], where: Where) -> Value:
        found: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, events, where)
            here = (*where, key)
            if key in found:
                self._fault(event, "duplicate_key", f"{brief(key)} stands twice here; keep one", here)
                self.document.doubles.append((here, found[key]))
            self.document.places[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self._value(next(events), events, here)
        return found

    def _key(self, event: Any, events: Iterator[Any], where: Where) -> str:
        if isinstance(event, yaml.ScalarEvent):
            here = (*where, str(event.value))
            self._refuse_properties(event, here)
            if event.value == "<<":
                self._fault(event, "merge", "'<<': merge keys are not allowed; write the keys out", here)
            return self._text(event, here)
        self._fault(event, "key", "a key must be plain text", (*where, "?"))
        self._value(event, events, (*where, "?"))
        return "?"

    def _fault(self, event: Any, code: str, message: str, where: Where = ()) -> None:
        self.document.faults.append(self._at(event, code, message, where))

    def _at(self, event: Any, code: str, message: str, where: Where = ()) -> Fault:
        mark = event.start_mark
        return Fault(self.document.path, mark.line + 1, mark.column + 1, code, message, where)
