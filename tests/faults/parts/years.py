"""Whole years of other contracts: begun from their definition files, every event to its checked report, 検査 and 支払;
every place of the window and every paper of them is looked at."""

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.actions.action_context import ActionContext
from app.data_folder.services import data_folder
from app.data_folder.services.check_data import check_data_folder
from app.documents.services import documents
from app.documents.services.document_kind import formats_of
from app.documents.services.document_scope import DocumentScope
from app.history import services as history_services
from app.main_window.main_window import MainWindow
from app.programme.intake import read_definition
from app.programme.rules import YearDefinition
from app.startup.pictures.shot import PictureRefused, close_dialogs
from app.startup.pictures.visible_texts import visible_texts
from app.widgets.layouts import front_window
from app.year_end.consistency.services.year_numbers import read_year_consistency
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import EventKind
from db.rows import rows
from db.store import Store
from tests.faults.report import Report
from tests.support.data_folders import LOGIN, PASSWORD
from tests.support.paper_words import said_by, word_text
from tests.support.strange_story import NAME as CLERK
from tests.support.strange_story import Story, day_of
from tests.support.strange_years import FILES, ForeignWords, begin, contents
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.visits import Visit, every_visit, until_quiet

NAME = "years"
SAYS = "ほかの契約の年度を3つ、定義ファイルから支払まで進め、画面と帳票のすべてに、契約にない言葉がないかを確かめます。"
_PROGRAM_ERROR = "プログラムの誤り"
_TYPED = "防災とLINE講習会"
"""What the pictures type as the name of a new event."""
_OVER = date(2027, 4, 30)
_MIDDLE = date(2026, 11, 16)
_ROLES: Mapping[str, EventForm] = {
    "第6回": EventForm.LECTURE, "第7回": EventForm.LECTURE, "第5回": EventForm.LECTURE,
    "第2回 LINE": EventForm.LECTURE, "第3回 Instagram": EventForm.LECTURE,
    "第1回 意見交換会": EventForm.EXCHANGE, "第2回 意見交換会": EventForm.EXCHANGE, "派遣": EventForm.VISIT,
}  # fmt: skip
"""The events of the sample year by which the places are named, and the form of each."""


def run(report: Report) -> bool:
    """Go through every year and say what was foreign, broken or refused."""
    with pytest.MonkeyPatch.context() as patched:
        answer_file_dialogs(patched.setattr)  # a folder without an import asks for the file of the first one at once
        wrong = [line for path in FILES for line in _year(path, report)]
    report.say(*dict.fromkeys(wrong), f"食い違い・異物・誤り {len(wrong)}か所")
    return not wrong


def _year(path: Path, report: Report) -> Iterator[str]:
    definition = read_definition(path)
    looked = _Looked(definition, path.stem)
    with tempfile.TemporaryDirectory(prefix="desk-years-") as place:
        folder = Path(place) / "data"
        store, _key = data_folder.create_data_folder(
            folder,
            login_id=LOGIN,
            display_name=CLERK,
            password=PASSWORD,
            now=datetime(2026, 7, 1, 8),
            fill=lambda made: begin(made, definition, context=ActionContext(made, CLERK, datetime(2026, 7, 1, 8))),
        )
        story = Story(store)
        for day in sorted({_before(definition), _MIDDLE, _OVER}):
            story.go_on(day)
            looked.papers(store, story, day)
            looked.places(store, story, day, Path(place))
        looked.numbers(store)
        data_folder.close_data_folder(store, now=datetime.combine(_OVER, datetime.min.time()))
        checked = check_data_folder(folder, login_id=LOGIN, password=PASSWORD)
        looked.wrong += [f"{path.stem} 点検: {one}" for one in checked.findings]
    held = sum(kind.planned for kind in definition.kinds)
    closed = [
        f"{path.stem} 開けない画面 {name}：{why}" for name, why in looked.closed.items() if name not in looked.opened
    ]
    report.say(
        f"{path.stem}　実施回 {held}件、画面 {looked.place_count}か所、開けない画面 {len(closed)}か所、"
        f"帳票 {looked.paper_count}件（ファイル {looked.file_count}件）、点検した行 {checked.rows}行"
    )
    yield from [*looked.wrong, *closed]


