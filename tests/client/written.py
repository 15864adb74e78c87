"""What must hold of everything that a panel writes."""

import itertools

from game.client.hud_paper import Box, Paper


def touch(a: Box, b: Box, slack: float) -> bool:
    """Whether two boxes cover each other by more than `slack` both ways."""
    across = min(a.x + a.wide, b.x + b.wide) - max(a.x, b.x)
    return across > slack and min(a.y + a.high, b.y + b.high) - max(a.y, b.y) > slack


def assert_legible(name: str, box: Box, paper: Paper) -> None:
    """The panel is on a screen of 1280 x 720, its words are on their card, and none covers another."""
    assert box.within(Box(0, 0, 1280, 720)), f"{name} leaves the screen: {box}"
    card = Box(0, 0, paper.wide, paper.high)
    texts = [one for one in paper.written if one.text.strip()]
    for written in texts:
        assert written.box.within(card), f"{name}: {written} leaves its card {card}"
    for a, b in itertools.combinations(texts, 2):
        assert not touch(a.box, b.box, 2.5), f"{name}: {a} and {b} overlap"
