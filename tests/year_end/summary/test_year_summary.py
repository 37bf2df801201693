"""年度まとめ: every number is what an independent count over the records gives, and the list behind it
adds up to it."""

import random
import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render_document
from app.history import services as history_services
from app.year_end.summary.documents import ANSWERS_KIND as ANSWERS
from app.year_end.summary.rules import YearSummary
from app.year_end.summary.services.source_rows import read_source_rows
from app.year_end.summary.services.typed_numbers import (
    agreements_to_link,
    remove_reason,
    save_earlier_figures,
    save_earlier_lecture,
    set_reason,
)
from app.year_end.summary.services.year_answers import (
    answer_to_copy,
    corrected_figures,
    proposed_words,
    quotable_numbers,
    read_answers,
    remove_answer,
    save_answer,
)
from app.year_end.summary.services.year_summary import read_summary
from db.records.event_form import EventForm
from db.records.programme import EventKind
from db.records.year.summary import EarlierFigure
from db.rows import rows
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by
from tests.support.year_papers import paper

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
WHO: dict[str, Any] = {"by": BY, "now": NOW}
ITEMS = ("実施", "予定", "未定", "申込", "延べ人数", "実人数", "延べ団体", "実団体", "初参加")
_CAME = "attendance = '出席' AND state IN ('申込', '決定')"
year = made_by(sample_store, scope="module")


def begin_next_year(store, *, without: EventForm) -> None:
    """The year after began, with a contract that has no kind of this form."""
    run = store.database.execute
    for table, others in (("programmes", "fiscal_year"), ("kind_numbers", "programme_id")):
        columns = ", ".join(one.name for one in store.database[table].columns if one.name not in ("id", others))
        where = f" WHERE form != '{without.value}'" if table == "kind_numbers" else ""
        value = 2027 if table == "programmes" else "(SELECT id FROM programmes WHERE fiscal_year = 2027)"
        run(f"INSERT INTO {table} ({others}, {columns}) SELECT {value}, {columns} FROM {table}{where}")


def forget_typed(store):
    """Nobody typed the numbers of 講習会 of the year before."""
    with store.change(action="前年度の数を消した", subject="summary", **WHO) as change:
        for one in rows(store.database, EarlierFigure, fiscal_year=2025, kind="講習会"):
            change.delete(EarlierFigure, one.id)


def _independent(store: Store, kind: str | None) -> dict[str, int]:
    """The numbers of a kind over the bare rows, in other words than the program's."""
    of_kind = "" if kind is None else f"AND kind = '{kind}'"
    held = list(
        store.database.query(
            f"SELECT * FROM events WHERE status = '実施済' AND event_date <= '{TODAY}' AND programme_id = 1 {of_kind}"
        )
    )
    people, groups, visits, group_visits = [], [], 0, 0
    for event in held:
        came = list(store.database.query(f"SELECT * FROM entries WHERE event_id = {event['id']} AND {_CAME}"))
        visits += len(came)
        people += [one["person_id"] or f"nobody {one['id']}" for one in came]
        own = {one["organisation_id"] or one["organisation_name"].strip() for one in came} - {""}
        groups += list(own)
        group_visits += len(own)
        if not came:
            for day in store.database.query(f"SELECT * FROM event_results WHERE event_id = {event['id']}"):
                visits += day["attended"] or 0
                group_visits += (day["attended_organisations"] or 0) if day["attended"] is not None else 0
    return {
        "実施": len(held), "延べ人数": visits, "実人数": len(set(people)), "延べ団体": group_visits,
        "実団体": len(set(groups)),
    }  # fmt: skip


