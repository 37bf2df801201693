"""The sheets of a scan that are still to be looked at: what is left follows from what is saved, so that nothing comes twice."""

from __future__ import annotations

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.rules.read_scan import ReadScan, ScannedSheet
from app.subjects.surveys.typing.services.survey_entry import same_scan
from app.subjects.surveys.typing.services.survey_second_entry import paper_total

_TWO_TONED = "白黒2色で読み取られています。うすい印が写らないため、印のない設問と複数回答は、用紙を見て打ってください。"


class ScanPile:
    """The scan that was read last, for as long as its survey is open. A sheet taken back by Ctrl+Z is there again."""

    def __init__(self) -> None:
        self._scan: ReadScan | None = None
        self._on_its_way: set[str] = set()

    def take(self, scan: ReadScan) -> None:
        """Begin with the sheets of a scan."""
        self._scan = scan
        self._on_its_way = set()

    def forget(self) -> None:
        """Let go of everything that was read."""
        self._scan = None
        self._on_its_way = set()

    def left(self, view: SurveyView | None) -> tuple[ScannedSheet, ...]:
        """Return the sheets that are neither saved nor on their way, in the order of the scan."""
        if self._scan is None or view is None:
            return ()
        known = [*self._on_its_way, *(sheet.scan for sheet in view.paper if sheet.scan)]
        return tuple(one for one in self._scan.sheets if not any(same_scan(one.scan, scan) for scan in known))

    def sheet_of(self, scan: str) -> ScannedSheet | None:
        """Return the sheet with these signs, to show its picture; None once the scan is let go."""
        sheets = self._scan.sheets if self._scan is not None else ()
        return next((one for one in sheets if same_scan(one.scan, scan)), None)

    def place_of(self, sheet: ScannedSheet) -> str:
        """Return 「3／30枚」."""
        return f"{sheet.place}／{len(self._scan.sheets) if self._scan is not None else sheet.place}枚"

    def send(self, scan: str) -> None:
        """A sheet is on its way to the store."""
        if scan:
            self._on_its_way.add(scan)

    def bring_back(self, scan: str) -> None:
        """It could not be saved."""
        self._on_its_way.discard(scan)

    def follow(self, view: SurveyView) -> None:
        """What arrived is known by its row from now on: taken back, it is there again."""
        saved = {sheet.scan for sheet in view.paper}
        self._on_its_way -= saved

    @property
    def troubled(self) -> bool:
        """Whether there is something to say before the first sheet is shown."""
        return self._scan is not None and bool(self._scan.said or not self._scan.sheets or self._scan.two_toned)

    def words(self, view: SurveyView) -> str:
        """Say what was read, what was passed over, and why a page belongs to no sheet; empty without a scan."""
        scan = self._scan
        if scan is None:
            return ""
        left = len(self.left(view))
        if scan.sheets:
            first = f"**スキャンの{scan.pages}ページから、{len(scan.sheets)}枚を読み取りました。**"
            first += f"まだ確かめていない用紙は{left}枚です。" if left else "すべて確かめて保存しました。"
        else:
            first = f"**スキャンの{scan.pages}ページに、これから入力する用紙はありません。**"
        lines = [first]
        if scan.known:
            lines.append(f"{scan.known}枚は、このスキャンからもう入力してあるため、とばしました。")
        lines += [warning] if (warning := self.count_words(view)) else []
        lines += [_TWO_TONED] if scan.two_toned else []
        return "\n".join([*lines, *scan.said])

    def count_words(self, view: SurveyView) -> str:
        """Say where more sheets were read than came back on paper; a warning, no refusal."""
        total, scan = paper_total(view), self._scan
        if scan is None or total is None:
            return ""
        read = len(scan.sheets) + scan.known
        return f"読み取った{read}枚、用紙の枚数{total}枚です。枚数を確かめてください。" if read > total else ""
