"""The market's stalls with all that is on them for the eye alone; what is for sale stands on their level shelves."""

from assets.studio import market_heaps as heaps
from assets.studio import market_stalls as stalls
from assets.studio.bag import Bag
from assets.studio.kit import box, tube
from assets.studio.market_cart import cart
from assets.studio.market_colours import (
    LINEN,
    MUSTARD_CLOTH,
    PATINA,
    PATINA_PALE,
    PETROL,
    PLANK,
    SAGE_CLOTH,
    TIMBER,
    TOMATO_CLOTH,
)
from assets.studio.market_plan import COUNTER_D, COUNTER_H, Stall
from assets.studio.palette import rgb


def rack(b: Bag, stall: Stall, crops: tuple[tuple, ...]) -> None:
    """Crates of fruit on the sloping front of a stall; a crop is (colour, radius, cheek, tall)."""
    n = len(crops)
    w = (stall.w - 0.04) / n
    for k, (colour, r, cheek, tall) in enumerate(crops):
        with b.at(x=(k - (n - 1) / 2) * w, y=0.27, z=0.46, rx=19):
            heaps.full_crate(b, w - 0.02, 0.46, 0.13, colour, r, cheek=cheek, tall=tall)


def vegetables(b: Bag, stall: Stall) -> None:
    """Rosa's vegetables, in the first bay of the hall."""
    stalls.stepped_table(b, stall.w, stall.tiers, PATINA)
    crops = (
        (heaps.TOMATO, 0.042, rgb("e2692a"), 0.9),
        (heaps.CARROT, 0.036, None, 1.3),
        (heaps.AUBERGINE, 0.05, None, 1.2),
        (heaps.LIME, 0.04, heaps.PEAR, 1.0),
    )
    rack(b, stall, crops)
    for x, marks in ((-0.55, 3), (0.58, 2)):
        with b.at(x=x, y=0.5, z=0.68):
            stalls.slate(b, 0.17, 0.13, marks)
    for k, x in enumerate((-0.85, -0.5, 0.55, 0.9)):
        with b.at(x=x, y=1.62 + 0.1 * (k % 2), z=0.0):
            heaps.full_crate(b, 0.34, 0.34, 0.3, heaps.CABBAGE, 0.09, cheek=heaps.LEEK)


def fruit(b: Bag, stall: Stall) -> None:
    """Old Wu's orchard fruit, in the middle bay."""
    stalls.stepped_table(b, stall.w, stall.tiers, TOMATO_CLOTH * 0.9)
    crops = (
        (heaps.APPLE, 0.044, rgb("d99a3a"), 0.95),
        (heaps.PEAR, 0.04, rgb("d8b24a"), 1.35),
        (heaps.PEACH, 0.044, rgb("d9694a"), 1.0),
        (heaps.PLUM, 0.036, None, 1.05),
    )
    rack(b, stall, crops)
    for x, marks in ((-0.28, 2), (0.82, 4)):
        with b.at(x=x, y=0.5, z=0.68):
            stalls.slate(b, 0.17, 0.13, marks)


def citrus(b: Bag, stall: Stall) -> None:
    """Citrus and baskets, in the third bay."""
    stalls.stepped_table(b, stall.w, stall.tiers, PETROL)
    crops = (
        (heaps.ORANGE, 0.046, None, 1.0),
        (heaps.LOQUAT, 0.033, None, 1.15),
        (heaps.LEMON, 0.04, None, 1.25),
        (heaps.LIME, 0.038, None, 1.1),
    )
    rack(b, stall, crops)
    with b.at(x=0.3, y=0.5, z=0.68):
        stalls.slate(b, 0.17, 0.13, 3)


