"""Work beside the window: in order, delivered in the GUI thread, stoppable, joined at the end."""

import gc
from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget
from shiboken6 import delete

from app.main_window.status_bars import WaitBar
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import main_button
from app.widgets.layouts import in_column
from app.window.background_task import LONG_AFTER_MS, Tasks


def test_work_on_the_store_runs_one_after_another_in_the_order_asked(tasks, qtbot):
    seen: list[int] = []
    for number in range(20):
        tasks.run_on_store(lambda number=number: seen.append(number))
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert seen == list(range(20))


def test_the_store_has_one_thread_of_its_own_and_results_come_back_to_the_window(tasks, qtbot):
    threads = []
    arrived = []
    for _ in range(3):
        tasks.run_on_store(
            lambda: threads.append(current_thread()), on_done=lambda _r: arrived.append(current_thread())
        )
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert len(set(threads)) == 1
    assert threads[0] is not main_thread()
    assert set(arrived) == {main_thread()}


def test_several_results_come_one_a_turn_so_that_the_window_works_in_between(tasks, qtbot):
    seen: list[str] = []
    both_there = Event()

    class Screen(QObject):
        def take(self, result: str) -> None:
            seen.append(result)
            QTimer.singleShot(0, self, lambda: seen.append(f"window after {result}"))

    screen = Screen()
    tasks.run_on_store(lambda: "list", on_done=screen.take)
    tasks.run_on_store(lambda: "detail", on_done=screen.take)
    tasks.run_on_store(both_there.set)
    assert both_there.wait(60)
    qtbot.waitUntil(lambda: len(seen) == 4)

    assert seen == ["list", "window after list", "detail", "window after detail"]


def test_a_result_shown_in_parts_takes_a_turn_each_and_no_other_comes_in_between(tasks, qtbot):
    seen: list[str] = []
    both_there = Event()

    class Screen(QObject):
        def take(self, result: str) -> Iterator[None]:
            for part in "123":
                seen.append(f"{result} {part}")
                QTimer.singleShot(0, self, lambda: seen.append("window"))
                yield

    screen = Screen()
    tasks.run_on_store(lambda: "list", on_done=screen.take)
    tasks.run_on_store(lambda: "detail", on_done=seen.append)
    tasks.run_on_store(both_there.set)
    assert both_there.wait(60)
    qtbot.waitUntil(lambda: tasks.is_idle)

    assert seen == ["list 1", "window", "list 2", "window", "list 3", "window", "detail"]


def test_a_result_half_shown_goes_with_the_one_who_asked_and_others_come(tasks, qtbot):
    seen: list[str] = []
    owner = QWidget()

    def take(result: str) -> Iterator[None]:
        seen.append(result)
        QTimer.singleShot(0, lambda: delete(owner))
        yield
        pytest.fail("the owner has gone")

    tasks.run_on_store(lambda: "half", on_done=take, owner=owner)
    tasks.run_on_store(lambda: "other", on_done=seen.append)
    qtbot.waitUntil(lambda: tasks.is_idle)

    assert seen == ["half", "other"]


