"""The versions side by side, as equals: nothing is chosen beforehand, the newest is not favoured."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink, cap_width
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.settle import words
from gridclient.desktop.settle.view import Version
from gridclient.desktop.theme import Look, Role, Size, Tone

WIDTH = 236
HEIGHT = 280
VALUE = 60
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


class VersionCard(PaintedButton):
    """Value large, who, when, how they know; the whole card is the button."""

    def __init__(
        self,
        look: Look,
        version: Version,
        name: str,
        digit: str,
        *,
        base: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, version.value, parent)
        self._version, self._name, self._digit, self._base = version, name, digit, base
        self.setCheckable(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        spoken = (name, version.value or words.ALL_EMPTY_VALUE, version.who, version.when, version.how)
        self.setAccessibleName("，".join(each for each in (*spoken, version.note) if each))
        self.setAccessibleDescription(digit)

    def draw(self, ink: Ink) -> None:
        px, rect, chosen = ink.theme.px, self.area(), self.isChecked()
        ink.box(
            rect,
            fill="sunk" if self._base else "surface",
            line="acc" if chosen else "line2",
            width=2 if chosen else 1,
            radius=Size.RADIUS_CARD,
        )
        left, room = px(16), rect.width() - px(32)
        ink.chip(left, px(29), self._name, tone=Tone.NEUTRAL if self._base else Tone.TWO)
        value = self._version.value or words.ALL_EMPTY_VALUE
        self._draw_value(ink, QRectF(left, px(48), room, self._value_height(room)), value)
        y = px(48) + self._value_height(room) + px(18)
        lines = (
            ("user", self._version.who),
            ("clock", self._version.when),
            ("info-circle", self._version.how),
        )
        for icon, said in lines:
            if said:
                ink.icon(left, y, icon)
                ink.text(left + px(26), y, said, role=Role.SECOND, colour="text2", width=room - px(26))
            y += px(27)
        ink.text(left, y - px(1), self._version.note, role=Role.SMALL, colour="text2", width=room)
        self._draw_foot(ink, QRectF(left, rect.height() - px(52), room, px(40)))

    def _draw_value(self, ink: Ink, area: QRectF, value: str) -> None:
        """One line large; what is longer takes as many lines of body text as it needs."""
        theme = ink.theme
        colour = "text2" if self._base else "text"
        if theme.advance(value, Role.VALUE, bold=True) <= area.width():
            ink.text(area.left(), area.center().y(), value, role=Role.VALUE, bold=True, colour=colour)
            return
        ink.painter.setFont(theme.font(Role.BODY, bold=True))
        ink.painter.setPen(theme.colour(colour))
        ink.painter.drawText(area, _WRAP, value)

    def _value_height(self, room: float) -> int:
        theme, value = self.look.theme, self._version.value
        if theme.advance(value, Role.VALUE, bold=True) <= room:
            return theme.px(VALUE)
        area = theme.metrics(Role.BODY, bold=True).boundingRect(QRectF(0, 0, room, 10_000), _WRAP, value)
        return max(theme.px(VALUE), round(area.height()) + theme.px(4))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self.look.theme.px
        return px(HEIGHT - VALUE) + self._value_height(width - px(32))

    def _draw_foot(self, ink: Ink, area: QRectF) -> None:
        px, chosen = ink.theme.px, self.isChecked()
        ink.box(
            area,
            fill="accbg" if chosen else "hover" if self.hovered else "surface",
            line="acc" if chosen else "line2",
            width=2 if chosen else 1,
        )
        label = words.picked(self._name) if chosen else words.pick(self._name)
        width = ink.theme.advance(label, Role.BODY, bold=chosen)
        cap = cap_width(self.look, self._digit)
        icon = px(24) if chosen else 0
        x, middle = area.center().x() - (width + px(10) + cap + icon) / 2, area.center().y()
        if chosen:
            ink.icon(x, middle, "check", colour="acc")
            x += icon
        x += ink.text(x, middle, label, colour="acc" if chosen else "text", bold=chosen) + px(10)
        if chosen:
            ink.cap(x, middle, self._digit, ink="onacc", ground="acc", line="acc")
        else:
            ink.cap(x, middle, self._digit)

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(WIDTH), self.look.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(WIDTH - 46), self.look.theme.px(HEIGHT))
