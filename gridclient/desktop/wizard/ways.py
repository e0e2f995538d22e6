"""The first question: how this computer is going to be used. The answer opens in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Size, Tone
from gridclient.desktop.wizard import words
from gridclient.desktop.wizard.code_field import CodeField
from gridclient.desktop.wizard.view import Way

WAYS = tuple(Way)
HEAD = 68


class WayStep(QWidget):
    """Four cards; the digits choose. ``entered`` when Enter asks for the next step."""

    entered = Signal()
    chosen = Signal()
    community_asked = Signal(str)
    file_asked = Signal()
    file_dropped = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None, *, restores: bool = True) -> None:
        super().__init__(parent)
        self._look = look
        self.way: Way | None = None
        self.file = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(words.WAY_TITLE)
        self.setAcceptDrops(restores)
        self._offered = WAYS if restores else WAYS[:-1]
        self.address = Input(look, words.ADDRESS, hint=words.ADDRESS_HINT)
        self.code = CodeField(look, words.CODE, words.CODE_PASTE_HINT)
        self._community = Notice(look, tone=Tone.OK, icon="circle-check")
        self._file = PlainLabel(look, words.BACKUP_HINT, role=Role.SECOND, colour="text2", wrap=True)
        self._pick = Button(look, words.FILE_PICK, icon="folder", height=36)
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._cards = {way: _WayCard(look, way, str(place + 1)) for place, way in enumerate(WAYS)}
        self._build()
        if not restores:
            self._cards[Way.OLD].hide()
        self.address.entered.connect(self._address_entered)
        self.address.changed.connect(lambda _said: self._community.say(""))
        self.code.entered.connect(self.entered)
        self.code.went_back.connect(self.address.setFocus)
        self.address.went_back.connect(self.setFocus)
        self._pick.clicked.connect(self.file_asked)
        look.changed.connect(self._follow)
        self._follow()

    def choose(self, way: Way) -> None:
        """Open this answer."""
        self.way = way
        for each, card in self._cards.items():
            card.open(each is way)
        self._error.say("")
        if way is Way.JOIN:
            self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        elif way is Way.OLD and not self.file:
            self._pick.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit()

    def take_file(self, path: str, shown: str) -> None:
        """A backup was chosen or dropped."""
        self.file = path
        self._file.setText(shown)
        self.choose(Way.OLD)

    def show_community(self, name: str, tone: Tone = Tone.OK) -> None:
        """The address answered (or not: then the sentence says so)."""
        icon = "circle-check" if tone is Tone.OK else "cloud-off"
        self._community.say(words.found(name) if tone is Tone.OK else name, tone, icon)

    @property
    def community_words(self) -> str:
        """What was said of the address; "" while nobody has answered."""
        return self._community.words

    def show_error(self, sentence: str, *, code: bool = False) -> None:
        """What is wrong with the answer; ``code`` puts it under the code."""
        if code:
            self.code.show_error(sentence)
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._error.say(sentence)

    def is_whole(self) -> bool:
        """Whether there is an answer; where not, the person is told what is missing."""
        if self.way is None:
            self._error.say(words.PICK_WAY, Tone.WARN, "info-circle")
            return False
        if self.way is Way.JOIN:
            if not self.address.words.strip():
                self.address.show_error(words.NO_ADDRESS)
                self.address.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
            if not self.code.is_whole():
                self.code.show_error(words.code_count(len(self.code.code.replace("-", ""))))
                self.code.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        if self.way is Way.OLD and not self.file:
            self._error.say(words.NO_BACKUP, Tone.WARN, "info-circle")
            return False
        return True

    def _address_entered(self) -> None:
        if self.address.words.strip():
            self.community_asked.emit(self.address.words.strip())
        self.code.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        join, old = self._cards[Way.JOIN].inner, self._cards[Way.OLD].inner
        join.addWidget(self.address)
        join.addWidget(self.code)
        join.addWidget(self._community)
        line = QHBoxLayout()
        line.addWidget(self._file, 1)
        line.addWidget(self._pick)
        old.addLayout(line)
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        for way, card in self._cards.items():
            self._inner.addWidget(card)
            card.head.clicked.connect(lambda _checked=False, way=way: self.choose(way))
        self._inner.addWidget(self._error)
        self._inner.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scroll(inner))

    def _follow(self) -> None:
        self._inner.setSpacing(self._look.theme.px(10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, plain = event.key() - Qt.Key.Key_1, not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and 0 <= place < len(self._offered):
            self.choose(self._offered[place])
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [each.toLocalFile() for each in event.mimeData().urls() if each.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.file_dropped.emit(files[0])


class _WayCard(QWidget):
    """One answer: its head is a button, its body opens when it is chosen."""

    def __init__(self, look: Look, way: Way, digit: str) -> None:
        super().__init__()
        self._look = look
        self._chosen = False
        self.head = _WayHead(look, way, digit)
        self._body = QWidget()
        self.inner = QVBoxLayout(self._body)
        self._body.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._body)
        look.changed.connect(self._follow)
        self._follow()

    def open(self, chosen: bool) -> None:
        self._chosen = chosen
        self.head.setChecked(chosen)
        self._body.setVisible(chosen and self.inner.count() > 0)
        self.update()

    def _follow(self) -> None:
        px = self._look.theme.px
        self.inner.setContentsMargins(px(124), 0, px(24), px(16))
        self.inner.setSpacing(px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self._chosen
        Ink(painter, self._look).box(
            QRectF(self.rect()),
            fill="surface",
            line="acc" if chosen else "line2",
            width=2 if chosen else 1,
            radius=Size.RADIUS_SHEET,
        )
        painter.end()


class _WayHead(PaintedButton):
    def __init__(self, look: Look, way: Way, digit: str) -> None:
        title, detail, icon = words.WAYS[way]
        super().__init__(look, title)
        self._detail, self._icon, self._digit = detail, icon, digit
        self.setCheckable(True)
        self.setAccessibleDescription(f"{digit}，{detail}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        px, middle, chosen = ink.theme.px, self.height() / 2, self.isChecked()
        if chosen:
            ink.cap(px(22), middle, self._digit, ink="onacc", ground="acc", line="acc")
        else:
            ink.cap(px(22), middle, self._digit)
        tile = QRectF(px(62), middle - px(22), px(44), px(44))
        ink.box(tile, fill="accbg" if chosen else "hover")
        colour = "acc" if chosen else "text2"
        ink.icon(tile.center().x() - px(11), middle, self._icon, size=22, colour=colour)
        left, room = px(124), self.width() - px(140)
        ink.text(left, middle - px(13), self.text(), role=Role.HEAD, bold=True)
        ink.text(left, middle + px(14), self._detail, role=Role.SECOND, colour="text2", width=room)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(140) + theme.advance(self._detail, Role.SECOND)
        return QSize(round(width), theme.px(HEAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(300), self.look.theme.px(HEAD))
