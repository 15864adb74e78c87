"""Panels with letters on the screen, and what is needed to press them as a hand on a pad would."""

from collections.abc import Callable, Mapping

from game.client.hud import Hud
from game.core.world import World

Arrange = Callable[[World, Hud], None]


def _lettered(arrange: Arrange, *then: str) -> Arrange:
    def with_letters(world: World, hud: Hud) -> None:
        arrange(world, hud)
        for action in ("letters", *then):
            hud.update(world, [], 0.02)
            hud.press(action)

    return with_letters


def lettered(states: Mapping[str, Arrange]) -> dict[str, Arrange]:
    """Some of the states in which a line is chosen, with letters below it."""
    last_line = _then(states["address"], *["go_up"] * 2)
    return {
        "letters": _lettered(states["search"]),
        "letters_marks": _lettered(states["visit_fetching"], "tab_right", "tab_left", "tab_left"),
        "letters_accents": _lettered(states["reason"], "tab_right", "tab_right", "tab_left"),
        "letters_words": _lettered(states["search"], "type:y", "type:i", "key:more"),
        "letters_last_line": _lettered(last_line),
        "letters_tray": _lettered(states["tray_words"]),
        "letters_diy": _lettered(states["diy_words"]),
    }


def _then(arrange: Arrange, *actions: str) -> Arrange:
    def arranged(world: World, hud: Hud) -> None:
        arrange(world, hud)
        hud.letters.end(hud.view)
        for action in actions:
            hud.update(world, [], 0.02)
            hud.press(action)

    return arranged
