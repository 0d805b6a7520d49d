"""Somebody at a certification, and what they do there again and again."""

from datetime import date

from tests.dialogs.player import Player

TODAY = date(2026, 11, 23)  # a Monday
ISSUED = date(2025, 12, 1)
STEPS = ("apply", "accept", "sign", "pass_review", "finish_audit", "grant")
IN_TYPING = {
    "zh-Hans": ("今天", "2026年11月23日", "对", "证书", "跳过"),
    "zh-Hant": ("今天", "2026年11月23日", "對", "證書", "跳過"),
    "en": ("Today", "23 November 2026", "yes", "Certificate", "Skip"),
}


def step(player: Player, *triggers: str, day: date = TODAY, reason: str = "材料不全") -> Player:
    """Take the steps, all on one day."""
    for trigger in triggers:
        player.press(f"step:{trigger}")
        if player.state == "entry":
            player.say(reason)
        player.say(day.isoformat()).press("day:yes")
    return player


def record(player: Player, issued: date = ISSUED, number: str = "CTC-1") -> Player:
    """Record a certificate that there is: the day, five stars, the number, nothing else."""
    player.press("certificate:record").say(issued.isoformat()).press("day:yes", "grade:5-star")
    return player.say(number).press("nav:next", "nav:next", "certification")


def at(player: Player) -> str:
    return player.certification.current_stage


def surveil(player: Player, typed: str) -> Player:
    return player.press("certificate", "surveilled").say(typed, "对")
