"""Laying out the back: the services list and the labelled numbers."""

from __future__ import annotations

from dataclasses import dataclass

from gridclient.cards import breaking
from gridclient.cards.card import MOST_ITEMS, Card, Trouble
from gridclient.cards.fonts import Weight
from gridclient.cards.pen import POINTS, rounded_box
from gridclient.cards.sketch import Sketch, millimetres
from gridclient.cards.slots import draw_words
from gridclient.cards.template import Contact, ContactRow, Contacts, Items, Shape
from gridclient.cards.wording import phone_groups, printed_name

_PROBE = 200  # characters looked at to see whether there is a number at all
_ADVISED = 9  # characters of an item; more asks for a shorter wording


def draw_items(sketch: Sketch, items: Items, card: Card) -> None:
    """The list in as many columns as let every item stand whole, row by row in the office's order."""
    texts = [text for item in card.items if (text := sketch.check("items", item))]
    if len(texts) > MOST_ITEMS:
        sketch.flaw(Trouble.TOO_MANY, "items", str(len(texts)))
        return
    if not texts:
        return
    for text in texts:
        if len(text) > _ADVISED:
            sketch.flaw(Trouble.LONG_ITEM, "items", text)
    lines = [sketch.line(text, items.style.weight) for text in texts]
    widest = max(lines, key=lambda line: line.em)
    for columns, size in items.steps:
        pitch = (items.width + items.gutter) / columns
        if millimetres(widest, size) <= pitch - items.gutter - items.indent:
            break
    else:
        sketch.too_long("items", widest.text)
        return
    draw_words(sketch, items.heading)
    rows = -(-len(lines) // columns)
    lead = items.leads.get(rows, items.leads[0])
    for i, line in enumerate(lines):
        x, y = items.x + i % columns * pitch, items.y + i // columns * lead
        square = f"{x:.3f} {y - items.bullet * 1.5:.3f} {items.bullet} {items.bullet} re"
        sketch.pen.shape(Shape(square, items.bullet_colour))
        sketch.write(line, x + items.indent, y, items.style, size)


@dataclass(frozen=True, slots=True)
class Placed:
    """A contact and the room it has on this card."""

    row: ContactRow
    contact: Contact
    x: float
    y: float
    width: float


def place_contacts(block: Contacts, card: Card) -> list[Placed]:
    """Where labelled numbers stand; what has no number is left out and the rest closes up."""
    ys = iter(block.ys)
    placed: list[Placed] = []
    for row in block.rows:
        present = [contact for contact in row.contacts if phone_groups(getattr(card, contact.phone)[:_PROBE])]
        if present:
            y, width = next(ys), block.width if len(present) > 1 else block.whole
            xs = zip(present, block.xs, strict=False)
            placed += [Placed(row, contact, x, y, width) for contact, x in xs]
    return placed


def draw_tag(sketch: Sketch, block: Contacts, placed: Placed) -> None:
    """The label of a contact."""
    style = block.tag_style
    x, y, height = placed.x, placed.y, block.tag_height
    middle = y - 0.38 * style.size / POINTS  # Chinese characters centre 0.38 em above their baseline
    box = rounded_box(x, middle - height / 2, _tag_width(sketch, block, placed), height, block.tag_radius)
    sketch.pen.shape(Shape(box, block.tag_ground))
    sketch.write(sketch.line(placed.contact.tag, style.weight), x + block.tag_padding, y, style)


def _tag_width(sketch: Sketch, block: Contacts, placed: Placed) -> float:
    line = sketch.line(placed.contact.tag, block.tag_style.weight)
    return millimetres(line, block.tag_style.size) + 2 * block.tag_padding


def draw_contact(sketch: Sketch, block: Contacts, placed: Placed, card: Card) -> None:
    """The number, the name beside it and the details under it."""
    contact, y = placed.contact, placed.y
    start = placed.x + _tag_width(sketch, block, placed) + block.gap
    phone = sketch.line(sketch.read(card, contact.phone, phone_groups), block.phone_style.weight)
    text = sketch.read(card, contact.beside, printed_name) if contact.beside else ""
    name = sketch.line(text, block.name_style.weight)
    for name_size, phone_size in placed.row.steps:
        after = millimetres(name, name_size) + block.gap if name.runs else 0
        if start + after + millimetres(phone, phone_size) <= placed.x + placed.width:
            sketch.write(name, start, y, block.name_style, name_size)
            sketch.write(phone, start + after, y, block.phone_style, phone_size)
            break
    else:
        sketch.too_long(contact.beside or contact.phone, f"{text} {phone.text}".strip())
    if contact.under:
        _draw_details(sketch, block, placed, card)


def _draw_details(sketch: Sketch, block: Contacts, placed: Placed, card: Card) -> None:
    contact, x, y, width = placed.contact, placed.x, placed.y, placed.width
    text = sketch.read(card, contact.under)
    if not text:
        return
    weight = block.name_style.weight
    for size in block.detail_sizes:
        if rows := _detail_lines(sketch, text, weight, width * POINTS / size, address=contact.address):
            for line, lead in zip(rows, block.detail_leads, strict=False):
                y += lead
                sketch.write(sketch.line(line, weight), x, y, block.name_style, size)
            return
    sketch.too_long(contact.under, text)


def _detail_lines(
    sketch: Sketch, text: str, weight: Weight, room: float, *, address: bool
) -> tuple[str, ...] | None:
    measure = sketch.measure(weight)
    if measure(text) <= room:
        return (text,)
    bracket = text.find("（") if address else -1
    if bracket > 0:
        halves = (text[:bracket], text[bracket:])
        if max(map(measure, halves)) <= room:
            return halves
    return breaking.lines(text, (room,), measure, most=2)
