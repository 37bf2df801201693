"""Files of others are compared with the tables of every form, without loading what receives the forms."""

from app.submissions.deliverables.services.form_tables import FORM_TABLES
from app.submissions.deliverables.services.year_forms import FORMS


def test_every_table_of_every_form_is_recognised():
    tables = [
        (form.title, tuple(column.title for column in page.columns))
        for form in FORMS
        for page in form.make("", "").pages
        if page.columns
    ]

    assert len(tables) > 5
    assert [(table.form, table.headings) for table in FORM_TABLES if table.form] == tables
