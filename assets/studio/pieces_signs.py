"""Kit pieces with words or pictures: signs, letters, frames, a mirror. Metres, front towards -Y."""

# ruff: noqa: RUF005 - an array plus a tuple moves points, it joins nothing

import numpy as np

from assets.studio.facing import FRONT, facing
from assets.studio.homeware_palette import ASH, CHALK, OAT
from assets.studio.kit import Shape, ball, box, grid, lathe, strips, tube
from assets.studio.palette import BRASS, INK, OAK, TEAL, TERRA, WALNUT, Colour, rgb
from assets.studio.piece_bag import ART, PieceBag
from assets.studio.piece_model import PieceModel
from assets.studio.street_shapes import oval
from assets.studio.turning import curve

CREAM_INK, CHALK_INK = rgb("f6e3b8"), rgb("f4f0e6")


def sign_hanging(b: PieceBag) -> None:
    """A board that hangs from an iron bracket and sticks out from the wall, to be read from both sides."""
    iron = INK * 1.1
    b.add(box(0.05, 0.02, 0.34, 0.006), iron, 0.4, y=-0.01, z=0.24)
    b.add(tube([(0, -0.02, 0.54), (0, -0.4, 0.54), (0, -0.72, 0.54)], 0.011, 7), iron, 0.4)
    b.add(ball(0.02, 8, 2), iron, 0.4, y=-0.72, z=0.52)
    scroll = curve([(0, -0.02, 0.3), (0, -0.12, 0.34), (0, -0.2, 0.46), (0, -0.3, 0.52)], 4)
    b.add(tube(scroll, 0.008, 6), iron, 0.4)
    for y in (-0.2, -0.6):
        b.add(tube([(0, y, 0.53), (0, y, 0.46)], 0.005, 5), iron, 0.4)
    with b.painted("board"):
        b.add(box(0.03, 0.56, 0.4, 0.012), TEAL * 0.65, 0.3, jitter=0, y=-0.4, z=0.06)
    with b.painted("trim"):
        for sx in (-1, 1):
            for z in (0.085, 0.425):
                b.add(box(0.004, 0.5, 0.012, 0), BRASS, 0.6, jitter=0, x=sx * 0.016, y=-0.4, z=z)
            for y in (-0.645, -0.155):
                b.add(box(0.004, 0.012, 0.34, 0), BRASS, 0.6, jitter=0, x=sx * 0.016, y=y, z=0.09)
    with b.at(x=-0.0165, y=-0.4, z=0.26, rz=-90):
        b.words(0.46, 0.28, CREAM_INK)
    with b.at(x=0.0165, y=-0.4, z=0.26, rz=90):
        b.words(0.46, 0.28, CREAM_INK)


def sign_board(b: PieceBag) -> None:
    """An A-board of slate in an oak frame."""
    w, h, lean = 0.56, 0.92, 13
    for turn in (0, 180):
        with b.at(rz=turn), b.at(y=-0.23, rx=-lean):
            with b.painted("wood"):
                for sx in (-1, 1):
                    b.add(box(0.05, 0.03, h, 0.009), OAK, 0.35, jitter=0.03, x=sx * (w / 2 - 0.025))
                for z in (0.12, h - 0.06):
                    b.add(box(w - 0.1, 0.028, 0.05, 0.009), OAK, 0.35, jitter=0.03, z=z)
            with b.painted("board"):
                b.add(box(w - 0.1, 0.014, h - 0.22, 0), rgb("3a3f42"), 0.1, jitter=0, z=0.17)
            b.words(w - 0.16, h - 0.3, CHALK_INK, y=-0.009, z=0.17 + (h - 0.22) / 2)
    b.add(tube([(-w / 2 + 0.02, 0, h - 0.05), (w / 2 - 0.02, 0, h - 0.05)], 0.008, 6), BRASS, 0.7)


def sign_neon(b: PieceBag) -> None:
    """Words that glow on a clear board, as of bent glass."""
    w, h = 1.1, 0.36
    with b.painted("board"):
        b.add(box(w, 0.012, h, 0.005), rgb("5a4a5c"), 0.5, jitter=0, y=-0.03)
    for sx in (-1, 1):
        for z in (0.05, h - 0.05):
            b.add(
                lathe([(0.012, 0), (0.012, 0.03), (0.016, 0.032), (0.016, 0.04), (0, 0.042)], 10),
                BRASS,
                0.7,
                x=sx * (w / 2 - 0.05),
                z=z,
                rx=90,
            )
    b.words(w - 0.16, h - 0.1, rgb("ff9aa2"), glows=True, y=-0.045, z=h / 2)
    b.lamp(0.5, 2.2, y=-0.3, z=h / 2)


