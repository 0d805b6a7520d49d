"""Mermaid diagrams of the talk and of the certification, and the table of the certification's exceptional steps."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dialogs.flow.stage_table import EXCEPTIONAL_SOURCES, HELD, MAIN_STEPS, STAGE_ROWS, STAGES, UNDER_WAY
from dialogs.flow.table import ROWS, STATES, Row

GROUPS = {"under way": UNDER_WAY, "held": HELD}


def mermaid() -> str:
    """Draw every row of the talk but `open`, which leads from any state to any other."""
    return _diagram(STATES[0], [row for row in ROWS if row.trigger != "open"])


def stages_mermaid() -> str:
    """Draw the main way of the certification."""
    return _diagram(STAGES[0], [row for row in _single_rows() if _is_main(row)])


def exceptional_steps() -> str:
    """Return all rows of the certification that its diagram leaves out, as a Markdown table."""
    rows = [row for row in _single_rows() if not _is_main(row)]
    lines = ["| step | from | condition | leads to |", "|---|---|---|---|"]
    for (trigger, leads_to, guard), merged in groupby(rows, _but_for_source):
        sources = [source for row in merged for source in row.sources]
        condition = f"`{guard}`" if guard else ""
        lines.append(f"| `{trigger}` | {_stages_text(sources)} | {condition} | {leads_to} |")
    return "\n".join(lines)


def stage_groups() -> str:
    """Return what the groups of stages in that table are, as a Markdown list."""
    return "\n".join(
        f"- **{name}**: {', '.join(f'`{stage}`' for stage in stages)}" for name, stages in GROUPS.items()
    )


def _single_rows() -> Iterator[Row]:
    """Yield the certification's rows with one source each."""
    for row in STAGE_ROWS:
        yield from (row._replace(sources=(source,)) for source in row.sources)


def _is_main(row: Row) -> bool:
    return (row.trigger, row.dest) in MAIN_STEPS and row.sources[0] not in EXCEPTIONAL_SOURCES


def _but_for_source(row: Row) -> tuple[str, str, str]:
    return row.trigger, "the same stage" if row.dest in row.sources else f"`{row.dest}`", row.guard


def _stages_text(stages: Sequence[str]) -> str:
    """Name the groups that are there in full, then the other stages."""
    groups = [name for name, members in GROUPS.items() if {*members} <= {*stages}]
    grouped = {stage for name in groups for stage in GROUPS[name]}
    return ", ".join([*groups, *(f"`{stage}`" for stage in stages if stage not in grouped)])


def _diagram(first: str, rows: Iterable[Row]) -> str:
    lines = ["stateDiagram-v2", f"    [*] --> {_name(first)}"]
    for row in rows:
        label = f"{row.trigger} [{row.guard}]" if row.guard else row.trigger
        lines += [f"    {_name(source)} --> {_name(row.dest)}: {label}" for source in row.sources]
    return "\n".join(lines)


def _name(state: str) -> str:
    return state.replace(".", "_")
