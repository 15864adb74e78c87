"""Lay the templates of homes out as files: `python -m assets.studio.room_templates` writes scenes/templates/<id>.toml.

The file is the truth that the game reads and may be edited by hand; this writes a first version of it, so that walls,
door and furniture agree with what the studio models.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import numpy as np

from assets.studio import room_gallery, room_garden, room_shop, room_studio, room_wardrobe
from assets.studio.kit import rotation
from assets.studio.layout import ROOT, numbers, value

SIDES = {"north": 0.0, "east": -90.0, "south": 180.0, "west": 90.0}  # how far what hangs there is turned
DOOR_W, DOOR_H = 0.9, 2.26
CLEAR_M = 0.62  # from the door's middle to where its wall is free again


@cache
def piece(name: str) -> dict:
    """The file of a kit piece."""
    return tomllib.loads((ROOT / "scenes" / "kit" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Furnishing:
    """A template as it is laid out: free walls, colliders, items."""

    room: ModuleType
    walls: list[tuple[str, float, float, float, float]] = field(default_factory=list)  # side, from, to, z, height
    colliders: list[tuple[str, tuple, tuple]] = field(default_factory=list)
    items: list[dict] = field(default_factory=list)

    def _add(self, name: str, at: tuple, yaw: float, **more: object) -> str:
        item = f"i{len(self.items) + 1}"
        at_m = tuple(round(float(q), 4) + 0.0 for q in at)
        self.items.append({"id": item, "piece": name, "at_m": at_m, "yaw_deg": yaw, **more})
        return item

    def floor(self, name: str, x: float, y: float, yaw: float = 0.0, **more: object) -> str:
        """Stand a piece on the floor."""
        return self._add(name, (x, y, 0.0), yaw, **more)

    def wall(self, side: str, name: str, along: float, z: float = 0.0, **more: object) -> str:
        """Put a piece's back to a wall, `along` to the right of its middle as one faces it, its foot at z."""
        return self._add(name, self.at_wall(side, along, piece(name)["size_m"][1] / 2 + 0.002, z), SIDES[side], **more)

    def at_wall(self, side: str, along: float, off: float, z: float) -> tuple:
        """A point before a wall."""
        away = (self.room.D if side in ("north", "south") else self.room.W) / 2 - off
        return (*(rotation(rz_deg=SIDES[side])[:2, :2] @ (along, away)), z)

    def ceiling(self, name: str, x: float, y: float, **more: object) -> str:
        """Hang a piece from the ceiling."""
        return self._add(name, (x, y, self.room.H - piece(name)["size_m"][2]), 0.0, **more)

    def on(self, under: str, name: str, dx: float = 0.0, dy: float = 0.0, yaw: float = 0.0, *, surface: int = 0,
           **more: object) -> str:  # fmt: skip
        """Stand a piece on a surface of another, off its middle by dx and dy in that one's own space."""
        below = self.items[int(under[1:]) - 1]
        at = np.add(piece(below["piece"])["surfaces"][surface]["at_m"], (dx, dy, 0))
        at = rotation(rz_deg=below["yaw_deg"]) @ at + np.array(below["at_m"])
        return self._add(name, tuple(at), below["yaw_deg"] + yaw, on=under, **more)

    def free(self, side: str, x0: float, x1: float, z: float = 0.15, height: float | None = None) -> None:
        """A part of a wall where things hang, from x0 to x1 as one faces it."""
        self.walls.append((side, x0, x1, z, (height or self.room.H - 0.1) - z))

    def text(
        self, name: str, en: str, zh: str, *, counter: tuple, paints: tuple[str, ...], floor: str, air: bool = False
    ) -> str:
        """The whole file."""
        r = self.room
        out = [
            f"# {(r.__doc__ or '').splitlines()[0]}",
            f"id = {value(name)}",
            f"name = {{ en = {value(en)}, zh = {value(zh)} }}",
            f"size_m = {numbers((r.W, r.D, r.H))}",
            f"paints = [{', '.join(value(p) for p in paints)}]",
            f"floor = {value(floor)}",
            *(["open_air = true"] if air else []),
            f"\n[spawn]\nat_m = {numbers((-r.W / 2 + 0.85, r.DOOR_Y, 0))}\nyaw_deg = -68.0",
            f"\n[counter]\nat_m = {numbers((*counter[:2], 0))}\nyaw_deg = {float(counter[2])}",
            f'\n[door]\nid = "street_front"\nat_m = {numbers((-r.W / 2, r.DOOR_Y, 0))}\nyaw_deg = 90.0',
            f'width_m = {DOOR_W}\nheight_m = {DOOR_H}\nto_place = "street"\nto_door = "home_front"\nleaf = "door_leaf"',
        ]
        for side, x0, x1, z, height in self.walls:
            at = self.at_wall(side, (x0 + x1) / 2, 0.0, z)
            faces = {"north": 180.0, "south": 0.0, "east": 90.0, "west": -90.0}[side]
            out.append(
                f"\n[[walls]]  # {side}\nat_m = {numbers(at)}\nyaw_deg = {faces}\nwidth_m = {value(x1 - x0)}\n"
                f"height_m = {value(height)}"
            )
        for what, at, size in self.colliders:
            out.append(f"\n[[colliders]]  # {what}\nat_m = {numbers(at)}\nsize_m = {numbers(size)}")
        for item in self.items:
            lines = [f"{k} = {_value(v)}" for k, v in item.items() if k != "yaw_deg" or v]
            out.append("\n".join(["\n[[items]]", *lines]))
        return "\n".join(out) + "\n"


