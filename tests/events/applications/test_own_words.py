"""What an applicant wrote in his own words: kept at his place, out of sight of others, until somebody reads it."""

from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.documents.pdf.printable import drawn_texts
from app.documents.services.document_kind import documents_about
from app.documents.services.document_scope import DocumentScope
from app.event.rules.participation import photo_marks
from app.event_day.reception.services import read_care, read_reception
from app.events.applications.services import application_import
from app.events.applications.services.application_preview import RowCorrection
from app.events.roster.services.entries import words_follow_ups
from app.events.roster.services.entry_changes import change_entry
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.importing.column_choices import COUNTED
from db.records.applications import ForeignImport
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows
from tests.support.application_rows import BY, year_store
from tests.support.stores import made_by

NOW = datetime(2026, 9, 16, 10, 20)
HEADS = "受付日,氏名,団体名,電話番号,写真撮影,端末,備考"
WORDS = "よろしくお伝えください"
store = made_by(lambda place: year_store(place / "year", organisations=[("第1支部", "みほん一丁目町会")]))


@pytest.fixture
def take(store, tmp_path):
    def run(*lines, heads=HEADS, use="", **given):
        path = tmp_path / f"申込{len(lines)}.csv"
        path.write_text("\r\n".join([heads, *lines]) + "\r\n", encoding="utf-8")
        seen = application_import.preview_applications(store, path=path, event_id=1, **given)
        answers = {one.key: use for one in seen.questions if use}
        context = ActionContext(store, BY, NOW)
        return seen, application_import.import_applications(context, path=path, event_id=1, answers=answers, **given)

    return run


def row(words, name="見本　一", phone="03-0000-1901"):
    return f"2026/9/1,{name},みほん一丁目町会,{phone},可,持参,{words}"


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("", {}), ("そのまま", {}), ("配慮へ", {"care": WORDS}), ("撮影不可", {"photo": "不可"}),
        ("条件つき", {"photo": "条件つき", "photo_words": WORDS}), ("端末を貸す", {"device": "貸与"}),
        ("端末を持参", {"device": "持参"}),
    ],
)  # fmt: skip
def test_words_stay_at_the_place_with_what_was_made_of_them(store, take, use, said):
    asked_for = "" if use == "端末を持参" else "持参"
    seen, _ = take(row(WORDS).replace("持参", asked_for), use=use)
    [asked] = seen.questions
    assert (asked.key[0], asked.words, asked.names) == ("note", WORDS, ("見本　一",))
    [entry] = rows(store.database, Entry, event_id=1)
    told = {"care": "", "photo": "可", "photo_words": "", "device": "持参"} | said
    assert {name: getattr(entry, name) for name in told} == told
    assert (entry.words, entry.words_use, entry.note, entry.has_unread_words) == (WORDS, use, "", not use)


def test_who_writes_that_he_stays_away_is_kept_as_declined_once_somebody_says_so(store, take):
    seen, _ = take(row("急用ができたので欠席でお願いします"))
    assert (seen.rows[0].outcome, seen.questions[0].proposal) == ("確認が必要", "欠席")
    assert rows(store.database, Entry, event_id=1) == []
    take(row("急用ができたので欠席でお願いします"), use="欠席")
    assert [one.state for one in rows(store.database, Entry, event_id=1)] == ["辞退"]


WITHDRAWN = "辞退（11/25電話）。写真は困ります"


@pytest.mark.parametrize("use", ["配慮へ", "撮影不可", "条件つき", "端末を貸す", "同行者", "そのまま"])
def test_only_an_answer_whether_somebody_comes_settles_whether_he_comes(store, take, use):
    seen, _ = take(row(WITHDRAWN))
    [reason, _] = seen.rows[0].reason.splitlines()
    assert reason == "「辞退（11/25電話）」とあります。参加者に含めますか"
    _, result = take(row(WITHDRAWN), use=use)
    [found] = result.preview.rows
    assert (found.outcome, found.reason.splitlines()[0], found.decide_singly) == ("確認が必要", reason, True)
    assert rows(store.database, Entry, event_id=1) == []
    _, result = take(row(WITHDRAWN), mends={1: RowCorrection(decision="取り込む")}, use=use)
    assert [one.state for one in rows(store.database, Entry, event_id=1)] == ["申込"]


