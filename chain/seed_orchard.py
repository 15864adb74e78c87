"""Open the street's plots on the dev chain: growers offer their trees, and pay the bond of those had by play.

One transaction a plot, once, in the order of the offers, so that a plot's number is that of its grove. Days count from
the chain's time at the first opening: whoever comes to a new chain finds trees in every stage.
"""

from collections.abc import Callable

from chain.deploy import Deployment
from chain.dev_sender import DevSender
from chain.errors import ChainError
from chain.keys import DEV_CHAIN_ID, dev_address, dev_key, dev_letter_key, letter_key_of
from chain.orchard_calls import plot_call
from chain.rpc import NodeUnreachableError, Rpc, quantity
from chain.words import call_data
from game.core.orchard_ports import Graft, OpenPlot
from game.core.terms import PlotTerms

DAY_SECS = 86_400
ATTEMPTS = 4


def open_plots(
    rpc: Rpc, deployment: Deployment, plots: tuple[PlotTerms, ...], progress: Callable[[], None] = lambda: None
) -> None:
    """Open those that are missing; none where there is no orchard. Raises ChainError."""
    if deployment.orchard is None:
        return
    first, start_secs = _plots(rpc, deployment), 0
    for number in range(first + 1, len(plots) + 1):
        progress()
        start_secs = start_secs or _now_secs(rpc)
        _open(rpc, deployment, number, plots[number - 1], start_secs)


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
        # The nonce is read before the count: another game that opened this plot in between has used it up.
        nonce = sender.nonce()
        if _plots(rpc, deployment) >= number:
            return
        try:
            sender.send(asked.to, asked.data, what=f"opening plot {number}", value_wei=asked.value_wei, nonce=nonce)
            return
        except NodeUnreachableError:
            raise
        except ChainError:
            if attempt == ATTEMPTS - 1 and _plots(rpc, deployment) < number:
                raise


def _plots(rpc: Rpc, deployment: Deployment) -> int:
    call = {"to": deployment.orchard, "data": "0x" + call_data("plots()").hex()}
    return quantity(rpc.call("eth_call", call, "latest"), "plots")


def _now_secs(rpc: Rpc) -> int:
    return quantity(rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], "timestamp")
