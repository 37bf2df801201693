"""Lists of applications as they really arrive: every cell, what it means, and exactly the doubtful places."""

import re

import pytest

from app.events.applications.intake.application_fields import propose_columns
from app.events.applications.intake.application_rows import read_applications
from app.foreign_files.cells.choice_splitting import SURE_MATCH
from app.foreign_files.foreign_file import read_foreign_file
from app.registers.register.intake import (
    OrganisationIndex,
    format_phone,
    match_organisation,
    parse_phone,
    read_organisations,
)
from db.records.organisations import Organisation
from tests.fixtures.survey.samples import expected, sample_path
from tests.support.plain_names import plain_kana, plain_name

NUMBERS = ["02", "04", "06", "07", "09", "10", "20", "21", "22", "25", "26", "28", "30", "36", "37", "38"]
FIELDS = {
    "no": "receipt_number", "received_at": "received_at", "received_on": "received_at", "name": "name",
    "kana": "furigana", "org": "organisation", "role": "role", "phone": "phone", "email": "email",
    "workshops": "wishes", "device": "device", "care": "care", "themes": "themes", "topics": "themes",
    "people": "people", "memo": "memo", "date1": "date1", "date2": "date2", "date3": "date3",
    "contact_name": "contact_name", "contact_kana": "contact_furigana", "contact_phone": "contact_phone",
}  # fmt: skip


@pytest.fixture(scope="module")
def register():
    """The ward's list of 団体."""
    rows = read_organisations(read_foreign_file(sample_path("11"))).rows
    return OrganisationIndex.of(Organisation(name=row.name, branch=row.branch) for row in rows)


@pytest.fixture(params=NUMBERS, scope="module")
def sample(request):
    """The file as read, its table, and what is expected."""
    wanted = expected(request.param)
    file = read_foreign_file(sample_path(request.param))
    columns = propose_columns(file.headings, file.service, file.groups)
    table = read_applications(file, columns, wish_match_level=_listed(wanted))
    return file, table, wanted


def test_the_file_is_recognised_and_its_rows_found_below_titles_and_without_totals(sample):
    file, _, wanted = sample

    header = wanted.get("header_row", wanted.get("header_line", wanted.get("header_record")))
    assert (file.source, file.encoding, file.header_row) == (wanted["format"], wanted.get("encoding"), header)
    assert list(file.headings) == [column["header"] for column in wanted["columns"]]
    assert [row.source_line for row in file.rows] == [r.get("line", r.get("excel_row")) for r in wanted["records"]]
    assert len(file.rows) == wanted["data_rows"]
    assert file.sha256 == wanted["sha256"]
    assert list(file.hidden_columns) == wanted.get("hidden_columns", [])


def test_every_cell_is_read_as_it_stands(sample):
    file, _, wanted = sample
    carried = {(n.row, n.index) for n in file.notices if n.code == "merged_cell_carried"}

    for row, record in zip(file.rows, wanted["records"], strict=True):
        cells = ["" if cell is None else str(cell) for cell in record["cells"]]
        cells += [""] * (len(row.cells) - len(cells))
        read = ["" if (row.row, index) in carried else cell for index, cell in enumerate(row.cells)]
        assert read == cells


def test_every_column_finds_its_field(sample):
    file, table, wanted = sample

    meant = {c["index"]: FIELDS[c["field"]] for c in wanted["columns"] if c["field"] in FIELDS}
    # Those who described the files call every remark 配慮; a column of remarks is told apart from one that asks for
    # needs.
    remarks = {index for index, field in table.columns.items() if field == "note" and meant.get(index) == "care"}
    assert all("配慮" not in file.headings[index] for index in remarks)
    found = {index: "care" if index in remarks else field for index, field in table.columns.items() if index in meant}
    assert found == meant
    assert len(file.headings) >= len(table.columns)


def test_every_value_means_what_it_should_and_no_name_is_changed(sample):
    _, table, wanted = sample

    for row, record in zip(table.rows, wanted["records"], strict=True):
        meant = {key: value for key, value in record["normalised"].items() if key != "org_match"}
        # Nobody says which themes there are: one with the form's own separator in it is read as two.
        if wanted["format"] == "google_sheets_csv" and (themes := meant.get("themes")):
            meant["themes"] = list(dict.fromkeys(", ".join(themes).split(", ")))
        # What nobody could tick stays a wish, about which the import asks.
        for problem in wanted["problems"]:
            if (problem["code"], problem["data_row"]) == (NOT_LISTED, row.row):
                meant["workshops"] = [*meant["workshops"], re.findall("「(.+)」", problem["reason"])[0]]
        assert _meant(row, record["normalised"]) == meant
        assert row.name in record["cells"][_place(wanted, "name")].replace("\x00", "")