def test_care_retyped_leaves_the_question_whether_somebody_comes(store, take):
    heads = HEADS.replace("備考", "配慮")
    said = row("車いす。都合により辞退します")
    seen, _ = take(said, heads=heads)
    asked = "「都合により辞退します」とあります。参加者に含めますか"
    assert asked in seen.rows[0].reason
    _, result = take(said, heads=heads, mends={1: RowCorrection(care="車いす")})
    assert asked in result.preview.rows[0].reason
    assert rows(store.database, Entry, event_id=1) == []


@pytest.mark.parametrize(
    ("words", "use", "left"),
    [
        ("写真は困ります。妻も行きます", "撮影不可", "同行者"),
        ("写真は困ります。タブレットを借りたいです", "端末を貸す", "撮影"),
        ("写真は困ります。参加できるかわかりません", "条件つき", "状態"),
        ("写真は困ります。参加できるかわかりません", "そのまま", "状態"),
    ],
)
def test_an_answer_about_one_matter_leaves_the_question_about_another(take, words, use, left):
    _, result = take(row(words), use=use)
    assert result.preview.rows[0].reason.splitlines()[0] == f"本人のことばが、{left}のことかもしれない"
    assert result.preview.rows[0].outcome == "確認が必要"


def test_who_brings_somebody_without_a_name_is_asked_for_the_name(store, take):
    seen, result = take(row("妻も行きます"), use="同行者")
    assert seen.questions[0].proposal == "同行者"
    assert "お連れの方のお名前を伺って" in result.preview.rows[0].reason


def test_unread_words_stand_on_home_and_at_the_door_only_while_a_key_is_held(store, take):
    take(row(WORDS))
    [entry] = rows(store.database, Entry, event_id=1)
    [follow_up] = words_follow_ups(store.database, NOW.date())
    assert (follow_up.label, follow_up.due, follow_up.rule) == ("本人のことば　未読 1人", NOW.date(), "受けたらすぐ")
    [at_door] = read_reception(store, event_id=1).rows
    assert at_door.care_mark == "ことば"
    assert WORDS not in repr(at_door)
    assert read_care(store, entry_id=entry.id) == f"本人のことば：{WORDS}"
    change_entry(ActionContext(store, BY, NOW), entry_id=entry.id, fields={"words_use": "読んだ"})
    assert words_follow_ups(store.database, NOW.date()) == []


def test_words_are_found_by_the_search_which_shows_whose_they_are_and_not_the_words(store, take):
    take(row(WORDS), row("", "見本　二", "03-0000-1902"))
    [entry, _] = rows(store.database, Entry, event_id=1)
    found = {group.title: group for group in search_everything(store, text="よろしくお伝え", today=NOW.date()).groups}
    [item] = found["本人のことば"].items
    assert item.title.startswith("見本　一　")
    assert item.link == ActionLink("参加者", event_id=1, entry_id=entry.id)
    assert WORDS not in repr(item)
    assert "本人のことば" not in {one.title for one in search_everything(store, text="欠席").groups}


def test_a_form_that_asks_for_photographing_and_publishing_fills_both(store, take):
    pairs = [("可", "可"), ("可", "不可"), ("可", "後ろ姿だけなら"), ("不可", "可"), ("", "")]
    lines = [f"2026/9/1,見本　{n},みほん一丁目町会,03-0000-190{n},{one},{two}" for n, (one, two) in enumerate(pairs)]
    heads = "受付日,氏名,団体名,電話番号,写真撮影への同意,区報・ホームページへの写真掲載"
    seen, _ = take(*lines, heads=heads, use="条件つき")
    (asked,) = seen.questions
    assert (asked.heading, asked.words, asked.proposal) == ("区報・ホームページへの写真掲載", pairs[2][1], "条件つき")
    places = rows(store.database, Entry, event_id=1, order="id")
    told = [(one.photo, one.publication, one.photo_words) for one in places]
    assert told == [(*pairs[0], ""), (*pairs[1], ""), ("可", "条件つき", pairs[2][1]), (*pairs[3], ""), ("", "", "")]
    assert list(photo_marks(places).values()) == ["", "掲載不可", "掲載条件つき", "撮影不可", "撮影未確認"]


