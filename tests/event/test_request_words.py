"""提出のお願い: addressed to the 業務責任者, with the clause, both dates of a deadline, and nothing of
our own counts."""

from datetime import date

from app.event.parts import request_subject, request_text
from app.event.services.tasks.deadlines import all_tasks
from app.programme.services import read_programme
from db.records.submissions.materials import Material
from db.rows import rows
from tests.support.sample import sample_store
from tests.support.years import tell_result


def _texts(tmp_path) -> dict[str, tuple[str, str]]:
    store = sample_store(tmp_path)
    (again,) = (row.id for row in rows(store.database, Material) if "Instagramの投稿と注意点" in row.title)
    tell_result(store, again, date(2026, 11, 20))
    year = read_programme(store)
    waiting = [one for one in all_tasks(store, today=date(2026, 12, 1)) if one.is_open and one.next_actor == "受託者"]
    texts = {
        f"{row.event_title}　{row.task}": (
            request_subject(row, year),
            request_text(row, year, user_name="見本　係員"),
        )
        for row in waiting
    }
    store.database.conn.close()
    return texts


def test_a_request_says_what_until_when_and_on_which_clause(tmp_path):
    texts = _texts(tmp_path)

    late_subject, late = texts["第4回 キャッシュレス決済講習会　実施報告書"]
    assert late_subject == "デジタル活用講習会　第4回「キャッシュレス決済講習会」　実施報告書について（お願い）"
    assert "1　実施回　デジタル活用講習会　第4回「キャッシュレス決済講習会」（令和8年10月29日実施）" in late
    assert "3　提出期限　令和8年11月29日（日）（仕様書4(1)コ　1か月以内。休日の場合　令和8年11月30日（月））" in late
    assert "期限が過ぎております" in late

    _, on_time = texts["第5回 LINE講習会（2回目）　実施報告書"]
    assert "3　提出期限　令和8年12月17日（木）（仕様書4(1)コ　1か月以内）" in on_time

    _, again = texts["第6回 Instagram講習会（2回目）　資料の再提出"]
    assert "2　提出物　修正した資料 講習資料「Instagramの投稿と注意点」 第2版" in again
    assert "3　提出していただきたい日　お早めにお願いいたします" in again

    _, draft = texts["第2回 意見交換会　資料案の受領"]
    assert "2　提出物　資料（案）\n" in draft
    assert all("業務責任者　受託見本　恵子　様" in text for _, text in texts.values())
    titles = {one.partition("　")[0] for one in texts}
    assert not [title for title in titles for said in texts.values() for text in said if title and title in text], (
        "no name of the window leaves the house"
    )