def test_exactly_the_doubtful_places_are_named(sample):
    _, table, wanted = sample

    doubtful = [p for p in wanted["problems"] if p["code"] != NOT_LISTED]
    places = {(p["data_row"], p["column_index"], p["code"]) for p in doubtful}
    assert {(p.row, p.index, p.code) for p in table.problems} == places
    assert len(table.problems) == len(doubtful)


MATCH_CODES = {
    "normalised": "org_normalised", "candidate": "org_needs_check", "ambiguous": "org_ambiguous",
    "none": "org_not_in_list",
}  # fmt: skip


def test_the_register_of_organisations_names_what_it_does_not_know(sample, register):
    _, table, wanted = sample
    column = _place(wanted, "org")
    found = []
    for row, record in zip(table.rows, wanted["records"], strict=True):
        match = match_organisation(row.organisation, row.branch, register)
        if "org_match" not in record["normalised"]:
            continue
        assert _as_expected(match) == record["normalised"]["org_match"]
        if match.reason and row.organisation.strip():
            found.append((row.row, column, MATCH_CODES[match.kind]))

    doubts = wanted.get("problems_when_org_list_loaded", ())
    normalised = [n for n in wanted["notices"] if n["code"] == "org_normalised"]
    assert set(found) == {(p["data_row"], p["column_index"], p["code"]) for p in (*doubts, *normalised)}


def test_what_is_handled_rightly_is_still_said(sample):
    _, table, wanted = sample

    said = {(n.row, n.index, n.code) for n in table.notices}
    wanted_notices = {
        (n["data_row"], n["column_index"], n["code"]) for n in wanted["notices"] if n["code"] != "org_normalised"
    }
    assert wanted_notices <= said
    assert {n["code"] for n in wanted.get("file_notices", ())} <= {n.code for n in table.notices if not n.row}


OTHER, CODES = "same_name_different_person", ("same_name_other_person", "duplicate_person")


def test_people_who_stand_twice_are_told_from_namesakes(sample):
    _, table, wanted = sample

    seen = {(one.row, one.code) for one in (*table.problems, *table.notices) if one.code in CODES}
    assert seen == {
        (row, CODES[found["kind"] != OTHER]) for found in wanted["duplicates"] for row in found["data_rows"][1:]
    }


NOT_LISTED = "option_not_in_list"


def _listed(wanted):
    """How surely a text is one of what could be ticked."""
    return lambda text: SURE_MATCH * (text in (wanted.get("workshop_options") or ()))


def _place(wanted, field):
    return next(column["index"] for column in wanted["columns"] if column["field"] == field)


def _meant(row, keys):
    """What the row means, in the words of the sample, as far as the sample asks."""
    days = [day and day.isoformat() for day in row.dates]
    at = row.received_at
    kana = plain_kana(row.furigana)
    every = {
        "name": plain_name(row.name),
        "kana": kana or None,
        "phone": row.phone or None,
        "phone_hyphen": format_phone(row.phone) or None,
        "org_raw": row.organisation,
        "received_at": at and (at.date().isoformat() if row.is_date_only else f"{at.isoformat()}+09:00"),
        "received_on": at and at.date().isoformat(),
        "email": email if "@" in (email := row.values.get("email", "")) else "",
        "workshops": list(row.wishes),
        "themes": list(row.themes),
        "topics": list(row.themes),
        "people": row.people,
        "date1": days[0], "date2": days[1], "date3": days[2],
        "contact_name": row.contact_name or None,
        "contact_phone": parse_phone(row.values.get("contact_phone", "")).digits or None,
        "contact_same_as_applicant": row.same_as_applicant,
    }  # fmt: skip
    return {key: every[key] for key in keys if key != "org_match"}


def _as_expected(match):
    if match.kind in {"exact", "normalised"}:
        return {"kind": match.kind, "org": match.organisation.name, "branch": match.organisation.branch}
    if match.kind == "candidate":
        return {"kind": "candidate", "org": match.candidates[0].name, "branch": match.candidates[0].branch}
    if match.kind == "ambiguous":
        branches = [one.branch for one in match.candidates]
        return {"kind": "ambiguous", "org": match.candidates[0].name, "branches": branches}
    return {"kind": "none"}