def melons(b: Bag, stall: Stall) -> None:
    """Melons and late fruit under the striped awning by the south wall."""
    back, front = (1.45, 2.55), (-0.25, 2.12)
    stalls.awning_frame(b, stall.w + 0.1, back, front)
    with b.at(y=back[0], z=back[1] + 0.03):
        stalls.striped_awning(
            b, stall.w + 0.24, back[0] - front[0] + 0.22, back[1] - front[1] + 0.05, (TOMATO_CLOTH, LINEN)
        )
    stalls.stepped_table(b, stall.w, stall.tiers, LINEN * 0.9)
    for k in range(5):
        with b.at(x=-0.98 + 0.49 * k, y=0.25 + 0.03 * (k % 2), z=0.45, rx=19):
            heaps.open_crate(b, 0.46, 0.44, 0.12)
            with b.at(z=0.02, rz=90):
                if k in (1, 3):
                    with b.at(z=0.06):
                        heaps.heap(b, 0.4, 0.42, (heaps.APPLE, heaps.ORANGE)[k // 2], 0.046)
                else:
                    heaps.melon(b, 0.15)
    with b.at(x=0.0, y=0.5, z=0.68):
        stalls.slate(b, 0.2, 0.15, 5)


def honey(b: Bag, stall: Stall) -> None:
    """Miro's booth of honey and jam against the west house."""
    stalls.booth(b, stall.w, rgb("e0a030"))
    with b.at(y=-0.02, z=2.2):
        stalls.striped_awning(b, stall.w + 0.1, 0.75, 0.3, (MUSTARD_CLOTH, LINEN), stripe=0.24, scallop=0.16)
    fills = (rgb("c9701e"), rgb("e0a030"), rgb("a83a3a"), rgb("e8c75a"), rgb("6f2f44"), rgb("8a9a3e"))
    caps = (TOMATO_CLOTH, LINEN, PATINA_PALE, MUSTARD_CLOTH)
    for row, z in enumerate((0.978, 1.348, 1.718)):
        for k in range(9):
            with b.at(x=-0.8 + 0.2 * k + b.rng.uniform(-0.02, 0.02), y=0.96 + 0.02 * (k % 2), z=z):
                if (k + row) % 5 != 4:
                    heaps.jar(
                        b,
                        0.062 + 0.012 * ((k * 3 + row) % 2),
                        0.15 + 0.05 * ((k + row) % 3),
                        fills[(k + 2 * row) % 6],
                        caps[(k + row) % 4],
                    )
    b.light("POINT", 26, (0, 0.5, 2.0), size_m=(0.1,))


def flowers(b: Bag, stall: Stall) -> None:
    """A Lan's flower steps under a round parasol, buckets all about."""
    stalls.stepped_table(b, stall.w, stall.tiers, PATINA_PALE, slant=False)
    with b.at(x=0.0, y=1.42):
        stalls.parasol(b, 1.5, 2.3, SAGE_CLOTH, LINEN)
    zinc = rgb("9fabae")
    bouquets = (
        (-1.32, 0.25, 0.14, zinc, (rgb("d8465a"), rgb("f0b8c0"))),
        (-1.36, 0.75, 0.13, PATINA_PALE, (rgb("f4efe0"), rgb("f2d15a"))),
        (1.34, 0.2, 0.14, PATINA, (rgb("e8912f"), rgb("f2c23a"))),
        (1.36, 0.66, 0.13, zinc, (rgb("8a64b4"), rgb("c3a6dc"))),
        (-0.8, -0.22, 0.12, zinc, (rgb("e77f9a"), rgb("f6dbe0"))),
        (0.78, -0.2, 0.12, PATINA_PALE, (rgb("5f7fc0"), rgb("eef0f6"))),
    )
    for x, y, r, tin, petals in bouquets:
        with b.at(x=x, y=y):
            heaps.bucket_of_flowers(b, r, r * 2.0, tin, petals)


def scale_table(b: Bag, stall: Stall) -> None:
    """Auntie Fang's table with the market's scale, where one pays."""
    w = stall.w
    with b.at(y=-0.18):
        stalls.linen_canopy(b, w + 0.3, 1.4, 2.22, LINEN, MUSTARD_CLOTH)
    b.shell(box(w, COUNTER_D, 0.05, 0.014), PLANK, 0.35, y=COUNTER_D / 2, z=COUNTER_H - 0.05, density=1.2)
    b.shell(box(w - 0.08, 0.04, COUNTER_H - 0.1, 0.01), PETROL, 0.2, y=0.06, z=0.05, density=0.9, jitter=0.02)
    for k in range(3):
        panel = box((w - 0.3) / 3, 0.02, 0.6, 0.012)
        b.shell(panel, PETROL * 1.25, 0.2, keep="yxXzZ", x=(k - 1) * (w - 0.16) / 3, y=0.035, z=0.16, density=0.8)
    for sx in (-1, 1):
        side = box(0.04, COUNTER_D - 0.1, COUNTER_H - 0.1, 0)
        b.shell(side, PETROL, 0.2, keep="xX", x=sx * (w / 2 - 0.05), y=COUNTER_D / 2, z=0.05, density=0.7)
    b.add(tube([(-w / 2, 0.3, 2.02), (0, 0.3, 2.03), (w / 2, 0.3, 2.02)], 0.02, 6), TIMBER, 0.2)
    with b.at(x=0.42, y=0.3, z=2.02):
        stalls.hanging_scale(b)
    with b.at(x=-0.36, y=0.36, z=COUNTER_H):
        stalls.platform_scale(b)
    with b.at(x=0.12, y=0.14, z=COUNTER_H):
        b.add(box(0.2, 0.15, 0.012, 0.003), LINEN, 0.05, rz=10)
        b.add(box(0.03, 0.13, 0.01, 0.003), TOMATO_CLOTH, 0.2, x=0.13, y=0.02, rz=-30)
    with b.at(x=0.55, y=0.5, z=COUNTER_H):
        heaps.open_crate(b, 0.3, 0.26, 0.1, TIMBER)
    for x in (-0.5, 0.55):
        with b.at(x=x, y=0.32, z=2.04):
            b.light("POINT", 20, (0, 0, -0.1), size_m=(0.1,))


FILLED = {
    "vegetables": vegetables,
    "fruit": fruit,
    "citrus": citrus,
    "melons": melons,
    "honey": honey,
    "flowers": flowers,
    "cart": lambda b, stall: cart(b, stall.w, stall.tiers),  # what it carries is all for sale
    "scale": scale_table,
}
