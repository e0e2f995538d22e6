"""Laying out single lines: constant words, fields, pairs on one line, the number to ring."""

from __future__ import annotations

from gridclient.cards.card import Card, Trouble
from gridclient.cards.pen import POINTS
from gridclient.cards.sketch import Sketch, millimetres
from gridclient.cards.template import Constant, Field, Pair, Phone, Shape, Words
from gridclient.cards.wording import phone_groups


def draw_constants(sketch: Sketch, elements: tuple[Constant, ...]) -> None:
    """Shapes and words, in painting order."""
    for element in elements:
        match element:
            case Shape():
                sketch.pen.shape(element)
            case Words():
                draw_words(sketch, element)


def draw_words(sketch: Sketch, words: Words) -> None:
    """Constant words."""
    at, style = words.at, words.style
    if len(words.parts) > 1:
        sketch.row(list(words.parts), at.x, at.y, style, style.size, words.joint, at.align)
    else:
        sketch.write(sketch.line(words.parts[0], style.weight), at.x, at.y, style, align=at.align)


def draw_field(sketch: Sketch, field: Field, card: Card, *, first: str = "") -> bool:
    """A field line, after `first` when something moved down into it. False when there is nothing to say."""
    texts = [first] if first else []
    texts += [text for piece in field.pieces if (text := sketch.piece(card, piece))]
    if not texts:
        return False
    for size in field.sizes:
        if sketch.row_width(texts, field.style, size, field.joint) <= field.slot:
            sketch.row(texts, field.at.x, field.at.y, field.style, size, field.joint, field.at.align)
            return True
    sketch.too_long(
        max(field.pieces, key=lambda piece: len(getattr(card, piece.field))).field, " ".join(texts)
    )
    return True


def draw_pair(sketch: Sketch, pair: Pair, card: Card) -> None:
    """Two fields on one line, shrunk together until they keep their distance."""
    left = sketch.line(sketch.piece(card, pair.left), pair.left_style.weight)
    right = sketch.line(sketch.piece(card, pair.right), pair.right_style.weight)
    gap = pair.gap if left.runs and right.runs else 0
    for left_size, tracking, right_size in pair.steps:
        taken = millimetres(left, left_size, tracking) + gap + millimetres(right, right_size)
        if taken <= pair.x1 - pair.x0:
            sketch.pen.text(left, pair.x0, pair.y, left_size, pair.left_style.colour, tracking=tracking)
            sketch.write(right, pair.x1, pair.y, pair.right_style, right_size, "R")
            return
    longer = max((left, right), key=lambda line: line.em)
    sketch.too_long((pair.left if longer is left else pair.right).field, longer.text)


def draw_phone(sketch: Sketch, phone: Phone, card: Card) -> None:
    """The number to ring: a card without one is not printed."""
    text = sketch.read(card, phone.field, phone_groups)
    if not text:
        sketch.missing(phone.field)
        return
    line = sketch.line(text, phone.style.weight)
    size = min(phone.style.size, int(phone.slot * POINTS / line.em * 10) / 10)
    if size < phone.floor:
        sketch.too_long(phone.field, text)
        return
    if size < phone.warn:
        sketch.flaw(Trouble.SMALL_PHONE, phone.field, f"{size:g}")
    sketch.write(line, phone.at.x, phone.at.y, phone.style, size, phone.at.align)
