"""The stylesheet keeps what it promises: contrast in light and dark, both reading directions."""

import re

import pytest

from portal.paths import PACKAGE

CSS = (PACKAGE / "static" / "portal.css").read_text("utf-8")
SURFACES = ("page", "surface", "sunken")
TINTS = ("accent-tint", "good-tint", "warn-tint", "bad-tint")
WORDS = [
    *((ink, ground) for ink in ("text", "muted", "accent") for ground in (*SURFACES, *TINTS)),
    *((ink, ground) for ink in ("good", "warn", "bad", "unknown") for ground in SURFACES),
    *((tone, f"{tone}-tint") for tone in ("good", "warn", "bad")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-mast", "mast"),
    ("on-very-high", "very-high"),
    ("surface", "bad"),
]
EDGES = [(ink, ground) for ink in ("edge", "focus") for ground in SURFACES]


def _colours() -> dict[str, dict[str, str]]:
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)[:2]
    )
    return {"light": light, "dark": {**light, **dark}}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_every_ground(scheme: str) -> None:
    colours = _colours()[scheme]
    pairs = {(ink, ground): _contrast(colours[ink], colours[ground]) for ink, ground in WORDS}
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_focus_can_be_seen(scheme: str) -> None:
    colours = _colours()[scheme]
    pairs = {(ink, ground): _contrast(colours[ink], colours[ground]) for ink, ground in EDGES}
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 3} == {}


def test_only_logical_properties() -> None:
    rules = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    assert re.findall(r"[^\s;{]*\b(?:left|right)\b[^;]*;", rules) == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert re.findall(r"@import|url\(|https?:", CSS.replace('a[href^="http"]', "")) == []
