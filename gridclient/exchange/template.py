"""An official form as a workbook with places to fill: {{社区}} once, a row with {{居民.姓名}} once a record.

A dot tells a record's name from one of the whole form. The row that holds one is repeated for every record;
in it {{户.…}} stands once for a household, in cells merged over its people. A sheet called 填写说明 is for
whoever makes the form and is left out of what is filled in.
"""

import difflib
import re
import unicodedata
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.exchange import archive, paper_words

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

GUIDE = "填写说明"
HOUSE = "户"
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = str.maketrans("｛｝", "{}")
_EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PARTS = ("left", "center", "right")
_MOST_NAMED = 12


class Repeat(NamedTuple):
    """A row to be repeated: for records of one sort (`户`: of households), with the names its cells hold."""

    sheet: str
    row: int
    sort: str
    names: tuple[str, ...]


class Template:
    """A form read. `words`: names said once; `repeats`: rows said once a record, from the top."""

    def __init__(self, book: "Workbook", words: Mapping[str, str], repeats: tuple[Repeat, ...]) -> None:
        self.book = book
        self.words = dict(words)
        self.repeats = repeats

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of a record anywhere in the form."""
        return tuple(dict.fromkeys(name for repeat in self.repeats for name in repeat.names))


def read_template(data: bytes) -> Template:
    """Read a form.

    Raises:
        KnownError: it is no workbook, or has nothing to fill, or rows that cannot be repeated.
    """
    book = _open(data)
    if GUIDE in book.sheetnames and len(book.sheetnames) > 1:
        del book[GUIDE]
    once: dict[str, str] = {}
    by_row: dict[tuple[str, int], list[str]] = {}
    broken = []
    for sheet in book.worksheets:
        for where, row, said in _texts(sheet):
            found = names_in(said)
            for name in found:
                if "." in name and row:
                    by_row.setdefault((sheet.title, row), []).append(name)
                else:
                    once.setdefault(name, f"{sheet.title}!{where}")
            if plain(said).count("{{") != len(found):
                broken.append(f"{sheet.title}!{where}")
    if broken:
        raise paper_words.template_error("template_braces", "、".join(broken[:_MOST_NAMED]))
    if not once and not by_row:
        raise paper_words.template_error("template_empty")
    repeats = tuple(_repeat(book, sheet, row, names) for (sheet, row), names in sorted(by_row.items()))
    return Template(book, once, repeats)


def judge(template: Template, words: Collection[str], sorts: Mapping[str, Collection[str]]) -> None:
    """Whether all names of a form are known: `words` of a whole form, those of records by their sort.

    Raises:
        KnownError: it names what is not known, with the cells, before anything is filled in.
    """
    unknown = [_unknown(where, name, words) for name, where in template.words.items() if name not in words]
    for repeat in template.repeats:
        known = sorts.get(repeat.sort, ())
        every = [name for names in sorts.values() for name in names]
        for name in repeat.names:
            if name not in known:
                unknown.append(_unknown(f"{repeat.sheet} 第 {repeat.row} 行", name, known or every))
    if unknown:
        more = f"……共 {len(unknown)} 处" if len(unknown) > _MOST_NAMED else ""
        raise paper_words.template_error("template_unknown", "；".join(unknown[:_MOST_NAMED]) + more)


def plain(said: str) -> str:
    """Text with the braces of the other width made those of this."""
    return said.translate(_BRACES)


def names_in(said: str) -> list[str]:
    """The names between double braces."""
    return [_name(found) for found in _PLACE.findall(plain(said))]


def filled(said: str, value: Callable[[str], str]) -> str:
    """Text with what stands between double braces said."""
    return _PLACE.sub(lambda found: value(_name(found[1])), plain(said))


def edges(sheet: Any) -> Iterator[tuple[str, Any]]:
    """The parts of the head and foot of printed pages that say something."""
    for edge in _EDGES:
        for part in _PARTS:
            item = getattr(getattr(sheet, edge), part)
            if item.text:
                yield f"{edge}.{part}", item


def _name(written: str) -> str:
    return unicodedata.normalize("NFKC", written).replace(" ", "").replace("。", ".")


def _open(data: bytes) -> "Workbook":
    import openpyxl

    try:
        names = archive.judge(data) if data.startswith(b"PK\x03\x04") else []
    except KnownError as error:
        raise paper_words.template_error("template_broken") from error
    if "xl/workbook.xml" not in names:
        raise paper_words.template_error("template_kind")
    try:
        with warnings.catch_warnings():
            # It warns of every extension it does not keep.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), keep_links=False)
    except Exception as error:  # a broken workbook raises whatever its XML leads to
        raise paper_words.template_error("template_broken") from error


def _texts(sheet: Any) -> Iterator[tuple[str, int, str]]:
    """(where, row or 0, text) of everything in a sheet that may hold a name."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "{{" in plain(cell.value):
                yield cell.coordinate, cell.row, cell.value
    for where, item in edges(sheet):
        if "{{" in plain(item.text):
            yield where, 0, item.text


def _repeat(book: "Workbook", sheet: str, row: int, names: list[str]) -> Repeat:
    sorts = list(dict.fromkeys(name.partition(".")[0] for name in names))
    others = [sort for sort in sorts if sort != HOUSE]
    if len(others) > 1:
        raise paper_words.template_error("template_mixed", f"{sheet} 第 {row} 行：{'、'.join(others)}")
    for merged in book[sheet].merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_row != merged.max_row:
            raise paper_words.template_error("template_merged", f"{sheet} {merged.coord}")
    return Repeat(sheet, row, others[0] if others else HOUSE, tuple(dict.fromkeys(names)))


def _unknown(where: str, name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"{where} {{{{{name}}}}}" + (f"（是不是 {near[0]}）" if near else "")
