"""廃棄の記録 as a whole, and each line that it says in one case and not in another."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.programme.rules import PARTICIPANTS, PHOTOS, REQUEST
from app.settings.disposal.documents import ErasureFacts, SavedFile, TextLocations, disposal_record
from db.records.disposals import Disposal, DisposalHold
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.years import plain_context

MARKED = datetime(2027, 4, 12, 10)
SAVED = SavedFile(document="参加者名簿", day=date(2026, 9, 1), by="見本　花子", locked=True, where="E:/名簿")
KIND = Disposal(
    fiscal_year=2026,
    number=4,
    kind=PARTICIPANTS.key,
    what="申込者・参加者の氏名、配慮・備考",
    places="講習会第1回 2",
    count=46,
    unit="人",
    why="年度の事業が終わった",
    due_on=date(2027, 4, 30),
    marked_at=MARKED,
    by="見本　花子",
    witness="立会　太郎",
    erased_at=MARKED + timedelta(days=1),
    erased=46,
    searched=178,
    people_before=52,
    people_after=52,
)
PICTURES = replace(KIND, kind=PHOTOS.key, what="写真の元のデータ", places="", unit="枚", erased=3, stayed=1)
FACTS = ErasureFacts(
    number=4,
    year_words="R8",
    kinds=(KIND, PICTURES),
    holds=(
        (
            "実施報告書の写真",
            DisposalHold(kind="photos", reason="事例集", until=date(2027, 9, 30), by="見本　太郎", at=MARKED),
        ),
    ),
    backups_until=date(2030, 5, 31),
    next_due=("派遣の希望票", date(2027, 9, 30)),
    rules="区の規程・アプリの目安",
    outside_files=(
        SAVED,
        replace(SAVED, day=date(2026, 12, 3), by="見本　太郎"),
        replace(SAVED, locked=False, where="F:/"),
        replace(SAVED, document="座席表", is_uncertain=True),
    ),
    checked_files=9,
    has_second_folder=True,
    naming_texts=TextLocations(count=3, words="議事録・発言 1、団体・備考 2"),
    uncertain_texts=TextLocations(count=2, words="場所・備考 2"),
    judged_as_others=4,
)


def said(facts):
    return lines_of(disposal_record(plain_context(date(2027, 4, 13)), facts))


def kinds(**values):
    return {"kinds": (replace(KIND, **values), PICTURES)}


CASES = {
    "ずれなし": {"uncertain_texts": TextLocations(), "judged_as_others": 0},
    "別の人だけ": {"uncertain_texts": TextLocations()},
    "未確認だけ": {"judged_as_others": 0},
    "文に残らない": {"naming_texts": TextLocations()},
    "控えと比べられない": {"checked_files": None},
    "載った保存なし": {"outside_files": ()},
    "保存したものなし": {"outside_files": (), "checked_files": 0},
    "控えはそろう": {"outside_files": (SAVED,)},
    "2つ目の場所なし": {"has_second_folder": False},
    "つぎなし": {"next_due": None},
    "立会いなし": kinds(witness=""),
    "消し残し": kinds(left_over=2),
    "出席の数が変わった": kinds(people_before=53),
    "氏名なし": kinds(searched=0),
    "前の版": kinds(searched=None),
    "ほかの行にも": kinds(elsewhere=5, removed_before=2),
    "本人の求め": {"kinds": (replace(KIND, kind=REQUEST.key, what=REQUEST.data_name, erased=1, why="電話で申出"),)},
    "すべて消えた": {
        "kinds": (KIND,),
        "holds": (),
        "naming_texts": TextLocations(),
        "uncertain_texts": TextLocations(),
    },
}


def test_the_record_of_two_kinds_says_all_of_it():
    assert_paper(said(FACTS), "ふつう")


@pytest.mark.parametrize("case", CASES)
def test_what_it_says_otherwise(case):
    assert_paper(changes(said(FACTS), said(replace(FACTS, **CASES[case]))), case)
