"""What is asked of an organisation: how each field is called, what stands in it, what typed text makes of it."""

import unicodedata

from dialogs.flow.order import ORGANISATION_FIELDS
from dialogs.flow.scene import Scene
from dialogs.model.invitation_codes import hash_of
from dialogs.model.messages import Problem
from dialogs.parsing import trades_and_provinces
from dialogs.parsing.intents import cleaned, meanings, normalize

LONGEST_NAME = 100
LONGEST_TRADE = 40


def label(scene: Scene, field: str) -> str:
    if field in ORGANISATION_FIELDS:
        return scene.words(f"organisation.{field}.label")
    return scene.text.figures[field].label


def shown(scene: Scene, field: str) -> str:
    """What stands in the field, in words; empty where nothing does."""
    if field not in ORGANISATION_FIELDS:
        return str(scene.case.figures.get(field, ""))
    value = getattr(scene.dossier.organisations.get(scene.talk.organisation or ""), field, None)
    if value is None:
        return ""
    named = {"trade": trades_and_provinces.trade_name, "province": trades_and_provinces.province_name}.get(
        field
    )
    return named(scene.words, value) if named else str(value)


def _name(scene: Scene, typed: str) -> str | Problem:
    if hash_of(typed) is not None:
        return Problem("invitation_code", scene.words("organisation.name.code"))
    name = organisation_name(typed)
    return name or Problem("bad_name", scene.words("organisation.name.bad", most=LONGEST_NAME))


def _trade(scene: Scene, typed: str) -> str | Problem:
    trade = trades_and_provinces.trade_code(typed) or _in_words(typed, LONGEST_TRADE)
    return trade or Problem("bad_trade", scene.words("organisation.trade.bad"))


def _province(scene: Scene, typed: str) -> str | Problem:
    code = trades_and_provinces.province_code(typed)
    return code or Problem(
        "bad_province", scene.words("organisation.province.bad", typed=normalize(typed)[:30])
    )


def _credit_code(scene: Scene, typed: str) -> str | Problem:
    """Checked by GB 32100-2015: 18 characters, the last one a check digit."""
    from stdnum.cn import uscc  # only here, and not cheap to import
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    words = scene.words
    code = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        message = words("organisation.credit_code.length", number=len(code))
    except InvalidChecksum:
        message = words("organisation.credit_code.checksum", code=code)
    except ValidationError:
        message = words("organisation.credit_code.format", code=code)
    return Problem("bad_credit_code", message)


def organisation_name(typed: str) -> str | None:
    """The name that typed text is; None where it cannot be one."""
    return _in_words(typed, LONGEST_NAME)


def _in_words(typed: str, most: int) -> str | None:
    """Free text of 2 to `most` characters in one line; None where it is none, or a word that means something here."""
    text = " ".join(cleaned(typed).split())
    fits = 2 <= len(text) <= most and any(c.isalpha() for c in text)
    return text if fits and not meanings(typed) else None


_READ = {"name": _name, "credit_code": _credit_code, "trade": _trade, "province": _province}


def value_of(scene: Scene, field: str, typed: str) -> str | Problem:
    """The value of one of the organisation's own fields that typed text is, or what is wrong with it."""
    return _READ[field](scene, typed)
