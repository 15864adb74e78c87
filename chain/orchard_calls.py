"""The orchard's transactions: contract, call data and value of each thing that a player or grower asks for."""

from eth_hash.auto import keccak
from msgspec import Struct

from chain.deploy import Deployment
from chain.errors import RefusalError
from chain.fruit import name_word
from chain.orchard_book import INDEX_BITS, OrchardBook
from chain.words import call_data, encode
from game.core.ids import Address, TokenId, Wei
from game.core.orchard_ports import (
    DELIVERY_ACTS,
    TENDINGS,
    ActOnDelivery,
    Adopt,
    BuyAtScale,
    BuyDrops,
    CollectPlot,
    FillByWalking,
    FruitLine,
    GraftTree,
    Harvest,
    HarvestLine,
    LapseFruit,
    OpenPlot,
    OrchardOrder,
    Plot,
    Redeem,
    TakeBack,
    TendTree,
    VisitTree,
    WaterTree,
)

DROP_WEI = 10**14  # Care.sol
MAX_LINES = 32  # Harvest.sol
WORD = 32

_PLOT = (
    "(address,uint96,uint96,uint40,uint40,uint40,uint40,uint16,uint16,uint16,uint16,uint16,uint32,bytes32),"
    "bytes32,bytes32,(bytes32,bytes32,uint16)[]"
)
_NOTED = frozenset({"ship", "dispute", "answer"})  # acts that carry a hash

OrchardAct = (
    Adopt | WaterTree | FillByWalking | VisitTree | BuyDrops | TendTree | GraftTree | Harvest | BuyAtScale | OpenPlot
    | Redeem | LapseFruit | TakeBack | CollectPlot | ActOnDelivery
)  # fmt: skip


class Asked(Struct, frozen=True, kw_only=True):
    """A call before it is priced."""

    to: Address
    data: bytes
    value_wei: Wei = Wei(0)


def call_of(act: OrchardAct, book: OrchardBook, deployment: Deployment, account: Address) -> Asked:
    """The transaction that does what is asked. Raises RefusalError when it can't be told which it would be."""
    assert deployment.orchard is not None
    assert deployment.campaign is not None
    wei = 0
    to = deployment.orchard
    match act:
        case Adopt(tree=tree, by_play=by_play):
            data = call_data("adoptByPlay(uint256)" if by_play else "adopt(uint256)", tree)
            wei = 0 if by_play else _plot(book, tree >> INDEX_BITS).adoption_price_wei
        case WaterTree():
            data = call_data("water(uint256,uint256)", act.tree, act.times)
        case FillByWalking():
            data = call_data("walk(uint256)", act.steps)
        case VisitTree():
            data = call_data("visit(uint256)", act.tree)
        case BuyDrops():
            data = call_data("buyDrops(uint256,uint256)", act.plot or _thirsty_plot(book, account), act.drops)
            wei = act.drops * DROP_WEI
        case TendTree():
            if act.action not in TENDINGS:
                raise RefusalError("wrong_stage", f"{act.action} is none of {', '.join(TENDINGS)}")
            data = call_data("tend(uint256,uint256)", act.tree, TENDINGS.index(act.action))
        case GraftTree():
            data = call_data("graft(uint256,bytes32)", act.tree, _name(act.with_variety))
        case Harvest():
            data = _selector("pick((uint256,uint16,uint16)[])") + encode(WORD) + _picks(act.lines)
        case BuyAtScale():
            wei = _plot(book, act.plot).fruit_price_wei * sum(line.grade_a + line.grade_b for line in act.lines)
            if wei > act.most_wei:
                raise RefusalError("price_changed", f"it costs {wei} wei, at most {act.most_wei} was agreed")
            data = _selector("buy(uint256,(uint256,uint16,uint16)[])") + encode(act.plot, 2 * WORD) + _picks(act.lines)
        case OpenPlot():
            return plot_call(act, account, to)
        case Redeem(commit=commit):
            if len(commit) != WORD:
                raise RefusalError("offer_invalid", f"a commitment has {WORD} bytes, not {len(commit)}")
            to, data = deployment.goods, _send_fruit(act.lines, book, account, deployment.orchard, commit)
        case LapseFruit():
            to, data = deployment.goods, _send_fruit(act.lines, book, account, deployment.orchard, b"")
        case TakeBack():
            data = call_data("takeBack(uint256)", act.tree)
        case CollectPlot():
            data = call_data("releaseBond(uint256)" if act.bond_only else "collect(uint256)", act.plot)
        case ActOnDelivery():
            to = deployment.campaign
            data = _delivery_act(act)
    return Asked(to=to, data=data, value_wei=Wei(wei))


