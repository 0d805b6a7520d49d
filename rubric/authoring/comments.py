"""YAML of a scheme part with an explanation of each key in comments."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

import yaml
from pydantic import BaseModel

from rubric.authoring.help import help_sentence
from rubric.model.fields import MarkedNumber, MarkedSwitch
from rubric.model.fractions import format_exact
from rubric.parsing.field_types import models_at

WIDTH = 110
LINE_WIDTH = 120  # of values, which are easier to compare one to a line
_MARKED = (MarkedNumber, MarkedSwitch)
_SOURCE_KEY = "source"  # every part has this key; it is explained once, at the top of the file


def write_with_comments(value: BaseModel) -> str:
    """Return the YAML file for `value`; keys at their default are shown in comments only."""
    return "".join(f"{line}\n" for line in _file(value)).lstrip("\n")


def source_comment(model: type[BaseModel]) -> str:
    """Return the comment that explains `source`, once, at the top of a file."""
    return "\n".join(_comment_lines(f"{_SOURCE_KEY}: {help_sentence(model, _SOURCE_KEY)}", ""))


def _file(value: BaseModel) -> Iterator[str]:
    model = type(value)
    values = value.model_dump(exclude_none=True, exclude_defaults=True, by_alias=True)
    for key, inner in values.items():
        if not isinstance(inner, list | tuple | Mapping):
            yield from _line(model, key, inner, "")
            continue
        yield ""
        yield from _comment_lines(help_sentence(model, key), "")
        nested = models_at(model, (key,))
        if nested and isinstance(inner, Mapping):
            yield from _nested(nested[0], key, inner)
        else:
            yield from _items(model, key, inner)


def _nested(model: type[BaseModel], key: str, value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    yield f"{indent}{key}:"
    yield from _block(model, value, indent + "  ")


def _items(model: type[BaseModel], key: str, inner: Any) -> Iterator[str]:
    """Write a list or a mapping of parts, after comments that explain the keys of such a part."""
    told: set[str] = {_SOURCE_KEY}
    for kind in models_at(model, (key, 0 if isinstance(inner, list | tuple) else "id")):
        yield from _keys(kind, "#   ", told)
    if not inner:
        yield f"{key}: {_dump_flow(inner)}"
    elif isinstance(inner, Mapping):
        yield f"{key}:"
        yield from _indented(_dump_block(inner), "  ")
    else:
        yield f"{key}:"
        for item in inner:
            yield from _item(item)


def _item(item: Any) -> Iterator[str]:
    """Write an item in one line if it fits, else one key a line."""
    line = f"  - {_dump_flow(item)}"
    if len(line) <= LINE_WIDTH or not isinstance(item, Mapping):
        yield line
        return
    start = "  - "
    for key, value in item.items():
        fits = not isinstance(value, Mapping) or len(_dump_flow({key: value})) + len(start) <= LINE_WIDTH
        written = f"{key}: {_dump_flow(value)}" if fits else _dump_block({key: value})
        for part in written.splitlines():
            yield start + part
            start = "    "


def _keys(kind: type[BaseModel], indent: str, told: set[str]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        key = field.alias or name
        sentence = f"{key}: {help_sentence(kind, key) or ''}"
        if key == _SOURCE_KEY or sentence in told:
            continue
        told.add(sentence)
        yield from _comment_lines(sentence + ("" if field.is_required() else " May be left out."), indent)
        for inner in models_at(kind, (key,)):
            if inner not in _MARKED:
                yield from _keys(inner, indent + "  ", told)


def _block(model: type[BaseModel], value: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Write one key a line, and a comment with the default for each key that is left out."""
    for name, field in model.model_fields.items():
        key = field.alias or name
        nested = [kind for kind in models_at(model, (key,)) if kind not in _MARKED]
        if key in value and nested:
            yield from _comment_lines(help_sentence(model, key), indent)
            yield from _nested(nested[0], key, value[key], indent)
        elif key in value:
            yield from _line(model, key, value[key], indent)
        elif field.default is not None:
            yield from _line(model, key, field.default, indent + "# ")


def _line(model: type[BaseModel], key: str, value: Any, indent: str) -> Iterator[str]:
    line = f"{indent}{key}: {_dump_flow(value)}"
    sentence = None if key == _SOURCE_KEY else help_sentence(model, key)
    if sentence and len(line) + len(sentence) + 4 <= WIDTH:
        yield f"{line}  # {sentence}"
        return
    yield from _comment_lines(sentence, indent.removesuffix("# "))
    yield line


def _comment_lines(sentence: str | None, indent: str) -> list[str]:
    start = f"{indent}# " if not indent or indent.isspace() else indent
    return textwrap.wrap(
        sentence or "", WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False
    )


def _indented(text: str, indent: str) -> Iterable[str]:
    return (indent + line for line in text.splitlines())


def _dump_flow(value: Any) -> str:
    dumped: str = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, **_STYLE)
    return dumped.removesuffix("\n").removesuffix("...").removesuffix("\n")


def _dump_block(value: Any) -> str:
    """Write one item a line."""
    dumped: str = yaml.dump(value, Dumper=_Dumper, default_flow_style=False, **_STYLE)
    return dumped


_TEXT = "tag:yaml.org,2002:str"
_STYLE: Any = {"allow_unicode": True, "sort_keys": False, "width": 10**6}


class _Dumper(yaml.SafeDumper):
    """A dumper that writes numbers and switches as authors do, and quotes ids that look like numbers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_bool(dumper: _Dumper, value: bool) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


def _represent_decimal(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    text = format_exact(value)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _represent_str(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    looks_like = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return dumper.represent_scalar(_TEXT, value, style=None if looks_like == _TEXT else '"')


def _represent_enum(dumper: _Dumper, value: Enum) -> yaml.ScalarNode:
    return _represent_str(dumper, value.value)


_Dumper.add_representer(str, _represent_str)
_Dumper.add_representer(bool, _represent_bool)
_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_multi_representer(Enum, _represent_enum)
_Dumper.add_representer(tuple, yaml.SafeDumper.represent_list)
