"""The enterprise: its name, credit code, trade and province, then the figures that the scheme asks for."""

import unicodedata

from dialogs import places, wording
from dialogs.assessment import open_case, retell_computed
from dialogs.dossier import Organisation as Enterprise
from dialogs.events import AskedAgain, FigureRecorded, OrganisationChanged, OrganisationCreated
from dialogs.guards import ORGANISATION_FIELDS, fields_of
from dialogs.messages import Block, Button, Problem
from dialogs.parse import cleaned, folded, meanings, whole_number
from dialogs.scene import Scene
from dialogs.steps.base import Rows, Step, block, button, rows_of
from rubric.score import implausible

LONGEST_NAME = 100


class Organisation(Step):
    """One field at a time; every one but the name may be passed and filled in later."""

    state = "organisation"
    on_no = "nav:next"

    def name(self, scene: Scene) -> str:
        return f"organisation.{scene.talk.cursor}"

    def takes_number(self, scene: Scene) -> bool:
        return scene.talk.cursor not in {"name", "trade", "province"}

    def blocks(self, scene: Scene) -> list[Block]:
        field = scene.talk.cursor
        fields = fields_of(scene)
        place = scene.words("organisation.place", number=fields.index(field) + 1, total=len(fields))
        found = [Block("place", place), *self._asking(scene, field)]
        if _value(scene, field) is not None:
            found.append(block(scene, "body", "organisation.present", value=_shown(scene, field)))
        return found

    def _asking(self, scene: Scene, field: str) -> list[Block]:
        if field in ORGANISATION_FIELDS:
            return [
                block(scene, "question", f"organisation.{field}.question"),
                block(scene, "hint", f"organisation.{field}.hint"),
            ]
        text = scene.text.figures[field]
        return [Block("question", text.question), Block("hint", text.hint)]

    def choices(self, scene: Scene) -> Rows:
        field = scene.talk.cursor
        rows = _proposals(scene, field)
        if field == "name":
            if _value(scene, field) is None:
                return [[button(scene, "join")]]
            return [[button(scene, "nav:next", "button.keep")]]
        known = _value(scene, field) is not None
        return [*rows, [button(scene, "nav:next", "button.keep" if known else "button.pass")]]

    def press(self, scene: Scene, button: str) -> Problem | None:
        kind, _, code = button.partition(":")
        if kind in {"trade", "province"}:
            return self._take(scene, kind, code)
        scene.fire("advance")
        return None

    def said(self, scene: Scene, text: str) -> Problem | None:
        field = scene.talk.cursor
        if field in ORGANISATION_FIELDS:
            return self._take(scene, field, text)
        number = whole_number(text)
        if number is None:
            return Problem(
                "not_a_number", scene.words("organisation.not_a_number", label=_label(scene, field))
            )
        most = scene.scheme.figure_by_id[field].at_most
        if number > most:
            return Problem("too_large", scene.words("organisation.too_large", number=number, most=most))
        return _record_figure(scene, field, number)

    def _take(self, scene: Scene, field: str, typed: str) -> Problem | None:
        value = {"name": _name, "credit_code": _credit_code, "trade": _trade, "province": _province}[field](
            scene, typed
        )
        if isinstance(value, Problem):
            return value
        if field == "name" and scene.talk.organisation is None:
            _create(scene, value)
        elif value != _value(scene, field):
            scene.happen(OrganisationChanged(scene.organisation.id, field, value))  # type: ignore[arg-type]
        scene.tell("organisation.saved", "saved", label=_label(scene, field), value=_shown(scene, field))
        scene.fire("advance")
        return None


def _create(scene: Scene, name: str) -> None:
    created = Enterprise(scene.dossier.fresh[0], name)
    scene.happen(OrganisationCreated(created))
    scene.talk.organisation = created.id
    schemes = scene.library.names()
    if len(schemes) == 1:
        open_case(scene, schemes[0])


def _record_figure(scene: Scene, field: str, number: int) -> Problem | None:
    before = scene.card
    scene.record(FigureRecorded, field, number)
    scene.tell("organisation.saved", "saved", label=_label(scene, field), value=number)
    retell_computed(scene, before)
    if _asks_again(scene, field):
        return None
    scene.fire("advance")
    return None


def _asks_again(scene: Scene, field: str) -> bool:
    """Whether the figures now given do not fit together in a way that was not brought up before."""
    found = implausible(scene.scheme.plausibility, scene.case.figures)
    about = [why for why in found if field in (why.values["figure"], why.values["other"])]
    new = [why for why in about if str(why.values["rule"]) not in scene.case.asked_again]
    for why in new:
        scene.record(AskedAgain, str(why.values["rule"]), True, undoable=False)
        scene.tell("organisation.check_again", why=wording.reason(scene.words, why, scene.text))
    if about and not new:
        scene.tell("organisation.kept_with_warning")
    return bool(new)


def _value(scene: Scene, field: str) -> str | int | None:
    if field in ORGANISATION_FIELDS:
        enterprise = scene.dossier.organisations.get(scene.talk.organisation or "")
        return getattr(enterprise, field, None)
    return scene.case.figures.get(field)


def _shown(scene: Scene, field: str) -> str:
    value = _value(scene, field)
    if field == "trade":
        return places.trade_name(scene.words, str(value))
    return places.province_name(scene.words, str(value)) if field == "province" else str(value)


def _label(scene: Scene, field: str) -> str:
    if field in ORGANISATION_FIELDS:
        return scene.words(f"organisation.{field}.label")
    return scene.text.figures[field].label


def _proposals(scene: Scene, field: str) -> Rows:
    words = scene.words
    if field == "trade":
        return rows_of((Button(f"trade:{code}", words(f"trade.{code}")) for code in places.trades()), 3)
    if field != "province":
        return []
    likely = places.province_of_code(scene.organisation.credit_code)
    codes = [*([likely] if likely else []), *(code for code in places.provinces() if code != likely)]
    return rows_of((Button(f"province:{code}", places.province_name(words, code)) for code in codes), 6)


def _name(scene: Scene, typed: str) -> str | Problem:
    name = " ".join(cleaned(typed).split())
    if meanings(typed) or not 2 <= len(name) <= LONGEST_NAME or not any(c.isalpha() for c in name):
        return Problem("bad_name", scene.words("organisation.name.bad", most=LONGEST_NAME))
    return name


def _credit_code(scene: Scene, typed: str) -> str | Problem:
    """Checked by GB 32100-2015: 18 characters, the last one a check digit."""
    from stdnum.cn import uscc  # only here, and not cheap to import
    from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

    code = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    try:
        return str(uscc.validate(code))
    except InvalidLength:
        return Problem("bad_credit_code", scene.words("organisation.credit_code.length", number=len(code)))
    except InvalidChecksum:
        return Problem("bad_credit_code", scene.words("organisation.credit_code.checksum", code=code))
    except ValidationError:
        return Problem("bad_credit_code", scene.words("organisation.credit_code.format", code=code[:18]))


def _trade(scene: Scene, typed: str) -> str | Problem:
    code = places.trade_code(typed)
    name = " ".join(cleaned(typed).split())
    if code or (not meanings(typed) and 2 <= len(name) <= 40 and any(c.isalpha() for c in name)):
        return code or name
    return Problem("bad_trade", scene.words("organisation.trade.bad"))


def _province(scene: Scene, typed: str) -> str | Problem:
    code = places.province_code(typed)
    return code or Problem("bad_province", scene.words("organisation.province.bad", typed=folded(typed)[:30]))
