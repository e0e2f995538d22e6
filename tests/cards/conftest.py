"""The bundled fonts, read once for all card tests."""

import pytest

from gridclient.cards.fonts import Fonts


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Reading 21 MB of fonts takes longer than most tests; they are never changed."""
    return Fonts.load()
