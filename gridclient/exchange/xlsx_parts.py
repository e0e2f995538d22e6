"""The oddities of an xlsx, out of its parts. They have been judged before: every part has a bearable size."""

import re
from collections.abc import Iterator

from gridclient.exchange import number_formats
from gridclient.exchange.archive import Parts
from gridclient.exchange.oddities import NO_VALUE, Oddities

_XML = r"(?:[A-Za-z_][\w.-]*:)?"
_NODE = re.compile(
    rf"<{_XML}(?:(?P<row>row)(?P<row_has>\s[^>]*)?>"
    rf"|c(?P<cell>\s[^>]*?)?(?:/>|>(?P<inside>[^<]*(?:<(?!{_XML}c[\s/>])[^<]*)*?)</{_XML}c>)"
    rf"|(?P<column>col)\s(?P<column_has>[^>]*)>)".encode()
)
_ATTRIBUTE = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FORMULA = re.compile(rf"<{_XML}f[\s>/]".encode())
_VALUE = re.compile(rf"<{_XML}(?:v|is)(?:\s[^>]*)?>([^<]*)".encode())
_SHEET = re.compile(rf"<{_XML}sheet\s([^>]*)>".encode())
_RELATION = re.compile(rf"<{_XML}Relationship\s([^>]*)>".encode())
_FORMAT = re.compile(rf"<{_XML}numFmt\s([^>]*)>".encode())
_CELL_STYLES = re.compile(rf"<{_XML}cellXfs[\s>].*?</{_XML}cellXfs>".encode(), re.DOTALL)
_STYLE = re.compile(rf"<{_XML}xf\s([^>]*)>".encode())
_ADDRESS = re.compile(r"([A-Za-z]+)(\d+)")
_FROM_1904 = re.compile(rb"""date1904\s*=\s*["'](?:1|true)["']""")
_WORKBOOK = "xl/workbook.xml"
_LONGEST_NODE = 4 << 20
_OVERLAP = 64
_TRUE = ("1", "true")
_MOST_HIDDEN_COLUMNS = 256


def of_workbook(parts: Parts) -> list[Oddities]:
    """The oddities of every sheet, in the order of the workbook."""
    styles = _styles(parts.whole("xl/styles.xml"))
    found = [_of_sheet(parts, path, styles) for path in _sheets(parts)]
    if _FROM_1904.search(parts.whole(_WORKBOOK)):
        for one in found:
            one.counts_from_1904 = True
    return found


def _sheets(parts: Parts) -> Iterator[str]:
    targets = {}
    for match in _RELATION.finditer(parts.whole("xl/_rels/workbook.xml.rels")):
        has = _attributes(match[1])
        target = has.get("Target", "")
        targets[has.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for match in _SHEET.finditer(parts.whole(_WORKBOOK)):
        has = _attributes(match[1])
        relation = next((value for key, value in has.items() if key.endswith(":id")), "")
        yield targets.get(relation, "")


def _styles(xml: bytes) -> dict[str, str]:
    """What every style shows of a day, of those that do not show a whole one."""
    codes = {}
    for match in _FORMAT.finditer(xml):
        has = _attributes(match[1])
        codes[has.get("numFmtId", "")] = has.get("formatCode", "").replace("&quot;", '"')
    found = {}
    section = _CELL_STYLES.search(xml)
    for index, match in enumerate(_STYLE.finditer(section[0]) if section else ()):
        number = _attributes(match[1]).get("numFmtId", "0")
        said = number_formats.shown(int(number) if number.isdigit() else 0, codes.get(number, ""))
        if said:
            found[str(index)] = said
    return found


def _of_sheet(parts: Parts, path: str, styles: dict[str, str]) -> Oddities:
    found = Oddities()
    if not styles and path not in parts.marked:
        return found
    row = column = -1
    for match in _nodes(parts.pieces(path)):
        if match["row"]:
            has = _attributes(match["row_has"] or b"")
            said = has.get("r", "")
            row, column = int(said) - 1 if said.isdigit() else row + 1, -1
            if has.get("hidden") in _TRUE:
                found.hidden_rows.add(row)
        elif match["column"]:
            _note_columns(found, _attributes(match["column_has"]))
        else:
            has = _attributes(match["cell"] or b"")
            row, column = _place(has.get("r", ""), row, column)
            _note_cell(found, (row, column), has, match["inside"] or b"", styles)
    return found


def _nodes(pieces: Iterator[bytes]) -> Iterator[re.Match[bytes]]:
    """Rows, cells and columns in the order in which they stand, whole even where a piece ends within one."""
    rest = b""
    for piece in pieces:
        text = rest + piece
        end = 0
        for match in _NODE.finditer(text):
            yield match
            end = match.end()
        rest = text[end:]
        if len(rest) > _LONGEST_NODE:
            rest = rest[-_OVERLAP:]


def _note_columns(found: Oddities, has: dict[str, str]) -> None:
    first, last = has.get("min", ""), has.get("max", "")
    if has.get("hidden") in _TRUE and first.isdigit() and last.isdigit():
        found.hidden_columns.update(range(int(first) - 1, min(int(last), _MOST_HIDDEN_COLUMNS)))


def _note_cell(
    found: Oddities, place: tuple[int, int], has: dict[str, str], inside: bytes, styles: dict[str, str]
) -> None:
    value = _VALUE.search(inside)
    style = styles.get(has.get("s", "0"))
    if style is not None and value is not None:
        found.note(place, shown=style)
    if has.get("t") == "e":
        found.note(place, value[1][:16].decode("utf-8", "replace") if value and value[1] else "#N/A")
    elif _FORMULA.search(inside) and (value is None or (not value[1] and has.get("t") != "str")):
        found.note(place, NO_VALUE)


def _place(address: str, row: int, column: int) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return row, column + 1
    number = 0
    for letter in match[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(match[2]) - 1, number - 1


def _attributes(xml: bytes) -> dict[str, str]:
    found = {}
    for name, double, single in _ATTRIBUTE.findall(xml):
        found[name.decode("ascii", "replace")] = (double or single).decode("utf-8", "replace")
    return found
