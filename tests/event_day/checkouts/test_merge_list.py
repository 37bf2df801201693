"""The list for a mail merge: a row an addressee, all cells text, what for and until when, and nobody who withdrew."""

from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services.document_saving import set_letter_state
from app.documents.services.file_saving import SaveOptions
from app.event_day.checkouts import services as checkouts
from app.history.services import undo
from app.ledgers.services.ledger_reading import read_ledger
from db.records.documents import LetterForm, LetterState, Outgoing
from db.records.organisations import Contact, Organisation
from db.records.protection import Checkout
from db.records.roster import Entry
from db.rows import rows
from tests.support.letter_people import KATSURAGI, LONG, TAKASAKI, YOSHIDA
from tests.support.years import BY, NOW, started_year

DAY = NOW.date()
WHO = {"taken_by": BY, "approved_by": "見本 係長", "purpose": "決定通知の本文と宛名", "destination": "庁内"}


def row(**given):
    due = datetime(DAY.year, DAY.month, DAY.day, 17) + timedelta(days=10)
    return Checkout(**{"contents": "", "taken_at": NOW, "medium": "紙", "due_back_at": due} | WHO | given)


def export(people, path, letter, checkout):
    return checkouts.export_for_purpose(
        ActionContext(people.store, BY, NOW),
        event_id=people.event_id,
        purpose="差し込み用",
        letter=letter,
        options=SaveOptions(path=path, reason="保護された保存先で差し込む"),
        checkout=checkout,
    )


def cells(path):
    sheet = load_workbook(path).worksheets[0]
    head, *lines = sheet.iter_rows()
    assert {(one.data_type, one.number_format) for line in lines for one in line if one.value is not None} == {
        ("s", "@")
    }
    return [dict(zip([one.value for one in head], [one.value or "" for one in line], strict=True)) for line in lines]


def issue(people):
    for minute, (state, day, number) in enumerate(
        ((LetterState.IN_APPROVAL, None, ""), (LetterState.APPROVED, DAY, "012"))
    ):
        set_letter_state(
            ActionContext(people.store, by=BY, now=NOW + timedelta(minutes=minute)),
            event_id=people.event_id,
            kind="決定通知",
            form=LetterForm.FORMAL,
            state=state,
            decided_on=day,
            document_number=number,
        )


def test_a_letter_s_addressees_with_what_stands_on_it_are_written_as_text(people, tmp_path):
    issue(people)
    path = tmp_path / "差し込み.xlsx"
    done = export(people, path, "決定通知", row())
    (one,) = cells(path)
    assert (one["団体"], one["役職"], one["氏名"], one["敬称"]) == (LONG, "会長", YOSHIDA, "様")
    assert (one["郵便番号"], one["人数"], one["参加者"]) == ("176-0012", "3", f"{YOSHIDA}、{TAKASAKI}")
    assert one["住所"].startswith("練馬区豊玉北九丁目99番99号")
    assert "012" in one["文書番号"]
    assert "令和8年9月10日" in one["日時"]
    assert (one["件名"], one["番号"]) == ("デジタル活用講習会　第2回「LINE講習会」の参加決定について（通知）", "1")

    (taken,) = rows(people.store.database, Checkout)
    assert taken.contents.startswith("差し込み用の一覧（決定通知）（1件分：")
    assert (taken.purpose, taken.due_back_at.date()) == ("決定通知の本文と宛名", DAY + timedelta(days=10))
    assert taken.medium == checkouts.MERGE_FILE
    (left,) = rows(people.store.database, Outgoing, id=done.id)
    assert (left.personal, left.detail["範囲"]) == (True, "1件　用途 決定通知の本文と宛名")
    with pytest.raises(UserError):
        undo(people.store, by=BY, now=NOW)


def test_who_withdrew_after_the_letter_was_put_up_is_not_in_it(people, tmp_path):
    issue(people)
    with people.store.change(action="辞退", by=BY, now=NOW) as change:
        change.update(Entry, people.entries[1], state="辞退")
    found = checkouts.read_purpose_list(
        people.store, event_id=people.event_id, purpose="差し込み用", letter="決定通知", now=NOW
    )
    assert TAKASAKI not in "".join("".join(one) for one in found.rows)
    assert found.left_out == 1