def test_words_that_went_to_care_are_said_once_at_the_door(store, take):
    take(row(WORDS), use="配慮へ")
    [entry] = rows(store.database, Entry, event_id=1)
    assert read_care(store, entry_id=entry.id) == WORDS
    assert [one.care_mark for one in read_reception(store, event_id=1).rows] == ["配慮"]


@pytest.mark.parametrize("use", ["そのまま", "端末を貸す"])
def test_words_that_were_answered_otherwise_are_no_care_at_the_door(store, take, use):
    take(row(WORDS), use=use)
    [at_door] = read_reception(store, event_id=1).rows
    assert at_door.care_mark == "ことば"
    assert read_care(store, entry_id=at_door.entry_id) == f"本人のことば：{WORDS}"


def test_a_plain_nothing_is_nobodys_words(take):
    seen, _ = take(row("特になし"))
    assert seen.questions == ()


def test_values_that_are_only_counted_go_back_with_the_import(store, take):
    heard = ["回覧板"] * 4 + ["区報", "友人の見本さんから"]
    lines = [f"{row('', f'見本　{n}', f'03-0000-19{n:02d}')},{told}" for n, told in enumerate(heard)]
    take(*lines, heads=f"{HEADS},何で知りましたか", columns={7: COUNTED})
    [kept] = rows(store.database, ForeignImport)
    assert kept.value_counts == {"何で知りましたか": "回覧板 4・その他 2"}
    history_services.undo(store, by=BY, now=NOW)
    assert rows(store.database, ForeignImport) == []


def test_a_role_taken_from_the_row_above_asks_only_what_that_row_asks(take):
    roles = ("会計", "〃", "同上", "会長（欠席）", "〃", "", "〃")
    lines = [f"2026/9/1,見本　{n},みほん一丁目町会,03-0000-190{n},{role}" for n, role in enumerate(roles)]
    seen, _ = take(*lines, heads="受付日,氏名,団体名,電話番号,役職")
    carried, odd = "「同上」などのため、上の行の値を使う", "「役職」の列に、状態のことらしい言葉がある。本人に確かめる"
    empty = "「役職」の欄に、答えのほかの言葉がある"
    told = [(one.outcome, one.role, one.reason, one.note) for one in seen.rows]
    assert told == [
        ("新規", "会計", "", ""), ("新規", "会計", "", carried), ("新規", "会計", "", carried),
        ("確認が必要", "会長（欠席）", odd, ""), ("確認が必要", "会長（欠席）", odd, carried),
        ("新規", "", "", ""), ("確認が必要", "〃", empty, ""),
    ]  # fmt: skip


def test_what_is_said_in_a_later_sending_stands_beside_the_first_words_and_is_unread_again(store, take):
    take(row(WORDS), use="そのまま")
    take(row("やはり電車で行きます").replace("2026/9/1", "2026/9/8"))
    [entry] = rows(store.database, Entry, event_id=1)
    assert (entry.words, entry.words_use) == (f"{WORDS}\nやはり電車で行きます", "")


@pytest.mark.parametrize("written", ["見本　順子（車いす）", "見本　順子様　※車いす", "見本　順子[車いす]"])
def test_a_need_beside_a_name_is_asked_about_alone_and_the_name_is_without_it(store, take, written):
    seen, result = take(row("", written), include_doubtful=True)
    [found] = result.preview.rows
    assert (found.outcome, "車いす" in found.reason) == ("確認が必要", False)
    assert [(one.words, one.names) for one in seen.questions] == [("車いす", ("見本　順子",))]
    [entry] = rows(store.database, Entry, event_id=1)
    assert (entry.words, entry.care, entry.has_unread_words) == ("車いす", "", True)
    assert [one.name for one in rows(store.database, Person)] == ["見本　順子"]