def _value(v: object) -> str:
    if isinstance(v, dict):
        return "{ " + ", ".join(f"{k} = {value(x)}" for k, x in v.items()) + " }"
    return value(v)


def studio() -> str:
    """An easel under the roof light, a work table by the glass, a corner to sit in."""
    f = Furnishing(room_studio)
    f.free("north", -3.4, 3.4)
    f.free("south", -3.4, 3.4)
    f.free("west", CLEAR_M - 1.6, 2.9)
    f.floor("rug_round", -0.3, 0.75)
    easel = f.floor("easel", 0.35, 1.55, -24)
    f.on(easel, "frame_medium", 0, -0.01)
    f.floor("stool", -0.35, 0.7, 20)
    table = f.floor("long_table", 2.75, -0.7, -90)
    f.on(table, "counter_riser", 0.42, 0.14)
    f.on(table, "lamp_table", -0.55, 0.1)
    f.on(table, "plant_snake", 0.02, 0.16)
    f.floor("plant_fig", 3.1, 2.55)
    case = f.wall("north", "bookcase", -2.05)  # the board at the height of the hands is left to goods
    f.on(case, "book_row", -0.2, 0.02, surface=0, paint={"paint": "#4f7f8c"})
    f.on(case, "book_pile", 0.2, 0.0, surface=0)
    f.on(case, "book_pile", -0.22, 0.0, -12, surface=1, paint={"paint": "#b8502f", "accent": "#3f8087"})
    f.on(case, "book_row", 0.18, 0.02, surface=1, paint={"accent": "#7d4a63"})
    f.on(case, "book_row", -0.18, 0.02, surface=3)
    f.on(case, "book_pile", 0.22, 0.0, 20, surface=3, paint={"paint": "#d9a441"})
    f.on(case, "book_row", 0.18, 0.02, surface=4, paint={"paint": "#34466a", "accent": "#c0614a"})
    f.on(case, "plant_trailing", -0.22, 0.0, surface=5)
    f.floor("plant_monstera", -3.05, 2.5)
    f.wall("north", "frame_large", -0.55, 1.3)
    shelf = f.wall("north", "wall_shelf", 1.5, 1.35)
    f.on(shelf, "plant_trailing", 0.3, 0.0)
    f.on(shelf, "book_row", -0.2, -0.01, paint={"paint": "#d9a441"})
    f.floor("armchair", -2.75, 0.95, 74)
    side = f.floor("side_table", -2.95, 0.18)
    f.on(side, "lantern")
    f.floor("lamp_floor", -3.1, 1.7, 70)
    desk = f.wall("south", "desk", -1.3)
    f.on(desk, "lamp_table", 0.42, 0.08)
    f.floor("dining_chair", 1.2, -2.0, 170)
    f.wall("south", "frame_gilt", -0.95, 1.35)
    f.wall("south", "frame_small", -1.65, 1.5)
    f.wall("south", "peg_rail", 1.2, 1.5)
    f.wall("south", "bench", 1.2)
    return f.text(
        "studio",
        "Studio",
        "工作室",
        counter=(1.75, -1.75, 180),
        paints=("ceiling", "floor", "trim", "wall"),
        floor="wood",
    )


