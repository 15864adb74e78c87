import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.fitting import _near_after, _without
from game.core.layout import Makings, layout, near_to, part_of, shadows, walked
from game.core.rooms import Item
from tests.core.small import GOODS
from tests.core.small_rooms import BENCH, KIT, SHELF, TABLE, item, studio
from tests.core.test_rooms import room

MAKINGS = Makings(KIT, GOODS, studio())

things = st.builds(
    lambda what, x, y, yaw: (what, x, y, yaw), st.sampled_from([TABLE, SHELF, BENCH]), st.floats(-3.2, 3.2),
    st.floats(-2.8, 2.8), st.sampled_from([0.0, 45.0, 90.0]),
)  # fmt: skip


def placed(specs: list[tuple[str, float, float, float]]) -> tuple[Item, ...]:
    return tuple(item(n, what, (x, y), yaw_deg=yaw) for n, (what, x, y, yaw) in enumerate(specs, 1))


@settings(max_examples=400, deadline=None)
@given(st.lists(things, max_size=12), things)
def test_a_look_around_tells_what_spreading_over_the_whole_floor_does(before: list, one_more: tuple) -> None:
    under = layout(room(*placed(before)), MAKINGS)
    (new,) = placed([one_more])
    shape = (under.blocked.shape[0], under.blocked.shape[1])
    casts = [
        cast for cast in shadows(part_of(new, MAKINGS).solids, under.from_m, shape)
        if under.reach[cast[0], cast[1]][cast[2]].any()
    ]  # fmt: skip
    if not casts:
        return
    blocked = under.blocked.copy()
    for rows, columns, near in casts:
        blocked[rows, columns] += near
    whole = walked(blocked == 0, studio(), under.from_m)
    left = _without(under, casts)
    if left is None:
        assert not whole.any()
        return
    assert np.array_equal(left, whole)
    assert np.array_equal(_near_after(under, left), near_to(whole))


@settings(max_examples=100, deadline=None)
@given(st.lists(things, max_size=8), st.lists(things, max_size=4))
def test_a_layout_taken_over_from_another_is_the_one_made_anew(first: list, more: list) -> None:
    before = room(*placed(first))
    after = room(*before.items[len(first) // 2 :], *(
        item(100 + n, what, (x, y), yaw_deg=yaw) for n, (what, x, y, yaw) in enumerate(more)
    ))  # fmt: skip
    taken_over = layout(after, MAKINGS, layout(before, MAKINGS))
    anew = layout(after, MAKINGS)
    for name in ("blocked", "reach", "near", "surfaces", "surface_owner", "box_owner", "flat"):
        assert np.array_equal(getattr(taken_over, name), getattr(anew, name)), name
    assert [part.item for part in taken_over.parts] == [part.item for part in anew.parts]
