"""A folder written before the 担当者 were kept opens with its office as it was."""

from db import mapping, migrations
from db.records.programme import Office


def test_an_office_of_the_first_shape_has_no_staff_named():
    database = migrations.in_memory(upto=1)
    names = ("ward", "department", "section", "unit", "sender", "postal_code", "address", "phone", "fax", "email")
    database.execute(
        f"INSERT INTO offices (id, document_symbol, {', '.join(names)}) VALUES (1, '8練地協', "
        f"{', '.join('?' for _ in names)})",
        list(names),
    )

    migrations.migrate(database)

    (office,) = mapping.fetch(database, Office, "SELECT * FROM offices")
    assert office is not None
    assert (office.ward, office.document_symbol, office.staff) == ("ward", "8練地協", "")
    database.conn.close()
