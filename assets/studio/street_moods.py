"""The street's own words on its times of day and weather: what differs from the common open-air moods of moods.py."""

from assets.studio import moods

OWN: dict[str, dict] = {
    "dusk": {  # the sun is down behind the hills: a rose sky, the first lamps
        "sky": [0.66, 0.42, 0.44],
        "lamp": [0.85, 0.8, 0.75],
        "outdoor": [0.86, 0.46, 0.40],
        "lamp_glow": [3.0, 2.4, 1.7],
        "night_window": [0.9, 0.5, 0.2],
        "fog": [0.50, 0.30, 0.26],
    },
    "rain": {
        "sun": [0.03, 0.03, 0.03],
        "sky": [0.80, 0.74, 0.66],
        "lamp": [0.6, 0.55, 0.5],
        "outdoor": [0.52, 0.53, 0.55],
        "overcast": 0.75,
        "lamp_glow": [2.4, 2.0, 1.5],
        "night_window": [0.6, 0.36, 0.16],
        "exposure": 0.9,
        "fog": [0.36, 0.37, 0.38],
        "fog_density": 0.012,
    },
    "night": {
        "sky": [0.04, 0.06, 0.13],
        "lamp": [1, 0.94, 0.86],
        "lamp_glow": [3.2, 2.5, 1.7],
        "night_window": [1.1, 0.56, 0.2],
    },
}
MOODS = {name: mood | OWN.get(name, {}) for name, mood in moods.STREET.items()}
