"""`main.py grower`: the desk as a table in the terminal, as files to print, or as a page in the browser."""

import json
import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from game.client.texts import Texts, load_texts
from game.content.letter_box import LetterBox, inbox
from game.content.letters import public_of
from game.content.orchard import read_orchard
from game.core.errors import GameError
from game.core.goods import Text
from game.core.grower_ports import Orchards
from game.grower.carriers import CarrierReport, ship_all
from game.grower.desk import Desk, DeskView
from game.grower.keys import PRIVATE_MODE, grower_key
from game.grower.mail import Mail
from game.grower.offering import keep_manifest, read_offer
from game.grower.shown import shown
from game.grower.table import told_report, told_view

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "zh")
SENDER_LINES = 5


class Desks(Protocol):
    """Who opens orchards."""

    def open_desk(self, home: Path, *, node: str, rpc: str | None, keys: Path) -> Orchards:
        """The orchards of the wallet in the home `keys`, on the node of `home` or the one at `rpc`."""
        ...

    def dev_grower_home(self, home: Path, name: str) -> Path:
        """The home of one of the dev chain's own growers."""
        ...


def run(args: Namespace, home: Path, desks: Desks) -> int:
    """Open a grower's orchards and do what was asked; the exit code. Raises GameError in plain words, OSError."""
    keys = desks.dev_grower_home(home, args.dev_grower) if args.dev_grower else home
    orchards = desks.open_desk(home, node=args.node, rpc=args.rpc, keys=keys)
    return at_desk(args, keys, orchards, letters=home)


def at_desk(args: Namespace, home: Path, orchards: Orchards, *, letters: Path | None = None) -> int:
    """Do what was asked with these orchards, and let go of them; the exit code.

    Buyers lay their letters into the inbox of the home `letters`, unless told otherwise.
    """
    texts = load_texts(args.language or language_of(os.environ))
    try:
        boxes = [LetterBox(folder) for folder in args.inbox] or [inbox(letters or home)]
        desk = Desk(home, orchards, Mail(home, grower_key(home), boxes))
        if args.page:
            return show_page(desk, home, args.port, texts)
        if args.offer:
            return offer_plot(orchards, home, args.offer, texts, sure=args.yes)
        if args.ship:
            return ship(desk, args.ship, texts, as_json=args.json)
        view = desk.view()
        if args.slips or args.labels:
            return write_papers(view, home, args.slips, args.labels, texts)
        if args.json:
            print(json.dumps(shown(view, texts, names()), ensure_ascii=False))
        else:
            print(told_view(view, texts, names()))
        return 0
    finally:
        orchards.close()


def names() -> Mapping[str, Text]:
    """What the varieties of the scenes are called."""
    rules, _ = read_orchard(ROOT)
    return {variety: each.name for variety, each in rules.varieties.items()} if rules is not None else {}


def language_of(environment: Mapping[str, str]) -> str:
    """The language that a terminal is set to, among those there are texts in."""
    told = next((text for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (text := environment.get(name))), "")
    return "zh" if told.startswith("zh") else "en"


def sender_of(home: Path) -> tuple[str, ...]:
    """The grower's own address as it is printed on labels: the lines of `<home>/grower/sender.txt`, if there is one."""
    try:
        text = (home / "grower" / "sender.txt").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise GameError(f"{home / 'grower' / 'sender.txt'} is no text in UTF-8; save it as UTF-8") from None
    return tuple(line for each in text.splitlines() if (line := " ".join(each.split())))[:SENDER_LINES]


def show_page(desk: Desk, home: Path, port: int, texts: Texts) -> int:
    """Serve the page until it is interrupted."""
    from game.grower.page import Page, address_of, open_page

    desk.view()  # what is wrong is told before anybody opens it
    page = Page(desk, {language: load_texts(language) for language in LANGUAGES}, names(), sender_of(home))
    with open_page(page, port) as server:
        print(texts.t("grower_page_open"))
        print(f"  {address_of(server, page)}", flush=True)
        server.serve_forever()
    return 0


def offer_plot(orchards: Orchards, home: Path, path: Path, texts: Texts, *, sure: bool) -> int:
    """Show what a plot's offer means; when sure, put it on the chain. 1 where it was only shown."""
    rules, _ = read_orchard(ROOT)
    if rules is None:
        raise GameError("scenes/orchard is not there, and with it no variety; restore it")
    try:
        offered = read_offer(path, rules, public_of(grower_key(home)))
    except FileNotFoundError:
        raise GameError(f"there is no file {path}") from None
    asked, say = offered.request, texts.t
    print(say("grower_offer", name=texts.of(rules.varieties[asked.variety].name), trees=asked.trees,
              most=asked.trees * asked.fruits_per_tree, waterings=asked.waterings))  # fmt: skip
    print(say("grower_offer_prices", fruit=texts.coins(asked.fruit_price_wei),
              tree=texts.coins(asked.adoption_price_wei)))  # fmt: skip
    print(say("grower_offer_bond", n=asked.play_trees, bond=texts.coins(offered.bond_wei)))
    if not sure:
        print(say("grower_offer_unsure"))
        return 1
    keep_manifest(home, offered)
    plot = orchards.open_plot(asked)
    print(say("grower_offer_done", plot=plot.plot))
    return 0


def ship(desk: Desk, path: Path, texts: Texts, *, as_json: bool) -> int:
    """Mark the boxes of a carrier's CSV; 1 where a line is wrong or the chain broke off."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise GameError(f"there is no file {path}") from None
    report: CarrierReport = ship_all(desk, content)
    if as_json:
        lines = [{"line": each.line, "code": each.code, "tracking": each.tracking, "verdict": each.verdict,
                  "detail": each.detail} for each in report.lines]  # fmt: skip
        print(json.dumps({"version": 1, "ok": report.ok, "lines": lines}, ensure_ascii=False))
    else:
        print(told_report(report, texts))
    return 0 if report.ok else 1


def write_papers(view: DeskView, home: Path, slips: Path | None, labels: Path | None, texts: Texts) -> int:
    """Write the slips of all boxes to pack or to ship, and the labels of those whose address is here, to files."""
    from functools import partial

    from game.grower.page import name_in
    from game.grower.papers import Printer

    printer = Printer(texts, partial(name_in, texts, names()), sender_of(home))
    orders = [order for order in view.orders if order.to_do in ("pack", "ship")]
    addressed = [order for order in orders if order.address is not None]
    for path, some, make in ((slips, orders, printer.slips), (labels, addressed, printer.labels)):
        if path is None:
            continue
        papers = make(some)
        path.touch(mode=PRIVATE_MODE)
        path.write_bytes(papers.pdf)
        print(texts.t("grower_written", file=path, n=len(some)))
        if papers.lacking:
            print(texts.t("grower_lacking", letters=papers.lacking))
    return 0