def ordered_by(act: OrchardAct, book: OrchardBook) -> OrchardOrder | None:
    """What an act buys, for the list of orders; None for what is no purchase."""
    match act:
        case Adopt():
            plot = act.tree >> INDEX_BITS
            return OrchardOrder(what="adopted", plot=plot, variety=_plot(book, plot).variety, quantity=1)
        case BuyAtScale():
            pieces = sum(line.grade_a + line.grade_b for line in act.lines)
            return OrchardOrder(what="fruit", plot=act.plot, variety=_plot(book, act.plot).variety, quantity=pieces)
        case Redeem():
            fruit = book.fruit[book.token_of[act.lines[0].good_id]]
            pieces = sum(line.quantity for line in act.lines)
            return OrchardOrder(what="box", plot=fruit.tree >> INDEX_BITS, variety=fruit.variety, quantity=pieces)
        case _:
            return None


def plot_call(act: OpenPlot, account: Address, orchard: Address) -> Asked:
    """The transaction that opens a plot; its value is the bond."""
    return Asked(to=orchard, data=_open_plot(act, account), value_wei=Wei(act.play_trees * act.adoption_price_wei))


def reveal_call(deployment: Deployment, tree: int) -> Asked:
    """The transaction that looks at what came of a graft."""
    assert deployment.orchard is not None
    return Asked(to=deployment.orchard, data=call_data("reveal(uint256)", tree))


def _plot(book: OrchardBook, number: int) -> Plot:
    plot = book.plots.get(number)
    if plot is None:
        raise RefusalError("no_such_tree", f"there is no plot {number}")
    return plot


def _thirsty_plot(book: OrchardBook, account: Address) -> int:
    own = [number for number, tree in book.trees.items() if tree.adopter == account]
    if own:
        return own[-1] >> INDEX_BITS
    if not book.plots:
        raise RefusalError("no_such_tree", "there is no plot whose grower could be paid")
    return max(book.plots)


def _name(text: str) -> bytes:
    try:
        return name_word(text)
    except ValueError as error:
        raise RefusalError("offer_invalid", str(error)) from None


def _selector(signature: str) -> bytes:
    return keccak(signature.encode())[:4]


def _words(*values: int) -> bytes:
    """A dynamic array of numbers."""
    return encode(len(values), *values)


def _picks(lines: tuple[HarvestLine, ...]) -> bytes:
    if not 1 <= len(lines) <= MAX_LINES:
        raise RefusalError("bad_quantity", f"{len(lines)} trees; from 1 to {MAX_LINES} at once")
    if any(not (0 <= line.grade_a < 1 << 16 and 0 <= line.grade_b < 1 << 16) for line in lines):
        raise RefusalError("bad_quantity", "no tree bears so many, or fewer than none")
    return encode(len(lines)) + b"".join(encode(line.tree, line.grade_a, line.grade_b) for line in lines)


def _send_fruit(
    lines: tuple[FruitLine, ...], book: OrchardBook, account: Address, orchard: Address, data: bytes
) -> bytes:
    if not 1 <= len(lines) <= MAX_LINES:
        raise RefusalError("bad_quantity", f"{len(lines)} kinds of fruit; from 1 to {MAX_LINES} at once")
    tokens: list[TokenId] = []
    for line in lines:
        token = book.token_of.get(line.good_id)
        if token is None:
            raise RefusalError("not_owned", f"{line.good_id} is no fruit of this orchard")
        tokens.append(token)
    ids, quantities = _words(*tokens), _words(*(line.quantity for line in lines))
    head = 5 * WORD
    return (
        _selector("safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)")
        + encode(account, orchard, head, head + len(ids), head + len(ids) + len(quantities))
        + ids + quantities + encode(len(data)) + data
    )  # fmt: skip


def _open_plot(act: OpenPlot, account: Address) -> bytes:
    words = encode(
        account, act.fruit_price_wei, act.adoption_price_wei, act.planted_at_secs, act.blossom_at_secs,
        act.ripe_at_secs, act.redeem_by_secs, act.trees, act.fruits_per_tree, act.waterings, act.play_trees,
        act.lapse_bps, act.grams_per_fruit, _name(act.variety), act.grower_key, act.manifest_sha256,
    )  # fmt: skip
    grafts = encode(len(act.grafts)) + b"".join(
        encode(_name(graft.with_variety), _name(graft.result), graft.odds_bps) for graft in act.grafts
    )
    return _selector(f"openPlot({_PLOT})") + words + encode(len(words) + WORD) + grafts


def _delivery_act(act: ActOnDelivery) -> bytes:
    if act.act not in DELIVERY_ACTS:
        raise RefusalError("not_your_turn", f"{act.act} is none of {', '.join(DELIVERY_ACTS)}")
    if act.act in _NOTED:
        return call_data(f"{act.act}(uint256,bytes32)", act.delivery, act.note_sha256)
    return call_data(f"{act.act}(uint256)", act.delivery)