def _shuffle(store: Store, seed: int) -> None:
    """Let chance say who came, with what name and 団体, and which day has typed numbers alone."""
    chance = random.Random(seed)
    run = store.database.execute
    for row in list(store.database.query("SELECT id, event_id, person_id, organisation_id FROM entries")):
        attendance = chance.choice(["出席", "出席", "欠席", ""])
        state = chance.choice(["決定", "決定", "申込", "辞退", "補欠"])
        run("UPDATE entries SET attendance = ?, state = ? WHERE id = ?", (attendance, state, row["id"]))
        if chance.random() < 0.1:
            run("UPDATE entries SET person_id = NULL WHERE id = ?", (row["id"],))
        if chance.random() < 0.1:
            run("UPDATE entries SET organisation_id = NULL, organisation_name = '見本会' WHERE id = ?", (row["id"],))
    for row in list(store.database.query("SELECT id FROM event_results")):
        run(
            "UPDATE event_results SET lent_devices = ?, own_devices = ? WHERE id = ?",
            (chance.choice([None, 0, 7]), chance.choice([None, 3, 9]), row["id"]),
        )
    for row in list(store.database.query("SELECT id FROM material_versions")):
        run(
            "UPDATE material_versions SET printed = ?, handed_out = ? WHERE id = ?",
            (chance.choice([None, 12, 30]), chance.choice([None, 10]), row["id"]),
        )
    for row in list(store.database.query("SELECT id FROM events")):
        run("UPDATE events SET network = ? WHERE id = ?", (chance.choice(["有", "有", "無", "不明"]), row["id"]))
    held = [one["id"] for one in store.database.query("SELECT id FROM events WHERE status = '実施済'")]
    alone = chance.choice(held)
    run("UPDATE entries SET attendance = '' WHERE event_id = ?", (alone,))
    run(
        "UPDATE event_results SET attended = ?, attended_organisations = ? WHERE event_id = ?",
        (chance.randint(0, 30), 5, alone),
    )


def _prepared(store: Store, kind: str) -> dict[str, Any]:
    """Connections, copies and 消耗品 of a kind over the bare rows, in other words than the program's."""
    query = store.database.query
    held = list(
        query(
            f"SELECT * FROM events WHERE status = '実施済' AND event_date <= '{TODAY}' AND programme_id = 1 AND "
            f"kind = '{kind}'"
        )
    )
    devices, printed, handed, networks = [], [], [], []
    whole = True
    for event in held:
        networks.append(event["network"])
        for day in query(f"SELECT lent_devices, own_devices FROM event_results WHERE event_id = {event['id']}"):
            devices += [one for one in day.values() if one is not None]
            (came,) = query(f"SELECT count(*) AS n FROM entries WHERE event_id = {event['id']} AND {_CAME}")
            typed = query(f"SELECT attended FROM event_results WHERE event_id = {event['id']}")
            people = came["n"] or next(iter(typed))["attended"]
            whole = whole and None not in day.values() and (people is None or sum(day.values()) >= people)
        newest = (
            f"SELECT v.* FROM material_versions v JOIN materials m ON m.id = v.material_id WHERE m.event_id = "
            f"{event['id']}"
        )
        newest += " AND v.version = (SELECT max(w.version) FROM material_versions w WHERE w.material_id = m.id)"
        for version in query(newest):
            printed += [version["printed"]] if version["printed"] is not None else []
            handed += [version["handed_out"]] if version["handed_out"] is not None else []
    return {"devices": devices, "whole": whole, "printed": printed, "handed": handed, "networks": networks}


