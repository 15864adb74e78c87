"""Open the street's plots on the dev chain: growers offer their trees, and pay the bond of those had by play.

One transaction a plot and season, in the order of the offers, so that a first season's number is that of its grove.
Days count from the chain's time at the opening: whoever comes to a new chain finds trees in every stage. Once fruit of
a season can be sent for no longer, the next start opens the next one: an orchard never stands closed.
"""

from collections.abc import Callable

from chain.deploy import Deployment
from chain.dev_sender import DevSender
from chain.errors import ChainError
from chain.fruit import name_text
from chain.keys import DEV_CHAIN_ID, dev_address, dev_key, dev_letter_key, letter_key_of
from chain.logs import PLOT_OPENED
from chain.orchard_calls import plot_call
from chain.rpc import NodeUnreachableError, Rpc, quantity
from chain.words import checksummed
from game.core.ids import Address
from game.core.orchard_ports import Graft, OpenPlot
from game.core.terms import PlotTerms

DAY_SECS = 86_400
ATTEMPTS = 4
WORD = 32
REDEEM_BY, TREES = 10, 11  # words of the log: two topics, then growerKey, manifest and the terms

Kind = tuple[Address, str, int]  # grower, variety, number of trees


def open_plots(
    rpc: Rpc, deployment: Deployment, plots: tuple[PlotTerms, ...], progress: Callable[[], None] = lambda: None
) -> None:
    """Open those that have no season; none where there is no orchard. Raises ChainError."""
    if deployment.orchard is None:
        return
    start_secs, ends_secs = _now_secs(rpc), _ends_secs(rpc, deployment)
    for number, plot in enumerate(plots, start=1):
        if ends_secs.get(_kind(plot), -1) < start_secs:
            progress()
            _open(rpc, deployment, number, plot, start_secs)


def offer_of(plot: PlotTerms, number: int, start_secs: int) -> OpenPlot:
    """What a grower says to open a plot whose season begins at `start_secs`."""
    key = letter_key_of(dev_letter_key(plot.grower, chain_id=DEV_CHAIN_ID))
    grafts = tuple(Graft(with_variety=scion, result=result, odds_bps=odds) for scion, result, odds in plot.grafts)
    return OpenPlot(
        request_id=f"street_plot_{number}", grower_key=key, variety=plot.variety,
        manifest_sha256=plot.manifest_sha256, trees=plot.trees, fruits_per_tree=plot.fruits_per_tree,
        grams_per_fruit=plot.grams_per_fruit, waterings=plot.waterings, fruit_price_wei=plot.fruit_price_wei,
        adoption_price_wei=plot.adoption_price_wei, play_trees=plot.play_trees,
        planted_at_secs=start_secs + plot.planted_day * DAY_SECS,
        blossom_at_secs=start_secs + plot.blossom_day * DAY_SECS, ripe_at_secs=start_secs + plot.ripe_day * DAY_SECS,
        redeem_by_secs=start_secs + plot.redeem_day * DAY_SECS, lapse_bps=plot.lapse_bps, grafts=grafts,
    )  # fmt: skip


def _open(rpc: Rpc, deployment: Deployment, number: int, plot: PlotTerms, start_secs: int) -> None:
    assert deployment.orchard is not None
    asked = plot_call(offer_of(plot, number, start_secs), dev_address(plot.grower), deployment.orchard)
    sender = DevSender(rpc, dev_key(plot.grower, chain_id=deployment.chain_id))
    for attempt in range(ATTEMPTS):
        # The nonce is read before the logs: another game that opened this plot in between has used it up.
        nonce = sender.nonce()
        if _ends_secs(rpc, deployment).get(_kind(plot), -1) >= start_secs:
            return
        try:
            sender.send(asked.to, asked.data, what=f"opening plot {number}", value_wei=asked.value_wei, nonce=nonce)
            return
        except NodeUnreachableError:
            raise
        except ChainError:
            if attempt == ATTEMPTS - 1 and _ends_secs(rpc, deployment).get(_kind(plot), -1) < start_secs:
                raise


def _kind(plot: PlotTerms) -> Kind:
    """What makes a plot the next season of another; `game.core.rules.orchard_seasons` goes by the same."""
    return dev_address(plot.grower), plot.variety, plot.trees


def _ends_secs(rpc: Rpc, deployment: Deployment) -> dict[Kind, int]:
    """When the latest season of each kind of plot ends, by the orchard's logs."""
    ends_secs: dict[Kind, int] = {}
    asked = {"address": deployment.orchard, "topics": [PLOT_OPENED], "fromBlock": hex(deployment.block)}
    for log in rpc.call("eth_getLogs", asked):
        words = b"".join(bytes.fromhex(part[2:]) for part in (*log["topics"][1:], log["data"]))
        kind = checksummed(words[WORD + 12 : 2 * WORD]), name_text(words[-WORD:]), _number(words, TREES)
        ends_secs[kind] = max(ends_secs.get(kind, 0), _number(words, REDEEM_BY))
    return ends_secs


def _number(words: bytes, place: int) -> int:
    return int.from_bytes(words[place * WORD : (place + 1) * WORD], "big")


def _now_secs(rpc: Rpc) -> int:
    return quantity(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], "timestamp")
