"""What a field of the organisation needs: a parser, and its sentences in each language."""

from dataclasses import fields

import pytest

from dialogs.assessment import organisation_fields
from dialogs.flow.order import ORGANISATION_FIELDS
from dialogs.language.catalogue import LOCALES, sentences
from dialogs.model.dossier import Organisation


def test_the_fields_asked_for_are_those_of_the_organisation() -> None:
    assert ("id", *ORGANISATION_FIELDS) == tuple(field.name for field in fields(Organisation))
    assert set(organisation_fields.FIELDS) == set(ORGANISATION_FIELDS)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_field_has_its_sentences(locale: str) -> None:
    needed = {
        f"organisation.{field}.{part}"
        for field in ORGANISATION_FIELDS
        for part in ("label", "question", "hint")
    }
    assert needed <= set(sentences(locale))