def _numbers(found: YearSummary) -> dict[str | None, Any]:
    return {one.kind: one for one in (*found.kinds, found.total)}


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10**6))
def test_every_number_is_an_independent_count_and_opens_rows_that_add_up_to_it(year, seed):
    _shuffle(year, seed)
    found = read_summary(year, today=TODAY)
    for kind, figures in _numbers(found).items():
        counted = _independent(year, kind)
        assert {item: figures.number(item) for item in counted} == counted, kind
    kind, figures = list(_numbers(found).items())[seed % 4]
    for item in ITEMS:
        number = figures.number(item)
        assert read_source_rows(year, today=TODAY, kind=kind, item=item).total == (number or 0), (kind, item)
    # 延べ is the sum of its rows, 実 at most; only what rosters tell stands under a 支部.
    assert found.total.counts.visits == sum(one.counts.visits for one in found.kinds)
    assert found.total.counts.people <= sum(one.counts.people for one in found.kinds)
    assert sum(one.counts.visits for one in found.branches) == found.branch_total.counts.visits
    assert found.branch_total.counts.visits == found.total.counts.visits_from_roster
    assert sum(one.counts.groups for one in found.branches) >= found.branch_total.counts.groups
    branch = found.branches[seed % len(found.branches)]
    assert read_source_rows(year, today=TODAY, item="延べ人数", branch=branch.name).total == branch.counts.visits
    assert f"延べ人数{found.total.counts.visits}人" in found.line_to_copy
    lines = {one.line.key: one.line for one in found.lines}
    for kind in ("講習会", "派遣", "意見交換会"):
        bare = _prepared(year, kind)
        # A number is said where one is known, as a least one where somebody was not asked, and never as 0 then.
        used, said = sum(bare["devices"]), lines[f"{kind}/接続数"].actual
        assert (f"端末延べ{used}台" in said) is bool(used or (bare["devices"] and bare["whole"])), kind
        assert (f"端末延べ{used}台以上（" in said) is bool(used and not bare["whole"]), kind
        for word, title in (("printed", "印刷"), ("handed", "配布")):
            assert (f"{title}{sum(bare[word])}部" in lines[f"{kind}/消耗品"].actual) is bool(bare[word]), (kind, word)
        assert sum("記録なし" in part.words.split("　")[0] for part in lines[f"{kind}/接続数"].event_values) == bare[
            "networks"
        ].count("不明")
        if "不明" in bare["networks"]:
            assert lines[f"{kind}/接続数"].verdict in ("記録なし", "不足")


def test_who_comes_for_the_first_time_is_known_from_the_year_before_alone(store):
    assert read_summary(store, today=TODAY).total.first is None
    run = store.database.execute
    columns = [one.name for one in store.database["programmes"].columns if one.name not in ("id", "fiscal_year")]
    run(f"INSERT INTO programmes (fiscal_year, {', '.join(columns)}) SELECT 2025, {', '.join(columns)} FROM programmes")
    (last,) = store.database.query("SELECT id FROM programmes WHERE fiscal_year = 2025")
    columns = [one.name for one in store.database["kind_numbers"].columns if one.name not in ("id", "programme_id")]
    run(
        f"INSERT INTO kind_numbers (programme_id, {', '.join(columns)})"
        f" SELECT {last['id']}, {', '.join(columns)} FROM kind_numbers"
    )
    first = next(iter(store.database.query("SELECT id FROM events WHERE subject = '事例紹介講習会'")))["id"]
    run("UPDATE events SET programme_id = ?, event_date = '2025-09-10' WHERE id = ?", (last["id"], first))

    found = read_summary(store, today=TODAY)

    came = "SELECT DISTINCT person_id FROM entries JOIN events ON events.id = event_id WHERE person_id IS NOT NULL"
    now = f"{came} AND status = '実施済' AND programme_id = 1 AND {_CAME}"
    then = f"{came} AND events.id = {first} AND {_CAME}"
    (wanted,) = store.database.query(f"SELECT count(*) AS n FROM ({now} EXCEPT {then})")
    assert found.total.first == wanted["n"] == sum(one.first or 0 for one in found.kinds)
    assert 0 < wanted["n"] < found.total.counts.people
    assert sum(one.first or 0 for one in found.branches) == wanted["n"]
    assert read_source_rows(store, today=TODAY, item="初参加").total == wanted["n"]
    forget_typed(store)
    earlier = read_summary(store, today=TODAY).kinds[0].earlier
    assert earlier is not None
    assert (earlier.source, earlier.day) == ("令和7年度の記録", date(2025, 12, 1))
    assert (found.lectures[0].name, found.lectures[0].before, found.lectures[0].events) == ("事例紹介講習会", 1, 0)
    (came,) = store.database.query(f"SELECT count(*) AS n FROM entries WHERE event_id = {first} AND {_CAME}")
    assert found.lectures[0].visits_before == came["n"] > 0


