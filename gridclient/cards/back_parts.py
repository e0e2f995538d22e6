"""Laying out the back: the services list and the labelled numbers."""

from __future__ import annotations

from gridclient.cards import breaking
from gridclient.cards.card import MOST_ITEMS, Card, Trouble
from gridclient.cards.fonts import Weight
from gridclient.cards.pen import POINTS, rounded_box
from gridclient.cards.sketch import Sketch, millimetres
from gridclient.cards.slots import draw_words
from gridclient.cards.template import Contact, ContactRow, Contacts, Items, Shape
from gridclient.cards.wording import phone_groups, printed_name

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


def draw_contacts(sketch: Sketch, block: Contacts, card: Card) -> None:
    """Rows of labelled numbers; what has no number is left out and the rest closes up."""
    ys = iter(block.ys)
    for row in block.rows:
        present = [contact for contact in row.contacts if _has_phone(sketch, contact, card)]
        if not present:
            continue
        y = next(ys)
        width = block.width if len(present) > 1 else block.whole
        for contact, x in zip(present, block.xs, strict=False):
            _draw_contact(sketch, block, row, contact, card, (x, y, width))


def _has_phone(sketch: Sketch, contact: Contact, card: Card) -> bool:
    if getattr(card, contact.phone).strip():
        return True
    sketch.flaw(Trouble.NO_NUMBER, contact.phone)
    return False


def _draw_contact(
    sketch: Sketch,
    block: Contacts,
    row: ContactRow,
    contact: Contact,
    card: Card,
    place: tuple[float, float, float],
) -> None:
    x, y, width = place
    start = x + _draw_tag(sketch, block, contact.tag, x, y) + block.gap
    phone = sketch.line(sketch.read(card, contact.phone, phone_groups), block.phone_style.weight)
    text = sketch.read(card, contact.beside, printed_name) if contact.beside else ""
    name = sketch.line(text, block.name_style.weight)
    for name_size, phone_size in row.steps:
        after = millimetres(name, name_size) + block.gap if name.runs else 0
        if start + after + millimetres(phone, phone_size) <= x + width:
            sketch.write(name, start, y, block.name_style, name_size)
            sketch.write(phone, start + after, y, block.phone_style, phone_size)
            break
    else:
        sketch.too_long(contact.beside or contact.phone, f"{text} {phone.text}".strip())
    if contact.under:
        _draw_details(sketch, block, contact, card, place)


def _draw_tag(sketch: Sketch, block: Contacts, tag: str, x: float, y: float) -> float:
    style = block.tag_style
    line = sketch.line(tag, style.weight)
    width = millimetres(line, style.size) + 2 * block.tag_padding
    middle = y - 0.38 * style.size / POINTS  # Chinese characters centre 0.38 em above their baseline
    top = middle - block.tag_height / 2
    sketch.pen.shape(Shape(rounded_box(x, top, width, block.tag_height, block.tag_radius), block.tag_ground))
    sketch.write(line, x + block.tag_padding, y, style)
    return width


def _draw_details(
    sketch: Sketch, block: Contacts, contact: Contact, card: Card, place: tuple[float, float, float]
) -> None:
    x, y, width = place
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