def sign_plaque(b: PieceBag) -> None:
    """An engraved brass plate on a walnut back."""
    w, h = 0.36, 0.2
    with b.painted("wood"):
        b.add(box(w, 0.016, h, 0.007), WALNUT, 0.4, jitter=0, y=-0.008)
    with b.painted("metal"):
        b.add(box(w - 0.04, 0.008, h - 0.04, 0.004), BRASS * 0.85, 0.75, jitter=0, y=-0.019, z=0.02)
    for sx in (-1, 1):
        for z in (0.035, h - 0.035):
            b.add(
                lathe([(0.006, 0), (0.005, 0.003), (0, 0.004)], 8),
                BRASS,
                0.8,
                x=sx * (w / 2 - 0.034),
                y=-0.022,
                z=z,
                rx=90,
            )
    b.words(w - 0.09, h - 0.07, rgb("3c2a18"), y=-0.0245, z=h / 2)


def letters(b: PieceBag) -> None:
    """Letters on the wall, two metres wide, held by a slim rail."""
    w, h = 2.0, 0.34
    with b.painted("rail"):
        b.add(box(w, 0.014, 0.016, 0.004), BRASS, 0.6, jitter=0, y=-0.012)
        for sx in (-1, 0, 1):
            b.add(
                lathe([(0.012, 0), (0.012, 0.012), (0, 0.013)], 10), BRASS, 0.6, x=sx * (w / 2 - 0.03), z=0.008, rx=90
            )
    b.words(w, h - 0.02, rgb("6b4a2f"), y=-0.016, z=h / 2 + 0.01)


def banner(b: PieceBag) -> None:
    """A cloth banner on a rod, with a swallow tail."""
    w, h = 0.7, 1.1
    with b.painted("wood"):
        b.add(tube([(-w / 2 - 0.05, -0.04, h), (0, -0.04, h), (w / 2 + 0.05, -0.04, h)], 0.013, 8), OAK, 0.4)
        for sx in (-1, 1):
            b.add(ball(0.022, 10, 2), OAK, 0.4, x=sx * (w / 2 + 0.06), y=-0.04, z=h - 0.022)
    b.add(tube([(-0.3, -0.04, h + 0.005), (0, -0.01, h + 0.18), (0.3, -0.04, h + 0.005)], 0.004, 5), INK, 0.1)
    u, t = np.linspace(-1, 1, 13), np.linspace(0, 1, 9)
    x = np.broadcast_to(u[None] * w / 2, (9, 13))
    notch = 0.16 * (1 - np.abs(u))[None] * t[:, None] ** 3
    z = h + 0.012 - t[:, None] * h + notch
    y = -0.042 - 0.012 * np.sin(u * 4.5)[None] * t[:, None]
    p = np.stack([x, y + 0 * x, z + 0 * x], -1)
    with b.painted("cloth"):
        front = facing(grid(p, wrap=False), FRONT)
        b.add(front, TERRA * 0.9, 0.02, jitter=0)
        b.add(Shape(front.v + (0, 0.004, 0), -front.n, front.f[:, ::-1]), TERRA * 0.8, 0.02, jitter=0)
    b.words(w - 0.14, h - 0.4, CREAM_INK, y=-0.058, z=h - 0.42)


SCENES = (  # sky low and high, sun, three hills from far to near
    ("f6dcb4", "e8b48c", "f7efe0", "d99a74", "b96f55", "7f4a46"),
    ("e4ebdc", "a8c9cf", "f5e2a8", "9fbfa6", "6f9a86", "40695f"),
    ("f3d3b4", "7fa8bd", "f9ecd2", "6d8fa3", "3f6f87", "2b4a63"),
)


def landscape(b: PieceBag, w: float, h: float, kind: int) -> None:
    """Hills under a sun, in flat colours: what hangs in a frame until somebody chooses a picture."""
    low, high, sun, *ridges = (rgb(tone) for tone in SCENES[kind])
    t = np.linspace(0, 1, 6)
    bands = np.array([[(-w / 2, 0, -h / 2 + h * q), (w / 2, 0, -h / 2 + h * q)] for q in t])
    sky = facing(grid(bands, wrap=False), FRONT)
    height = (sky.v[:, 2:] / h + 0.5) ** 0.8
    b.add(sky, low * (1 - height) + high * height, 0.05, to=ART, jitter=0)
    b.add(oval(w * 0.2, h * 0.16, h * 0.11, h * 0.11, 18), sun, 0.05, to=ART, jitter=0, y=-0.0004)
    x = np.linspace(-w / 2, w / 2, 22)
    for k, tone in enumerate(ridges):
        crest = h * (0.02 - 0.17 * k + 0.09 * np.sin(5.2 * x / w + 1.9 * k + kind) + 0.04 * np.sin(13 * x / w + k))
        crest = np.clip(crest, -h / 2, h / 2)
        rails = [np.c_[x, 0 * x, np.full(22, -h / 2)], np.c_[x, 0 * x, crest]]
        b.add(facing(strips(*rails), FRONT), tone, 0.05, to=ART, jitter=0, y=-0.0008 - 0.0004 * k)


