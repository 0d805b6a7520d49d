"""The fields of an organisation: their labels, their present values, and the parsing of typed values."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from dialogs.flow.order import ORGANISATION_FIELDS
from dialogs.flow.scene import Scene
from dialogs.language.catalogue import Catalogue
from dialogs.model.invitation_codes import hash_code
from dialogs.model.messages import Problem
from dialogs.parsing import trades_and_provinces
from dialogs.parsing.utterance import Utterance

LONGEST_NAME = 100
LONGEST_TRADE = 40


def field_label(scene: Scene, field: str) -> str:
    if field in ORGANISATION_FIELDS:
        return scene.words(f"organisation.{field}.label")
    return scene.text.figures[field].label


def field_text(scene: Scene, field: str) -> str:
    """Return the field's value as text; empty where it has none."""
    if field not in ORGANISATION_FIELDS:
        return str(scene.case.figures.get(field, ""))
    value = getattr(scene.dossier.organisations.get(scene.talk.organisation or ""), field, None)
    if value is None:
        return ""
    show = FIELDS[field].show
    return show(scene.words, value) if show else str(value)


def _parse_name(scene: Scene, typed: Utterance) -> str | Problem:
    if hash_code(typed.text) is not None:
        return Problem("invitation_code", scene.words("organisation.name.code"))
    name = parse_organisation_name(typed)
    return name or Problem("bad_name", scene.words("organisation.name.bad", most=LONGEST_NAME))


def _parse_trade(scene: Scene, typed: Utterance) -> str | Problem:
    trade = trades_and_provinces.find_trade(typed.normalized) or _parse_free_text(typed, LONGEST_TRADE)
    return trade or Problem("bad_trade", scene.words("organisation.trade.bad"))


def _parse_province(scene: Scene, typed: Utterance) -> str | Problem:
    code = trades_and_provinces.find_province(typed.normalized)
    return code or Problem(
        "bad_province", scene.words("organisation.province.bad", typed=typed.normalized[:30])
    )


def _parse_credit_code(scene: Scene, typed: Utterance) -> str | Problem:
    """Check the code by GB 32100-2015: 18 characters, the last one a check digit."""
    from stdnum.cn import uscc  # only here, and not cheap to import
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    words = scene.words
    code = "".join(c for c in unicodedata.normalize("NFKC", typed.text).upper() if c.isalnum())
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        message = words("organisation.credit_code.length", number=len(code))
    except InvalidChecksum:
        message = words("organisation.credit_code.checksum", code=code)
    except ValidationError:
        message = words("organisation.credit_code.format", code=code)
    return Problem("bad_credit_code", message)


def parse_organisation_name(typed: Utterance) -> str | None:
    """Return the typed text as a name; None where it cannot be one."""
    return _parse_free_text(typed, LONGEST_NAME)


def _parse_free_text(typed: Utterance, longest: int) -> str | None:
    """Return free text of 2 to `longest` characters as one line; None for other text and for known words."""
    text = typed.one_line
    fits = 2 <= len(text) <= longest and any(c.isalpha() for c in text)
    return text if fits and not typed.meanings else None


class OrganisationField(NamedTuple):
    """How a field of the organisation is read from typed text, and shown; `takes_number`: digits are its value."""

    parse: Callable[[Scene, Utterance], str | Problem]
    show: Callable[[Catalogue, str], str] | None = None
    takes_number: bool = False


FIELDS = {
    "name": OrganisationField(_parse_name),
    "credit_code": OrganisationField(_parse_credit_code, takes_number=True),
    "trade": OrganisationField(_parse_trade, trades_and_provinces.trade_name),
    "province": OrganisationField(_parse_province, trades_and_provinces.province_name),
}


def takes_number(field: str) -> bool:
    """Tell whether typed digits are the value of the field and never the number of a button."""
    return field not in FIELDS or FIELDS[field].takes_number


def parse_field(scene: Scene, field: str, typed: Utterance) -> str | Problem:
    """Return the value of one of the organisation's four fields that the utterance gives, or what is wrong with it."""
    return FIELDS[field].parse(scene, typed)
