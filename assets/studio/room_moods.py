"""Moods of the rooms of homes: words as in moods.py. Indoors they differ by how much of the day comes in."""


def indoors(
    *, day: float = 0.72, dusk_sun: float = 0.22, lamp_day: float = 0.22, night: float = 1.15
) -> dict[str, dict]:
    """Four moods of a room with windows; `day` and `night` are exposures."""
    return {
        "day": _mood((1, 1, 1), (1, 1, 1), (lamp_day,) * 3, (1.5, 1.5, 1.5), (3, 3, 3), (0, 0, 0), day),
        "dusk": _mood(
            (dusk_sun, dusk_sun * 0.52, dusk_sun * 0.28), (0.28, 0.245, 0.33), (0.85, 0.85, 0.85), (0.68, 0.43, 0.38),
            (4, 4, 4), (0.7, 0.48, 0.24), 0.98,
        ),
        "rain": _mood(
            (0, 0, 0), (0.42, 0.48, 0.54), (0.78, 0.78, 0.78), (0.34, 0.40, 0.44), (4, 4, 4), (0.5, 0.36, 0.2), 0.98,
            fog=0.009, overcast=0.8,
        ),
        "night": _mood(
            (0, 0, 0), (0.02, 0.035, 0.08), (1, 1, 1), (0.03, 0.045, 0.10), (5, 5, 5), (0.9, 0.62, 0.3), night
        ),
    }  # fmt: skip


def _mood(sun: tuple, sky: tuple, lamp: tuple, outdoor: tuple, glow: tuple, window: tuple, exposure: float, *,
          fog: float = 0.006, overcast: float = 0.0) -> dict:  # fmt: skip
    out = {
        "sun": list(sun), "sky": list(sky), "lamp": list(lamp), "outdoor": list(outdoor), "lamp_glow": list(glow),
        "night_window": list(window), "exposure": exposure, "fog": None, "fog_density": fog,
    }  # fmt: skip
    return out | ({"overcast": overcast} if overcast else {})


GARDEN = {
    "day": {
        "sun": [1, 1, 1], "sky": [1, 1, 1], "lamp": [0.3, 0.3, 0.3], "outdoor": [1.15, 1.15, 1.15],
        "lamp_glow": [1.5, 1.5, 1.5], "night_window": [0, 0, 0], "exposure": 0.68, "fog": [0.86, 0.88, 0.80],
        "fog_density": 0.004,
    },
    "dusk": {
        "sun": [0.12, 0.06, 0.035], "sky": [0.62, 0.42, 0.46], "lamp": [0.9, 0.9, 0.9], "outdoor": [0.66, 0.44, 0.44],
        "lamp_glow": [4, 4, 4], "night_window": [0.9, 0.6, 0.28], "exposure": 1.0, "fog": [0.44, 0.30, 0.29],
        "fog_density": 0.006,
    },
    "rain": {
        "sun": [0, 0, 0], "sky": [0.82, 0.80, 0.76], "lamp": [0.6, 0.6, 0.6], "outdoor": [0.44, 0.45, 0.45],
        "lamp_glow": [3, 3, 3], "night_window": [0.5, 0.36, 0.2], "exposure": 0.95, "fog": [0.42, 0.45, 0.46],
        "fog_density": 0.012, "overcast": 0.85,
    },
    "night": {
        "sun": [0, 0, 0], "sky": [0.035, 0.05, 0.10], "lamp": [1, 1, 1], "outdoor": [0.035, 0.05, 0.11],
        "lamp_glow": [5, 5, 5], "night_window": [0.95, 0.62, 0.3], "exposure": 1.2, "fog": [0.02, 0.03, 0.06],
        "fog_density": 0.006,
    },
}  # fmt: skip
