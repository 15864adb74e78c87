"""The timber roof along the market's north side: posts, braces, rafters, tiles; x runs along it, y = 0 is its front."""

from assets.studio.bag import Bag
from assets.studio.kit import box, tube
from assets.studio.market_colours import PLANK, STONE, TIMBER, TIMBER_DARK
from assets.studio.market_houses import lantern, tiled_slope
from assets.studio.market_stalls import arch_brace

EAVE_M, RIDGE_M = 2.82, 3.85
POST_M = 2.7


def hall(b: Bag, posts_x: tuple[float, ...], deep: float) -> None:
    """A lean-to from its front posts back to a wall `deep` behind them."""
    first, last = posts_x[0], posts_x[-1]
    w, mid = last - first + 0.7, (first + last) / 2
    for x in posts_x:
        b.shell(box(0.3, 0.3, 0.3, 0.03), STONE, 0.08, x=x, density=0.7)
        b.shell(box(0.16, 0.16, POST_M - 0.3, 0.02), TIMBER, 0.18, keep="xXyY", x=x, z=0.3, density=0.9)
        b.shell(box(0.12, deep, 0.16, 0), TIMBER, 0.15, keep="xXz", x=x, y=deep / 2, z=POST_M - 0.02, density=0.6)
        for side in (-1, 1):
            if first < x + side < last:
                with b.at(x=x, z=POST_M - 0.62, rz=0 if side > 0 else 180):
                    arch_brace(b, 0.6, TIMBER * 0.95)
    b.shell(box(w, 0.16, 0.2, 0.02), TIMBER, 0.18, keep="yzxX", x=mid, z=POST_M, density=0.8)
    n = round(w / 0.62)
    for k in range(n + 1):
        x = mid - w / 2 + 0.06 + (w - 0.12) * k / n
        path = [(x, -0.46, EAVE_M - 0.1), (x, deep / 2, (EAVE_M + RIDGE_M) / 2 - 0.06), (x, deep, RIDGE_M - 0.08)]
        b.add(tube(path, 0.045, 4), TIMBER_DARK, 0.1)
    b.shell(box(w + 0.1, 0.03, 0.13, 0), PLANK, 0.15, keep="yz", x=mid, y=-0.5, z=EAVE_M - 0.13, density=0.6)
    with b.at(x=mid):
        tiled_slope(b, w + 0.1, (-0.52, EAVE_M), (deep, RIDGE_M), 0.3)
    for k in range(len(posts_x) - 1):
        with b.at(x=(posts_x[k] + posts_x[k + 1]) / 2, y=1.15, z=POST_M + 0.12):
            lantern(b)
