"""Short texts about the open case."""

from dialogs.flow.scene import Scene
from dialogs.language.formatting import format_score_range


def score_range(scene: Scene) -> str:
    """The range of the case's score, in words."""
    return format_score_range(scene.words, scene.text, scene.scorecard)


def scheme_name(scene: Scene) -> str:
    """The name of the case's scheme, such as `GB/T 27922 + 安徽汽配`."""
    return scene.text.name


def answered_count(scene: Scene) -> tuple[int, int]:
    """The number of indicators with an answer, and of all indicators."""
    total = len(scene.scorecard.lines)
    return total - len(scene.scorecard.unanswered), total


def example_clause(scene: Scene) -> str:
    """A clause number such as those that can be typed here."""
    scheme = scene.scheme if scene.has_case else scene.library.scheme(scene.library.default_name())
    return scheme.indicators[0].id
