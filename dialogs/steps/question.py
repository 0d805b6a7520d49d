"""The screen of an indicator: where one is, the question, guidance on demand, and every way to answer."""

from dialogs import parse, wording
from dialogs.answering import give
from dialogs.messages import Block, Button, Problem, Sent
from dialogs.parse import Counts
from dialogs.scene import Scene
from dialogs.steps import attaching
from dialogs.steps.base import Rows, Step, block, button
from rubric.model import Indicator, IndicatorType
from rubric.score import required
from rubric.sheet import Met, Sampled, Unmet


class Question(Step):
    """Asks the indicator under the cursor."""

    state = "scoring.question"
    on_yes = "answer:met"
    on_no = "answer:unmet"

    def indicator(self, scene: Scene) -> str | None:
        return scene.talk.cursor

    def blocks(self, scene: Scene) -> list[Block]:
        words, text = scene.words, scene.text.indicators[scene.talk.cursor]
        found = [
            place(scene),
            Block("question", f"{wording.titled(scene, scene.talk.cursor)}\n{text.question}"),
        ]
        if scene.indicator.requires is not None:
            found.append(_calculation(scene))
        elif text.sample:
            found.append(Block("hint", words("question.sampled", sample=text.sample)))
        else:
            found.append(Block("hint", words("question.qualitative")))
        found += _present(scene)
        return found + (_guide(scene) if scene.talk.draft.get("guide") == scene.talk.cursor else [])

    def choices(self, scene: Scene) -> Rows:
        rows = _computed_rows(scene) if scene.indicator.requires is not None else _answer_rows(scene)
        return [*rows, [button(scene, "guide"), button(scene, "evidence")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        kind, _, what = button.partition(":")
        if button in {"answer:met", "answer:unmet"}:
            give(scene, [scene.talk.cursor], Met() if what == "met" else Unmet())
            scene.fire("advance")
        elif button in {"answer:sample", "answer:na"}:
            scene.fire("ask_sample" if what == "sample" else "ask_reason")
        elif kind == "field":
            correct_figure(scene, what)
        elif button == "guide":
            _toggle_guide(scene)
        elif button == "evidence":
            scene.open(scene.talk.place._replace(state="scoring.evidence"))
        else:
            _go_on(scene, button)
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        counts = parse.sample(text)
        if counts is not None:
            return give_sample(scene, counts)
        return self.not_understood(scene)

    def sent(self, scene: Scene, file: Sent) -> Problem | None:
        return attaching.attach(scene, file)

    def not_understood(self, scene: Scene) -> Problem:
        indicator = scene.indicator
        ways = "computed" if indicator.requires is not None else indicator.type.value
        key = f"not_understood.question_{ways}{'_deletable' if indicator.deletable else ''}"
        return Problem("not_understood", scene.words(key, indicator=indicator.id))


def place(scene: Scene) -> Block:
    """Where one is: `5.1.3 资源配置 · 9/43`, and a bar."""
    scheme, indicator = scene.scheme, scene.indicator
    number, total = scheme.order[indicator.id] + 1, len(scheme.indicators)
    group = f"{indicator.group} {scene.text.groups[indicator.group]}"
    return block(
        scene,
        "place",
        "question.place",
        group=group,
        number=number,
        total=total,
        bar=wording.bar(number, total),
    )


def give_sample(scene: Scene, counts: Counts) -> Problem | None:
    """Take a sample as the answer, if it can be one here. Says what does not fit otherwise."""
    indicator, words = scene.indicator, scene.words
    if indicator.type is not IndicatorType.SAMPLED:
        return Problem(
            "no_sample_here", words(f"sample.not_for_{indicator.type.value}", indicator=indicator.id)
        )
    if counts.sampled == 0:
        return Problem("bad_sample", words("sample.zero"))
    if not 0 <= counts.conforming <= counts.sampled:
        return Problem(
            "bad_sample", words("sample.too_many", sampled=counts.sampled, conforming=counts.conforming)
        )
    give(scene, [indicator.id], Sampled(counts.sampled, counts.conforming))
    scene.fire("advance")
    return None


def correct_figure(scene: Scene, figure: str) -> None:
    """Ask the figure again in place, and come back to this question."""
    indicator = scene.talk.cursor
    scene.talk.draft["detour"] = f"question:{indicator}"
    scene.open(scene.talk.place._replace(state="organisation", cursor=figure))


def _go_on(scene: Scene, button: str) -> None:
    if button == "answer:skip":
        scene.tell("question.skipped", "saved", where=wording.titled(scene, scene.talk.cursor))
    scene.fire("advance")


def _toggle_guide(scene: Scene) -> None:
    draft, indicator = scene.talk.draft, scene.talk.cursor
    if draft.get("guide") == indicator:
        del draft["guide"]
    else:
        draft["guide"] = indicator


def _answer_rows(scene: Scene) -> Rows:
    indicator = scene.indicator
    second: list[Button] = []
    if indicator.type is IndicatorType.SAMPLED:
        second.append(button(scene, "answer:sample"))
    if indicator.deletable:
        second.append(button(scene, "answer:na"))
    known = indicator.id in scene.case.answers
    second.append(button(scene, "nav:next") if known else button(scene, "answer:skip"))
    return [[button(scene, "answer:met"), button(scene, "answer:unmet")], second]


def _computed_rows(scene: Scene) -> Rows:
    rule = scene.indicator.requires
    assert rule is not None
    known = scene.talk.cursor not in scene.card.unanswered
    labels = scene.text.figures
    corrections = [
        button(scene, f"field:{figure}", "button.field", label=labels[figure].label)
        for figure in (rule.base, rule.have)
    ]
    first = button(scene, "nav:next", "button.accept") if known else button(scene, "answer:skip")
    return [[first], corrections]


def _calculation(scene: Scene) -> Block:
    """The computed indicator's own sum, from the profile's figures."""
    rule, figures, labels = scene.indicator.requires, scene.case.figures, scene.text.figures
    assert rule is not None
    if rule.base not in figures or rule.have not in figures:
        missing = [labels[name].label for name in (rule.base, rule.have) if name not in figures]
        return block(scene, "body", "question.figures_missing", labels=scene.words.joined(missing))
    line = scene.card.lines[scene.scheme.order[scene.talk.cursor]]
    return block(
        scene,
        "body",
        "question.computed",
        base_label=labels[rule.base].label,
        have_label=labels[rule.have].label,
        base=figures[rule.base],
        have=figures[rule.have],
        percent=rule.percent,
        need=required(rule, figures[rule.base]),
        points=wording.points(line.points),
        earned=wording.points(line.earned),
    )


def _present(scene: Scene) -> list[Block]:
    """What stands here already: the answer, the note, the files."""
    case, words, indicator = scene.case, scene.words, scene.talk.cursor
    found = []
    if indicator in case.answers:
        said = words("question.present", answer=wording.answer(words, case.answers[indicator]))
        by = case.answered_by.get(indicator, "")
        if by != scene.dossier.contact.id and by in scene.dossier.names:
            said += words("question.by", name=scene.dossier.names[by])
        found.append(said)
    if indicator in case.notes:
        found.append(words("question.note", note=case.notes[indicator]))
    files = [file.name for file in case.files_of(indicator).values()]
    if files:
        found.append(words("question.files", number=len(files), names=words.joined(files)))
    return [Block("body", "\n".join(found))] if found else []


def _guide(scene: Scene) -> list[Block]:
    """The reviewer's view, evidence that counts, what goes wrong, and the clause with its source marks."""
    words, indicator = scene.words, scene.indicator
    text = scene.text.indicators[indicator.id]
    ideas = "\n".join(words("guide.item", text=idea) for idea in text.evidence)
    return [
        block(scene, "detail", "guide.reviewer", text=text.reviewer),
        block(scene, "detail", "guide.evidence", items=ideas),
        block(scene, "detail", "guide.pitfall", text=text.pitfall),
        block(scene, "detail", "guide.clause", **_clause(scene, indicator)),
    ]


def _clause(scene: Scene, indicator: Indicator) -> dict[str, object]:
    words = scene.words
    return {
        "indicator": indicator.id,
        "points": indicator.points.value,
        "type": words(f"type.{indicator.type.value}"),
        "points_source": words(f"source.{indicator.points.source.value}"),
        "text_source": words(f"source.{indicator.source.value}"),
        "scheme": scene.text.short,
    }
