"""The command line. A command's module is imported when the command is run, so that `--version` is quick."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import cast

import click

COMMANDS = {
    "chat": ("bot.commands.chat", "Hold the assessment in this terminal."),
    "serve": ("bot.commands.serve", "Hold the assessment on Telegram."),
    "worker": ("bot.commands.worker", "Send what a `serve --no-worker` puts into the store."),
    "grade": ("bot.commands.grade", "Grade an answer sheet without a conversation."),
    "plan": ("bot.commands.plan", "Show a certificate's dates: surveillances, recertification, expiry."),
    "certificates": ("bot.commands.certificates", "Record the certificates that a table lists."),
    "remind": ("bot.commands.remind", "Show which reminders would go out, and why."),
    "rubric": ("bot.commands.rubric.group", "Schemes: list, show, begin, check and try them."),
    "doctor": ("bot.commands.doctor", "Say what is set, where from, and whether it works."),
    "db": ("bot.commands.db", "Bring the database up to date, or show its state."),
}


class LazyGroup(click.Group):
    """The commands by name; listing them imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", getattr(import_module(COMMANDS[cmd_name][0]), cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


def _show_version(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"xingping {installed_version()}")
        ctx.exit()


def installed_version() -> str:
    try:
        return version("xingping")
    except PackageNotFoundError:
        return "(not installed)"


@click.group(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Say which."
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """星评: see what star level your after-sales service would get under GB/T 27922-2011.

    \b
    Examples:
      xingping chat                     hold the assessment here, and go on with it any time
      xingping serve                    hold it on Telegram
      xingping grade answers.yaml       grade answers that are in a file
      xingping rubric list              the schemes that there are
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
