"""The conditions of applying, as a scheme file says them."""

from typing import Literal

from pydantic import Field

from rubric.parts import Identifier, MarkedNumber, Part, Source, Switch

Consequence = Literal["blocks", "warns"]


class EligibilityQuestion(Part):
    """A condition of applying. `settings` fill the placeholders of its words; bodies differ in them."""

    id: Identifier
    consequence: Consequence
    not_needed: Switch = False
    settings: dict[Identifier, MarkedNumber] = Field(default_factory=dict)
    source: Source
