"""A list to walk by, as A4 pages: the doors in their order, why, and room to write."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib import units as reportlab_units
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gridclient.resources_path import resource

TITLE = "走访路线单"
HEADS = ("站", "门", "户主", "为什么去", "结果", "记一笔")
OUTCOMES = "结果写数字"
FOOT = "有住户信息，用完收回，不留在楼道里。"
MISSING = "〓"  # printers' sign for a character there is no type for
mm: float = reportlab_units.mm
WIDTH, HEIGHT = (float(edge) for edge in A4)
LEFT, RIGHT = 12 * mm, WIDTH - 12 * mm
TOP, BOTTOM = HEIGHT - 13 * mm, 15 * mm
HEAD, GROUP, ROW = 8 * mm, 8 * mm, 13.5 * mm
# Where each column begins.
_AT = tuple(LEFT + x * mm for x in (0, 10, 46, 68, 119, 131))
_SIZE, _SMALL, _LINES = 10, 8, 2
_PLAIN, _BOLD = "route-medium", "route-bold"


@dataclass(frozen=True)
class Stop:
    """One door, with its names as they may be printed. `building`: the head it stands under."""

    building: str
    door: str
    who: str
    why: str


@dataclass(frozen=True)
class Route:
    """What is printed. `about`: whose, of what, how many; `outcomes`: the digits and what they mean."""

    stops: Sequence[Stop]
    about: str
    outcomes: str
    maker: str
    made: datetime


def route_pdf(route: Route) -> tuple[bytes, int]:
    """The file and how many pages it has."""
    return _Pages(route).drawn()


class _Pages:
    def __init__(self, route: Route) -> None:
        self._route = route
        self._fonts = {
            name: TTFont(name, resource(f"fonts/NotoSansSC-{weight}.ttf")) for name, weight in _FACES
        }
        for font in self._fonts.values():
            registerFont(font)
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, invariant=True)
        self._canvas.setTitle(TITLE)
        self._canvas.setProducer("Minqing Ledger")
        self._pages = _paged(route.stops)

    def drawn(self) -> tuple[bytes, int]:
        number = 0
        for place, page in enumerate(self._pages, start=1):
            y = self._head()
            for group, stops in page:
                y = self._group(group, y)
                for stop in stops:
                    number += 1
                    y = self._stop(number, stop, y)
            self._foot(place)
            self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue(), len(self._pages)

    def _head(self) -> float:
        canvas, route = self._canvas, self._route
        self._mark()
        self._write(LEFT, TOP - 4 * mm, TITLE, size=16, bold=True)
        made = f"{route.maker}　{route.made:%Y-%m-%d %H:%M}"
        self._write(RIGHT, TOP - 4 * mm, made, size=_SMALL, right=True)
        self._write(LEFT, TOP - 10 * mm, route.about, room=RIGHT - LEFT)
        self._write(LEFT, TOP - 15 * mm, f"{OUTCOMES}：{route.outcomes}", size=_SMALL, room=RIGHT - LEFT)
        y = TOP - 18 * mm
        canvas.setLineWidth(0.8)
        canvas.line(LEFT, y, RIGHT, y)
        for x, words in zip(_AT, HEADS, strict=True):
            self._write(x + mm, y - 5.5 * mm, words, size=_SMALL)
        canvas.line(LEFT, y - HEAD, RIGHT, y - HEAD)
        return y - HEAD

    def _group(self, name: str, y: float) -> float:
        canvas = self._canvas
        canvas.setFillGray(0.93)
        canvas.rect(LEFT, y - GROUP, RIGHT - LEFT, GROUP, stroke=0, fill=1)
        canvas.setFillGray(0)
        self._write(LEFT + 2 * mm, y - 5.7 * mm, name, bold=True)
        return y - GROUP

    def _stop(self, number: int, stop: Stop, y: float) -> float:
        canvas = self._canvas
        first, second = y - 5.3 * mm, y - 10.3 * mm
        self._write(_AT[0] + mm, first, str(number))
        self._write(_AT[1] + mm, first, stop.door, bold=True, room=_AT[2] - _AT[1] - 2 * mm)
        self._write(_AT[2] + mm, first, stop.who, room=_AT[3] - _AT[2] - 2 * mm)
        lines = self._broken(stop.why, _AT[4] - _AT[3] - 3 * mm)
        for line, at in zip(lines, (first, second), strict=False):
            self._write(_AT[3] + mm, at, line)
        canvas.setLineWidth(0.6)
        canvas.rect(_AT[4] + mm, y - 9.5 * mm, 7 * mm, 7 * mm)
        canvas.setLineWidth(0.3)
        canvas.setDash(1, 2)
        canvas.line(_AT[5], second - 0.8 * mm, RIGHT, second - 0.8 * mm)
        canvas.setDash()
        canvas.line(LEFT, y - ROW, RIGHT, y - ROW)
        return y - ROW

    def _foot(self, place: int) -> None:
        self._write(LEFT, 8 * mm, FOOT, size=_SMALL)
        self._write(RIGHT, 8 * mm, f"第 {place} 页 共 {len(self._pages)} 页", size=_SMALL, right=True)

    def _mark(self) -> None:
        """Who made it, across the page: a sheet that is lost or copied says whose it was."""
        canvas, route = self._canvas, self._route
        canvas.saveState()
        canvas.setFillGray(0.94)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(35)
        canvas.setFont(_BOLD, 34)
        words = self._printable(f"{route.maker} {route.made:%Y-%m-%d %H:%M}", _BOLD)
        canvas.drawCentredString(0, 0, words)
        canvas.restoreState()

    def _write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = _SIZE,
        bold: bool = False,
        right: bool = False,
        room: float = 0,
    ) -> None:
        face = _BOLD if bold else _PLAIN
        said = self._printable(words, face)
        width = stringWidth(said, face, size)
        if room and width > room:
            size *= room / width  # a door or a name is never cut
        self._canvas.setFont(face, size)
        draw = self._canvas.drawRightString if right else self._canvas.drawString
        draw(x, y, said)

    def _broken(self, words: str, room: float) -> list[str]:
        """Lines no wider than their room; what is left over ends in an ellipsis."""
        lines, line = [], ""
        for letter in self._printable(words, _PLAIN):
            if stringWidth(line + letter, _PLAIN, _SIZE) > room and line:
                lines.append(line)
                line = ""
            line += letter
        lines.append(line)
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"]
        return lines

    def _printable(self, words: str, face: str) -> str:
        known = self._fonts[face].face.charToGlyph
        return "".join(one if ord(one) in known else MISSING for one in words)


_FACES = ((_PLAIN, "Medium"), (_BOLD, "Bold"))
_Page = list[tuple[str, list[Stop]]]


def _paged(stops: Sequence[Stop]) -> list[_Page]:
    """The doors of each page under their buildings; no head stands alone at the foot of one."""
    pages: list[_Page] = [[]]
    first = TOP - 18 * mm - HEAD
    y = first
    for stop in stops:
        page = pages[-1]
        new = not page or page[-1][0] != stop.building
        need = ROW + (GROUP if new else 0)
        if y - need < BOTTOM:
            pages.append([])
            page, y, new, need = pages[-1], first, True, ROW + GROUP
        if new:
            page.append((stop.building, []))
        page[-1][1].append(stop)
        y -= need
    return pages
