"""People ready-made, to begin from."""

from types import MappingProxyType

from game.core.looks import DEFAULT_LOOKS, Looks

PEOPLE = MappingProxyType({
    "mia": DEFAULT_LOOKS,
    "tariq": Looks(
        skin="#704c39", hair="short", hair_colour="#2b1a14", beard="full", eye_colour="#5a3a20", height_m=1.76, jaw=0.7,
        face_width=0.1, shoulders=0.9, chest=0.3, nose_length=0.5, nose_width=0.3, eye_size=-0.2, brow_size=0.5,
        mouth_width=0.3, smile=0.6,
    ),
    "rosa": Looks(
        skin="#e8b48f", hair="bun", hair_colour="#b5602c", eye_colour="#4f9a78", height_m=1.52, face_width=0.5,
        cheeks=0.9, eye_distance=0.3, nose_length=-0.5, belly=0.7, hips=0.8, limbs=0.5, smile=0.9, shoulders=-0.4,
    ),
    "jun": Looks(
        skin="#d6996f", hair="crop", hair_colour="#1d1a1c", eye_colour="#5a3a20", height_m=1.68, jaw=0.3,
        eye_size=-0.1, eye_tilt=0.5, eye_distance=0.2, smile=0.4, shoulders=0.4, limbs=-0.4,
    ),
    "ada": Looks(
        skin="#573b2d", hair="curls", hair_colour="#1d1a1c", eye_colour="#5a3a20", height_m=1.66, cheeks=0.4,
        eye_size=0.4, lips=0.7, mouth_width=0.3, nose_width=0.4, smile=0.6, hips=0.5, chest=0.3,
    ),
    "henrik": Looks(
        skin="#f3cdb0", hair="none", hair_colour="#d9d6d0", beard="full", eye_colour="#4f8fc4", height_m=1.72, age=0.9,
        face_width=0.2, jaw=0.4, cheeks=0.3, nose_length=0.6, nose_width=0.5, brow_size=0.7, belly=0.9, smile=0.7,
        eye_size=-0.3,
    ),
    "lian": Looks(
        skin="#e8b48f", hair="long", hair_colour="#2b1a14", eye_colour="#463a34", height_m=1.60, jaw=-0.4, chin=-0.3,
        eye_tilt=0.3, nose_length=-0.3, limbs=-0.5, smile=0.5, brow_height=0.2,
    ),
    "nana_ruth": Looks(
        skin="#8a5f46", hair="bun", hair_colour="#d9d6d0", eye_colour="#94592f", height_m=1.54, age=1.0, cheeks=0.5,
        nose_width=0.4, belly=0.5, hips=0.6, shoulders=-0.3, smile=0.8, eye_size=-0.1,
    ),
    "pip": Looks(
        skin="#f3cdb0", hair="ponytail", hair_colour="#a8662f", eye_colour="#8a9a4c", height_m=1.42, head_size=0.9,
        cheeks=0.5, eye_size=0.7, nose_length=-0.6, jaw=-0.4, limbs=-0.4, shoulders=-0.7, smile=0.9,
    ),
})  # fmt: skip
