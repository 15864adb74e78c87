"""The command line's words: commands, options, and what they are without."""

import argparse
import os
from pathlib import Path

from game.core.errors import GameError
from game.core.goods import KINDS, SLOTS
from game.core.ids import HOME

HOMELESS = ("bench", "check", "doctor")  # commands that work without a home folder, or say themselves what is wrong

DEFAULTS = {
    "home": None, "rpc": None, "node": None, "seed": 1, "offscreen": False, "json": False,
    "place": None, "room": "", "bundles": (), "out": Path("loquat-tour"), "chapter": None, "act": None,
}  # fmt: skip


def parse(argv: list[str] | None) -> argparse.Namespace:
    """The arguments; options common to all commands may stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--home", type=Path, metavar="DIR", help="where all state is kept (default: your data folder)")
    common.add_argument("--rpc", metavar="URL", help="use this EVM node instead of a local dev node")
    common.add_argument("--node", choices=("auto", "embedded", "anvil"), help="which local dev node (default: auto)")
    common.add_argument("--seed", type=int, metavar="N", help="seed of all chance (default: 1)")
    common.add_argument("--offscreen", action="store_true", help="render without a window")
    common.add_argument("--json", action="store_true", help="print machine-readable JSON")
    parser = argparse.ArgumentParser(prog="main.py", parents=[common], description="A market street you can walk.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=summary, description=summary)

    play = add("play", "walk the street (the default)")
    play.add_argument("--place", metavar="ID", help="begin in this place (home: yours), past the start menu")
    tour = add("tour", "play a tour offscreen; leave pictures and tour.json")
    tour.add_argument("--out", type=Path, default=Path("loquat-tour"), metavar="DIR", help="where the pictures go")
    tour.add_argument("--chapter", metavar="NAME", help="one chapter only (default: all)")
    tour.add_argument("--act", help=argparse.SUPPRESS)
    tour.add_argument("--bundles", action="append", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    visit = add("visit", "walk into a room; with --offscreen or --json, check its file and say what it shows")
    visit.add_argument("room", metavar="FILE|URL|ROOM", help="its file, its web address, or its number on the chain")
    visit.add_argument(
        "--bundles", metavar="DIR|URL", action="append", default=argparse.SUPPRESS,
        help="a folder, server or IPFS gateway to look for rooms' files in; may be given several times",
    )  # fmt: skip
    share = add("share", "serve this home's rooms by their hash, so that others can visit them")
    share.add_argument("--host", default="127.0.0.1", help="who may ask: this machine alone (default), 0.0.0.0 for all")
    share.add_argument("--port", type=int, default=8177, metavar="N", help="where to listen (default: 8177)")
    make = add("make", "bring a model or a picture into your workshop, and say what was found and put right")
    make.set_defaults(module="game.content.making")
    for rooms in (visit, share):
        rooms.set_defaults(module="game.content.room_commands")
    make.add_argument("file", type=Path, metavar="FILE", help="GLB, OBJ, STL, PLY, PNG or JPEG")
    make.add_argument("--kind", choices=KINDS, metavar="KIND", help=f"what it is: {', '.join(KINDS)}")
    make.add_argument("--slot", choices=SLOTS, help="where it is worn (default: by its kind)")
    make.add_argument("--name", help="what it is called (default: the file's name)")
    make.add_argument("--size", type=float, metavar="CM", help="how long its longest side is")
    make.add_argument("--unit", choices=("m", "cm", "mm", "inch"), help="the file's unit (default: found)")
    make.add_argument("--up", choices=("x", "y", "z", "-x", "-y", "-z"), help="the file's upper axis (default: found)")
    make.add_argument("--turn", type=float, metavar="DEG", help="turn it so that its front comes to the front")
    make.add_argument("--triangles", type=int, metavar="N", help="how many to keep at most (default: 20000)")
    grower = add("grower", "your orders as a grower: to pack, to ship, to be paid for; --page shows them in a browser")
    grower.add_argument("--page", action="store_true", help="serve the desk as a web page on this machine")
    grower.add_argument("--port", type=int, default=8178, metavar="N", help="where the page listens (default: 8178)")
    grower.add_argument("--slips", type=Path, metavar="PDF", help="write the packing slips of all open boxes")
    grower.add_argument("--labels", type=Path, metavar="PDF", help="write their address labels")
    grower.add_argument("--ship", type=Path, metavar="CSV", help="mark the boxes of a carrier's file as shipped")
    grower.add_argument("--offer", type=Path, metavar="TOML", help="tell what offering this plot means; --yes does it")
    grower.add_argument("--yes", action="store_true", help="do what costs money without being asked again")
    grower.add_argument(
        "--inbox", type=Path, metavar="DIR", action="append", default=[],
        help="where buyers' letters lie (default: letters/inbox in the home); may be given several times",
    )  # fmt: skip
    grower.add_argument(
        "--as", dest="dev_grower", default="", metavar="NAME",
        help="sit at the desk of one of the dev chain's growers, such as old_wu",
    )  # fmt: skip
    grower.add_argument("--language", choices=("en", "zh"), help="of table and papers (default: your terminal's)")
    add("node", "run the local dev node in the foreground")
    add("check", "report every problem in scenes/ and assets/")
    wallet = add("wallet", "show, export or import the local wallet")
    wallet.add_argument("--export", type=Path, metavar="FILE", help="write a keystore protected by your own password")
    wallet.add_argument("--import", type=Path, dest="import_from", metavar="FILE", help="use the key of a keystore")
    add("doctor", "say what is missing on this machine and how to mend it")
    bench = add("bench", "measure; every figure beside what it is compared to")
    bench.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run (default: all)")
    args = parser.parse_args(argv)
    for name, value in DEFAULTS.items():
        args.__dict__.setdefault(name, value)
    if args.place == HOME:  # which is furnished only once the game runs
        args.place, args.room = None, HOME
    args.node = args.node or os.environ.get("LOQUAT_NODE", "auto")
    return args


def home_folder(args: argparse.Namespace) -> Path:
    """Where all state is kept. Raises GameError where a command that needs it could not write there."""
    from platformdirs import user_data_path

    home = Path(args.home or user_data_path("loquat", appauthor=False))
    there = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    if args.command not in HOMELESS and not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise GameError(f"{home}: Loquat cannot keep its state here; choose another folder with --home DIR")
    return home
