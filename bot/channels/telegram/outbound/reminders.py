"""The reminder sender for Telegram."""

from html import escape

from bot.channels.telegram.outbound.chat_screen import render_reminder
from bot.delivery.db_executor import DbExecutor
from bot.delivery.screen_sender import ScreenSender
from bot.reminders.planner import ReminderPlanner
from bot.reminders.reminder_sender import Operators, ReminderSender
from bot.settings import Settings


def make_reminder_sender(
    settings: Settings, planner: ReminderPlanner, executor: DbExecutor, sender: ScreenSender
) -> ReminderSender:
    operators = Operators(tuple(map(str, settings.admins)), settings.language)
    return ReminderSender(planner, executor, sender, operators, render_reminder, escape)