def test_what_the_specification_asks_stands_beside_what_was_held(store):
    found = read_summary(store, today=TODAY)
    lines = {one.line.key: one for one in found.lines}
    assert [lines[f"講習会/{item}"].line.verdict for item in ("実施期間", "実施回数", "各回の人数", "実施時間")] == [
        "期間内", "実施中", "範囲内", "範囲内",
    ]  # fmt: skip
    assert (lines["講習会/実施回数"].earlier.number, lines["講習会/実施回数"].change) == (4, "+1")
    assert lines["派遣/日数・団体"].line.actual == "2日間・2団体"
    assert lines["意見交換会/進行役"].line.verdict == "配置"
    assert {line.line.clause_letter for line in found.lines} >= {
        "ア",
        "ウ",
        "エ",
        "オ",
        "キ",
        "ケ",
        "コ",
        "ア・ウ",
        "(4)",
    }
    assert not any(line.line.item == "アンケート" for line in found.lines if line.line.key.startswith("派遣"))
    # Nothing is held yet before the first event, and nothing is late.
    early = read_summary(store, today=date(2026, 9, 1))
    assert {one.line.verdict for one in early.lines if one.line.item != "提案書"} == {"実施前"}
    assert early.total.counts.events == 0
    assert "まだない" in early.line_to_copy


def test_connections_copies_and_supplies_stand_as_recorded_and_nothing_is_made_up(store):
    def line(key: str) -> Any:
        return next(one.line for one in read_summary(store, today=TODAY).lines if one.line.key == key)

    courses = line("講習会/接続数")
    least = "あり5回　端末延べ60台以上（15人 未確認）"
    assert (courses.actual, courses.verdict, courses.clause_letter) == (least, "記録なし", "ク")
    assert "貸与 0台" not in "".join(part.words for part in courses.event_values if "未確認" in part.words)
    assert line("派遣/接続数").actual == "あり1回・ルーター1回　端末延べ18台"
    whole = line("講習会/アンケート").actual
    came, back = map(int, re.match(r"(\d+)人中 (\d+)件（", whole).groups())
    first = line("講習会/アンケート").event_values[0]
    people, sheets = map(int, re.match(r"(\d+)人中 (\d+)件", first.words).groups())
    run = store.database.execute
    kept = [(row["id"], row["attendance"]) for row in store.database.query("SELECT id, attendance FROM entries")]
    run(f"UPDATE entries SET attendance = '' WHERE event_id = {first.event.id}")
    run(f"UPDATE event_results SET attended = NULL WHERE event_id = {first.event.id}")
    said = line("講習会/アンケート").actual
    assert said.startswith(f"{came - people}人中 {back - sheets}件（")
    assert said.endswith(f"・出席の記録がない1回 {sheets}件"), "sheets of an unknown number of people are in no share"
    least = f"（延べ{came - people}人以上、1回 記録なし）"
    assert line("講習会/各回の人数").actual.endswith(least)
    found = read_summary(store, today=TODAY)
    assert f"延べ人数{found.total.counts.visits}人以上（1回 記録なし）" in found.line_to_copy
    for row_id, attendance in kept:
        run("UPDATE entries SET attendance = ? WHERE id = ?", (attendance, row_id))
    run(f"UPDATE event_results SET attended = {people} WHERE event_id = {first.event.id}")
    talks = line("意見交換会/接続数")
    assert (talks.actual, talks.verdict) == ("あり1回　端末 未確認（18人）", "記録なし")
    run("UPDATE event_results SET own_devices = attended - lent_devices WHERE attended IS NOT NULL")
    assert (line("講習会/接続数").verdict, line("意見交換会/接続数").actual) == ("準備", "あり1回　端末延べ18台")
    assert (line("講習会/消耗品").verdict, line("講習会/消耗品").clause_letter) == ("準備", "キ")
    assert line("講習会/消耗品").event_values[0].words == "資料3種　印刷 19部　配布 16部　出席 16人"
    assert line("派遣/消耗品").actual == "印刷12部・配布9部"
    supplies = line("意見交換会/消耗品")
    assert (supplies.actual, supplies.verdict, supplies.clause) == (
        "印刷63部・配布54部・消耗品 1／1回",
        "準備",
        "仕4(3)キ・ク",
    )
    assert supplies.event_values[0].words.endswith("模造紙 6枚　付箋 18人分　マーカー 4")
    # Nothing was recorded: so it says, and no number stands there.
    run("UPDATE events SET network = '不明'")
    run("UPDATE event_results SET lent_devices = NULL, own_devices = NULL")
    run("UPDATE material_versions SET printed = NULL, handed_out = NULL")
    run("UPDATE equipment_items SET checked_on = NULL")
    assert [(line(key).verdict, line(key).actual) for key in ("講習会/接続数", "講習会/消耗品",
    "意見交換会/消耗品")] == [
        ("記録なし", "記録なし5回"), ("記録なし", ""), ("記録なし", "消耗品 0／1回"),
    ]  # fmt: skip
    assert "部数の記録なし" in line("意見交換会/消耗品").event_values[0].words
    assert "模造紙 記録なし" in line("意見交換会/消耗品").event_values[0].words
    # A room without a line, and fewer copies than people.
    run("UPDATE events SET network = '無'")
    run("DELETE FROM equipment_items WHERE name = 'モバイルルーター'")
    run("UPDATE material_versions SET printed = 3")
    run("UPDATE equipment_items SET quantity = '0', checked_on = '2026-11-06' WHERE name = '付箋'")
    assert {line(key).verdict for key in ("講習会/接続数", "派遣/接続数", "講習会/消耗品", "意見交換会/消耗品")} == {
        "不足"
    }


