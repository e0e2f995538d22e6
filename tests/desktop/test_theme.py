"""The tokens keep their promises: contrast, names, sizes."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import FACTORS, Look, Role, Scheme, Tone
from gridclient.desktop.theme.tokens import COLOURS, Colours
from gridclient.resources_path import resource

GROUNDS = ("paper", "nav", "surface", "sunk", "hover", "sel")
LEAST = {
    Scheme.LIGHT: {
        "text": 13.4,
        "text2": 6.3,
        "text3": 4.7,
        "acc": 5.7,
        "ok": 5.4,
        "warn": 5.5,
        "bad": 5.5,
        "two": 6.0,
    },
    Scheme.DARK: {
        "text": 11.5,
        "text2": 7.4,
        "text3": 5.2,
        "acc": 6.5,
        "ok": 7.0,
        "warn": 7.6,
        "bad": 6.4,
        "two": 6.8,
    },
}
ON_OWN_TINT = {Scheme.LIGHT: 5.5, Scheme.DARK: 6.5}


def _luminance(colour: str) -> float:
    ink = QColor(colour)
    parts = (ink.redF(), ink.greenF(), ink.blueF())
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
def test_every_ink_is_readable_on_every_ground(scheme: Scheme) -> None:
    colours = COLOURS[scheme]
    for ink, least in LEAST[scheme].items():
        for ground in GROUNDS:
            found = contrast(getattr(colours, ink), getattr(colours, ground))
            assert found >= least - 0.05, f"{ink} on {ground}: {found:.2f}"


@pytest.mark.parametrize("scheme", Scheme)
def test_each_tone_is_readable_on_its_own_tint(scheme: Scheme) -> None:
    colours = COLOURS[scheme]
    for tone in Tone:
        assert (
            contrast(getattr(colours, tone.ink), getattr(colours, tone.ground)) >= ON_OWN_TINT[scheme] - 0.05
        )
    assert contrast(colours.onacc, colours.acc) >= 6.9 - 0.05
    assert contrast(colours.ctl, colours.surface) >= 3.0


@pytest.mark.parametrize("scheme", Scheme)
def test_every_token_is_a_colour(scheme: Scheme) -> None:
    for name in Colours.__slots__:
        assert QColor(getattr(COLOURS[scheme], name)).isValid(), name


def test_base_size_is_twelve_points_or_more(look: Look, qapp: QApplication) -> None:
    assert qapp.font().pointSizeF() >= 12
    assert min(role.value for role in Role) == 13


@pytest.mark.parametrize("factor", FACTORS)
def test_digits_have_one_advance(look: Look, factor: float) -> None:
    look.choose(factor=factor)
    for bold in (False, True):
        widths = {look.theme.advance(digit, Role.BODY, bold=bold) for digit in "0123456789"}
        assert len(widths) == 1


def test_choosing_changes_everything_at_once(look: Look, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.choose(scheme=Scheme.DARK, factor=1.5)
    assert look.theme.px(40) == 60
    assert qapp.font().pointSizeF() == pytest.approx(18)
    assert qapp.palette().window().color().name() == COLOURS[Scheme.DARK].paper.lower()
    look.choose(scheme=Scheme.LIGHT, factor=1.0)


def test_icons_take_the_colour_and_are_kept(look: Look) -> None:
    red = look.icons.pixmap("home", 18, "#ff0000", 1.0)
    assert look.icons.pixmap("home", 18, "#ff0000", 1.0) is red
    image = red.toImage()
    painted = {
        image.pixelColor(x, y).name()
        for x in range(18)
        for y in range(18)
        if image.pixelColor(x, y).alpha() > 200
    }
    assert painted == {"#ff0000"}


def test_icons_ship_with_their_licence() -> None:
    folder = resource("icons")
    assert "MIT License" in (folder / "LICENSE").read_text(encoding="utf-8")
    assert len(list(folder.glob("*.svg"))) > 60


def test_a_colour_given_out_is_a_copy(look: Look) -> None:
    look.theme.colour("text").setAlphaF(0.1)
    assert look.theme.colour("text").alphaF() == 1.0


def test_this_qt_does_not_lose_references_to_none() -> None:
    # PySide6 6.12.0 on CPython 3.11 drops one in every call that returns nothing, and aborts in the end.
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


def test_labels_of_qt_still_get_the_font(look: Look, qtbot: QtBot) -> None:
    label = QLabel("门")
    qtbot.addWidget(label)
    label.show()
    look.choose(factor=1.25)
    assert label.font().pointSizeF() == pytest.approx(15)
    look.choose(factor=1.0)