def test_a_failure_reaches_the_one_who_asked(tasks, qtbot):
    problems = []
    tasks.run_on_store(lambda: 1 // 0, on_done=lambda _r: pytest.fail("no result"), on_failed=problems.append)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert [type(problem) for problem in problems] == [ZeroDivisionError]


def test_a_failure_nobody_asked_for_is_told_to_the_window(tasks, qtbot):
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run_in_background(lambda: 1 // 0)
    assert isinstance(told.args[0], ZeroDivisionError)


def test_a_result_for_a_closed_screen_is_dropped(tasks, qtbot):
    go = Event()
    owner = QWidget()
    arrived = []
    tasks.run_on_store(go.wait, on_done=arrived.append, owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert arrived == []


def ended_for_a_gone_owner(tasks, qtbot, start) -> list[Exception]:
    """What the window is told when work fails after the widget that asked for it has gone."""
    go, told = Event(), []
    owner = QWidget()
    tasks.failed.connect(told.append)

    def fail() -> None:
        go.wait()
        raise KeyError("gone")

    start(fail, owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    return told


@pytest.mark.parametrize("apart", [True, False])
def test_a_reading_whose_place_was_left_ends_in_silence(tasks, qtbot, apart):
    def start(work, owner) -> None:
        if apart:
            tasks.run_in_background(work, owner=owner)
        else:
            tasks.run_on_store(work, owner=owner, writes=False)

    assert ended_for_a_gone_owner(tasks, qtbot, start) == []


def test_a_file_whose_dialog_was_closed_is_refused_in_silence_also_where_it_can_be_stopped(tasks, qtbot):
    told = ended_for_a_gone_owner(
        tasks, qtbot, lambda work, owner: tasks.run_stoppable(lambda _tell: work(), owner=owner)
    )
    assert told == []


@pytest.mark.parametrize("apart", [True, False])
def test_a_failed_write_is_told_also_when_its_place_was_left(tasks, qtbot, apart):
    run = tasks.run_in_background if apart else tasks.run_on_store
    told = ended_for_a_gone_owner(tasks, qtbot, lambda work, owner: run(work, owner=owner, writes=True))
    assert [type(problem) for problem in told] == [KeyError]


def test_the_widget_whose_method_is_called_back_counts_as_owner(tasks, qtbot):
    go = Event()
    label = QLabel()
    tasks.run_on_store(lambda: go.wait() and "済", on_done=label.setText)
    label.deleteLater()
    with qtbot.waitSignal(label.destroyed):
        pass
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)


def test_progress_is_told_in_the_window_and_stopping_drops_the_result(tasks, qtbot):
    steps: list[tuple[int, int]] = []
    first, go = Event(), Event()

    def work(tell):
        tell(1, 3)
        first.set()
        go.wait()
        tell(2, 3)
        return "result"

    arrived = []
    task = tasks.run_stoppable(work, on_done=arrived.append, progress=lambda done, total: steps.append((done, total)))
    qtbot.waitUntil(lambda: steps == [(1, 3)])
    task.stop()
    go.set()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert arrived == []
    assert steps == [(1, 3)]


def test_long_work_shows_a_bar_with_yameru_only_where_it_can_be_stopped(tasks, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 400)
    over.show()
    bar = WaitBar(tasks, over)
    go = Event()
    tasks.run_on_store(go.wait, title="書類を読み込んでいます")
    qtbot.waitUntil(bar.isVisible)
    assert (bar.words(), bar.stop_button.isVisible()) == ("書類を読み込んでいます", False)
    go.set()
    qtbot.waitUntil(lambda: not bar.isVisible())

    def patient(tell):
        while True:
            tell(1, 2)

    arrived = []
    tasks.run_stoppable(patient, on_done=arrived.append, title="作成しています")
    qtbot.waitUntil(bar.isVisible)
    bar.stop_button.click()
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert arrived == []
    assert not bar.isVisible()


def test_the_bar_of_long_work_leaves_main_button_and_message_in_sight(desk, qtbot):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 400)
    acts = ActionBar(desk)
    acts.put(main_button("保存する"))
    acts.show_words("記録すると、**17人** への電話を記録できます。")
    in_column(None, acts, owner=over)
    over.show()
    bar = WaitBar(desk.tasks, over)
    go = Event()
    desk.tasks.run_on_store(go.wait, title="書類を読み込んでいます")
    qtbot.waitUntil(bar.isVisible)
    assert acts.isVisible()
    assert not bar.geometry().intersects(acts.geometry())
    over.resize(700, 300)
    qtbot.waitUntil(lambda: over.rect().contains(bar.geometry()))
    qtbot.waitUntil(lambda: not bar.geometry().intersects(acts.geometry()))
    go.set()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_result_whose_parts_take_longer_than_that_shows_no_bar(tasks, qtbot):
    started, slow = [], QElapsedTimer()
    tasks.long_started.connect(started.append)

    def take(_result: None) -> Iterator[None]:
        slow.start()
        while slow.elapsed() < 2 * LONG_AFTER_MS:
            yield

    tasks.run_on_store(lambda: None, on_done=take)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert started == []


def test_short_work_shows_no_bar(tasks, qtbot):
    started = []
    tasks.long_started.connect(started.append)
    tasks.run_on_store(lambda: None)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert started == []


def test_shutting_down_finishes_what_is_being_written(qtbot):
    tasks = Tasks()
    begun, written = Event(), []

    def write():
        begun.set()
        written.append("saved")

    tasks.run_on_store(write)
    begun.wait()
    tasks.shutdown()
    assert written == ["saved"]
    tasks.run_on_store(lambda: written.append("late"))
    assert written == ["saved"]


def test_idle_is_told_when_work_begins_and_ends(tasks, qtbot):
    told = []
    tasks.idle_changed.connect(told.append)
    tasks.run_on_store(lambda: None, owner=QObject())
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert told == [False, True]


def _watched(ends: list[object]) -> QObject:
    """A Qt object that notes the thread on which it ends."""
    made = QObject()
    made.destroyed.connect(lambda: ends.append(current_thread()), Qt.ConnectionType.DirectConnection)
    return made


def test_a_circle_of_widgets_left_behind_is_not_taken_away_on_the_thread_of_the_work(tasks, qtbot):
    ends: list[object] = []
    left = _watched(ends)
    left.itself = left
    del left

    def greedy():
        return len([[number] for number in range(50_000)])

    for _ in range(5):
        tasks.run_on_store(greedy)
    qtbot.waitUntil(lambda: tasks.is_idle)
    assert ends == []

    gc.collect()
    assert ends == [main_thread()]


@pytest.fixture
def thresholds_of_python():
    """As the product finds them; the run of the tests has its own."""
    ours = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*ours)


@pytest.mark.usefixtures("thresholds_of_python")
def test_the_round_of_the_collector_is_made_by_the_timer_and_given_back_at_the_end(qtbot):
    gc.enable()
    tasks = Tasks()
    assert not gc.isenabled()
    ends: list[object] = []
    left = _watched(ends)
    left.itself = left
    del left
    kept = [[number] for number in range(1000)]
    qtbot.waitUntil(lambda: ends != [])
    assert ends == [main_thread()]
    assert len(kept) == 1000

    tasks.shutdown()
    assert gc.isenabled()
    gc.disable()


def test_what_work_and_its_failure_held_ends_in_the_window(tasks, qtbot):
    ends: list[object] = []

    def ask(*, fail: bool) -> None:
        held = _watched(ends)

        def work():
            assert held is not None
            if fail:
                raise ValueError

        tasks.run_on_store(work, on_failed=lambda _problem: None)

    for fail in (False, True):
        ask(fail=fail)
        qtbot.waitUntil(lambda: tasks.is_idle)
    # Within the quarter of a second a task is watched for being long; then nothing may hold them any more.
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert set(ends) == {main_thread()}