def test_a_number_that_is_missing_hides_neither_the_others_nor_one_that_is_off(store):
    def line(key: str) -> Any:
        return next(one for one in read_summary(store, today=TODAY).lines if one.line.key == key)

    first, second, *_rest = (part.event.id for part in line("講習会/各回の人数").line.event_values)
    run = store.database.execute
    run("UPDATE entries SET attendance = '欠席' WHERE event_id = ? AND id % 3 <> 0", (second,))
    run("UPDATE entries SET attendance = '' WHERE event_id = ?", (first,))
    run("UPDATE event_results SET attended = NULL WHERE event_id = ?", (first,))
    assert line("講習会/各回の人数").line.event_values[0].words == "記録なし"
    assert (line("講習会/各回の人数").line.verdict, line("講習会/各回の人数").blocks_document) == ("範囲外", True)

    guides = line("意見交換会/進行役").line
    (talk,) = [part.event for part in guides.event_values]
    run("UPDATE events SET kind = ?, form = ?, groups = NULL WHERE id = ?", (talk.kind, talk.form, first))
    assert line("意見交換会/進行役").line.actual == f"{guides.actual}（1回 記録なし）"
    assert line("意見交換会/進行役").line.verdict == "記録なし"


def test_too_few_people_are_off_until_a_reason_or_a_settled_agreement_says_why(store):
    store.database.execute("UPDATE entries SET attendance = '欠席' WHERE event_id = 1 AND id % 3 <> 0")
    (line,) = [one for one in read_summary(store, today=TODAY).lines if one.line.key == "講習会/各回の人数"]
    assert (line.line.verdict, line.blocks_document) == ("範囲外", True)
    with pytest.raises(UserError):
        set_reason(acting(store), programme_id=1, item="講習会/各回の人数", reason=" ")
    linked = agreements_to_link(store, programme_id=1)[0]
    set_reason(acting(store), programme_id=1, item="講習会/各回の人数", reason="大雨の日だった", agreement_id=linked[0])
    (line,) = [one for one in read_summary(store, today=TODAY).lines if one.line.key == "講習会/各回の人数"]
    assert not line.blocks_document
    assert line.reason is not None
    assert line.reason.full_words == f"協議 {linked[1].split('　')[0]}　大雨の日だった"
    remove_reason(acting(store), programme_id=1, item="講習会/各回の人数")
    assert any(one.blocks_document for one in read_summary(store, today=TODAY).lines)


