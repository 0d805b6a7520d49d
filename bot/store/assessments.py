"""All assessments in the database, whoever works on them."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from bot.store import tables
from bot.store.dossiers import read_files
from dialogs.dossier import Case

AT_ONCE = 500


def assessments(db: Connection) -> Iterator[tuple[Case, str]]:
    """Each with all that stands in it, and the name of its enterprise, in the order of opening."""
    table, organisations = tables.cases, tables.organisations
    query = (
        select(table, organisations.c.name.label("organisation_name"))
        .join(organisations, table.c.organisation_id == organisations.c.id)
        .where(table.c.kind == "assessment")
        .order_by(table.c.number)
    )
    rows = db.execute(query).all()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        files = read_files(db, some)
        for row in some:
            file = files[row.id]
            if isinstance(file, Case):
                yield file, row.organisation_name
