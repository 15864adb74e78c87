"""The conversions by themselves: no window."""

from math import pi, radians

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from panda3d.core import LPoint3f, LVector3f

from game.client import spaces

ANGLES = st.floats(-3.1, 3.1)
METRES = st.floats(-20, 20)


def near(a, b):
    assert tuple(a) == pytest.approx(tuple(b), abs=1e-4)


def test_a_yaw_of_zero_faces_north_and_grows_to_the_left():
    near(spaces.turned((0, 0, 0)).xform_vec((0, 1, 0)), (0, 1, 0))
    near(spaces.turned((0, 0, 0), pi / 2).xform_vec((0, 1, 0)), (-1, 0, 0))
    near(spaces.turned((0, 0, 0), 0, pi / 4).xform_vec((0, 1, 0)), (0, 0.70711, 0.70711))


def test_gltf_front_becomes_the_core_front():
    near(spaces.core_from_gltf(np.array([[0.0, 0.0, 1.0]]))[0], (0, -1, 0))
    near(spaces.core_from_gltf(np.array([[0.0, 1.0, 0.0]]))[0], (0, 0, 1))
    near(spaces.core_from_gltf(np.array([[1.0, 0.0, 0.0]]))[0], (1, 0, 0))


def test_a_gltf_matrix_moves_as_its_points_do():
    columns = [0, 0, -1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 5, 6, 7, 1]  # a quarter turn about glTF's +Y, then a move
    point = np.array([[1.0, 2.0, 3.0]])
    moved = np.array([[point[0, 2] + 5, point[0, 1] + 6, -point[0, 0] + 7]])
    here = spaces.core_from_gltf(point)[0]
    near(spaces.matrix_from_gltf(columns).xform_point(LPoint3f(*here)), spaces.core_from_gltf(moved)[0])


@given(yaw=ANGLES, pitch=st.floats(-1.4, 1.4))
def test_yaw_and_pitch_of_a_gaze_come_back(yaw, pitch):
    near(spaces.yaw_pitch(spaces.forward(yaw, pitch)), (yaw, pitch))


@given(at=st.tuples(METRES, METRES, METRES), there=st.tuples(METRES, METRES, METRES), a=ANGLES, b=ANGLES)
def test_a_neighbours_threshold_lies_on_ours_and_its_way_out_leads_in(at, there, a, b):
    ours, theirs = a * 180 / pi, b * 180 / pi
    matrix = spaces.through_door(at, ours, there, theirs)
    near(matrix.xform_point(LPoint3f(*there)), at)
    near(matrix.xform_vec(spaces.forward(radians(theirs))), -spaces.forward(radians(ours)))
    near(matrix.xform_vec(LVector3f(0, 0, 1)), (0, 0, 1))


def test_a_lens_sees_what_is_ahead_and_nothing_behind():
    lens = spaces.lens(60.0, 16 / 9, 0.1, 50.0)
    from panda3d.core import LPoint2f

    film = LPoint2f()
    assert lens.project(LPoint3f(0.1, 5, 0.2), film)
    assert film.x > 0
    assert film.y > 0
    assert not lens.project(LPoint3f(0, -5, 0), film)
