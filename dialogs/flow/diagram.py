"""The state diagrams of the talk and of the certification, in Mermaid, generated from their tables."""

from collections.abc import Sequence

from dialogs.flow.stage_table import STAGE_ROWS, STAGES
from dialogs.flow.table import ROWS, STATES, Row


def mermaid() -> str:
    """`stateDiagram-v2` of every row of the talk but `open`, which leads from any state to any other."""
    return _diagram(STATES[0], [row for row in ROWS if row.trigger != "open"])


def stages_mermaid() -> str:
    """The same of the certification's stages."""
    return _diagram(STAGES[0], STAGE_ROWS)


def _diagram(first: str, rows: Sequence[Row]) -> str:
    lines = ["stateDiagram-v2", f"    [*] --> {_name(first)}"]
    for row in rows:
        label = f"{row.trigger} [{row.guard}]" if row.guard else row.trigger
        lines += [f"    {_name(source)} --> {_name(row.dest)}: {label}" for source in row.sources]
    return "\n".join(lines)


def _name(state: str) -> str:
    return state.replace(".", "_")