def test_the_year_before_is_typed_with_its_source_and_taken_back(store):
    def save(**given: Any) -> object:
        return save_earlier_figures(
            acting(store),
            **{"fiscal_year": 2025, "kind": "講習会", "numbers": {"延べ人数": 58, "実人数": 41}, "source": "係の記録"}
            | given,
        )

    for wrong in (
        {"source": ""}, {"numbers": {}}, {"fiscal_year": 2026}, {"day": date(2026, 6, 1)},
        {"numbers": {"延べ人数": 3, "実人数": 4}}, {"numbers": {"延べ人数": -1}}, {"kind": "祭り"},
    ):  # fmt: skip
        with pytest.raises(UserError):
            save(**wrong)
    save(day=date(2025, 12, 31))
    found = read_summary(store, today=TODAY)
    earlier = found.kinds[0].earlier
    assert earlier is not None
    assert (earlier.number, earlier.change(found.kinds[0].counts.visits), earlier.source) == (58, "+17", "係の記録")
    (line,) = [one for one in found.lines if one.line.key == "講習会/各回の人数"]
    assert (line.earlier, line.change) == (earlier, "+17")
    save(numbers={"延べ人数": 60})
    assert read_summary(store, today=TODAY).kinds[0].earlier.number == 60
    # Of the other kinds nothing is known, so nothing is said of all together.
    assert read_summary(store, today=TODAY).total.earlier is None
    history_services.undo(store, by=BY, now=datetime(2026, 12, 1, 9, 30))
    assert read_summary(store, today=TODAY).kinds[0].earlier.number == 58
    forget_typed(store)
    assert read_summary(store, today=TODAY).kinds[0].earlier is None


def test_numbers_of_the_year_before_up_to_several_days_have_no_sum(store):
    def save(kind: str, day: date | None) -> object:
        return save_earlier_figures(
            acting(store), fiscal_year=2025, kind=kind, numbers={"延べ人数": 10}, source="記録", day=day
        )

    for kind in ("講習会", "派遣", "意見交換会"):
        save(kind, date(2025, 11, 30))
    total = read_summary(store, today=TODAY).total.earlier
    assert total is not None
    assert (total.number, total.day) == (30, date(2025, 11, 30))
    save("派遣", None)
    assert read_summary(store, today=TODAY).total.earlier is None


def test_the_paper_says_up_to_which_day_the_year_before_was_counted(store):
    context = acting(store)
    numbers = {"延べ人数": 58}
    save_earlier_figures(context, fiscal_year=2025, kind="講習会", numbers=numbers, source="係の記録")
    assert "までの数" not in "".join(paper(store, "年間実績総括"))
    save_earlier_figures(
        context, fiscal_year=2025, kind="講習会", numbers=numbers, source="係の記録", day=date(2025, 11, 30)
    )
    said = "".join(paper(store, "年間実績総括"))
    assert "係の記録、R7.11.30（日）までの数。記録のない欄は" in said
    assert "前年58人（係の記録、R7.11.30（日）までの数）に対し" in said


def test_the_year_before_an_older_year_is_typed_by_the_kinds_of_that_year(store):
    begin_next_year(store, without=EventForm.LECTURE)
    context = acting(store)
    numbers = {"延べ人数": 61}
    save_earlier_figures(context, fiscal_year=2025, kind="講習会", numbers=numbers, source="係の記録")
    save_earlier_lecture(context, fiscal_year=2025, name="LINE講習会", visits=20, source="係の記録")
    found = read_summary(store, today=TODAY, fiscal_year=2026)
    assert found.kinds[0].earlier.number == 61
    assert next(one for one in found.lectures if one.name == "LINE講習会").visits_before == 20
    with pytest.raises(UserError, match="画面のものではありません"):
        save_earlier_figures(context, fiscal_year=2026, kind="講習会", numbers=numbers, source="係の記録")