def frame(b: PieceBag, w: float, h: float, bar: float, colour: Colour, *, mat: float, kind: int) -> None:
    """A frame round a picture w by h with a mat of a width."""
    fw, fh = w + 2 * mat + 2 * bar, h + 2 * mat + 2 * bar
    with b.painted("frame"):
        for sx in (-1, 1):
            b.add(box(bar, 0.034, fh, 0.008), colour, 0.45, jitter=0.02, x=sx * (fw - bar) / 2, y=-0.017)
        for z in (0, fh - bar):
            b.add(box(fw - 2 * bar, 0.034, bar, 0.008), colour, 0.45, jitter=0.02, y=-0.017, z=z)
        for sx in (-1, 1):
            b.add(
                box(0.008, 0.022, fh - 2 * bar, 0.003),
                colour * 0.75,
                0.45,
                jitter=0,
                x=sx * (fw / 2 - bar - 0.003),
                y=-0.014,
                z=bar,
            )
    with b.painted("mat"):
        b.add(box(fw - 2 * bar, 0.012, fh - 2 * bar, 0), CHALK, 0.02, jitter=0, y=-0.008, z=bar)
    b.picture(w, h, y=-0.0165, z=fh / 2)
    with b.at(y=-0.015, z=fh / 2):
        landscape(b, w, h, kind)


def frame_small(b: PieceBag) -> None:
    """A small frame, as wide as a book."""
    frame(b, 0.2, 0.26, 0.022, OAK, mat=0.04, kind=0)


def frame_medium(b: PieceBag) -> None:
    """A frame for a print."""
    frame(b, 0.5, 0.38, 0.028, WALNUT, mat=0.07, kind=1)


def frame_large(b: PieceBag) -> None:
    """A wide frame without a mat, for what should fill a wall."""
    frame(b, 1.2, 0.8, 0.045, ASH, mat=0.0, kind=2)


def frame_gilt(b: PieceBag) -> None:
    """A gilt frame with corner roses, upright."""
    frame(b, 0.42, 0.56, 0.05, BRASS, mat=0.0, kind=0)
    for sx in (-1, 1):
        for z in (0.03, 0.63):
            rose = [(0.034, 0), (0.03, 0.01), (0.016, 0.012), (0.018, 0.018), (0.008, 0.024), (0, 0.025)]
            with b.painted("frame"):
                b.add(lathe(rose, 12), BRASS, 0.6, x=sx * 0.235, y=-0.03, z=z, rx=90)


def mirror_tall(b: PieceBag) -> None:
    """A tall mirror in an ash frame, on the wall or on the floor before it."""
    w, h, bar = 0.62, 1.6, 0.045
    with b.painted("frame"):
        for sx in (-1, 1):
            b.add(box(bar, 0.05, h + 2 * bar, 0.014), ASH, 0.45, jitter=0.02, x=sx * (w + bar) / 2, y=-0.025)
        for z in (0, h + bar):
            b.add(box(w, 0.05, bar, 0.014), ASH, 0.45, jitter=0.02, y=-0.025, z=z)
    b.add(box(w, 0.012, h, 0), OAT * 0.4, 0.3, jitter=0, y=-0.008, z=bar)
    b.mirror(w, h, y=-0.02, z=bar)


PIECES = {
    "sign_hanging": PieceModel(sign_hanging, "signs", "Hanging sign", "挂牌", "wall", solid=False),
    "sign_board": PieceModel(sign_board, "signs", "A-board", "立牌"),
    "sign_neon": PieceModel(sign_neon, "signs", "Neon sign", "霓虹灯牌", "wall", solid=False),
    "sign_plaque": PieceModel(sign_plaque, "signs", "Brass plaque", "铜牌", "wall", solid=False),
    "letters": PieceModel(letters, "words", "Letters on the wall", "墙面字", "wall", solid=False),
    "banner": PieceModel(banner, "words", "Cloth banner", "布幅", "wall", solid=False),
    "frame_small": PieceModel(frame_small, "pictures", "Small frame", "小画框", "any", solid=False),
    "frame_medium": PieceModel(frame_medium, "pictures", "Print frame", "中画框", "any", solid=False),
    "frame_large": PieceModel(frame_large, "pictures", "Large frame", "大画框", "wall", solid=False),
    "frame_gilt": PieceModel(frame_gilt, "pictures", "Gilt frame", "金画框", "any", solid=False),
    "mirror_tall": PieceModel(mirror_tall, "pictures", "Tall mirror", "穿衣镜", "wall", solid=False),
}
