import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.api import WebSettings
from assistant.ui.brand import MAX_LOGO_BYTES, make_brand
from assistant.ui.colors import (
    DARK,
    LIGHT,
    contrast,
    make_readable,
    mix,
    parse_color,
    text_on,
    write_color,
)
from index.errors import SettingsError

colors = st.tuples(*[st.integers(0, 255)] * 3).map(write_color)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [((255, 255, 255), (0, 0, 0), 21), ((119, 119, 119), (255, 255, 255), 4.48)],
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
@given(color=colors)
def test_any_color_becomes_readable(color, ground):
    made = parse_color(make_readable(color, ground))
    assert contrast(made, ground.page) >= 4.5
    assert contrast(made, mix(made, ground.surface, ground.tint)) >= 4.5
    assert contrast(parse_color(text_on(write_color(made))), made) >= 4.5


def test_a_readable_color_stays_as_it_is():
    assert make_readable("#1f5f5b", LIGHT) == "#1f5f5b"
    assert make_readable("#8fd3c8", DARK) == "#8fd3c8"


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("logo.gif", 10, "one of these kinds: svg, png"),
        ("logo.png", None, "one of these kinds: svg, png"),
        ("logo.svg", MAX_LOGO_BYTES + 1, "300,001 bytes, 300,000 are allowed"),
    ],
    ids=["kind", "missing", "size"],
)
def test_a_logo_that_cannot_be_shown_is_refused(tmp_path, name, size, reason):
    logo = tmp_path / name
    if size is not None:
        logo.write_bytes(b"x" * size)
    with pytest.raises(SettingsError, match=reason):
        make_brand(WebSettings(logo_file=logo))
