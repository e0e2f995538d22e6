"""The left side: the brand, and where in the four steps a person is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize

from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.theme import Look, Role
from gridclient.desktop.wizard import words
from gridclient.desktop.wizard.view import Step, Way

WIDTH = 400
LINE = 78


class StepList(Painted):
    """A filled circle here, ticks behind, empty ahead."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._step = Step.WAY
        self._way: Way | None = None
        self._tell()

    def show_step(self, step: Step, way: Way | None) -> None:
        self._step, self._way = step, way
        self._tell()
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName(f"{words.step_of(self._step.value + 1)}，{self._words(self._step)[0]}")

    def _words(self, step: Step) -> tuple[str, str]:
        return words.SHEET_STEP if step is Step.REGISTER and self._way is Way.ALONE else words.STEPS[step]

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        ink.fill(QRectF(self.rect()), "nav")
        ink.fill(QRectF(self.width() - 1, 0, 1, self.height()), "line")
        left = px(48)
        ink.box(QRectF(left, px(48), px(40), px(40)), fill="acc")
        ink.text(left + px(20), px(68), words.SEAL, role=Role.HEAD, colour="onacc", bold=True, align=CENTRE)
        ink.text(left + px(54), px(68), words.BRAND, role=Role.SHEET, bold=True)
        for place, line in enumerate(words.SLOGAN):
            ink.text(left, px(128 + 32 * place), line, role=Role.HEAD, colour="text2")
        for step in Step:
            self._draw_step(ink, step, px(262) + px(LINE) * step.value)
        foot = self.height() - px(54)
        ink.icon(left, foot, "shield-lock", size=20, colour="text3")
        ink.text(left + px(28), foot, words.SAFE, role=Role.SMALL, colour="text2")

    def _draw_step(self, ink: Ink, step: Step, middle: int) -> None:
        px, left = ink.theme.px, ink.theme.px(48)
        here, passed = step is self._step, step.value < self._step.value
        if step is not Step.START:
            ink.fill(QRectF(left + px(16), middle + px(16), 1, px(LINE - 32)), "line2")
        circle = QRectF(left, middle - px(16), px(32), px(32))
        ink.box(circle, fill="acc" if here else "surface", line=None if here else "line2", radius=16)
        if passed:
            ink.icon(circle.center().x() - px(9), middle, "check", colour="ok")
        else:
            colour = "onacc" if here else "text2"
            number = str(step.value + 1)
            ink.text(circle.center().x(), middle, number, colour=colour, bold=here, align=CENTRE)
        title, detail = self._words(step)
        ink.text(left + px(48), middle - px(9), title, bold=here, colour="text" if here else "text2")
        ink.text(left + px(48), middle + px(13), detail, role=Role.SMALL, colour="text2")

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(WIDTH), self.look.theme.px(600))
