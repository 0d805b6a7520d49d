"""What is told at the end: the command that really goes on with this talk."""

import pytest

from bot.commands.chat_modes import resume_command

BY_MAKE = {"XINGPING_COMMAND": "make run"}


@pytest.mark.parametrize(
    ("environment", "options", "command"),
    [
        ({}, [], "xingping chat"),
        ({}, ["--as", "小李"], "xingping chat --as 小李"),
        (
            {},
            ["--as", "Li Ming", "--db", "sqlite:///x.db"],
            "xingping chat --as 'Li Ming' --db sqlite:///x.db",
        ),
        (BY_MAKE, [], "make run"),
        (BY_MAKE, ["--as", "小李"], 'make run ARGS="--as 小李"'),
        (BY_MAKE, ["--as", "Li Ming"], "make run ARGS=\"--as 'Li Ming'\""),
    ],
)
def test_it_keeps_the_name_and_the_database(
    environment: dict[str, str], options: list[str], command: str
) -> None:
    assert resume_command(environment, options) == command