def _before(definition: YearDefinition) -> date:
    """Return a day on which applications, numbers and handouts of the first event are settled, and it is still to
    come."""
    first = min(day_of(kind, 0) for kind in definition.kinds)
    return first.fromordinal(first.toordinal() - 2)


class _Looked:
    """What was seen of one year, and what was wrong with it."""

    def __init__(self, definition: YearDefinition, name: str) -> None:
        self._definition, self._name = definition, name
        self._foreign = ForeignWords(definition)
        self.wrong: list[str] = []
        self.opened: set[str] = set()
        self.closed: dict[str, str] = {}
        self.place_count = self.paper_count = self.file_count = 0

    def _judge(self, where: str, said: str) -> None:
        """Note what a text says that the year does not have, each with the line in which it stands."""
        broken = {_PROGRAM_ERROR} if _PROGRAM_ERROR in said else set()
        for word in sorted(self._foreign.names_in(said) | self._foreign.clauses_in(said) | broken):
            line = next((one for one in said.splitlines() if word in one), "")
            self.wrong.append(f"{self._name} {where}：「{word}」　{line.strip()[:80]}")

    def numbers(self, store: Store) -> None:
        """Compare all numbers of the year, as ``check-numbers`` does."""
        found = read_year_consistency(store, fiscal_year=2026, today=_OVER)
        self.wrong += [f"{self._name} 数字: {one.words}" for one in found.inconsistencies]
        for event in found.events:
            self.wrong += [f"{self._name} 数字: {event.event.full_title} {one}" for one in event.inconsistencies]
            self.wrong += [
                f"{self._name} 数字: {event.event.full_title} {row.name}" for row in event.rows if row.contradictions
            ]

    def papers(self, store: Store, story: Story, day: date) -> None:
        """Draw every paper of the year, of a 団体 and of two events of each kind in every form, and open it again."""
        scopes = [DocumentScope(fiscal_year=2026, as_of=day)]
        scopes += [DocumentScope(organisation_id=one.id) for one in rows(store.database, Organisation)[:1]]
        events = [one for of_kind in story.events.values() for one in (of_kind[0], _event_for(store, of_kind))]
        scopes += [DocumentScope(event_id=one) for one in dict.fromkeys(events)]
        for scope in scopes:
            where = _where(store, scope, day)
            for paper, content in contents(store, scope, day):
                self.paper_count += 1
                said = said_by(content)
                self._judge(f"{where}{paper}", said)
                self.wrong += [
                    f"{self._name} {where}{paper}：契約にない「{word}」"
                    for word in sorted(self._foreign.facts_in(paper, said, self._kind_of(store, scope)))
                ]
                for form in formats_of(paper):
                    data = documents.render(content, format=form).data
                    self._judge(f"{where}{paper}（{form}）", _words_of_file(data, form))
                    self.file_count += 1

    def _kind_of(self, store: Store, scope: DocumentScope) -> EventKind | None:
        """Return the kind of the event that a paper is about, None for one of the year or a 団体."""
        found = rows(store.database, Event, id=scope.event_id) if scope.event_id is not None else ()
        return next((one for one in self._definition.kinds if found and one.kind == found[0].kind), None)

    def places(self, store: Store, story: Story, day: date, scratch: Path) -> None:
        """Go to every place of the window with the events of every kind, and read what stands there."""
        with _window(store, day) as window:
            for visit in self._visits(store, story, scratch):
                self.place_count += 1
                self._look(window, visit, f"{day:%m/%d} ")

    def _look(self, window: MainWindow, visit: Visit, where: str) -> None:
        said: set[str] = set()
        try:
            window.go(visit.place, **visit.arguments)
            _settle(window)
            said |= _read(window, window)
            self._open(window, visit)
            said |= _read(window, front_window(window))
        except Exception as error:  # noqa: BLE001  # one place that breaks must not hide the others
            self.wrong.append(f"{self._name} {where}{visit.name}：{type(error).__name__} {error}")
        self._judge(f"{where}{visit.name}", "\n".join(sorted(said)).replace(_TYPED, ""))
        close_dialogs(window)
        window.undo_bar.hide()

    def _open(self, window: MainWindow, visit: Visit) -> None:
        """Go through the steps of a place; a field that a dialog of this year does not have is left out."""
        for step in visit.opening:
            try:
                step(window)
            except PictureRefused as refusal:
                if front_window(window) is window:
                    self.closed[visit.name] = str(refusal)
                    return
            _settle(window)
        self.opened.add(visit.name)

    def _visits(self, store: Store, story: Story, scratch: Path) -> Iterator[Visit]:
        """Yield every place once, and those of an event with one of each kind whose form they are about."""
        names = {-number: form for number, form in enumerate(_ROLES.values(), 1)}
        ids = {title: -number for number, title in enumerate(_ROLES, 1)}
        for visit in every_visit(ids, scratch, self._definition.kinds[0].kind):
            role = visit.arguments.get("event_id")
            if role is None:
                yield visit
                continue
            for kind in self._definition.kinds:
                if _suits(names[role], kind, visit):
                    event_id = _event_for(store, story.events[kind.kind])
                    named = f"{visit.name}（{kind.name}）"
                    yield replace(visit, name=named, arguments={**visit.arguments, "event_id": event_id})


