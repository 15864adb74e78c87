"""Poses and the way between two of them: how a good travels from its stand to the hand and home again."""

from dataclasses import dataclass

from panda3d.core import LMatrix4f, LPoint3f, LQuaternionf, LVector3f

PICK_SECS = 0.26
PUT_SECS = 0.24


@dataclass(frozen=True, slots=True)
class Pose:
    """Position in metres, turn and even scale."""

    pos_m: LPoint3f
    turn: LQuaternionf
    scale: float = 1.0

    def matrix(self) -> LMatrix4f:
        """As a matrix for row vectors."""
        out = LMatrix4f()
        self.turn.extract_to_matrix(out)
        for row in range(3):
            out.set_row(row, out.get_row3(row) * self.scale)
        out.set_row(3, LVector3f(*self.pos_m))
        return out


def pose_of(matrix: LMatrix4f) -> Pose:
    """The pose of a matrix that neither shears nor mirrors."""
    scale = matrix.get_row3(0).length()
    rigid = LMatrix4f(matrix)
    for row in range(3):
        rigid.set_row(row, matrix.get_row3(row) / scale)
    turn = LQuaternionf()
    turn.set_from_matrix(rigid.get_upper_3())
    return Pose(LPoint3f(matrix.get_row3(3)), turn, scale)


def ease_out(t: float) -> float:
    """0..1 that starts fast and comes to rest."""
    t = min(max(t, 0.0), 1.0)
    return 1 - (1 - t) ** 3


def between(a: Pose, b: Pose, t: float) -> Pose:
    """The pose at `t` (0..1) of the way, by the shorter turn."""
    other = b.turn
    if a.turn.dot(other) < 0:
        other = LQuaternionf(-other.get_r(), -other.get_i(), -other.get_j(), -other.get_k())
    turn = a.turn * (1 - t) + other * t
    turn.normalize()
    return Pose(a.pos_m + (b.pos_m - a.pos_m) * t, LQuaternionf(turn), a.scale + (b.scale - a.scale) * t)