def test_a_need_beside_a_name_read_as_such_leaves_nothing_to_be_asked(store, take):
    _, result = take(row("", "見本　順子（車いす）"), use="配慮へ")
    assert [one.outcome for one in result.preview.rows] == ["新規"]
    [entry] = rows(store.database, Entry, event_id=1)
    assert (entry.words, entry.care, entry.doubtful) == ("車いす", "車いす", "")


@pytest.mark.parametrize("written", ["見本　順子・見本　太郎（車いす）", "（車いす）", "見本　順子、車いすの夫"])
def test_a_need_beside_what_may_be_no_single_name_keeps_the_cell_as_it_is_written(store, take, written):
    seen, result = take(row("", f'"{written}"'), use="配慮へ")
    assert [one.words for one in seen.questions] == [" ".join(f"氏名：{written}".split())]
    assert [one.outcome for one in result.preview.rows] == ["確認が必要"]
    assert rows(store.database, Entry, event_id=1) == []


NEEDS = {
    "役職": "会計（補聴器使用）",
    "端末": "持参（弱視のため大きな画面）",
    "同行者の氏名": "見本　初（白杖を使います）",
    "Wi-Fiに接続したことがありますか": "ない。人工透析の病院では使えた",
    "写真撮影": "酸素ボンベのため後ろからなら可",
}
NEED_HEADS = ("受付日", "氏名", "団体名", "電話番号", *NEEDS)


def with_need(heading, name="見本　一"):
    plain = {"役職": "会計", "端末": "持参", "Wi-Fiに接続したことがありますか": "ない", "写真撮影": "可"}
    cells = [NEEDS[one] if one == heading else plain.get(one, "") for one in NEEDS]
    return ",".join(["2026/9/1", name, "みほん一丁目町会", f"03-0000-190{len(name)}", *cells])


OTHERS = [with_need("", name) for name in ("見本　二三", "見本　四五六", "見本　七八九十")]


@pytest.mark.parametrize("heading", NEEDS)
def test_a_need_beside_the_answer_of_any_column_is_asked_about_as_own_words(store, take, heading):
    seen, _ = take(with_need(heading), *OTHERS, heads=",".join(NEED_HEADS))
    [asked] = [one for one in seen.questions if one.key[0] == "note"]
    assert (asked.words, asked.proposal) == (f"{heading}：{' '.join(NEEDS[heading].split())}", "配慮へ")
    found = seen.rows[0]
    assert found.outcome == "確認が必要"
    assert not any(NEEDS[heading][2:6] in text for text in (found.reason, found.device_text) if heading != "写真撮影")
    assert len(rows(store.database, Entry, event_id=1)) == len(OTHERS)


def test_who_comes_along_is_named_without_the_need_in_brackets_which_is_asked_about(take):
    seen, _ = take(with_need("同行者の氏名"), *OTHERS, heads=",".join(NEED_HEADS))
    assert (seen.rows[0].companions, seen.rows[0].reason) == (
        ("見本　初",),
        "ほかの欄に、配慮らしい言葉がある。本人のことばを読んで決める",
    )


@pytest.mark.parametrize("heading", ["役職", "端末", "Wi-Fiに接続したことがありますか"])
def test_such_a_need_goes_to_care_and_nowhere_else(store, take, heading):
    take(with_need(heading), *OTHERS, heads=",".join(NEED_HEADS), use="配慮へ")
    [entry, *_] = rows(store.database, Entry, event_id=1)
    assert (entry.role, entry.device, entry.note, entry.doubtful) == ("会計", "持参", "", "")
    assert NEEDS[heading] in entry.care
    assert entry.words == f"{heading}：{NEEDS[heading]}"


def test_a_need_in_a_column_that_is_only_counted_is_no_mere_number(take):
    seen, _ = take(f"{row('')},手話通訳の方から", heads=f"{HEADS},何で知りましたか", columns={7: COUNTED})
    assert [one.words for one in seen.questions] == ["何で知りましたか：手話通訳の方から"]