def _suits(form: EventForm, kind: EventKind, visit: Visit) -> bool:
    """Return whether a place that the sample shows with an event of one form is one of a kind, too: the pages of a
    lecture are those of every event, its dialogs are not; answers are typed in where there is a survey."""
    if visit.opening and visit.place == "survey" and not kind.has_survey:
        return False
    return kind.form is form or (form is EventForm.LECTURE and not visit.opening)


def _event_for(store: Store, of_kind: Sequence[int]) -> int:
    """Return the next event of a kind that is still to come, or its last."""
    coming = [one.id for one in rows(store.database, Event, id=of_kind, order="id") if one.status == "予定"]
    return coming[0] if coming else of_kind[-1]


def _where(store: Store, scope: DocumentScope, day: date) -> str:
    found = rows(store.database, Event, id=scope.event_id) if scope.event_id is not None else ()
    return f"{day:%m/%d} {found[0].full_title if found else '年度・団体'} "


def _settle(window: MainWindow) -> None:
    """Wait until nothing is under way, and let go of the parts that others have replaced."""
    until_quiet(window)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    until_quiet(window)


def _read(window: MainWindow, front: QWidget) -> set[str]:
    """Return all that a window holds: what is in sight, what a fold hides, names that are read aloud and hints."""
    pages = window._stack.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    behind = [one for one in pages if one is not window._stack.currentWidget()]
    said = {*visible_texts(front), front.windowTitle()}
    for part in front.findChildren(QWidget):
        if any(one is part or one.isAncestorOf(part) for one in behind):
            continue
        said |= {part.toolTip(), part.accessibleName(), part.accessibleDescription()}
        if isinstance(part, QLabel | QAbstractButton):
            said.add(part.text())
        elif isinstance(part, QLineEdit | QPlainTextEdit):
            said.add(part.placeholderText())
        elif isinstance(part, QComboBox):
            said |= {part.itemText(number) for number in range(part.count())}
    return said


def _words_of_file(data: bytes, form: str) -> str:
    """Open a written paper again and return its words."""
    if form == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    if form == "docx":
        return word_text(data)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return "\n".join([*book.sheetnames, *(str(value) for value in cells if value is not None)])


@contextmanager
def _window(store: Store, day: date) -> Iterator[MainWindow]:
    """Show the window of a clerk over ``store`` on a day."""
    from PySide6.QtWidgets import QApplication

    from app.window.app_context import AppContext
    from app.window.background_task import Tasks
    from app.window.language import install_japanese
    from app.window.style_sheet import apply_text_size
    from app.window.ui_settings import use_settings_file
    from tests.support.whole_window import whole_window

    application = QApplication.instance() or QApplication(["dejikatsu"])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    install_japanese(application)
    apply_text_size(application, "標準")
    use_settings_file(None)
    tasks = Tasks()
    desk = AppContext(
        tasks=tasks,
        store=store,
        user_name=CLERK,
        fiscal_year=2026,
        clock=lambda: datetime.combine(day, datetime.min.time()).replace(hour=9),
        undo=history_services.undo,
        redo=history_services.redo,
    )
    window = whole_window(desk)
    try:
        window.go("home")
        window.show()
        window.resize(1366, 768)
        until_quiet(window)
        yield window
    finally:
        window.close()
        window.deleteLater()
        tasks.shutdown()
