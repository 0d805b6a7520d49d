"""`xingping`, also as `python -m bot`: runs a command; what goes wrong is one line and an exit status."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

import click

INTERRUPTED = 130


def main() -> None:
    _open_missing_streams()
    _use_utf8()
    os.umask(0o077)  # what is written holds a company's answers
    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        _discard_output()
        status = status or _report_errors([f"xingping: {error.strerror}"])
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """The exit status: 0, 1 where a check found something, 2 for wrong input, 130 when interrupted."""
    from bot.commands.cli import cli

    try:
        returned = cli.main(list(arguments), prog_name="xingping", standalone_mode=False)
    except click.ClickException as error:
        return _report_errors([f"xingping: {error.format_message()}"])
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click and rich make the one of the other
        _discard_output()
        return 0
    except Exception as error:
        from bot.error_report import describe_error

        return _report_errors(describe_error(error))
    return returned if isinstance(returned, int) else 0


def _report_errors(lines: Sequence[str]) -> int:
    from rubric import escape_unprintable

    for line in lines:
        print(escape_unprintable(line), file=sys.stderr)  # a file's name may be anything
    return 2


def _open_missing_streams() -> None:
    """Started with a stream closed (`>&-`), Python has None in its place."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _use_utf8() -> None:
    """Whatever the locale says: the talk is Chinese, and a pipe's reader expects UTF-8."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace"
            )


def _discard_output() -> None:
    """Nobody reads on; what is still buffered must not raise again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
