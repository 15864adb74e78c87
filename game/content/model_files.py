"""Where the model of any good is: of the street's own under `assets`, of players' goods in the store of this home."""

from pathlib import Path

from game.content.goods_store import FILES, GoodsStore
from game.content.manifest import MODEL, WORN, is_made
from game.core.ids import GoodId


class ModelFiles:
    """The one place that knows where models are; `store` None: only the street's own goods are known."""

    def __init__(self, assets: Path, store: GoodsStore | None = None) -> None:
        self.assets, self.store = assets, store

    def forget(self) -> None:
        """Look into the store anew: goods were put there by somebody else."""
        if self.store is not None:
            self.store.refresh()

    def of(self, good: GoodId, *, worn: bool = False) -> Path:
        """The file of a good's model. For a good that is not known here, or is damaged, there is no such file."""
        if self.store is not None and is_made(good):
            path = self.store.model_path(good, worn=worn)
            return path if path is not None else self.store.folder / good / FILES[WORN if worn else MODEL]
        return self.assets / "models" / ("worn" if worn else "goods") / f"{good}.glb"
