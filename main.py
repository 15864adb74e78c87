"""Loquat's command line: parses arguments, composes the parts, nothing else."""

import sys
import time
from argparse import Namespace
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent


def compose(args: Namespace, home: Path, person: Any = None) -> Any:
    """The game, ready for its first frame; a bot's `person` may play it."""
    import_module("game.startup").hurry()
    from game.client.app import App, Options
    from game.client.late_market import LateMarket
    from game.content.keep import load_kept
    from game.content.load import world_of
    from game.core.replay import Recorder

    found = load_kept(ROOT, home / "cache")
    def open_market() -> Any:
        from chain.market import ChainMarket
        from game.content.publishing import market_catalogue

        return ChainMarket(home, market_catalogue(found, ROOT, home), node=args.node, rpc=args.rpc)
    session = str(time.time_ns())
    start, played = args.place or "street", person is None and not args.offscreen
    world = world_of(found, start=start, seed=args.seed, session=session)
    recorder = Recorder(home / "sessions" / "last.jsonl", world, seed=args.seed, session=session)
    options = Options(home=home, assets=ROOT / "assets", offscreen=args.offscreen, remember=played, visit=args.room,
                      start_menu=played and not (args.place or args.room), bundles=tuple(args.bundles))  # fmt: skip
    people = {maker.id: maker.name for maker in found.makers.values()}
    commands = person.commands if person else None
    return App(world, LateMarket(open_market), options, extra_commands=commands, recorder=recorder, people=people)


def tour(args: Namespace) -> int:
    """Play the tour, or one act of it."""
    from game.bots import tour as bot

    if args.act is None:
        stage = bot.stage_of(args, (sys.executable, __file__), import_module("chain.node").lent_node)
        report = bot.play(args.out, args.chapter, stage)
        print(bot.as_json(report) if args.json else bot.format_report(report))
        return 0 if report.ok else 1
    from game.bots.person import Person

    person, home = Person(), args.home
    app = person.screen = compose(args, home, person)
    def witness() -> Any:  # looked for once the first frame is shown: importing web3 takes a second
        made = import_module("game.content.publishing").made_terms(home)
        return import_module("chain.witness").ChainWitness(home, args.rpc, made)
    try:
        bot.play_act(args.chapter, args.act, person, args.out, witness)
    finally:
        app.close()
    return 0


def run(args: Namespace) -> int:
    """Do what was asked; the exit code."""
    from game.arguments import home_folder

    home = home_folder(args)
    match args.command:
        case "tour":
            return tour(args)
        case "node":
            return import_module("chain.node").run_foreground(home, args.node, as_json=args.json)
        case "check":
            return import_module("game.content.check").report(ROOT, as_json=args.json)
        case "wallet":
            return import_module("chain.wallet").report(
                home, export_to=args.export, import_from=args.import_from, as_json=args.json)  # fmt: skip
        case "share" | "visit" | "make" if args.command != "visit" or args.offscreen or args.json:
            return import_module(args.module).run(args, home)
        case "grower":
            return import_module("game.grower.command").run(args, home, import_module("chain.orchard_desk"))
        case "doctor":
            return import_module("game.doctor").report(home, ROOT, as_json=args.json)
        case "bench":
            return import_module("tests.bench.harness").report(args.names, as_json=args.json)
    if not args.offscreen and not import_module("game.doctor").has_display():
        print(f"No display here: playing the tour offscreen instead; its pictures go to {args.out}/", flush=True)
        return tour(args)
    return import_module("game.crash").play(lambda: compose(args, home), home)


if __name__ == "__main__":
    from game.arguments import parse
    from game.core.errors import GameError

    try:
        sys.exit(run(parse(None)))
    except (GameError, OSError) as refusal:  # the chain's errors are GameErrors too
        sys.exit(f"loquat: {refusal}")
    except KeyboardInterrupt:
        sys.exit(130)
