"""The state diagram of the talk, in Mermaid, generated from the table."""

from dialogs.table import ROWS, STATES


def mermaid() -> str:
    """`stateDiagram-v2` of every row but `open`, which leads from any state to any other."""
    lines = ["stateDiagram-v2", f"    [*] --> {_name(STATES[0])}"]
    for row in ROWS:
        if row.trigger == "open":
            continue
        label = f"{row.trigger} [{row.guard}]" if row.guard else row.trigger
        lines += [f"    {_name(source)} --> {_name(row.dest)}: {label}" for source in row.sources]
    return "\n".join(lines)


def _name(state: str) -> str:
    return state.replace(".", "_")
