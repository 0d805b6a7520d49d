"""How the members of a crowd talk to each of the bots."""

from itertools import count

from tests.bench.telegram.crowd import Member
from tests.standin import Message
from tests.standin.keyboards import Button
from tests.standin.load_generator import Action, Press, Say

_numbers = count(1)


class Texts:
    """Writes one text after the other; any message is the reply."""

    def action(self, _member: Member) -> Action:
        return Say(f"{next(_numbers)} 售后服务")

    def is_set_up(self, _member: Member) -> bool:
        return True

    def is_reply(self, _message: Message) -> bool:
        return True


class FirstButton:
    """Presses the first button of whatever is shown."""

    def action(self, member: Member) -> Action:
        assert member.message is not None
        return Press(member.message.buttons[0].data or "", member.message.id)

    def is_set_up(self, _member: Member) -> bool:
        return True

    def is_reply(self, message: Message) -> bool:
        return bool(message.buttons)


class Assessment:
    """Answers an assessment, and after its last question begins another: `met` wherever it is offered.

    Typing, it writes what stands on the button that it would press.
    """

    FIRST_QUESTION = "5.1.1.1"
    # From the first screen to the conditions: language, agreement, the organisation and its figures.
    OPENING: tuple[Action, ...] = (
        *(Press(one) for one in ("lang:zh-Hans", "nav:next")),
        Say("青岛海风电器有限公司"),
        *[Press("nav:next")] * 3,
        *(Say(figure) for figure in ("2800", "300", "26", "3")),
    )
    LEADING_ON = ("answer:met", "case:new", "nav:next", "nav:menu")

    def __init__(self, *, types: bool = False) -> None:
        self._types = types

    def action(self, member: Member) -> Action:
        message = member.message
        assert message is not None
        opening = member.replies - 1
        given = self.OPENING[opening] if opening < len(self.OPENING) else None
        match given:
            case Say():
                return given
            case Press(wanted):
                return Press(_button(message, (wanted,)).data or "", message.id)
        button = _button(message, self.LEADING_ON)
        return Say(button.label) if self._types else Press(button.data or "", message.id)

    def is_set_up(self, member: Member) -> bool:
        return member.message is not None and self.FIRST_QUESTION in member.message.text

    def is_reply(self, message: Message) -> bool:
        """A message that was left loses its buttons, which is no reply."""
        return bool(message.buttons)


def _button(message: Message, ids: tuple[str, ...]) -> Button:
    """The first of these buttons that the message has; in front of each id stands the screen's revision."""
    by_id = {(one.data or "").partition(":")[2]: one for one in message.buttons}
    found = next((by_id[one] for one in ids if one in by_id), None)
    assert found is not None, f"none of {ids} in {message.text!r} with {message.labels}"
    return found
