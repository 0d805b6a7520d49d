"""What an editor tells an author of a file agrees with what `check` says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import BaseModel

from rubric.authoring.help import help_sentence
from rubric.authoring.json_schema import MODELS, build_schema, schema_files
from rubric.check.command import check_paths
from rubric.layout import SHIPPED_SCHEMES
from tests.rubric.body_profiles import QUICK, WORDS
from tests.rubric.builders import Folder, edit

YAML_11: Any = yaml.SafeLoader


class _Yaml12(yaml.SafeLoader):
    """What editors have: `yes` and `no` are text to it."""


_Yaml12.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

LOADERS = [YAML_11, _Yaml12]


def kind_of(file: Path) -> str:
    """The schema that the file's first line names, read from where the file lies."""
    first = file.read_text(encoding="utf-8").splitlines()[0]
    named = file.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert named.resolve().parent == SHIPPED_SCHEMES / "schema", (
        f"{file} names no schema that is there: {first}"
    )
    return named.stem


def problems(kind: str, text: str, loader: Any = YAML_11) -> list[str]:
    """What an editor would underline; its keys are text, whatever they look like."""
    seen = json.loads(json.dumps(yaml.load(text, Loader=loader)))
    validator = Draft7Validator(build_schema(MODELS[kind]))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(seen)]


def shipped_files() -> list[Path]:
    return sorted(file for file in SHIPPED_SCHEMES.rglob("*.yaml"))


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("file", shipped_files(), ids=lambda file: str(file.relative_to(SHIPPED_SCHEMES)))
def test_a_shipped_file_has_nothing_underlined(file: Path, loader: Any) -> None:
    assert problems(kind_of(file), file.read_text(encoding="utf-8"), loader) == []


def test_the_schemas_written_have_not_drifted_from_the_models() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in (SHIPPED_SCHEMES / "schema").iterdir()}
    assert written == schema_files(), "write them anew with `make schema`"


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(build_schema(MODELS[name]))


def parts(model: type[BaseModel]) -> Iterator[tuple[type[BaseModel], str]]:
    """Every key of every part that a file of this kind can have."""
    seen: set[type[BaseModel]] = set()
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                for name, field in kind.model_fields.items():
                    yield kind, field.alias or name
                    waiting.append(field.annotation)
        else:
            waiting += getattr(kind, "__args__", ())


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_explained(name: str) -> None:
    assert [
        f"{kind.__name__}.{key}" for kind, key in parts(MODELS[name]) if not help_sentence(kind, key)
    ] == []


FAULTY = {
    "a key that is unknown": ("effort: 1", "efort: 1"),
    "a word that is no switch": ("deletable: yes", "deletable: perhaps"),
    "a type that there is not": ("type: sampled", "type: samples"),
    "a number out of range": ("effort: 1", "effort: 4"),
    "a fraction for a whole number": ("effort: 1", "effort: 1.5"),
    "a word for a number": ("value: 25", "value: many"),
    "a negative number": ("value: 25", "value: -25"),
    "an id with a blank": ("id: staff", "id: the staff"),
    "a source that there is not": ("source: standard", "source: hearsay"),
    "a text for a list": ("kinds: [law, own_rules, trade, system]", "kinds: law"),
    "an empty value": ("effort: 1", "effort:"),
    "a bonus given twice": ("at_most: 1", "at_most: 2"),
    "a rule that is of no kind": ("kind: ratio", "kind: share"),
}


@pytest.mark.parametrize(("old", "new"), FAULTY.values(), ids=FAULTY)
@pytest.mark.parametrize("loader", LOADERS)
def test_what_check_refuses_of_a_value_is_underlined(tmp_path: Path, loader: Any, old: str, new: str) -> None:
    folder = Folder(tmp_path)
    edit(folder.version, old, new)
    assert problems("scheme", folder.version.read_text(encoding="utf-8"), loader)
    assert check_paths([folder.version])


WRITTEN = {
    "numbers in quotes": ("effort: 1", 'effort: "1"'),
    "points in quotes": ("value: 25", 'value: "25.0"'),
    "an id without quotes": ('id: "5.1",', "id: 5.1,"),
    "true for yes": ("deletable: yes", "deletable: true"),
    "yes in quotes": ("deletable: yes", 'deletable: "yes"'),
    "the bonus in quotes": ("at_most: 1", 'at_most: "1"'),
}


@pytest.mark.parametrize(("old", "new"), WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("loader", LOADERS)
def test_what_authors_really_write_is_taken(tmp_path: Path, loader: Any, old: str, new: str) -> None:
    folder = Folder(tmp_path)
    edit(folder.version, old, new)
    assert problems("scheme", folder.version.read_text(encoding="utf-8"), loader) == []
    assert check_paths([folder.version]) == []


def test_words_may_look_like_a_number_or_a_switch(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    edit(folder.words(), "short: Scheme", "short: 2024")
    edit(folder.words(), "title: A scheme", "title: no")
    assert problems("text", folder.words().read_text(encoding="utf-8")) == []
    assert check_paths([folder.path]) == []


@pytest.mark.parametrize("switch", ["on", "off", "y", "1", "0", "True", "YES", "perhaps"])
def test_a_switch_is_yes_or_no_and_nothing_like_it(tmp_path: Path, switch: str) -> None:
    folder = Folder(tmp_path)
    edit(folder.version, "deletable: yes", f"deletable: {switch}")
    (fault,) = check_paths([folder.version])
    assert fault.message == f"'deletable' must be yes or no; here: '{switch}'"


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        ("body", QUICK, "revoked_after_months: 3", "revoked_after: 3"),
        ("body", QUICK, "who: enterprise", "who: company"),
        ("body", QUICK, "for: [application, remote]", "for: application"),
        ("body-text", WORDS, "title: Licence", "title: ''"),
    ],
)
def test_a_slip_in_a_profile_is_underlined(kind: str, text: str, old: str, new: str) -> None:
    assert problems(kind, text) == []
    assert problems(kind, text.replace(old, new, 1))