def shop() -> str:
    """A table in the middle, shelves at the back, a counter by the eastern wall, the windows dressed."""
    f = Furnishing(room_shop)
    f.free("north", -3.9, 3.9, 1.02)
    f.free("south", -3.9, 3.9, 1.02)
    f.free("east", -2.9, 2.9, 1.02)
    counter = f.floor("counter", 2.75, 0.35, -90)
    f.on(counter, "lamp_table", 0.55, 0.08)
    f.on(counter, "counter_riser", -0.4, 0.05)
    f.wall("east", "sign_neon", -0.35, 1.95, words="OPEN 营业中")
    f.floor("plinth_low", -3.3, -0.2)
    f.floor("bust", -3.3, 0.8, 60)
    f.floor("plinth_low", -3.3, 1.75, paint={"paint": "#d9a441"})
    f.floor("rug_round", -0.5, -0.1, paint={"border": "#4f7f8c", "accent": "#d9b06a", "field": "#f0e6d2"})
    table = f.floor("round_table", -0.5, -0.1)
    f.on(table, "tiered_stand")
    f.wall("north", "bookcase", -2.6, paint={"back": "#6f9aa6"})
    low = f.wall("north", "wall_shelf", -1.25, 1.28)
    f.wall("north", "wall_shelf", -1.25, 1.78)
    f.wall("north", "cube_shelf", 0.35)
    f.wall("north", "wall_shelf", 0.35, 1.55)
    f.wall("north", "letters", -0.5, 2.5, words="LOQUAT & CO")
    f.on(low, "plant_trailing", -0.28, 0.0)
    f.wall("north", "ladder_shelf", 2.0)
    f.wall("south", "clothes_rail", 0.55)
    f.wall("south", "mirror_tall", -1.15, 0.16)
    f.floor("pouf", 1.15, -2.15)
    f.wall("south", "shoe_step", 2.4)
    f.wall("south", "peg_rail", 2.4, 1.5)
    f.floor("plant_olive", 3.55, 2.55)
    f.floor("plant_palm", 3.45, -2.45)
    f.floor("sign_board", -3.1, -1.15, 62, words="欢迎 Welcome")
    return f.text(
        "shop", "Shop", "小店", counter=(1.95, 0.35, -90), paints=("ceiling", "floor", "trim", "wall"), floor="wood"
    )


def gallery() -> str:
    """A bench in the middle, pictures on three walls, plinths before the windows."""
    f = Furnishing(room_gallery)
    f.free("north", -4.4, 4.4)
    f.free("south", -4.4, 4.4)
    f.free("west", CLEAR_M - 2.3, 3.4)
    f.wall("north", "frame_large", -2.6, 1.2)
    f.wall("north", "frame_large", 0.0, 1.2, paint={"frame": "#3b383d"})
    f.wall("north", "frame_large", 2.6, 1.2)
    f.wall("south", "frame_gilt", -2.7, 1.25)
    f.wall("south", "frame_medium", -1.4, 1.35)
    f.wall("south", "frame_medium", -0.5, 1.35)
    f.wall("south", "frame_large", 1.6, 1.2)
    f.wall("south", "sign_plaque", 2.55, 1.3, words="New works 新作")
    f.wall("west", "letters", 1.0, 2.2, words="GALLERY 画廊")
    f.floor("bench", 0.0, 1.0)
    f.floor("bench", 0.0, -1.0, 180)
    for y in (-1.1, 1.1):
        f.floor("plinth_high", 3.3, y)
    f.floor("plinth_fluted", 2.1, 0.0)
    f.floor("glass_case", -2.2, 0.0, 90)
    f.floor("plinth_low", -2.3, 2.2, paint={"paint": "#d8c6a8"})
    desk = f.floor("desk", -3.55, 1.0, 90, paint={"paint": "#54483f"})
    f.on(desk, "lamp_table", 0.4, 0.05, paint={"pot": "#bd8a45"})
    f.floor("plant_olive", 4.1, 3.1)
    f.floor("plant_olive", 4.1, -3.1)
    f.floor("plant_fig", -4.1, 3.05)
    return f.text(
        "gallery",
        "Gallery",
        "画廊",
        counter=(-2.85, 1.35, 90),
        paints=("ceiling", "floor", "trim", "wall"),
        floor="stone",
    )


