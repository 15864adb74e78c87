"""What large faces hide from an eye: only what no line from where the eye may be reaches."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from panda3d.core import NodePath

from game.client import shapes
from game.client.hidden import OTHERS, Faces, faces_of, hidden
from game.client.pieces import result


def panels(*boxes):
    """The faces of boxes (bottom centre, size)."""
    place = NodePath("place")
    place.attach_new_node(shapes.lit_boxes("walls", [(at, size, 0.0) for at, size in boxes], (1, 1, 1, 0)))
    return result(faces_of(place.find("walls")))


WALL = ((0.0, 0.0, 0.0), (0.1, 4.0, 2.0))
STILL = np.zeros(3)


def behind(faces, eye_m, at_m, *, half_m=0.1, stray_m=STILL):
    at = np.array([at_m], float)
    return bool(hidden(faces, np.array(eye_m, float), stray_m, at - half_m, at + half_m)[0])


def test_a_wall_hides_what_is_behind_it_from_either_side():
    faces = panels(WALL)
    assert behind(faces, (-2, 0, 1), (2, 0, 1))
    assert behind(faces, (2, 0, 1), (-2, 0, 1))
    assert not behind(faces, (-2, 0, 1), (-1, 0, 1)), "before the wall"
    assert not behind(faces, (-2, 0, 1), (2, 0, 4)), "over it"
    assert not behind(faces, (-2, 0, 1), (2, 6, 1)), "past its end"
    assert not behind(faces, (-2, 0, 1), (0, 0, 1)), "in it"


def test_an_eye_that_may_stray_sees_more():
    faces = panels(WALL)
    assert behind(faces, (-2, 0, 1), (0.3, 1.8, 1))
    assert not behind(faces, (-2, 0, 1), (0.3, 1.8, 1), stray_m=np.array([0.0, 3.0, 0.0]))
    assert not behind(faces, (-2, 0, 1), (2, 0, 1), stray_m=np.array([3.0, 0.0, 0.0])), "it may be on the other side"


def test_panels_in_a_row_are_one_face_and_panels_apart_are_not():
    row = panels(((0, -1, 0), (0.1, 2, 2)), ((0, 1, 0), (0.1, 2, 2)))
    apart = panels(((0, -1.2, 0), (0.1, 2, 2)), ((0, 1.2, 0), (0.1, 2, 2)))
    assert behind(row, (-2, 0, 1), (2, 0, 1))
    assert not behind(apart, (-2, 0, 1), (2, 0, 1))


def test_small_and_turned_boxes_hide_nothing():
    place = NodePath("place")
    place.attach_new_node(shapes.lit_boxes("walls", [(*WALL, 0.5)], (1, 1, 1, 0)))
    turned = result(faces_of(place.find("walls")))
    assert set(turned.axis.tolist()) <= {2}
    assert len(panels(((0, 0, 0), (0.5, 0.5, 0.5)))) == 0
    assert len(result(faces_of(NodePath()))) == 0


def test_what_swings_is_no_wall():
    place = NodePath("place")
    leaf = place.attach_new_node("shell").attach_new_node("leaf")
    leaf.attach_new_node(shapes.lit_boxes("wood", [(*WALL, 0.0)], (1, 1, 1, 0)))
    assert len(result(faces_of(place.find("shell")))) > 0
    assert len(result(faces_of(place.find("shell"), but=frozenset({"leaf"})))) == 0


METRES = st.floats(-3.0, 3.0)
POINTS = st.tuples(METRES, METRES, METRES)
SIZES = st.tuples(*[st.floats(1.0, 4.0)] * 2)


@given(
    axis=st.sampled_from([0, 1, 2]), side=st.sampled_from([-1.0, 1.0]), low=st.tuples(METRES, METRES), size=SIZES,
    eye=POINTS, stray=st.tuples(*[st.floats(0.0, 0.5)] * 3), at=POINTS, seed=st.integers(0, 999),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_every_line_to_what_is_hidden_goes_through_the_face(axis, side, low, size, eye, stray, at, seed):
    face = Faces(np.array([axis]), np.array([side]), np.zeros(1), np.array([low]), np.array([low]) + np.array([size]))
    if not behind(face, eye, at, half_m=0.15, stray_m=np.array(stray)):
        return
    rng = np.random.default_rng(seed)
    eyes = np.array(eye) + np.array(stray) * rng.uniform(-1, 1, (50, 3))
    points = np.array(at) + 0.15 * rng.uniform(-1, 1, (50, 3))
    assert (eyes[:, axis] * side > 0).all()
    assert (points[:, axis] * side <= 0).all()
    part = eyes[:, axis] / (eyes[:, axis] - points[:, axis])
    crossed = (eyes + part[:, None] * (points - eyes))[:, OTHERS[axis]]
    assert (crossed >= np.array(low) - 1e-6).all()
    assert (crossed <= np.array(low) + np.array(size) + 1e-6).all()
