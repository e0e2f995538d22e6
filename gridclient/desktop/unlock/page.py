"""Name of the ledger, passphrase, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Picture
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.focus import FocusRing
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.theme import Look, Role, Size
from gridclient.desktop.unlock import words

if TYPE_CHECKING:
    from gridclient.desktop.kit.rowlist import RowList
    from gridclient.desktop.kit.rows import Row
    from gridclient.desktop.unlock.recover import RecoverSheet

WIDTH = 460
SHOWN = 4
SMALLEST = (960, 600)


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """A ledger of this computer: its folder, its name, and whose it is or when it was last used."""

    path: str
    name: str
    detail: str = ""


class UnlockPage(QWidget):
    """Says ``unlock_asked`` with folder and passphrase, or ``recover_asked`` with folder, recovery code and a
    new passphrase; the answer comes back through ``show_…``."""

    unlock_asked = Signal(str, str)
    other_chosen = Signal()
    recover_asked = Signal(str, str, str)

    def __init__(self, look: Look, app: QApplication) -> None:
        super().__init__()
        self.look = look
        self._ledgers: tuple[LedgerChoice, ...] = ()
        self._card = Card(look, padding=24)
        self._name = PlainLabel(look, role=Role.HEAD, bold=True)
        self._detail = PlainLabel(look, role=Role.SMALL, colour="text3")
        self.list: RowList | None = None
        self.field = Input(look, words.PASSPHRASE, secret=True)
        self._show = Tick(look, words.SHOW)
        self.open_button = Button(look, words.OPEN, kind=Kind.PRIMARY, key="Enter")
        self._other = Button(look, words.OTHER, kind=Kind.LINK)
        self._recover = Button(look, words.RECOVER, kind=Kind.LINK)
        self.recover: RecoverSheet | None = None
        self._forgotten = PlainLabel(look, words.FORGOTTEN, role=Role.SMALL, colour="text2", wrap=True)
        self._ring = FocusRing(look, self, app)
        self.setAutoFillBackground(True)
        self.setWindowTitle(words.BRAND)
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._join()
        self._follow()

    def show_ledgers(self, ledgers: Sequence[LedgerChoice]) -> None:
        """The ledgers of this computer, the one used last first."""
        self._ledgers = tuple(ledgers)
        several = len(self._ledgers) > 1
        if several and self.list is None:
            self._add_list()
        self._name.setVisible(not several and bool(self._ledgers))
        self._detail.setVisible(not several and bool(self._ledgers))
        if self.list is not None:
            self.list.setVisible(several)
            self.list.show_rows([_row(each) for each in self._ledgers])
        if self._ledgers and not several:
            self._name.setText(self._ledgers[0].name)
            self._detail.setText(self._ledgers[0].detail)
        self._follow()

    def show_wrong(self, left: int) -> None:
        """The passphrase was wrong and ``left`` tries remain."""
        self.show_error(words.wrong(left))

    def show_error(self, sentence: str) -> None:
        """It did not open: why, what is safe, what to do."""
        self.show_busy(False)
        self.field.show_error(sentence)
        self.field.line.selectAll()
        self.field.setFocus()
        self._place()

    def show_busy(self, busy: bool) -> None:
        """While the key is being made from the passphrase nothing can be pressed."""
        for each in (self.field, self.list, self.open_button, self._other, self._show):
            if each is not None:
                each.setEnabled(not busy)
        self.open_button.set_words(words.OPENING if busy else words.OPEN)
        if busy:
            self.field.show_error("")

    def ask_recovery(self) -> None:
        """The passphrase is forgotten: ask for the recovery sheet."""
        from gridclient.desktop.unlock.recover import RecoverSheet

        if not self._ledgers:
            return
        if self.recover is None:
            self.recover = RecoverSheet(self.look, self)
            self.recover.recover_asked.connect(
                lambda code, new: self.recover_asked.emit(self._chosen(), code, new)
            )
        self.recover.ask()

    def _chosen(self) -> str:
        current = self.list.current_id() if self.list is not None else None
        return current.decode() if current is not None else self._ledgers[0].path

    def enter(self) -> None:
        """Start afresh: nothing of an earlier passphrase is left."""
        self.show_busy(False)
        self.field.set_words("")
        self.field.show_error("")
        self._show.setChecked(False)
        self.field.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setFocus()

    def _build(self) -> None:
        tail = QHBoxLayout()
        tail.addWidget(self._show)
        tail.addStretch()
        tail.addWidget(self._recover)
        tail.addWidget(self._other)
        body = self._card.body
        body.addWidget(_Brand(self.look))
        body.addWidget(self._name)
        body.addWidget(self._detail)
        body.addWidget(self.field)
        body.addWidget(self.open_button)
        body.addLayout(tail)
        body.addWidget(self._forgotten)
        self._card.setParent(self)
        self._foot = QWidget(self)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Picture(self.look, "shield-lock", colour="text3"))
        row.addWidget(PlainLabel(self.look, words.SAFE, role=Role.SMALL, colour="text3"))

    def _add_list(self) -> None:
        """Most computers hold one ledger: the list is loaded only where there is a choice."""
        from gridclient.desktop.kit.rowlist import RowList
        from gridclient.desktop.kit.rows import Column

        self.list = RowList(self.look, (Column("", 0),), name=words.WHICH, two_lines=True)
        self.list.opened.connect(lambda _id: self.field.setFocus())
        self._card.body.insertWidget(self._card.body.indexOf(self.field), self.list)

    def _join(self) -> None:
        self.field.entered.connect(self._ask)
        self.open_button.clicked.connect(self._ask)
        self._other.clicked.connect(self.other_chosen)
        self._recover.clicked.connect(self.ask_recovery)
        self._show.toggled.connect(self._reveal)
        self.look.changed.connect(self._follow)

    def _ask(self) -> None:
        if not self._ledgers or not self.open_button.isEnabled():
            return
        if not self.field.words:
            self.show_error(words.EMPTY)
            return
        self.unlock_asked.emit(self._chosen(), self.field.words)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.line.setEchoMode(mode)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._card.body.setSpacing(px(9 if self.look.theme.factor < 1.5 else 5))
        if self.list is not None:
            self.list.setFixedHeight(min(len(self._ledgers), SHOWN) * px(Size.ROW_TWO) + 2)
        self._place()

    def _place(self) -> None:
        px = self.look.theme.px
        width = min(px(WIDTH), self.width() - px(40))
        self._card.setFixedWidth(width)
        layout = self._card.layout()
        assert layout is not None
        layout.activate()
        height = (
            layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        )
        top = max(px(8), (self.height() - height) // 2 - px(20))
        self._card.setGeometry((self.width() - width) // 2, top, width, height)
        size = self._foot.sizeHint()
        at = self.height() - size.height() - px(16)
        self._foot.setVisible(at > top + height + px(8))
        self._foot.setGeometry((self.width() - size.width()) // 2, at, size.width(), size.height())

    def _tall(self, width: int) -> int:
        layout = self._card.layout()
        assert layout is not None
        layout.activate()
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or self.list is None or self.list.isHidden():
            super().keyPressEvent(event)
            return
        place = self.list.currentIndex().row() + step
        if 0 <= place < len(self._ledgers):
            self.list.choose(self._ledgers[place].path.encode())


def _row(ledger: LedgerChoice) -> Row:
    from gridclient.desktop.kit.rows import Row, Words

    return Row(
        ledger.path.encode(),
        (Words(ledger.name, bold=True, free=True),),
        "，".join(each for each in (ledger.name, ledger.detail) if each),
        (Words(ledger.detail, role=Role.SMALL, colour="text3", free=True),),
    )


class _Brand(Painted):
    """The seal and the name of the program."""

    def draw(self, ink: Ink) -> None:
        px, middle = ink.theme.px, self.height() / 2
        seal = QRectF(0, middle - px(20), px(40), px(40))
        ink.box(seal, fill="acc")
        ink.text(
            seal.center().x(), middle, words.SEAL, role=Role.HEAD, colour="onacc", bold=True, align=CENTRE
        )
        ink.text(px(54), middle, words.BRAND, role=Role.SHEET, bold=True)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(54) + theme.advance(words.BRAND, Role.SHEET, bold=True)
        return QSize(round(width) + 1, theme.px(52))