def test_people_counted_once_are_unknown_where_no_roster_tells_them(store):
    store.database.execute(
        "UPDATE entries SET attendance = '' WHERE event_id IN (SELECT id FROM events WHERE kind = '派遣')"
    )
    found = read_summary(store, today=TODAY)
    visits = next(one for one in found.kinds if one.kind == "派遣")
    assert [visits.number(item) for item in ("延べ人数", "実人数", "延べ団体", "実団体")] == [18, None, 2, None]
    assert not {"派遣/実人数", "派遣/実団体"} & {one.key for one in quotable_numbers(found)}
    said = paper(store, "年間実績総括")
    assert any(line.startswith("アドバイザー派遣｜2｜19｜18｜｜2｜｜") for line in said)

    store.database.execute("UPDATE entries SET attendance = ''")
    said = "".join(paper(store, "年間実績総括"))
    assert "延べ人数111人、延べ団体72団体（回ごとに数えた合計。名簿の記録がないため、実人数・実団体は" in said
    assert "｜実人数 名簿の記録なし｜" in said
    assert "8回とも人数だけの記録のため、実人数と実団体は数えていない。" in said


def test_first_timers_are_unknown_where_no_roster_tells_who_came(store):
    run = store.database.execute
    year = dict(next(iter(store.database.query("SELECT * FROM programmes"))))
    last = {**year, "id": 99, "fiscal_year": 2025}
    run(f"INSERT INTO programmes ({', '.join(last)}) VALUES ({', '.join('?' * len(last))})", tuple(last.values()))
    run("UPDATE events SET programme_id = 99, event_date = '2025-09-10' WHERE subject = '事例紹介講習会'")
    run("UPDATE entries SET attendance = '' WHERE event_id IN (SELECT id FROM events WHERE kind = '派遣')")
    found = read_summary(store, today=TODAY, fiscal_year=2026)
    by_kind = {one.kind: (one.first is None, one.first_groups is None) for one in found.kinds}
    assert by_kind == {"講習会": (False, False), "派遣": (True, True), "意見交換会": (False, False)}


def test_a_number_of_a_part_of_the_events_is_quoted_as_that(store):
    run = store.database.execute
    first = next(iter(store.database.query("SELECT id FROM events WHERE subject = '事例紹介講習会'")))["id"]
    run("UPDATE entries SET attendance = '' WHERE event_id = ?", (first,))
    run("UPDATE event_results SET attended = 15, attended_organisations = 9 WHERE event_id = ?", (first,))
    found = {one.key: one.figure for one in quotable_numbers(read_summary(store, today=TODAY))}
    once, visits, held = (found[f"講習会/{item}"] for item in ("実人数", "延べ人数", "実施"))
    assert (once.value, once.source) == ("52人", "出席の記録（名簿のある4回分）")
    assert (visits.value, visits.source) == ("74人", "出席の記録")
    assert proposed_words((once, visits, held), TODAY) == (
        "令和8年12月1日現在、講習会の実人数は52人（名簿のある4回分）、講習会の延べ人数は74人、講習会の実施は5回です。"
    )
    assert found["意見交換会/実人数"].source == "出席の記録（名簿）"


def test_nobody_came_is_nobody_counted_once_too(store):
    store.database.execute(
        "UPDATE entries SET attendance = '' WHERE event_id IN (SELECT id FROM events WHERE kind = '派遣')"
    )
    store.database.execute(
        "UPDATE event_results SET attended = 0, attended_organisations = 0"
        " WHERE event_id IN (SELECT id FROM events WHERE kind = '派遣')"
    )
    visits = next(one for one in read_summary(store, today=TODAY).kinds if one.kind == "派遣")
    assert [visits.number(item) for item in ("延べ人数", "実人数", "延べ団体", "実団体")] == [0, 0, 0, 0]