def test_all_groups_and_labels_hold_addresses_alone(people, tmp_path):
    with people.store.change(action="電話", by=BY, now=NOW) as change:
        change.insert(Contact(organisation_id=1, value="03-0000-0777", purpose="中止・変更の連絡"))
    path = tmp_path / "団体.xlsx"
    export(people, path, "すべての団体", row())
    found = cells(path)
    assert len(found) == 3
    assert list(found[0]) == ["番号", "団体", "支部", "役職", "氏名", "敬称", "郵便番号", "住所"]
    assert [one["敬称"] for one in found if not one["氏名"]] == ["御中"]
    assert KATSURAGI in [one["氏名"] for one in found]
    (left,) = rows(people.store.database, Outgoing)
    assert left.event_id is None
    labels = checkouts.read_purpose_list(
        people.store, event_id=people.event_id, purpose="差し込み用", letter="宛名ラベル", now=NOW
    )
    assert (labels.letter, len(labels.columns)) == ("宛名ラベル", 8)
    assert labels.without_address == ""
    every = checkouts.read_purpose_list(people.store, event_id=0, purpose="差し込み用", letter="すべての団体", now=NOW)
    bare = [one["団体"] for one in found if not one["住所"]]
    assert every.without_address == f"住所の登録がない宛先が{len(bare)}件あります：{'、'.join(bare)}。"
    with people.store.change(action="登録", by=BY, now=NOW) as change:
        for number in range(12 - len(bare)):
            change.insert(Organisation(name=f"みほん{number}町会"))
    every = checkouts.read_purpose_list(people.store, event_id=0, purpose="差し込み用", letter="すべての団体", now=NOW)
    assert every.without_address.endswith("、ほか2件。")


def test_a_year_without_events_has_the_list_of_its_groups(tmp_path):
    register_contributions()
    store = started_year(tmp_path)
    with store.change(action="登録", by=BY, now=NOW) as change:
        change.insert(Organisation(name="みほん町会"))
    found = checkouts.read_purpose_list(store, event_id=0, purpose="差し込み用", letter="決定通知", now=NOW)
    assert (found.letter, found.letters, len(found.rows)) == ("すべての団体", ("すべての団体",), 1)
    path = tmp_path / "団体.xlsx"
    checkouts.export_for_purpose(
        ActionContext(store, BY, NOW),
        event_id=0,
        fiscal_year=2026,
        purpose="差し込み用",
        options=SaveOptions(path=path, reason="案内を送る"),
        checkout=row(),
    )
    assert [one["団体"] for one in cells(path)] == ["みほん町会"]
    assert rows(store.database, Checkout)[0].event_id is None
    store.database.conn.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "いつ消去するか"),
        ({"purpose": ""}, "何に使う"),
        ({"due_back_at": None}, "いつ消去するか"),
        ({"due_back_at": datetime(2030, 1, 1, 17)}, "氏名を消す日"),
        ({"approved_by": ""}, "承認者"),
    ],
)
def test_nothing_is_written_without_what_for_and_until_when(people, tmp_path, given, words):
    path = tmp_path / "x.xlsx"
    with pytest.raises(UserError, match=words):
        export(people, path, "決定通知", given if given is None else row(**given))
    assert not path.exists()
    assert rows(people.store.database, Checkout) == []


def test_its_day_of_erasing_is_asked_on_home_until_somebody_saw_it_gone(people, tmp_path):
    export(people, tmp_path / "x.xlsx", "決定通知", row())
    (task,) = checkouts.checkout_follow_ups(people.store.database, DAY)
    assert (task.label, task.due) == ("差し込み用の一覧を消去する", DAY + timedelta(days=10))
    (shown,) = checkouts.list_checkouts(people.store, now=NOW, event_id=people.event_id).rows
    assert (shown.state, shown.is_overdue) == ("未消去", False)
    late = checkouts.list_checkouts(people.store, now=NOW + timedelta(days=15), event_id=people.event_id).rows
    assert [(one.state, one.is_overdue, one.is_open) for one in late] == [("消去する日を過ぎています", True, True)]
    line = read_ledger(people.store, key="takeouts", fiscal_year=2026, today=DAY + timedelta(days=15)).book.line(
        f"takeouts:{shown.id}"
    )
    assert [(one.doubt.words, one.doubt.explanation) for one in line.doubts] == [
        ("消去する日を過ぎています", "消去を記録するか、消去が遅れている事情を理由に書いてください。")
    ]
    done = checkouts.record_return(
        ActionContext(people.store, BY, NOW + timedelta(days=1)),
        checkout_id=shown.id,
        returned_at=NOW + timedelta(days=1),
        checked_by="見本 係長",
        disposed=True,
    )
    assert done.message == "消去を記録しました。"
    assert checkouts.checkout_follow_ups(people.store.database, DAY) == []
    (shown,) = checkouts.list_checkouts(people.store, now=NOW + timedelta(days=2), event_id=people.event_id).rows
    assert shown.state == "廃棄済"


def test_a_list_says_of_which_event_it_is_and_one_of_all_organisations_of_none(people):
    def about(event_id, letter):
        given = {"event_id": event_id, "purpose": "差し込み用", "letter": letter, "now": NOW}
        found = checkouts.read_purpose_list(people.store, **given)
        return found.title, found.event_title, found.venue, found.day

    of_event = about(people.event_id, "決定通知")
    assert of_event == (
        "差し込み用の一覧（決定通知）",
        "第2回 LINE講習会",
        "みほん区民館",
        datetime(2026, 9, 10).date(),
    )
    assert about(0, "すべての団体") == ("差し込み用の一覧（すべての団体）", "", "", None)
