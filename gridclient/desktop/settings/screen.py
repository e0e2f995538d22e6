"""The settings: one page of sections; what can act at once does."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.settings import words
from gridclient.desktop.settings.agreed import AgreedForm
from gridclient.desktop.settings.keeping import Keeping
from gridclient.desktop.settings.parts import FactLines, Form, section
from gridclient.desktop.settings.sections import JoinForm, LookSwitches, PassphraseForm, PhoneForm
from gridclient.desktop.settings.view import Section, SettingsView
from gridclient.desktop.theme import Look, Role, Size

NARROW = 880
"""With less room than this, in pixels of the 100 % drawing, the sections stand in one column."""


class SettingsScreen(Screen):
    """Give it ``show_settings``; a form that was sent waits for ``show_said`` or ``show_error``."""

    phone_saved = Signal(str, str)
    passphrase_changed = Signal(str, str)
    size_chosen = Signal(float)
    dark_chosen = Signal(bool)
    join_asked = Signal(str, str)
    agreed_saved = Signal(dict)
    syncing_chosen = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._asked: Section | None = None
        self.me = FactLines(look, (words.NAME, words.ROLE, words.COMMUNITY, words.GRIDS))
        self.phone = PhoneForm(look)
        self.computer = FactLines(look, (words.FOLDER, words.SINCE))
        self.passphrase = PassphraseForm(look)
        self.switches = LookSwitches(look)
        self.join = JoinForm(look)
        self.agreed = AgreedForm(look)
        self.keeping = Keeping(look)
        self.syncing = Segmented(look, words.SYNCING_CHOICES)
        self.about = FactLines(look, (words.VERSION, words.LICENCES))
        self.setAccessibleName(words.TITLE)
        self._build()
        self._join()
        self._follow()

    @property
    def forms(self) -> dict[Section, Form]:
        return {
            Section.PHONE: self.phone,
            Section.PASSPHRASE: self.passphrase,
            Section.JOIN: self.join,
            Section.AGREED: self.agreed,
        }

    # Data in

    def show_settings(self, view: SettingsView) -> None:
        """Show all of it; what is being written in a field stays."""
        self.me.show_values(view.name, view.role, view.community, view.grids)
        self.phone.show_phone(view.phone, view.hours)
        self.computer.show_values(view.folder, view.since)
        self.switches.show_choice(view.factor, view.dark)
        self.about.show_values(view.version, view.licences)
        self._join_card.setVisible(not view.enrolled or view.anew)
        self._syncing_card.setVisible(view.enrolled)

    def show_syncing(self, by_itself: bool) -> None:
        """Whether syncing begins by itself."""
        self.syncing.choose(0 if by_itself else 1)

    def show_agreed(self, agreed: Mapping[str, int], usual: Mapping[str, int], *, writable: bool) -> None:
        """What the community has agreed on, and what is usual where it has not."""
        self._agreed_why.setText(words.AGREED_WHY if writable else words.AGREED_READ)
        self.agreed.show_days(agreed, usual, writable=writable)

    def show_said(self, sentence: str) -> None:
        """What was asked for last is done."""
        asked, self._asked = self._asked, None
        if asked is None:
            return
        form = self.forms[asked]
        if isinstance(form, PhoneForm | AgreedForm):
            form.settle()
        else:
            form.clear()
        form.show_said(sentence)

    def show_error(self, section: str, sentence: str) -> None:
        """It was not done: why, what is safe, what to do. ``section`` is one of Section."""
        self._asked = None
        form = self.forms[Section(section)]
        form.show_error(sentence)
        self._show(form.fields[0])

    def parts(self) -> tuple[tuple[str, QWidget, str], ...]:
        """Every part one may want to go to: its name, where the keyboard goes, its icon."""
        keeping = self.keeping
        every = (
            (words.PHONE, self.phone.phone, "phone"),
            (words.PASSPHRASE, self.passphrase.old, "key"),
            (words.JOIN, self.join.address, "link"),
            (words.AGREED, self.agreed.fields[0], "calendar"),
            (words.SYNCING, self.syncing, "refresh"),
            (words.LOCK, keeping.lock, "lock"),
            (words.BACKUP_NOW, keeping.now, "device-floppy"),
            (words.BACKUP_TO, keeping.to, "device-usb"),
            (words.RESTORE_FROM, keeping.back, "arrow-back-up"),
            (words.WIPE_TITLE, keeping.wipe.phrase, "trash"),
        )
        return tuple(part for part in every if part[1].isVisibleTo(self))

    def bring(self, part: QWidget) -> None:
        """Give a part the keyboard and bring it into sight."""
        target = part.segments[part.current] if isinstance(part, Segmented) else part
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(part)

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        return words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.KEYS

    def enter(self) -> None:
        """Nothing of a passphrase is left from an earlier time."""
        self.passphrase.clear()
        self.keeping.forget()
        for form in self.forms.values():
            form.notice.say("")
        self._scroll.verticalScrollBar().setValue(0)
        self.phone.phone.setFocus()

    # Inside

    def _send_phone(self) -> None:
        self._asked = Section.PHONE
        phone, hours = self.phone.words()
        self.phone_saved.emit(phone, hours)

    def _send_passphrase(self) -> None:
        self._asked = Section.PASSPHRASE
        self.passphrase_changed.emit(self.passphrase.old.words, self.passphrase.new.words)

    def _send_join(self) -> None:
        self._asked = Section.JOIN
        self.join_asked.emit(*self.join.words())

    def _send_agreed(self) -> None:
        self._asked = Section.AGREED
        self.agreed_saved.emit(self.agreed.days())

    def _show(self, widget: QWidget) -> None:
        # Where a field lies is known once the layout has come to rest.
        QTimer.singleShot(0, self._scroll, lambda: self._scroll.ensureWidgetVisible(widget))

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._column.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, self.look.theme.px(40))

    def _build(self) -> None:
        look = self.look
        why = PlainLabel(look, words.JOIN_WHY, role=Role.SECOND, colour="text2", wrap=True)
        change = PlainLabel(look, words.PASSPHRASE, bold=True)
        self._join_card = section(look, words.JOIN, why, self.join)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(section(look, words.ME, self.me, self.phone))
        left.addWidget(self._join_card)
        self._agreed_why = PlainLabel(look, words.AGREED_WHY, role=Role.SECOND, colour="text2", wrap=True)
        left.addWidget(section(look, words.AGREED, self._agreed_why, self.agreed))
        right.addWidget(section(look, words.LOOK, self.switches))
        right.addWidget(section(look, words.COMPUTER, self.computer, change, self.passphrase))
        why = PlainLabel(look, words.SYNCING_WHY, role=Role.SMALL, colour="text2", wrap=True)
        self._syncing_card = section(look, words.SYNCING, self.syncing, why)
        right.addWidget(self._syncing_card)
        self.keeping.add_to(left, right)
        left.addStretch()
        right.addWidget(section(look, words.ABOUT, self.about))
        right.addStretch()
        self._stacks = (left, right)
        self._column = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._column)
        self._sides.addLayout(left, 1)
        self._sides.addLayout(right, 1)
        self._scroll = Scroll(self._column)
        self._page = QVBoxLayout(self)
        self._page.addWidget(PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True))
        self._page.addWidget(self._scroll, 1)

    def _join(self) -> None:
        self.phone.sent.connect(self._send_phone)
        self.passphrase.sent.connect(self._send_passphrase)
        self.join.sent.connect(self._send_join)
        self.agreed.sent.connect(self._send_agreed)
        self.syncing.chosen.connect(lambda place: self.syncing_chosen.emit(place == 0))
        self.switches.size_chosen.connect(self.size_chosen)
        self.switches.dark_chosen.connect(self.dark_chosen)
        self.look.changed.connect(self._follow)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(10))
        self._sides.setContentsMargins(0, 0, px(4), 0)
        self._sides.setSpacing(px(Size.GAP))
        for stack in self._stacks:
            stack.setSpacing(px(Size.GAP))
        narrow = self.width() / self.look.theme.factor < NARROW
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if narrow else right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is not None and not modifiers:
            self._scroll.turn(step)
        elif event.key() == Qt.Key.Key_S and modifiers == Qt.KeyboardModifier.ControlModifier:
            self._send_current()
        else:
            super().keyPressEvent(event)

    def _send_current(self) -> None:
        focus = QApplication.focusWidget()
        for form in self.forms.values():
            if focus is not None and form.isAncestorOf(focus):
                form.send()
