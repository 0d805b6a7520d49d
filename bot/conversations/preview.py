"""A preview of a scheme for its author: the real dialogue, nothing saved, a usual answer for each question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from bot.conversations.local import Input, StoredTalk
from dialogs import Reply, Screen
from rubric import Library, LimitRule, Scheme

USUAL_BUTTONS = ("answer:met", "nav:submit", "nav:next")
_BEFORE_THE_QUESTIONS = re.compile(r"language|agreement|scheme|organisation\..*|eligibility\..*")
_MOST_STEPS = 300
_DEFAULT_FIGURE = 100


class SingleSchemeLibrary(Library):
    """A library that offers one scheme, with the overlays of its name.

    `version` is the one to start with; empty means the newest.
    """

    __slots__ = ("begun_with", "only")

    def __init__(self, library: Library, scheme_id: str, version: str = "") -> None:
        super().__init__(
            library.files,
            library.body_files,
            library.crosswalk_files,
            library.overlays,
            library.folders,
            library.drafts,
        )
        self.only, self.begun_with = scheme_id, version

    def newest(self, name: str) -> str:
        return self.begun_with if self.begun_with and name == self.only else super().newest(name)

    def offered_names(self) -> list[str]:
        return [self.only]

    def default_name(self) -> str:
        return self.only


@dataclass(slots=True)
class Preview:
    """The conversation; without `whole`, the steps before the questions are answered automatically."""

    talk: StoredTalk
    scheme: Scheme
    organisation: str
    whole: bool = False
    _figures: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._figures = plausible_figures(self.scheme)

    def take(self, user_input: Input) -> tuple[Reply, ...]:
        replies = self.talk.take(user_input)
        if user_input.kind != "open" or self.whole:
            return replies
        for _ in range(_MOST_STEPS):
            usual = self.usual_input()
            if usual is None or not _BEFORE_THE_QUESTIONS.fullmatch(self._last_screen().state):
                break
            replies = self.talk.take(usual)
        return replies

    def recover(self, error: Exception) -> tuple[Reply, ...]:
        return self.talk.recover(error)

    def usual_input(self) -> Input | None:
        """Return the answer that leads on; None when only the author can give one."""
        shown = self._last_screen()
        if shown.state == "organisation.name":
            return Input("text", self.organisation)
        figure = shown.state.removeprefix("organisation.")
        if figure in self._figures:
            return Input("text", str(self._figures[figure]))
        ways = (f"lang:{self.talk.locale()}", *USUAL_BUTTONS)
        return next((Input("press", way) for way in ways if shown.has_button(way)), None)

    def _last_screen(self) -> Screen:
        assert self.talk.last_screen is not None
        return self.talk.last_screen


def plausible_figures(scheme: Scheme) -> dict[str, int]:
    """Return a number for each figure; they are consistent wherever possible."""
    found = {figure.id: min(_DEFAULT_FIGURE, figure.at_most) for figure in scheme.figures}
    for _ in scheme.plausibility:
        for rule in scheme.plausibility:
            if isinstance(rule, LimitRule):
                found[rule.limit] = max(found[rule.limit], found[rule.figure])
            else:
                least = ceil(Fraction(rule.at_least) * found[rule.per])
                found[rule.figure] = max(found[rule.figure], least)
    return {figure.id: min(found[figure.id], figure.at_most) for figure in scheme.figures}
