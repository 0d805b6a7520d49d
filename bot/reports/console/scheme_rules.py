"""The rules of a scheme as text: conditions, deductions, life cycle, sources."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.catalogue_text import translate
from rubric import Condition, EligibilityQuestion, Requirement, Scheme, SchemeText, Source, format_exact


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and lines below it, none of them empty."""

    heading: str
    lines: tuple[str, ...]


def scheme_sections(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[Section]:
    """Yield the sections in the order of the dialogue; those without a line are left out."""
    for name, lines in (
        ("figures", _figures(scheme, text, locale)),
        ("conditions", _conditions(scheme, text, locale)),
        ("computation", _computations(scheme, text, locale)),
        ("asked_if", _asked_if(scheme, text, locale)),
        ("deductions", _deductions(scheme, text, locale)),
        ("lifecycle", _lifecycle(scheme, locale)),
        ("sources", _sources(scheme, text, locale)),
    ):
        if found := tuple(lines):
            yield Section(translate(locale, f"scheme.{name}"), found)


def _figures(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    if scheme.figures:
        yield translate(locale, "scheme.separator").join(
            text.figures[each.id].label for each in scheme.figures
        )


def _conditions(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    for question in scheme.eligibility:
        values = {name: format_exact(setting.value) for name, setting in question.settings.items()}
        asked = text.eligibility[question.id].question.format(**values)
        effect = translate(locale, f"scheme.{question.consequence}")
        yield translate(
            locale,
            "scheme.condition",
            title=text.eligibility[question.id].title,
            effect=effect + _not_needed_note(question, locale),
            question=asked,
        )


def _not_needed_note(question: EligibilityQuestion, locale: str) -> str:
    return translate(locale, "scheme.not_needed") if question.not_needed else ""


def _computations(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    for indicator in scheme.indicators:
        if (rule := indicator.requires) is not None:
            values = _requirement(rule, text)
            rest = translate(locale, f"scheme.partial_{rule.partial}")
            yield translate(locale, "scheme.requires", clause=indicator.id, rest=rest, **values)


def _requirement(rule: Requirement, text: SchemeText) -> dict[str, object]:
    return {
        "have": text.figures[rule.have].label,
        "base": text.figures[rule.base].label,
        "percent": format_exact(rule.percent),
        "minimum": rule.minimum,
    }


def _asked_if(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    for indicator in scheme.conditional_indicators:
        if (condition := indicator.asked_if) is not None:
            said = _condition(condition, text, locale)
            yield translate(locale, "scheme.under", clause=indicator.id, condition=said)


def _condition(condition: Condition, text: SchemeText, locale: str) -> str:
    if inner := condition.all or condition.any:
        way = "both" if condition.all else "either"
        return translate(locale, f"scheme.{way}").join(_bracketed(each, text, locale) for each in inner)
    if condition.figure is not None:
        return _figure_limits(condition, text, locale)
    way, outcomes = ("is", condition.is_) if condition.is_ else ("is_not", condition.is_not)
    names = translate(locale, "scheme.outcome_or").join(
        translate(locale, f"scheme.outcome_{each}") for each in outcomes or ()
    )
    return translate(locale, f"scheme.answer_{way}", clause=condition.indicator, outcomes=names)


def _bracketed(condition: Condition, text: SchemeText, locale: str) -> str:
    said = _condition(condition, text, locale)
    return translate(locale, "scheme.bracketed", text=said) if condition.all or condition.any else said


def _figure_limits(condition: Condition, text: SchemeText, locale: str) -> str:
    label = text.figures[condition.figure or ""].label
    limits = [
        translate(locale, f"scheme.{key}", figure=label, number=limit)
        for key, limit in (("at_least", condition.at_least), ("at_most", condition.at_most))
        if limit is not None
    ]
    return translate(locale, "scheme.both").join(limits)


def _deductions(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    rule, bonus = scheme.special_deductions, scheme.bonus
    kinds = translate(locale, "scheme.separator").join(text.deductions[kind].label for kind in rule.kinds)
    yield translate(
        locale, "scheme.deduction", each=format_exact(rule.each), fail_at=rule.fail_at, kinds=kinds
    )
    yield translate(
        locale, "scheme.bonus" if bonus.at_most else "scheme.no_bonus", points=format_exact(bonus.points)
    )
    if scheme.rules.pass_first.value:
        yield translate(locale, "scheme.pass_first", grade=text.grades[scheme.grades[0].grade])


def _lifecycle(scheme: Scheme, locale: str) -> Iterator[str]:
    said, cycle = partial(translate, locale), scheme.lifecycle
    surveillance = cycle.surveillance
    yield said(f"scheme.valid_{cycle.validity.last_day}", years=cycle.validity.years)
    if surveillance.number:
        yield said(
            "scheme.irregular" if surveillance.irregular else "scheme.surveillance",
            number=surveillance.number,
            opens=surveillance.opens_months,
            due=surveillance.due_months,
            closes=surveillance.closes_months,
        )
        at_once = "" if cycle.suspension.grace_days else "_at_once"
        yield said(f"scheme.suspension{at_once}", **cycle.suspension.model_dump(exclude={"source"}))
    yield said("scheme.recertification", **cycle.recertification.model_dump(exclude={"source"}))
    days = ", ".join(str(day) for day in cycle.reminders.before_due_days)
    yield said("scheme.reminders", days=days or "0", weeks=cycle.reminders.overdue_weeks)


def _sources(scheme: Scheme, text: SchemeText, locale: str) -> Iterator[str]:
    """Count the values of each part by source: proposed ones must be checked before use."""
    cycle = scheme.lifecycle
    parts: dict[str, Iterable[Source]] = {
        "points": (each.points.source for each in scheme.indicators),
        "clauses": (each.source for each in scheme.indicators),
        "conditions": (each.source for each in scheme.eligibility),
        "cuts": (each.source for each in scheme.grades),
        "deductions": (scheme.special_deductions.source, scheme.bonus.source),
        "rules": _rules(scheme),
        "lifecycle": (getattr(cycle, part).source for part in type(cycle).model_fields),
        "words": (text.source,),
    }
    for name, sources in parts.items():
        if counted := Counter(sources):
            told = (
                translate(
                    locale,
                    "scheme.counted",
                    source=translate(locale, f"scheme.source_{source}"),
                    number=number,
                )
                for source, number in sorted(counted.items(), key=lambda each: list(Source).index(each[0]))
            )
            part = translate(locale, f"scheme.part_{name}")
            yield translate(
                locale, "scheme.source", part=part, sources=translate(locale, "scheme.separator").join(told)
            )


def _rules(scheme: Scheme) -> Iterator[Source]:
    for _, value in scheme.rules:
        yield value if isinstance(value, Source) else value.source