@pytest.mark.parametrize("cells", ["見本　順子　車いす,", "見本　一,見本　初　白杖"])
def test_a_need_behind_a_name_is_told_by_the_question_and_by_no_reason(take, cells):
    lines = [f"2026/9/1,{one},みほん一丁目町会,03-0000-190{n}" for n, one in enumerate([cells, *COMING])]
    seen, _ = take(*lines, heads="受付日,氏名,同行者の氏名,団体名,電話番号")
    [asked] = seen.questions
    assert (asked.words.split("：")[1].split()[-1], asked.proposal) == (cells.strip(",").split("　")[-1], "配慮へ")
    assert not any(word in seen.rows[0].reason for word in ("車いす", "白杖"))


COMING = ["見本　二三,", "見本　みつえ,見本　はつえ", "見本　四五六,"]


@pytest.mark.parametrize("role", ["障害者福祉担当", "介護相談員（会計）", "会長"])
def test_a_role_that_is_about_needs_stays_a_role(take, role):
    seen, _ = take(with_need("").replace("会計", role), heads=",".join(NEED_HEADS))
    assert (seen.questions, seen.rows[0].outcome) == ((), "新規")


def test_a_choice_of_the_form_that_speaks_of_needs_is_nobodys_own_words(take):
    chosen = "掲載してよい（個人が分からないよう配慮します）"
    lines = [f"2026/9/1,見本　{n},みほん一丁目町会,03-0000-190{n},{chosen}" for n in (1, 2, 3)]
    seen, _ = take(*lines, heads="受付日,氏名,団体名,電話番号,写真撮影")
    assert [one.key[0] for one in seen.questions if one.key[0] == "note"] == []


def test_what_a_later_sending_says_is_named_as_own_words_and_a_need_in_it_not_shown(take):
    take(row(WORDS), use="そのまま")
    others = [row(WORDS, f"見本　{n}", f"03-0000-191{n}") for n in range(3)]
    seen, _ = take(row("補聴器を忘れるかもしれません").replace("2026/9/1", "2026/9/8"), *others)
    assert "本人のことばが変わります" in seen.rows[0].reason
    assert not any(word in seen.rows[0].reason for word in ("備考", "補聴器"))


def test_a_need_of_a_later_sending_that_nobody_decided_yet_is_in_no_reason(take):
    take(with_need(""), *OTHERS, heads=",".join(NEED_HEADS))
    later = with_need("役職").replace("2026/9/1", "2026/9/8")
    seen, _ = take(later, *OTHERS, heads=",".join(NEED_HEADS), include_doubtful=True)
    assert seen.rows[0].outcome == "確認が必要"
    assert "補聴器" not in seen.rows[0].reason


PAPERS = (
    "受付名簿", "名札", "席札", "確認の電話一覧", "決定通知", "宛名ラベル",
)  # fmt: skip


def test_needs_of_every_column_stand_on_no_paper_of_the_day(store, take):
    heads = (*NEED_HEADS, "備考")
    lines = [with_need(heading, f"見本　{'あ' * n}子") + "," for n, heading in enumerate(NEEDS, start=1)]
    lines += [with_need("", "見本　二三四五六") + ",耳が遠いので筆談で", *(f"{one},よろしく" for one in OTHERS)]
    with_dates = [one.replace("03-0000-190", f"03-0000-2{n:02d}") for n, one in enumerate(lines)]
    seen, _ = take(*with_dates, heads=",".join(heads), columns=None, use="配慮へ", include_doubtful=True)
    assert {row.name for row in seen.rows if row.outcome == "確認が必要"} >= {"見本　あ子", "見本　ああ子"}
    assert len(rows(store.database, Entry, event_id=1)) >= len(lines) - 1
    found = {}
    for paper in documents_about(DocumentScope(event_id=1)):
        if paper.kind in PAPERS:
            found[paper.kind] = list(drawn_texts(paper.build(store, DocumentScope(event_id=1), NOW)))
    assert found.keys() == set(PAPERS)
    needs = ("補聴器", "弱視", "白杖", "人工透析", "酸素ボンベ", "耳が遠い")
    assert [
        (kind, text) for kind, texts in found.items() for text in texts if any(need in text for need in needs)
    ] == []