def test_a_number_without_a_list_is_refused(store):
    with pytest.raises(UserError):
        read_source_rows(store, today=TODAY, item="満足計")


def test_a_kind_that_is_called_otherwise_corrects_no_answer(store):
    before = corrected_figures(store, read_answers(store), fiscal_year=2026)
    with store.change(action="名前を直した", subject="settings", **WHO) as change:
        kind = next(one for one in rows(store.database, EventKind) if one.kind == "講習会")
        change.update(EventKind, kind.id, name="デジタル講習", name_in_text="デジタル講習")
    assert read_summary(store, today=TODAY).kinds[0].name == "デジタル講習"
    assert corrected_figures(store, read_answers(store), fiscal_year=2026) == before == {}


def test_an_answer_keeps_the_numbers_of_its_day(store):
    def save(**given: Any) -> object:
        return save_answer(acting(store), **{
                "fiscal_year": 2026, "question": "何団体か", "asked_by": "広報課", "asked_on": TODAY,
                "quoted": ("/実団体", "/満足計"), "answer": "39団体です。",
            }
            | given)  # fmt: skip

    for wrong in (
        {"question": " "},
        {"asked_by": ""},
        {"answer": ""},
        {"quoted": ()},
        {"quoted": ("/初参加",)},
        {"asked_on": date(2026, 12, 2)},
    ):
        with pytest.raises(UserError):
            save(**wrong)
    save()
    store.database.execute("UPDATE entries SET attendance = '欠席'")
    newest = read_answers(store)[0]
    groups = newest.figures[0]
    assert (groups.title, groups.value, groups.source) == ("全体の実団体", "39団体", "出席の記録（名簿）")
    assert newest.figures[1].value.startswith("67人（83件中")
    assert "令和8年12月1日現在の数" in answer_to_copy(newest)
    drawn = render_document(
        store, scope=DocumentScope(fiscal_year=2026, as_of=TODAY), kind=ANSWERS, format="pdf", now=WHO["now"]
    )
    printed = said_by(drawn.content)
    assert "全体の実団体　39団体（出席の記録（名簿））" in printed, "as it was on its day, whatever the records say now"
    assert "※いまの記録では、その日の数は記録なし" in printed or "※いまの記録では、その日の数は0団体" in printed
    assert drawn.content.stamp == "答えたあとに記録が訂正"
    assert printed.index("今年度の講習会に何人が参加したか") < printed.index("何団体か")
    assert printed.count("R8.12.1（火）") == 2, "asked and true on the same day"
    with pytest.raises(UserError, match="照会への回答がまだありません"):
        render_document(
            store,
            scope=DocumentScope(fiscal_year=2026, as_of=date(2026, 11, 1)),
            kind=ANSWERS,
            format="pdf",
            now=WHO["now"],
        )
    remove_answer(acting(store), answer_id=newest.id)
    assert [one.asked_by for one in read_answers(store)] == ["見本議員（区議会 決算の調べ）"]


def test_numbers_of_events_without_a_record_are_least_numbers_wherever_they_are_quoted(store):
    before = read_summary(store, today=TODAY)
    first = next(one.line for one in before.lines if one.line.key == "講習会/アンケート").event_values[0].event.id
    run = store.database.execute
    run("PRAGMA foreign_keys = OFF")
    run(f"DELETE FROM entries WHERE event_id = {first}")
    run(f"UPDATE event_results SET attended = NULL, applied = NULL WHERE event_id = {first}")
    found = read_summary(store, today=TODAY)
    assert found.total.applied.exact is None
    assert found.total.applied.missing == before.total.applied.missing + 1
    assert found.total.applied.minimum_words().endswith("以上")
    quoted = {one.key: one.figure.value for one in quotable_numbers(found)}
    assert quoted["講習会/延べ人数"] == f"{found.kinds[0].counts.visits}人以上（1回 記録なし）"
    assert quoted["意見交換会/延べ人数"] == f"{found.kinds[2].counts.visits}人"
