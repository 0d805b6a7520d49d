"""The computed indicator: its calculation from the figures, to be accepted or corrected."""

from dialogs.flow.scene import Scene
from dialogs.language import formatting
from dialogs.model.messages import Block
from dialogs.steps.base import ButtonRows, block, button
from rubric import Requirement, required_count


def calculation_block(scene: Scene, rule: Requirement) -> Block:
    figures, labels = scene.case.figures, scene.text.figures
    missing = [labels[name].label for name in (rule.base, rule.have) if name not in figures]
    if missing:
        return block(scene, "body", "question.figures_missing", labels=scene.words.join_items(missing))
    line = scene.scorecard.line_by_indicator[scene.talk.cursor]
    return block(
        scene,
        "body",
        "question.computed",
        base_label=labels[rule.base].label,
        have_label=labels[rule.have].label,
        base=figures[rule.base],
        have=figures[rule.have],
        percent=rule.percent,
        need=required_count(rule, figures[rule.base]),
        points=formatting.format_points(line.points),
        earned=formatting.format_points(line.earned),
    )


def calculation_rows(scene: Scene) -> ButtonRows:
    rule, figures, labels = scene.indicator.requires, scene.case.figures, scene.text.figures
    assert rule is not None
    known = rule.base in figures and rule.have in figures
    corrections = [
        button(scene, f"field:{figure}", "button.field", label=labels[figure].label)
        for figure in (rule.base, rule.have)
    ]
    first = button(scene, "nav:next", "button.accept") if known else button(scene, "answer:skip")
    return [[first], corrections]
