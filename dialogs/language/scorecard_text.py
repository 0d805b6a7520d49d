"""A scorecard as text, for the grade screen and for `xingping grade`."""

from collections.abc import Sequence

from dialogs.language import formatting
from dialogs.language.catalogue import Catalogue
from dialogs.model.messages import Block
from rubric import (
    Improvement,
    NextGrade,
    Scheme,
    SchemeText,
    Scorecard,
    Source,
    format_exact,
    format_rounded_up,
    higher_grades,
)

MOST_IMPROVEMENTS = 8


def scorecard_blocks(
    words: Catalogue, text: SchemeText, card: Scorecard, organisation: str = ""
) -> list[Block]:
    """Return the blocks: grade, derivation, groups, range, ways to higher grades, and the source of the points."""
    found = [
        Block("question", headline(words, text, card, organisation)),
        Block("body", derivation(words, card)),
    ]
    found.append(Block("body", group_lines(words, text, card)))
    if card.veto:
        found.append(Block("notice", words("grade.veto", number=card.deductions)))
    if card.unanswered:
        said = words(
            "grade.open", number=len(card.unanswered), range=formatting.format_score_range(words, text, card)
        )
        found.append(Block("notice", said))
    found += [Block("body", way) for way in higher_grade_texts(words, text, card)]
    return [*found, *(Block("hint", mark) for mark in source_notes(words, text, card.scheme))]


def source_notes(words: Catalogue, text: SchemeText, scheme: Scheme) -> list[str]:
    """Return notes about points and grade limits that are not from the standard."""
    found = []
    if scheme.weights == "proposed":
        found.append(words("grade.weights_body" if scheme.has_official_points else "grade.weights_proposed"))
    ruled = [text.grades[band.grade] for band in scheme.grades if band.source is Source.BODY]
    if ruled:
        found.append(words("grade.cuts_body", grades=words.join_items(ruled)))
    own = (Source.STANDARD, Source.BODY)
    unsure = [text.grades[band.grade] for band in scheme.grades if band.source not in own]
    if unsure:
        found.append(words("grade.cuts_proposed", grades=words.join_items(unsure)))
    return found


def headline(words: Catalogue, text: SchemeText, card: Scorecard, organisation: str = "") -> str:
    """Return grade and score, with organisation and scheme."""
    said = words(
        "grade.headline", grade=text.grades[card.grade], score=formatting.format_score(card.exact, words)
    )
    under = words("grade.under", scheme=f"{text.short} {text.title}")
    return "\n".join(line for line in (organisation, said, under) if line)


def derivation(words: Catalogue, card: Scorecard) -> str:
    """Return how the score follows from the points: R7, then R10."""
    if card.base is None:
        return words("grade.nothing_involved")
    steps = words(
        "grade.base",
        earned=formatting.format_points(card.earned),
        involved=format_exact(card.involved),
        base=formatting.format_points(card.base),
    )
    if card.deductions or card.bonus:
        each = card.scheme.special_deductions.each
        steps += "\n" + words(
            "grade.final",
            base=formatting.format_points(card.base),
            deductions=format_exact(card.deductions * each),
            bonus=format_exact(card.bonus),
            score=formatting.format_score(card.exact, words),
        )
    return steps


def group_lines(words: Catalogue, text: SchemeText, card: Scorecard) -> str:
    return "\n".join(group_line(words, text, card, one) for one in card.groups)


def group_line(words: Catalogue, text: SchemeText, card: Scorecard, group_id: str) -> str:
    """A top-level group: earned of involved, with a bar."""
    total = card.groups[group_id]
    return words(
        "grade.group",
        title=formatting.format_group(text, group_id),
        earned=formatting.format_points(total.earned),
        involved=format_exact(total.involved),
        bar=formatting.format_bar(int(total.earned * 100), int(total.involved * 100)),
    )


def higher_grade_texts(words: Catalogue, text: SchemeText, card: Scorecard) -> list[str]:
    """Return the next grade in full, and one line for each higher grade."""
    return [
        _higher_grade_text(words, text, rung, in_full=place == 0)
        for place, rung in enumerate(higher_grades(card))
    ]


def _higher_grade_text(words: Catalogue, text: SchemeText, next_grade: NextGrade, *, in_full: bool) -> str:
    label, gap = text.grades[next_grade.grade], format_rounded_up(next_grade.gap)
    if next_grade.cheapest is None:
        return words("grade.out_of_reach", grade=label, gap=gap)
    number = len(next_grade.cheapest)
    if not in_full:
        return words("grade.later", grade=label, gap=gap, number=number)
    steps = "\n".join(_improvement_lines(words, text, next_grade.cheapest))
    way = words("grade.next", grade=label, gap=gap, number=number, items=steps)
    return f"{way}\n{_required_text(words, text, next_grade)}" if next_grade.needs else way


def _required_text(words: Catalogue, text: SchemeText, next_grade: NextGrade) -> str:
    """Return the indicators that the grade requires whatever the score."""
    titles = [
        formatting.format_indicator(text, step.indicator)
        for step in next_grade.cheapest or ()
        if step.indicator in next_grade.needs
    ]
    return words("grade.needs", grade=text.grades[next_grade.grade], items=words.join_items(titles))


def _improvement_lines(words: Catalogue, text: SchemeText, improvements: Sequence[Improvement]) -> list[str]:
    found = [
        words(
            "grade.step",
            where=formatting.format_indicator(text, one.indicator),
            gain=formatting.format_points(one.gain),
        )
        for one in improvements[:MOST_IMPROVEMENTS]
    ]
    rest = len(improvements) - len(found)
    return [*found, words("grade.more_steps", number=rest)] if rest else found
