"""Guides as their list and their pages show them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.core.domain import codes
from gridclient.core.domain.pinyin import Readings
from gridclient.core.domain.projects import Guide
from gridclient.desktop.guides import words
from gridclient.desktop.office import Line, Listing, Part, Reading
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Row, rows, worker_names
from gridclient.ledger.search.typed import normal

ORDER = tuple(codes.MATTER_CATEGORY.labels)


class Found(NamedTuple):
    """A guide, who wrote it, what it contains and how its name sounds, as typed words are compared."""

    row: Row
    writer: str
    said: str
    sounds: str

    @property
    def category(self) -> str:
        return self.row.text(Guide.category.key)


def all_guides(connection: Connection, readings: Readings) -> list[Found]:
    """Every guide in use, in the order of categories."""
    names = worker_names(connection)
    made = []
    for each in rows(connection, "guide", "retired IS NULL OR retired = ''", (), "ORDER BY pk"):
        category = codes.MATTER_CATEGORY.label(each.text(Guide.category.key))
        title = each.text(Guide.title.key)
        texts = (Guide.title, Guide.body, Guide.papers, Guide.office, Guide.phone)
        said = normal(" ".join([*(each.text(field.key) for field in texts), category]))
        sounds = f"{readings.search_text(title)} {readings.search_text(category)}"
        made.append(Found(each, names.get(each.author, ""), said, sounds))
    return sorted(made, key=lambda found: _rank(found.category))


def told(found: Sequence[Found], typed: str) -> list[Found]:
    """Those in which every typed word is said, or whose name sounds like it."""
    asked = normal(typed).split()
    return [one for one in found if all(word in one.said or word in one.sounds for word in asked)]


def nearest(found: Sequence[Found], category: str) -> list[Found]:
    """Those of a category before the others."""
    return sorted(found, key=lambda one: not category or one.category != category)


def guides_listing(found: Sequence[Found], typed: str, now: int, *, may_write: bool) -> Listing:
    """The list and the pages behind it."""
    return Listing(
        tuple(_line(one) for one in found),
        {one.row.id: _reading(one, now) for one in found},
        words.summary(len(found)),
        words.none_found(typed.strip()) if typed.strip() else words.EMPTY,
        may_write,
    )


def _line(found: Found) -> Line:
    row = found.row
    second = row.text(Guide.papers.key) or row.text(Guide.body.key).replace("\n", " ")
    category = codes.MATTER_CATEGORY.label(found.category)
    return Line(row.id, row.text(Guide.title.key), second, right=category)


def _reading(found: Found, now: int) -> Reading:
    row = found.row
    shown = (
        (words.HOW, row.text(Guide.body.key)),
        (words.PAPERS, row.text(Guide.papers.key)),
        (words.OFFICE, row.text(Guide.office.key)),
        (words.PHONE, row.text(Guide.phone.key)),
    )
    category = codes.MATTER_CATEGORY.label(found.category)
    return Reading(
        row.id,
        row.text(Guide.title.key),
        ((category, Tone.NEUTRAL, ""),) if category else (),
        tuple(Part(heading, said) for heading, said in shown if said),
        "　".join(part for part in (moments.day(row.at, now), found.writer) if part),
    )


def _rank(category: str) -> int:
    return ORDER.index(category) if category in ORDER else len(ORDER)
