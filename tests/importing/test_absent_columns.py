"""A column that a file does not have changes nothing: every list of others, each of its columns left out in turn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.events.applications.services.application_import import import_applications, preview_applications
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.importing.list_target import ListTarget, revert_import
from app.importing.row_target import import_list, preview_list
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.services import BOOKINGS, VENUES
from app.surveys.answers.services.survey_import import import_survey
from app.surveys.answers.services.survey_preview import preview_import
from db.fields import specs
from db.records.applications import Application, ImportTarget
from db.records.organisations import Contact, Subsidy
from db.records.roster import Entry
from db.records.surveys import Answer
from db.records.venues import Booking
from db.rows import rows
from db.store import Store
from tests.support.application_rows import BY, NOW, year_store
from tests.support.survey_sheets import AFTER, answered, fixed_survey, form_file, survey_of
from tests.support.years import BY as CLERK

WHO = {"by": BY, "now": NOW}
_NOT_OF_THE_ROWS = ("journal", "_sqlite_migrations", "facts", "foreign_imports", "column_maps", "former_names")


@dataclass(frozen=True)
class Case:
    """A list of others: a row with something in every column, and what a later list says otherwise in one of two."""

    target: ListTarget
    row: Mapping[str, str]
    otherwise: Mapping[str, str]


CASES = (
    Case(
        APPLICATIONS_TARGET,
        {
            **{key: f"{words}の例" for key, words in APPLICATIONS_TARGET.fields.items()},
            "received_at": "2026/09/02", "received_time": "9:10", "receipt_number": "00012", "way": "FAX",
            "status": "受付",
            "organisation": "みほん一丁目町会", "branch": "第1支部", "name": "見本　一郎",
            "furigana": "みほん　いちろう",
            "role": "会長", "phone": "03-0000-0001", "email": "m@example.jp", "fax": "03-0000-0002",
            "address": "練馬区見本1-1", "wishes": "LINE講習会", "themes": "連絡網", "people": "3",
            "names": "見本　花子",
            "date1": "2026/9/30", "date2": "2026/10/1", "date3": "2026/10/2", "contact_name": "見本　次郎",
            "contact_furigana": "みほん　じろう", "contact_phone": "03-0000-0003", "device": "貸与", "care": "車いす",
            "photo": "不可", "publication": "不可", "ticks": "写真不可", "note": "駐車場を使う", "memo": "折返し済",
        },
        {"role": "副会長", "device": "持参"},
    ),
    Case(
        ORGANISATIONS,
        {
            "branch": "第1支部", "name": "みほん一丁目町会", "furigana": "みほんいっちょうめちょうかい",
            "chair": "見本　太郎",
            "chair_furigana": "みほん　たろう", "phone": "03-0000-0001", "fax": "03-0000-0002", "email": "m@example.jp",
            "address": "練馬区見本1-1", "households": "120", "subsidy": "30,000", "support_policy": "続ける",
            "note": "覚え",
            "stage:LINE": "3",
        },
        {"households": "130", "note": "別の覚え"},
    ),
    Case(
        BOOKINGS,
        {
            "venue": "みほん区民館", "room": "第1研修室", "day": "2026/9/30", "slot": "13:00～17:00", "start": "13:00",
            "end": "17:00", "number": "承認1", "state": "承認", "applied_on": "2026/7/1", "approved_on": "2026/7/10",
            "cancel_by": "2026/9/20", "fee": "1,200", "reduction": "免除", "purpose": "講習会", "equipment": "マイク",
            "note": "鍵は事務室",
        },
        {"fee": "1,500", "equipment": "マイク2本"},
    ),
    Case(
        VENUES,
        {
            **{key: f"{words}の例" for key, words in VENUES.fields.items()},
            "capacity": "120人", "network": "有", "facility": "区立施設", "map_minutes": "8分",
        },
        {"phone": "03-0000-0009", "aed": "2階"},
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[tuple[Store, Path]]:
    folder = tmp_path_factory.mktemp("absent")
    store = year_store(folder, organisations=[("第1支部", "みほん一丁目町会"), ("第2支部", "みほん二丁目自治会")])
    yield store, folder
    store.database.conn.close()


def standing(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row, as the file has it, but those of the log of imports; applications without what each file gives them
    anew."""
    names = [name for name in store.database.table_names() if name not in _NOT_OF_THE_ROWS]
    return {name: store.database.execute(f"SELECT * FROM [{name}] ORDER BY 1").fetchall() for name in names}


