"""The commands about rooms that need no window: `share`, and `visit` where nobody looks at one."""

from argparse import Namespace
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from game.content.bundle import Bundle, BundleError, unpack
from game.content.bundle_store import BundleStore
from game.content.cid import cid_of
from game.content.fetch import read_sources, read_target, target_of
from game.content.share import serve


def run(args: Namespace, home: Path) -> int:
    """Do what was asked; the exit code. Raises GameError in plain words where it cannot be done."""
    if args.command == "share":
        return serve(home, args.host, args.port)
    return report(args.room, args.bundles, home, as_json=args.json)


def report(text: str, bundles: Sequence[str], home: Path, *, as_json: bool = False) -> int:
    """Find a room's file, check every part of it, and say what it shows; 0 when it is sound.

    Raises GameError in plain words when it is not, and for a room's number: only the game asks the chain.
    """
    target = target_of(text)
    if target.token is not None:
        raise BundleError("visit_no_chain", "a room's number is asked for on the chain; visit it in the game's window")
    store = BundleStore(home)
    content = read_target(target, (str(store.folder), *bundles, *read_sources(store.folder)))
    answer = facts(content, unpack(content))
    if as_json:
        print(msgspec.json.encode(answer).decode())
        return 0
    for name, value in answer.items():
        print(f"{name:9} {value}")
    return 0


def facts(content: bytes, bundle: Bundle) -> dict[str, object]:
    """What a room's file is, by words of the command line."""
    names = [each.good.name.en if each.good is not None else each.id for each in bundle.goods]
    return {
        "version": 1,
        "cid": cid_of(sha256(content).digest()),
        "sha256": sha256(content).hexdigest(),
        "bytes": len(content),
        "name": bundle.room.name,
        "template": bundle.room.template,
        "token": f"{bundle.token:#066x}" if bundle.token is not None else "",
        "items": len(bundle.room.items),
        "goods": names,
        "offers": sum(len(each.offers) for each in bundle.goods),
        "pictures": len(bundle.pictures),
    }
