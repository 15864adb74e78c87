"""What a home keeps and the catalogue has not: it is let into the world before anything happens there."""

from game.content.goods_store import GoodsStore
from game.core.commands import Admit, Command


def belongings(store: GoodsStore) -> list[Command]:
    """The players' goods that are known here."""
    goods = tuple(kept.good for kept in store.all())
    return [Admit(goods=goods)] if goods else []
