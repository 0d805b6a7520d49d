"""Mermaid diagrams of the talk and of the certification, and the table of the certification's exceptional steps."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dialogs.flow.stage_table import (
    CERTIFIED_STAGES,
    EXCEPTIONAL_SOURCES,
    MAIN_STEPS,
    RUNNING_STAGES,
    STAGE_ROWS,
    STAGES,
)
from dialogs.flow.table import FIRST_STATE, TRANSITIONS, TransitionRow

GROUPS = {"under way": RUNNING_STAGES, "held": CERTIFIED_STAGES}


def draw_talk() -> str:
    """Draw every row of the talk but `open`, which leads from any state to any other."""
    return _draw(FIRST_STATE, TRANSITIONS)


def draw_certification() -> str:
    """Draw the main way of the certification."""
    return _draw(STAGES[0], [row for row in _single_rows() if _is_main(row)])


def list_exceptional_steps() -> str:
    """Return all rows of the certification that its diagram leaves out, as a Markdown table."""
    rows = [row for row in _single_rows() if not _is_main(row)]
    lines = ["| step | from | condition | leads to |", "|---|---|---|---|"]
    for (trigger, leads_to, guard), merged in groupby(rows, _without_source):
        sources = [source for row in merged for source in row.sources]
        condition = f"`{guard}`" if guard else ""
        lines.append(f"| `{trigger}` | {_stages_text(sources)} | {condition} | {leads_to} |")
    return "\n".join(lines)


def list_stage_groups() -> str:
    """Return what the groups of stages in that table are, as a Markdown list."""
    return "\n".join(
        f"- **{name}**: {', '.join(f'`{stage}`' for stage in stages)}" for name, stages in GROUPS.items()
    )


def _single_rows() -> Iterator[TransitionRow]:
    """Yield the certification's rows with one source each."""
    for row in STAGE_ROWS:
        yield from (row._replace(sources=(source,)) for source in row.sources)


def _is_main(row: TransitionRow) -> bool:
    return (row.trigger, row.dest) in MAIN_STEPS and row.sources[0] not in EXCEPTIONAL_SOURCES


def _without_source(row: TransitionRow) -> tuple[str, str, str]:
    return row.trigger, "the same stage" if row.dest in row.sources else f"`{row.dest}`", row.guard


def _stages_text(stages: Sequence[str]) -> str:
    """Name the groups that are there in full, then the other stages."""
    groups = [name for name, members in GROUPS.items() if {*members} <= {*stages}]
    grouped = {stage for name in groups for stage in GROUPS[name]}
    return ", ".join([*groups, *(f"`{stage}`" for stage in stages if stage not in grouped)])


def _draw(first: str, rows: Iterable[TransitionRow]) -> str:
    lines = ["stateDiagram-v2", f"    [*] --> {_diagram_name(first)}"]
    for row in rows:
        label = f"{row.trigger} [{row.guard}]" if row.guard else row.trigger
        lines += [
            f"    {_diagram_name(source)} --> {_diagram_name(row.dest)}: {label}" for source in row.sources
        ]
    return "\n".join(lines)


def _diagram_name(state: str) -> str:
    return state.replace(".", "_")
