"""A strict YAML reader: every scalar stays text, every value has a line.

It refuses anchors, aliases, tags, merge keys, several documents in one file, duplicate keys, control characters, and
files of more than 1 MiB, 20 levels or 20,000 values. `1.10` and `no` stay as typed; the model interprets them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from rubric.parsing.faults import Fault, FaultsFoundError, quote_short
from rubric.parsing.syntax_hints import find_syntax_hint

MAX_BYTES = 1024 * 1024
MAX_LEVELS = 20
MAX_VALUES = 20_000

YamlValue: TypeAlias = str | list["YamlValue"] | dict[str, "YamlValue"]
YamlPath: TypeAlias = tuple[str | int, ...]

# What YAML 1.1 calls printable, the byte order mark inside a text excepted.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class YamlDocument:
    """The value of a file, with the line and column of each part.

    `faults` are faults of form. A file that could not be read to its end is not `whole`, and its value is meaningless.
    """

    path: Path
    value: YamlValue = ""
    positions: dict[YamlPath, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    duplicates: list[tuple[YamlPath, YamlValue]] = field(default_factory=list)
    is_complete: bool = True

    def position_of(self, where: YamlPath) -> tuple[int, int]:
        """Return the line and column of `where`, or of the nearest part around it that the file has."""
        while where and where not in self.positions:
            where = where[:-1]
        return self.positions.get(where, (1, 1))

    def fault_at(self, where: YamlPath, code: str, message: str) -> Fault:
        return Fault(self.path, *self.position_of(where), code, message, where)


def read_document(path: Path) -> YamlDocument:
    """Read the document at `path`. Raises FaultsFoundError with every fault of form."""
    document = read_with_faults(path)
    if document.faults:
        raise FaultsFoundError(document.faults)
    return document


def read_with_faults(path: Path) -> YamlDocument:
    """Read a file and keep its faults in the document instead of raising them."""
    document, text = YamlDocument(path), ""
    try:
        text = _replace_unprintable(_read_text(path), document)
        _Reader(document).read(yaml.parse(text, Loader=_LOADER))
    except FaultsFoundError as error:
        document.faults += error.faults
        document.is_complete = False
    except yaml.YAMLError as error:
        document.faults.append(_syntax_fault(path, text, error))
        document.is_complete = False
    return document


def _syntax_fault(path: Path, text: str, error: yaml.YAMLError) -> Fault:
    """Return the fault of a syntax error, with a hint where the mistake is recognised."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    slip = find_syntax_hint(text, line)
    if slip is not None:
        return Fault(path, slip.line, slip.column, "yaml", f"this is not YAML: {slip.advice}")
    problem = getattr(error, "problem", None) or type(error).__name__
    return Fault(path, line, column, "yaml", f"this is not YAML: {problem}")


def _read_text(path: Path) -> str:
    """Read the file as text, at most MAX_BYTES of it."""
    try:
        if not path.is_file():
            raise FaultsFoundError([_no_file(path)])
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
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


def _replace_unprintable(text: str, document: YamlDocument) -> str:
    """Replace unprintable characters; one fault reports the first and counts the others."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return text
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    replaced, number = _UNPRINTABLE.subn("\ufffd", text)
    message = _character_message(found[0]) + (f" ({number - 1} more such in the file)" if number > 1 else "")
    document.faults.append(Fault(document.path, line, column, "character", message))
    return replaced


def _character_message(character: str) -> str:
    return f"the character U+{ord(character):04X} is not allowed; use printable text"


class _Reader:
    """A builder of plain values from parser events; nothing in a file is executed."""

    def __init__(self, document: YamlDocument) -> None:
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

    def _value(self, event: Any, events: Iterator[Any], where: YamlPath) -> YamlValue:
        self.document.positions.setdefault(where, (event.start_mark.line + 1, event.start_mark.column + 1))
        self._refuse_too_much(event, where)
        if isinstance(event, yaml.AliasEvent):
            alias = quote_short(f"*{event.anchor}")
            self._fault(event, "alias", f"{alias}: aliases are not allowed; write the value out", where)
            return ""
        self._refuse_properties(event, where)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, where)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, where)
        return self._text(event, where)

    def _text(self, event: Any, where: YamlPath) -> str:
        text = str(event.value)
        found = _UNPRINTABLE.search(text)
        if found is not None:
            self._fault(event, "character", _character_message(found[0]), where)
        return text

    def _refuse_too_much(self, event: Any, where: YamlPath) -> None:
        self._values += 1
        if len(where) > MAX_LEVELS:
            raise FaultsFoundError([self._at(event, "too_deep", f"nested deeper than {MAX_LEVELS} levels")])
        if self._values > MAX_VALUES:
            raise FaultsFoundError(
                [self._at(event, "too_many", f"more than {MAX_VALUES} values in one file")]
            )

    def _refuse_properties(self, event: Any, where: YamlPath) -> None:
        if event.anchor is not None:
            anchor = quote_short(f"&{event.anchor}")
            self._fault(event, "anchor", f"{anchor}: anchors are not allowed; write the value out", where)
        if event.tag is not None and event.tag != "!":
            self._fault(
                event, "tag", f"{quote_short(event.tag)}: tags are not allowed; write the plain value", where
            )

    def _sequence(self, events: Iterator[Any], where: YamlPath) -> YamlValue:
        items: list[YamlValue] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*where, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], where: YamlPath) -> YamlValue:
        found: dict[str, YamlValue] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(event, events, where)
            here = (*where, key)
            if key in found:
                self._fault(event, "duplicate_key", f"{quote_short(key)} stands twice here; keep one", here)
                self.document.duplicates.append((here, found[key]))
            self.document.positions[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            found[key] = self._value(next(events), events, here)
        return found

    def _key(self, event: Any, events: Iterator[Any], where: YamlPath) -> str:
        if isinstance(event, yaml.ScalarEvent):
            here = (*where, str(event.value))
            self._refuse_properties(event, here)
            if event.value == "<<":
                self._fault(event, "merge", "'<<': merge keys are not allowed; write the keys out", here)
            return self._text(event, here)
        self._fault(event, "key", "a key must be plain text", (*where, "?"))
        self._value(event, events, (*where, "?"))
        return "?"

    def _fault(self, event: Any, code: str, message: str, where: YamlPath = ()) -> None:
        self.document.faults.append(self._at(event, code, message, where))

    def _at(self, event: Any, code: str, message: str, where: YamlPath = ()) -> Fault:
        mark = event.start_mark
        return Fault(self.document.path, mark.line + 1, mark.column + 1, code, message, where)
