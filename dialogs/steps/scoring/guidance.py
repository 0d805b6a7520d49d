"""Guidance for an indicator: the reviewer's view, accepted evidence, a common mistake, the clause."""

from dialogs.flow.scene import Scene
from dialogs.model.messages import Block
from dialogs.steps.base import block


def guidance_blocks(scene: Scene) -> list[Block]:
    text = scene.text.indicators[scene.talk.cursor]
    return [
        block(scene, "detail", "guide.reviewer", text=text.reviewer),
        evidence_ideas(scene),
        block(scene, "detail", "guide.pitfall", text=text.pitfall),
        _clause_block(scene),
    ]


def evidence_ideas(scene: Scene) -> Block:
    """What would count as evidence for the indicator under the cursor."""
    ideas = scene.text.indicators[scene.talk.cursor].evidence
    items = "\n".join(scene.words("guide.item", text=idea) for idea in ideas)
    return block(scene, "detail", "guide.evidence", items=items)


def _clause_block(scene: Scene) -> Block:
    """The clause with its points, and where the points and the text come from."""
    words, indicator = scene.words, scene.indicator
    return block(
        scene,
        "detail",
        "guide.clause",
        indicator=indicator.id,
        points=indicator.points.value,
        type=words(f"type.{indicator.type.value}"),
        points_source=words(f"source.{indicator.points.source.value}"),
        text_source=words(f"source.{indicator.source.value}"),
        scheme=scene.text.short,
    )
