"""How plots, trees and those who care for them are called, and a tree's life line in words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.client.hud_panel import View
from game.core.ids import Address
from game.core.orchard_fruit import variety_of
from game.core.orchard_rules import PlotOffer
from game.core.tree_life import WATERINGS, LifeRow, life_rows, sum_of

if TYPE_CHECKING:
    from game.client.life_card import Card

COUNTED = ("watered", "visited", "picked", "given_back")


def day(at_secs: int) -> str:
    """A date as it is written everywhere."""
    return time.strftime("%Y-%m-%d", time.gmtime(at_secs))


def words_of(view: View, plot: int) -> PlotOffer | None:
    """What a grower says of a plot: only words whose hash the chain has. None where they are not known here."""
    known, rules = view.world.orchard.plots.get(plot), view.world.orchard_rules
    return rules.words.get(known.manifest_sha256) if known is not None and rules is not None else None


def plot_name(view: View, plot: int) -> str:
    """A plot's name, or its number."""
    words = words_of(view, plot)
    return view.texts.of(words.name) if words is not None else view.t("plot_n", n=plot)


def tree_name(view: View, tree: int) -> str:
    """Which tree of which plot."""
    return view.t("tree_n_of", n=(tree & 0xFFFF) + 1, plot=plot_name(view, tree >> 16))


def variety_name(view: View, tree: int) -> str:
    """The name of a tree's variety."""
    variety = variety_of(view.world, tree)
    return view.texts.of(variety.name) if variety is not None else view.t("some_good")


def grower_name(view: View, plot: int) -> str:
    """Who offers a plot."""
    known, words = view.world.orchard.plots.get(plot), words_of(view, plot)
    if known is not None and known.grower == view.world.purse.account:
        return view.t("person_you")
    return view.texts.person(words.grower if words is not None else known.grower if known is not None else "")


def person_name(view: View, account: Address, *, shared: bool = False) -> str:
    """Who an account is: the player, a grower whose plots are known, or somebody by the first of it.

    What is `shared` the player says to others: "I".
    """
    known = view.world.orchard.plots
    if account == view.world.purse.account:
        return view.t("person_me" if shared else "person_you")
    for number, plot in known.items():
        if plot.grower == account and words_of(view, number) is not None:
            return grower_name(view, number)
    return view.texts.person(account)


def graft_words(view: View, tree: int) -> str:
    """What came of a graft, or that it is not known yet; "" where there was none."""
    known = view.world.orchard
    fact, plot = known.tree(tree), known.plots.get(tree >> 16)
    if fact is None or plot is None or not fact.grafted:
        return ""
    words = "graft_open" if fact.graft_open else "graft_failed" if fact.variety == plot.variety else "graft_taken"
    return view.t(words, variety=variety_name(view, tree))


def rows_of(view: View, tree: int) -> tuple[LifeRow, ...] | None:
    """The rows of a tree's life; None before the chain told it."""
    known = view.world.orchard
    events = known.lives.get(tree)
    return None if events is None else life_rows(events, known.plots.get(tree >> 16))


def row_day(row: LifeRow) -> str:
    """When it was: a day, or from one to another."""
    first, last = day(row.first_secs), day(row.last_secs)
    return first if first == last else f"{first} – {last[5:] if first[:4] == last[:4] else last}"


def row_words(view: View, tree: int, row: LifeRow, *, shared: bool = False) -> str:
    """Who did what, as a sentence begins."""
    words = _did(view, tree, row, person_name(view, row.by, shared=shared))
    return words[:1].upper() + words[1:]


def _did(view: View, tree: int, row: LifeRow, who: str) -> str:
    fact = view.world.orchard.tree(tree)
    if row.what in COUNTED:
        return view.texts.count(f"life_{row.what}", row.count, who=who)
    if row.what == "grafted" and row.count:
        return view.t("life_grafted_taken", who=who, variety=variety_name(view, tree))
    if row.what == "grafted" and fact is not None and fact.grafted and not fact.graft_open:
        return view.t("life_grafted_failed", who=who)
    if row.what == "adopted" and fact is not None and fact.by_play:
        return view.t("life_adopted_by_play", who=who)
    return view.t(f"life_{row.what}", who=who)


def life_figures(view: View, rows: Sequence[LifeRow], photos: int) -> list[tuple[str, str]]:
    """What came of a tree in figures, each with what it counts."""
    figures = (sum_of(rows, *WATERINGS), "life_sum_watered"), (sum_of(rows, "picked"), "life_sum_picked"), (
        photos, "life_sum_photos"
    )  # fmt: skip
    return [(str(value), view.t(words)) for value, words in figures]


def life_card(view: View, tree: int, rows: Sequence[LifeRow], photos: int) -> Card:
    """A tree's life as it is written on a card."""
    from game.client.life_card import Card, left_out  # Pillow comes when it is needed

    variety = variety_of(view.world, tree)
    return Card(
        heading=variety_name(view, tree), under=tree_name(view, tree), figures=life_figures(view, rows, photos),
        rows=[(row_day(row), row_words(view, tree, row, shared=True)) for row in rows],
        more=view.texts.count("and_more", left_out(len(rows))), foot=view.t("life_from"),
        fruit=variety.ripe if variety is not None else "#f6a531", seed=tree,
    )  # fmt: skip


def life_text(view: View, tree: int, rows: Sequence[LifeRow], photos: int) -> str:
    """A tree's life as lines of plain text, to be pasted anywhere."""
    lines = [f"{variety_name(view, tree)} · {tree_name(view, tree)}"]
    lines += [f"{row_day(row)}  {row_words(view, tree, row, shared=True)}" for row in rows]
    if photos:
        lines.append(view.texts.count("life_photos", photos))
    return "\n".join((*lines, view.t("life_from")))
