"""The 受付名簿 of a thousand rows against reportlab alone writing the same strings and rules at the same places."""

from reportlab.lib.pagesizes import A4, landscape

from app.documents.blocks import DocumentContent, RosterLine, RosterList, Title
from tests.bench import pages
from tests.bench.paired import Paired

ROWS = 1000
_NAMES = (
    "髙﨑　千鶴子",
    "渡邊　正",
    "葛󠄀城　麻衣子",
    "𠮷田　榮一",
    "勅使河原　惣右衛門",
    "佐久間　アレクサンドラ　美智子",
)
_ORGANISATIONS = (
    "見本台南原町会",
    "北町五丁目けやき自治会",
    "大泉学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会",
)


def content() -> DocumentContent:
    """A roster of ``ROWS`` people, as an event that fills a hall would have."""
    lines = tuple(
        RosterLine(
            number=str(number),
            organisation=f"{_ORGANISATIONS[number % 3]}{number // 7}",
            branch=f"第{number % 17 + 1}支部",
            name=_NAMES[number % 6] + bytes((0xB0 + number // 94, 0xA1 + number % 94)).decode("euc_jp"),
            reading="みほん　" + chr(0x3042 + number % 80) * 4,
            role="副会長",
            device="貸与",
            group=str(number // 6 + 1),
            care=number % 9 == 0,
            no_photo=number % 11 == 0,
        )
        for number in range(1, ROWS + 1)
    )
    return DocumentContent(
        kind="受付名簿",
        reference="R8-講02-名簿",
        version=1,
        look="roster",
        first_sheet="受付名簿",
        file_stem="名簿",
        header_left="名簿番号　R8-講02-名簿　第1版",
        header_right="取扱注意（個人情報）　終了後回収",
        blocks=(
            Title(text="受付名簿", subtitle="見本", lead="令和8年9月10日（木）"),
            RosterList(lines=lines, totals=f"予定　{ROWS}人", grouped=True),
        ),
    )


def measure() -> Paired:
    """Time the frame against a bare canvas that draws the same."""
    return pages.measure(content, size=landscape(A4), rounds=7, warm=1)
