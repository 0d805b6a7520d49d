"""Valid values in place of wrong ones; two variants differ wherever there is a choice."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from rubric.parsing.document import YamlPath
from rubric.parsing.field_types import (
    FieldType,
    choices_of,
    field_types_at,
    fields_of,
    find_constraint,
    is_model,
    unwrap_annotated,
)


class PlaceholderValues:
    """Valid values for the fields of models; `variant` is 1 or 2."""

    def __init__(self, variant: int) -> None:
        self.variant = variant
        self._numbers = count()

    def one(self, model: type[BaseModel], where: YamlPath) -> Any:
        """Return a valid value for `where` (a path as in pydantic) in `model`."""
        kinds = field_types_at(model, where)
        return self._of(kinds[0]) if kinds else ""

    def plainest(self, model: type[BaseModel], where: YamlPath, given: Any) -> Any:
        """Return the mapping at `where` with its required keys only: a valid choice for choices, the rest as given."""
        kind = next((kind for kind, _ in field_types_at(model, where) if is_model(kind)), None)
        if kind is None or not isinstance(given, dict):
            return self.one(model, where)
        return self._mapping(kind, given)

    def _mapping(self, model: type[BaseModel], given: dict[str, Any]) -> dict[str, Any]:
        return {
            key: given[key]
            if key in given and choices_of(field.annotation) is None
            else self.one(model, (key,))
            for key, field in fields_of(model).items()
            if field.is_required()
        }

    def _of(self, kind: FieldType) -> Any:
        annotation: Any = kind[0]
        notes = kind[1]
        if (choices := choices_of(annotation)) is not None:
            return choices[min(self.variant, len(choices)) - 1]
        if is_model(annotation):
            own = getattr(annotation, "sample", None)
            return own() if own else self._mapping(annotation, {})
        if get_origin(annotation) is tuple:
            inner = unwrap_annotated(get_args(annotation)[0], ())
            return [self._of(inner) for _ in range(find_constraint(notes, "min_length") or 0)]
        if get_origin(annotation) is dict:
            return {}
        return self._scalar(annotation, notes)

    def _scalar(self, kind: Any, notes: Sequence[Any]) -> str:
        if kind is bool:
            return ("yes", "no")[self.variant - 1]
        if kind in (int, Decimal):
            least = find_constraint(notes, "ge")
            return str((int(least) if least else 0) + self.variant - 1)
        if find_constraint(notes, "pattern") is not None:
            return self._matching(str(find_constraint(notes, "pattern")))
        return f"sample {self.variant}"

    def _matching(self, pattern: str) -> str:
        """Return a text that matches and that no author would write; empty where no candidate does."""
        number, variant = next(self._numbers), self.variant
        candidates = (
            f"zz.sample-{variant}.{number}",
            str(variant),
            f"1{variant}",
            ("qaa", "qab")[variant - 1],
        )
        return next((each for each in candidates if _fits(pattern, each)), "")


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None
