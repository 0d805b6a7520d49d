"""The violations of rules in a file with wrong values, as far as they do not depend on those values.

The wrong values are replaced by two different valid ones, and a violation found both times exists whatever the author
meant to write. What depends on a wrong value in other ways, such as the sum of a group, is not reported until the
value is right.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rubric.parsing.document import YamlDocument, YamlPath
from rubric.parsing.faults import MAX_FAULTS, Fault, FaultsFoundError
from rubric.parsing.field_types import keys_at, optional_keys_at, strip_union_tags
from rubric.parsing.placeholder_values import PlaceholderValues
from rubric.parsing.validation import build_model, possible_names
from rubric.parsing.violations import Violation

Model = TypeVar("Model", bound=BaseModel)
WrongPaths: TypeAlias = Collection[YamlPath]
"""The paths of wrong values, which are replaced or left out."""
ViolationFinder: TypeAlias = Callable[[Model, WrongPaths], Iterable[Violation]]
DependentCodes: TypeAlias = Mapping[tuple[str, str], frozenset[str]]
"""The codes, by section and key of its items, that are not reported while such a value is wrong."""

_ROUNDS = 6
_MARK = ("value", "source")  # of a marked number
_MOST_REPAIRS = 2000


def check_document(
    model: type[Model], document: YamlDocument, find: ViolationFinder[Model], hanging: DependentCodes
) -> Model:
    """Build the model in `document`. Raises FaultsFoundError with every fault of its values and of `find`."""
    try:
        value = build_model(model, document)
    except FaultsFoundError as error:
        if len(error.faults) > MAX_FAULTS:
            raise
        raise FaultsFoundError([*error.faults, *_found_anyway(model, document, find, hanging)]) from error
    if faults := [document.fault_at(*each) for each in find(value, ())]:
        raise FaultsFoundError(faults)
    return value


def _found_anyway(
    model: type[Model], document: YamlDocument, find: ViolationFinder[Model], hanging: DependentCodes
) -> Iterator[Fault]:
    repairs = [_Repair(model, PlaceholderValues(variant)) for variant in (1, 2)]
    values = [repair.repaired(document.value) for repair in repairs]
    if None in values:
        return
    wrong = repairs[0].wrong | repairs[1].wrong
    one, other = ({*find(value, wrong)} for value in values)
    silent = frozenset(code for where in wrong for code in _codes_hanging(where, hanging))
    for where, code, message in one & other:
        if code not in silent and not _is_within(where, wrong):
            yield document.fault_at(where, code, message)


def _is_within(where: YamlPath, wrong: WrongPaths) -> bool:
    return any(where[: len(each)] == each for each in wrong)


def _codes_hanging(where: YamlPath, hanging: DependentCodes) -> Iterator[str]:
    """Yield the codes that depend on the value at `where`; a wrong item or section counts as all of its keys."""
    keys = [step for step in where[1:] if isinstance(step, str) and step not in _MARK]
    for (section, key), codes in hanging.items():
        if where[:1] == (section,) and (len(where) < 3 or keys[-1:] == [key]):
            yield from codes


@dataclass(slots=True)
class _Repair:
    """A repair of the values of a file; `wrong` are the paths of values replaced, left out or missing."""

    model: type[BaseModel]
    samples: PlaceholderValues
    wrong: set[YamlPath] = field(default_factory=set)

    def repaired(self, value: Any) -> Any:
        """Build the model with valid values in place of wrong ones; None where there are too many."""
        for _ in range(_ROUNDS):
            try:
                return self.model.model_validate(value)
            except ValidationError as error:
                details = error.errors(include_url=False)
                if len(details) > _MOST_REPAIRS:
                    return None
                for detail in details:
                    value = self._mended(value, detail)
        return None

    def _mended(self, value: Any, detail: ErrorDetails) -> Any:
        where = strip_union_tags(self.model, detail["loc"])
        if where[-1:] == ("[key]",):
            return _without(value, where[:-1])
        if detail["type"] == "extra_forbidden":
            self.wrong |= self._meant(value, where, keys_at(self.model, detail["loc"][:-1]))
            return _without(value, where)
        if detail["type"] == "value_error":
            plainest = self.samples.plainest(self.model, detail["loc"], _at(value, where))
            return self._plainer(value, where, plainest, self.samples.one(self.model, detail["loc"]))
        self.wrong.add(where)
        if where and where[-1] in optional_keys_at(self.model, detail["loc"][:-1]):
            return _without(value, where)
        return _with(value, where, self.samples.one(self.model, detail["loc"]))

    def _meant(self, value: Any, where: YamlPath, keys: list[str]) -> set[YamlPath]:
        """Return the missing keys that an unknown key may be a misspelling of."""
        *holder, name = where
        absent = [key for key in keys if key not in _at(value, where[:-1]) or (*holder, key) in self.wrong]
        return {(*holder, key) for key in possible_names(str(name), absent)}

    def _plainer(self, value: Any, where: YamlPath, plainer: Any, sample: Any) -> Any:
        """Replace a part that contradicts itself by its required keys; every key that changes counts as wrong.

        An item of a list with nothing left becomes a valid sample, so that the other items stay.
        """
        given = _at(value, where)
        if given == plainer != sample and where and isinstance(where[-1], int):
            self.wrong.add(where)
            return _with(value, where, sample)
        if given == plainer:
            return self._given_up(value, where)
        if isinstance(given, dict) and isinstance(plainer, dict):
            self.wrong |= {(*where, key) for key in given if given[key] != plainer.get(key)}
        else:
            self.wrong.add(where)
        return _with(value, where, plainer)

    def _given_up(self, value: Any, where: YamlPath) -> Any:
        """Leave out the nearest optional part around `where`."""
        while where and where[-1] not in optional_keys_at(self.model, where[:-1]):
            where = where[:-1]
        self.wrong.add(where)
        return _without(value, where)


def _at(value: Any, where: YamlPath) -> Any:
    for step in where:
        value = value[step]
    return value


def _with(value: Any, where: YamlPath, new: Any) -> Any:
    """Return a copy of the value with `new` at `where`; unchanged where that path does not exist."""
    if not where:
        return new
    step, *rest = where
    if isinstance(value, dict):
        return value | {step: _with(value.get(step, {}), tuple(rest), new)}
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return [_with(each, tuple(rest), new) if place == step else each for place, each in enumerate(value)]
    return value


def _without(value: Any, where: YamlPath) -> Any:
    if not where:
        return value
    holder = _at(value, where[:-1])
    if not isinstance(holder, dict):
        return value
    return _with(value, where[:-1], {key: inner for key, inner in holder.items() if key != where[-1]})
