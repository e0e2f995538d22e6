"""Who came along: everybody can be named, whatever room there is."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import Look
from gridclient.desktop.visit.company import Company
from tests.desktop.hosts import Host

STAFF = tuple((bytes([place]) * 16, f"网格员{place}") for place in range(16))


def company(look: Look, host: Host) -> tuple[Company, QWidget]:
    made = Company(look)
    return made, host(made, width=620, height=300)


def seen(made: Company) -> list[str]:
    return [tick.text() for _, tick in made._ticks if tick.isVisible()]


def test_those_who_fit_stand_in_one_line_and_the_link_counts_the_others(look: Look, host: Host) -> None:
    made, _ = company(look, host)
    made.show_workers(STAFF, ())
    shown = len(seen(made))
    assert 3 <= shown < 16
    assert made._more.text() == f"还有 {16 - shown} 人"
    rights = [tick.geometry().right() for _, tick in made._ticks if tick.isVisible()]
    assert max([*rights, made._more.geometry().right()]) < made.width()


def test_the_link_shows_everybody_below_each_other(look: Look, host: Host, qapp: QApplication) -> None:
    made, window = company(look, host)
    made.show_workers(STAFF, ())
    made._more.click()
    qapp.processEvents()
    assert len(seen(made)) == 16
    assert made._more.isHidden()
    assert all(tick.geometry().right() < made.width() for _, tick in made._ticks)
    assert max(tick.geometry().bottom() for _, tick in made._ticks) < made.height()
    window.resize(300, 500)
    qapp.processEvents()
    assert all(tick.geometry().right() < made.width() for _, tick in made._ticks)


def test_who_came_along_stands_first_however_far_down_the_list(look: Look, host: Host, qtbot: QtBot) -> None:
    made, _ = company(look, host)
    made.show_workers(STAFF, {STAFF[15][0]})
    assert seen(made)[0] == "网格员15"
    with qtbot.waitSignal(made.changed):
        made._ticks[1][1].click()
    assert made.chosen() == (STAFF[0][0], STAFF[15][0])
    made.choose({STAFF[3][0]})
    assert (made.chosen(), seen(made)[0]) == ((STAFF[3][0],), "网格员3")


def test_with_few_there_is_no_link(look: Look, host: Host) -> None:
    made, _ = company(look, host)
    made.show_workers(STAFF[:3], ())
    assert (len(seen(made)), made._more.isVisible()) == (3, False)
    made.show_workers((), ())
    assert made.isHidden()