def wardrobe() -> str:
    """A mirror, rails for clothes, steps for shoes, a chair by the window."""
    f = Furnishing(room_wardrobe)
    f.free("north", -2.9, 2.9, 0.9)
    f.free("south", -2.9, 2.9, 0.9)
    f.free("west", CLEAR_M - 1.4, 2.4, 0.9)
    f.floor("rug_round", 0.35, 0.0, paint={"border": "#9c6b78", "accent": "#e7b9a0", "field": "#f3e2d2"})
    f.floor("pouf", 0.35, 0.0, paint={"cloth": "#a6607a", "seam": "#8a5468"})
    f.wall("north", "mirror_tall", 0.6, 0.14, paint={"frame": "#c9974a"})
    f.wall("north", "shoe_step", -0.75)
    f.wall("north", "peg_rail", -0.75, 1.45)
    f.floor("folding_screen", 2.05, 1.85, -28)
    f.wall("south", "clothes_rail", 0.9)
    f.wall("south", "clothes_rail", -0.75)
    f.wall("south", "lamp_wall", 0.08, 1.75)
    case = f.wall("south", "cube_shelf", 2.25, paint={"back": "#8a5468"})
    for dx in (-0.36, 0.0, 0.36):
        f.on(case, "hat_stand", dx, 0.0, surface=6)
    f.wall("west", "frame_gilt", 0.9, 1.35)
    f.wall("west", "frame_small", 0.25, 1.5)
    f.floor("armchair", 2.35, -1.5, -52, paint={"cloth": "#7d4a63", "cushion": "#e0a596"})
    side = f.floor("side_table", 2.6, -0.72)
    f.on(side, "lamp_table", paint={"pot": "#e0a596"})
    f.floor("bust", -2.3, 0.55, 60, paint={"cloth": "#e9c4b4"})
    f.floor("plant_palm", -2.55, 2.05)
    f.floor("lamp_tripod", -2.45, 1.3)
    return f.text(
        "wardrobe",
        "Wardrobe",
        "衣帽间",
        counter=(1.1, 1.55, 0),
        paints=("ceiling", "floor", "trim", "wall"),
        floor="wood",
    )


def garden() -> str:
    """A table in the pavilion, benches by the lawn, pots and lanterns."""
    f = Furnishing(room_garden)
    g = room_garden
    f.free("north", -4.9, 0.4)
    f.free("south", -4.9, 4.9, 0.8)
    f.free("east", -3.9, 3.9)
    f.free("west", CLEAR_M - 2.4, 3.9)
    for x, y, w, d in g.BEDS:
        f.colliders.append(("bed", (x, y, 0.0), (w + 0.14, d + 0.14, 0.5)))
    x0, x1, y0, y1 = g.PAVILION
    for x in (x0 + 0.12, (x0 + x1) / 2, x1 - 0.12):
        for y in (y0 + 0.12, y1 - 0.12):
            f.colliders.append(("post", (x, y, 0.0), (0.19, 0.19, g.POST_H)))
    f.floor("rug_square", 2.6, 1.55)
    table = f.floor("round_table", 2.6, 1.55)
    f.on(table, "lantern")
    for turn in (0, 120, 240):
        a = np.radians(turn + 30)
        f.floor("dining_chair", 2.6 + 0.86 * np.sin(a), 1.55 - 0.86 * np.cos(a), turn + 210.0)
    counter = f.floor("counter", 1.65, 3.0, paint={"paint": "#7c9a63"})
    f.on(counter, "planter_box", 0.3, 0.1)
    f.wall("west", "bench", 2.15)
    f.floor("plant_olive", -4.5, 0.75)
    f.floor("plinth_fluted", -3.95, -0.8)
    f.floor("plinth_fluted", -0.35, -0.9)
    f.floor("lantern", -3.0, -1.35)
    f.floor("lantern", 0.2, -0.5)
    f.wall("south", "planter_box", 3.3)
    f.wall("north", "banner", -2.75, 1.0, words="Garden 花园")
    f.floor("sign_board", -4.2, -3.3, 40, words="欢迎 Welcome")
    f.floor("plant_olive", 4.45, -3.35)
    f.floor("plant_monstera", 4.15, 0.35)
    f.floor("pouf", -1.2, 0.1, paint={"cloth": "#c77f5c", "seam": "#a8623f"})
    f.floor("pouf", -2.7, 1.15, paint={"cloth": "#e9c46a", "seam": "#c29b48"})
    return f.text(
        "garden", "Garden", "花园", counter=(1.65, 2.25, 0), air=True, floor="stone",
        paints=("deck", "lawn", "floor", "roof", "timber", "trim", "wall"),
    )  # fmt: skip


TEMPLATES = {"studio": studio, "shop": shop, "gallery": gallery, "wardrobe": wardrobe, "garden": garden}


def main() -> None:
    """Write all of them."""
    folder = ROOT / "scenes" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    for name, lay_out in TEMPLATES.items():
        (folder / f"{name}.toml").write_text(lay_out(), encoding="utf-8")
        print(name)


if __name__ == "__main__":
    main()
