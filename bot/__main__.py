"""The entry point of `xingping` and `python -m bot`: an error is one line and an exit status."""

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
    os.umask(0o077)  # files hold a company's answers
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
    """Run a command and return the exit status: 0, 1 when a check failed, 2 for wrong input, 130 when interrupted."""
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
    """Open `os.devnull` in place of a standard stream that was closed at the start (`>&-`)."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def _use_utf8() -> None:
    """Use UTF-8 on the standard streams, whatever the locale is."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(
                encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace"
            )


def _discard_output() -> None:
    """Redirect standard output to `os.devnull`, so that buffered text does not raise at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
