"""The orchard, as the studio builds it."""

from assets.studio import orchard, orchard_moods
from assets.studio import orchard_plan as plan
from assets.studio.ground_model import GroundModel

PLACE = GroundModel(
    build=orchard.build, sun=plan.SUN, probes=plan.PROBES, room_lo=plan.LO, room_hi=plan.HI, eye=plan.EYE,
    leaves={}, moods=orchard_moods.ORCHARD, sky_dome=plan.SKY_DOME, atlas_side=512, most_triangles=40_000, far_m=260.0,
    ground={"paths": [[wide, [list(at) for at in points]] for wide, points in plan.PATHS],
            "stream": [[round(float(plan.stream_x(y)), 2), float(y)] for y in range(-16, 75, 3)],
            "lamps": [[x, y, 2.6] for x, y in (*plan.LAMPS, plan.SCALE_AT, (-4.9, -3.2), (6.8, -5.0), (0.0, -2.0))],
            "stream_wide_m": plan.STREAM_WIDE_M, "square": list(plan.SQUARE),
            "sun": [round(plan.SUN.strength / 3.14159 * c, 3) for c in plan.SUN.colour], "sky": list(plan.SKY_DOME)},
)  # fmt: skip