def shown_of_the_event(store: Store) -> list[tuple[Any, ...]]:
    """What stands in the list of applications: the places, and the application that each stems from, by
    what it says."""
    left = {"id", "application_id", "import_id", "row_key", "source"}
    known = {one.id: one for one in rows(store.database, Application)}
    return [
        tuple(
            {name: value for name, value in vars(record).items() if name not in left}
            for record in (entry, known[entry.application_id])
        )
        for entry in rows(store.database, Entry, event_id=1, order="id")
    ]


def _headings(case: Case) -> dict[str, str]:
    return dict(case.target.fields)


def steps(case: Case, store: Store, folder: Path) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Preview and import of a list with these cells, its columns set by hand."""

    def given(cells: Mapping[str, str]) -> dict[str, Any]:
        path = folder / f"{case.target.target}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[_headings(case).get(name, "LINE") for name in cells], list(cells.values())])
        return {"path": path, "columns": dict(enumerate(cells))}

    if case.target is APPLICATIONS_TARGET:
        return (
            lambda cells: preview_applications(store, event_id=1, **given(cells)),
            lambda cells: import_applications(ActionContext(store, **WHO), event_id=1, **given(cells)),
        )
    return (
        lambda cells: preview_list(store, target=case.target, today=NOW.date(), **given(cells)),  # type: ignore[arg-type]
        lambda cells: import_list(ActionContext(store, **WHO), target=case.target, **given(cells)),  # type: ignore[arg-type]
    )


def test_every_list_of_others_stands_here_with_all_its_columns():
    """A survey has no ``ListTarget``: its columns are its questions."""
    assert {case.target.target for case in CASES} | {"アンケート"} == set(ImportTarget)
    for case in CASES:
        assert set(case.target.fields) <= set(case.row), case.target.list_name


def test_every_column_of_a_list_of_applications_comes_to_stand_in_its_field(opened):
    store, folder = opened
    taken = steps(CASES[0], store, folder)[1](CASES[0].row)
    (known,) = rows(store.database, Application)
    told = [one for one in specs(Application).values() if one.spec.heading]
    assert len(told) > 9
    assert [one.name for one in told if getattr(known, one.name) == one.default] == []
    revert_import(ActionContext(store, **WHO), APPLICATIONS_TARGET, import_id=taken.id)


@pytest.mark.parametrize(
    ("case", "absent"),
    [(case, name) for case in CASES for name in case.row if frozenset({name}) not in case.target.required_groups],
    ids=lambda one: one if isinstance(one, str) else one.target.target,
)
def test_what_a_file_has_no_column_for_stays_as_it_was(opened, case, absent):
    store, folder = opened
    look, take = steps(case, store, folder)
    taken = [take(case.row)]
    try:
        before, in_the_list = standing(store), shown_of_the_event(store)
        fewer = {name: text for name, text in case.row.items() if name != absent}
        assert [row.outcome for row in look(fewer).rows] == ["重複"]
        take(fewer)
        assert standing(store) == before

        name = next(one for one in case.otherwise if one != absent)
        (row,) = look(fewer | {name: case.otherwise[name]}).rows
        assert row.outcome == "更新"
        taken.append(take(fewer | {name: case.otherwise[name]}))
        whole = case.otherwise[name]
        if case.target is APPLICATIONS_TARGET:
            assert {one.key for one in row.changes} == {name}
            changed = [
                key
                for old, new in zip(in_the_list, shown_of_the_event(store), strict=True)
                for was, now in zip(old, new, strict=True)
                for key in was
                if was[key] != now[key]
            ]
            assert set(changed) == {name}
        else:
            after = standing(store)
            changed = [
                (table, column.name, new)
                for table, olds in before.items()
                for old_row, new_row in zip(olds, after[table], strict=True)
                if old_row != new_row
                for column, old, new in zip(store.database[table].columns, old_row, new_row, strict=True)
                if old != new
            ]
            assert [(key, str(value).replace(",", "")) for _, key, value in changed] == [
                (_COLUMN.get(name, name), whole.replace(",", ""))
            ]
    finally:
        for one in reversed(taken):
            revert_import(ActionContext(store, **WHO), case.target, import_id=one.id)


_COLUMN: Mapping[str, str] = {}


def test_a_list_without_people_says_nothing_of_them_and_one_that_has_the_column_says_what_changes(opened):
    store, folder = opened
    look, take = steps(CASES[0], store, folder)
    two = {
        "organisation": "みほん二丁目自治会",
        "name": "見本　三郎",
        "phone": "03-0000-0009",
        "people": "2",
        "role": "",
    }
    first = take(two)
    without = {name: text for name, text in two.items() if name != "people"}
    (row,) = look(without).rows
    assert (row.outcome, row.people, "人数" in row.reason) == ("重複", 2, False)
    (row,) = look(without | {"role": "会計"}).rows
    assert (row.outcome, row.reason) == ("更新", "申込済みの人の申込。役職　（空）→会計")
    # An empty cell of a column that is there says one person, as ever; it is said before it is written.
    (row,) = look(two | {"people": ""}).rows
    assert (row.outcome, row.reason) == ("更新", "申込済みの人の申込。人数　2人→1人")
    revert_import(ActionContext(store, **WHO), APPLICATIONS_TARGET, import_id=first.id)


def test_a_list_of_organisations_leaves_the_words_of_the_ward_beside_what_it_changes(opened):
    store, folder = opened
    _look, take = steps(CASES[1], store, folder)
    first = take(CASES[1].row)
    with store.change(action="覚え", subject="organisations", **WHO) as change:
        (subsidy,) = rows(store.database, Subsidy)
        phone = next(one for one in rows(store.database, Contact) if one.kind == "電話")
        change.update(Subsidy, subsidy.id, note="2回に分けて交付", name="地域活動補助")
        change.update(Contact, phone.id, note="昼間だけ")
    second = take(dict(CASES[1].row) | {"subsidy": "40,000", "phone": "03-0000-0009"})
    (subsidy,) = rows(store.database, Subsidy)
    assert (subsidy.amount, subsidy.note, subsidy.name) == (40_000, "2回に分けて交付", "地域活動補助")
    phones = [one for one in rows(store.database, Contact) if one.kind == "電話"]
    in_force = [(one.value, one.note) for one in phones if one.ended_on is None]
    assert in_force == [("03-0000-0009", "昼間だけ")], "the number before stands with its last day"
    assert second.updated == 1
    with store.change(action="戻す", subject="organisations", **WHO) as change:
        for kind in (Subsidy, Contact):
            for one in rows(store.database, kind):
                change.delete(kind, one.id)
    assert first.new + first.updated == 1


def test_bookings_that_a_file_without_times_cannot_tell_apart_are_asked_for(opened):
    store, folder = opened
    look, take = steps(CASES[2], store, folder)
    taken = [
        take(dict(CASES[2].row) | {"slot": slot, "start": slot[:5], "end": slot[-5:]})
        for slot in ("09:00～12:00", "13:00～17:00")
    ]
    fewer = {name: text for name, text in CASES[2].row.items() if name not in ("slot", "start", "end")}
    (row,) = look(fewer).rows
    assert row.outcome == "確認が必要"
    assert "09:00、" in row.reason
    assert len(rows(store.database, Booking)) == 2
    for one in reversed(taken):
        revert_import(ActionContext(store, **WHO), BOOKINGS, import_id=one.id)


def test_answers_of_a_file_without_a_question_are_the_answers_taken_in_before(tmp_path):
    store, event_id = fixed_survey(tmp_path)
    sheets = [answered(), answered(satisfaction=Answer(chosen=("不満",)), comments=Answer(text="よかった"))]
    full = form_file(tmp_path / "回答.csv", store, event_id, sheets)
    import_survey(ActionContext(store, CLERK, AFTER), event_id=event_id, path=full)
    with full.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    titles = [one.title for one in survey_of(store, event_id).questions]
    asked = [place for place, heading in enumerate(lines[0]) if any(title in heading for title in titles)]
    assert len(asked) >= 5
    for place in asked:
        path = tmp_path / "少ない列.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([cell for at, cell in enumerate(line) if at != place] for line in lines)
        found = preview_import(store, event_id=event_id, path=path)
        assert {row.outcome for row in found.rows} <= {"重複", "確認が必要"}, lines[0][place]
    store.database.conn.close()
