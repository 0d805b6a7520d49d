"""A scorecard in words: the same for the talk's grade screen and for `xingping grade`."""

from collections.abc import Sequence

from dialogs.language import formatting
from dialogs.language.catalogue import Words
from dialogs.model.messages import Block
from rubric.model.fields import Source
from rubric.model.fractions import format_exact, format_rounded_up
from rubric.model.scheme import Scheme
from rubric.model.texts import SchemeText
from rubric.scoring.improvements import Improvement, NextGrade, higher_grades
from rubric.scoring.scorecard import Scorecard

MOST_STEPS = 8


def summary(words: Words, text: SchemeText, card: Scorecard, organisation: str = "") -> list[Block]:
    """Grade, how it came about, the groups, the range, the ways up, and whose weights these are."""
    found = [
        Block("question", headline(words, text, card, organisation)),
        Block("body", derivation(words, card)),
    ]
    found.append(Block("body", groups(words, text, card)))
    if card.veto:
        found.append(Block("notice", words("grade.veto", number=card.deductions)))
    if card.unanswered:
        said = words("grade.open", number=len(card.unanswered), range=formatting.reach(words, text, card))
        found.append(Block("notice", said))
    found += [Block("body", way) for way in ways_up(words, text, card)]
    return [*found, *(Block("hint", mark) for mark in marks(words, text, card.scheme))]


def marks(words: Words, text: SchemeText, scheme: Scheme) -> list[str]:
    """Which of the points and cuts are not the standard's own."""
    found = []
    if scheme.weights == "proposed":
        found.append(words("grade.weights_body" if scheme.has_official_points else "grade.weights_proposed"))
    ruled = [text.grades[band.grade] for band in scheme.grades if band.source is Source.BODY]
    if ruled:
        found.append(words("grade.cuts_body", grades=words.joined(ruled)))
    own = (Source.STANDARD, Source.BODY)
    unsure = [text.grades[band.grade] for band in scheme.grades if band.source not in own]
    if unsure:
        found.append(words("grade.cuts_proposed", grades=words.joined(unsure)))
    return found


def headline(words: Words, text: SchemeText, card: Scorecard, organisation: str = "") -> str:
    """The grade and the score, for whom, under what."""
    said = words("grade.headline", grade=text.grades[card.grade], score=formatting.shown(card.exact, words))
    under = words("grade.under", scheme=f"{text.short} {text.title}")
    return "\n".join(line for line in (organisation, said, under) if line)


def derivation(words: Words, card: Scorecard) -> str:
    """From the points to the score: R7, then R10."""
    if card.base is None:
        return words("grade.nothing_involved")
    steps = words(
        "grade.base",
        earned=formatting.points(card.earned),
        involved=format_exact(card.involved),
        base=formatting.points(card.base),
    )
    if card.deductions or card.bonus:
        each = card.scheme.special_deductions.each
        steps += "\n" + words(
            "grade.final",
            base=formatting.points(card.base),
            deductions=format_exact(card.deductions * each),
            bonus=format_exact(card.bonus),
            score=formatting.shown(card.exact, words),
        )
    return steps


def groups(words: Words, text: SchemeText, card: Scorecard) -> str:
    return "\n".join(group(words, text, card, one) for one in card.groups)


def group(words: Words, text: SchemeText, card: Scorecard, clause: str) -> str:
    """A top-level group: earned of involved, with a bar."""
    total = card.groups[clause]
    return words(
        "grade.group",
        title=formatting.group(text, clause),
        earned=formatting.points(total.earned),
        involved=format_exact(total.involved),
        bar=formatting.bar(int(total.earned * 100), int(total.involved * 100)),
    )


def ways_up(words: Words, text: SchemeText, card: Scorecard) -> list[str]:
    """The next grade in full, each one above it in a line."""
    return [_way(words, text, rung, in_full=place == 0) for place, rung in enumerate(higher_grades(card))]


def _way(words: Words, text: SchemeText, rung: NextGrade, *, in_full: bool) -> str:
    label, gap = text.grades[rung.grade], format_rounded_up(rung.gap)
    if rung.cheapest is None:
        return words("grade.out_of_reach", grade=label, gap=gap)
    number = len(rung.cheapest)
    if not in_full:
        return words("grade.later", grade=label, gap=gap, number=number)
    steps = "\n".join(_steps(words, text, rung.cheapest))
    way = words("grade.next", grade=label, gap=gap, number=number, items=steps)
    return f"{way}\n{_needs(words, text, rung)}" if rung.needs else way


def _needs(words: Words, text: SchemeText, rung: NextGrade) -> str:
    """What the grade asks for by name, whatever the score."""
    titles = [
        formatting.titled(text, step.indicator)
        for step in rung.cheapest or ()
        if step.indicator in rung.needs
    ]
    return words("grade.needs", grade=text.grades[rung.grade], items=words.joined(titles))


def _steps(words: Words, text: SchemeText, cheapest: Sequence[Improvement]) -> list[str]:
    found = [
        words("grade.step", where=formatting.titled(text, one.indicator), gain=formatting.points(one.gain))
        for one in cheapest[:MOST_STEPS]
    ]
    rest = len(cheapest) - len(found)
    return [*found, words("grade.more_steps", number=rest)] if rest else found
