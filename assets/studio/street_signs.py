"""Signs of the street: boards with a word in both scripts, and hanging boards that show what a shop sells."""

import numpy as np

from assets.studio.bag import Bag
from assets.studio.kit import Shape, join, lathe, moved, tube
from assets.studio.lettering import lettering, stroke, text_width
from assets.studio.palette import BRASS, INK, IVORY, LEAF, MUSTARD, TERRA, Colour, rgb
from assets.studio.street_shapes import face, oval, poly, sides
from assets.studio.sway import below, cloth

HAN = {  # strokes of each character, divided by bars; points in hundredths of its height, right and up
    "家": (
        "50,100 54,90 | 10,74 10,86 90,86 87,73 | 20,68 80,68 | 50,68 36,52 12,40 | "
        "40,56 56,42 60,20 52,4 40,8 | 52,44 34,30 10,20 | 57,28 36,10 12,2 | 84,58 60,44 | 60,42 72,22 95,6"
    ),
    "居": (
        "16,94 84,94 84,72 | 16,72 84,72 | 16,94 16,40 4,2 | 26,54 95,54 | 60,68 60,34 | "
        "36,0 36,34 84,34 84,0 | 36,5 84,5"
    ),
    "画": "8,94 92,94 | 28,24 28,80 72,80 72,24 28,24 | 28,52 72,52 | 50,94 50,24 | 10,66 10,5 90,5 90,66",
    "廊": (
        "50,102 54,92 | 95,87 12,87 12,40 3,0 | 38,80 41,73 | 26,70 54,70 54,42 26,42 | 26,56 54,56 | "
        "26,70 26,6 46,16 | 44,30 57,10 | 67,0 67,74 92,74 81,54 93,40 88,26 77,28"
    ),
    "果": (
        "20,58 20,94 80,94 80,58 20,58 | 20,76 80,76 | 50,94 50,0 | 6,42 94,42 | 46,42 30,20 6,6 | 54,42 70,20 94,6"
    ),
    "市": "48,102 52,86 | 6,82 94,82 | 20,14 20,62 80,62 80,20 70,20 | 50,82 50,0",
    "茶": (
        "6,86 94,86 | 32,98 32,74 | 68,98 68,74 | 50,76 34,58 4,42 | 50,76 68,58 96,42 | 20,37 80,37 | "
        "50,52 50,0 | 36,27 18,8 | 64,27 82,8"
    ),
    "花": (
        "6,86 94,86 | 32,98 32,74 | 68,98 68,74 | 36,70 26,48 6,32 | 24,46 24,0 | 86,60 70,44 50,36 | "
        "52,68 52,12 60,4 88,4 93,20"
    ),
    "书": "16,80 78,80 78,52 | 6,52 92,52 88,20 74,17 | 46,100 46,0 | 72,98 88,86",
    "面": (
        "6,94 94,94 | 50,94 42,78 | 14,4 14,76 86,76 86,4 14,4 | 37,76 37,4 | 63,76 63,4 | 37,53 63,53 | 37,29 63,29"
    ),
    "包": "34,100 24,82 6,62 | 26,80 88,80 84,42 72,36 | 26,60 60,60 60,38 26,38 | 26,60 26,12 34,4 86,4 93,20",
    "邮": "8,8 8,66 50,66 50,8 8,8 | 8,37 50,37 | 29,94 29,8 | 68,0 68,88 93,88 81,62 94,45 88,28 77,30",
    "园": (
        "10,94 10,2 | 10,94 90,94 90,2 | 10,6 90,6 | 31,76 69,76 | 23,58 77,58 | 42,58 38,36 24,20 | "
        "58,58 58,28 64,21 77,21 79,35"
    ),
    "局": (
        "16,94 84,94 84,72 | 16,72 84,72 | 16,94 16,40 4,2 | 30,52 92,52 88,8 76,5 | "
        "38,10 38,36 66,36 66,10 | 38,13 66,13"
    ),
}
HAN_STROKE, HAN_GAP = 0.095, 0.16  # of the height of a character


def han(text: str, height_m: float) -> Shape:
    """A line of Han characters, centred on x = 0, its foot on z = 0, facing -Y; KeyError for one that is not drawn."""
    step = height_m * (1 + HAN_GAP)
    x, shapes = -(step * len(text) - height_m * HAN_GAP) / 2, []
    for k, character in enumerate(text):
        for order, path in enumerate(HAN[character].split(" | ")):
            points = np.array([point.split(",") for point in path.split()], float) / 100
            line = stroke(points * height_m, HAN_STROKE * height_m)
            # each on top of those before: where strokes cross in one plane they would bake black
            shapes.append(moved(line, x + k * step, -0.0006 * order))
    return join(*shapes)


def sign_board(b: Bag, words: str, characters: str, w: float, paint: Colour, ink: Colour, *, h: float = 0.56,
               cap: float = 0.25) -> None:  # fmt: skip
    """A painted board w wide on z = 0 with its word in Latin capitals and, after a dot, in Han characters."""
    b.shell(sides(w, 0.09, h, "yxXzZ"), paint, 0.25, y=-0.045, jitter=0)
    b.shell(sides(w + 0.12, 0.2, 0.07, "yxXzZ"), paint * 1.25, 0.25, y=-0.08, z=h, jitter=0)
    for z in (0.05, h - 0.065):
        b.add(face(w - 0.16, 0.014, z=z), ink * 0.9, 0.5, y=-0.094, jitter=0)
    tall = cap * 1.22
    left, right = text_width(words, cap), tall * ((1 + HAN_GAP) * len(characters) - HAN_GAP)
    gap = 0.34
    x0, z = -(left + gap + right) / 2, (h - cap) / 2
    b.add(lettering(words, cap), ink, 0.3, x=x0 + left / 2, y=-0.096, z=z, jitter=0)
    b.add(oval(0, 0, 0.028, 0.028, 8), ink, 0.3, x=x0 + left + gap / 2, y=-0.096, z=z + cap / 2, jitter=0)
    b.add(han(characters, tall), ink, 0.3, x=x0 + left + gap + right / 2, y=-0.096, z=z - (tall - cap) / 2, jitter=0)


def hanging_sign(b: Bag, paint: Colour, what: str) -> None:
    """An iron bracket with a round board that shows `what` on both sides, out towards -Y from the origin."""
    b.add(tube([(0, 0, 0), (0, -0.4, 0.02), (0, -0.86, 0)], 0.016, 5), INK, 0.4)
    b.add(tube([(0, 0, -0.3), (0, -0.2, -0.22), (0, -0.42, 0.0)], 0.012, 5), INK, 0.4)
    for y in (-0.36, -0.68):
        cloth(b, sides(0.012, 0.012, 0.14, "yYxX"), INK, 0.06, x=0, y=y, z=-0.14)
    edge = moved(lathe([(0.36, -0.022), (0.36, 0.022)], 16), ry=90)
    painted = [(oval(0, 0, 0.36, 0.36, 16), BRASS * 0.9), (oval(0, 0, 0.325, 0.325, 16), paint), *PICTURES[what]]
    with b.at(y=-0.52, z=-0.46):
        cloth(b, edge, BRASS * 0.8, 0.3 * below(edge, 0.4, 0.8))
        for s in (-1, 1):
            with b.at(x=s * 0.022, rz=s * 90):
                for k, (shape, colour) in enumerate(painted):
                    layer = Shape(shape.v - (0, 0.0015 * k, 0), shape.n, shape.f)
                    cloth(b, layer, colour, 0.3 * below(layer, 0.4, 0.8), jitter=0)


CRUST, CRUMB = rgb("d59a56"), rgb("f3dcae")
PICTURES: dict[str, list[tuple[Shape, Colour]]] = {  # convex pieces facing -Y, the later in front
    "hat": [
        (poly([(-0.25, -0.1), (0.25, -0.1), (0.24, -0.06), (-0.24, -0.06)]), IVORY),
        (poly([(-0.13, -0.06), (0.13, -0.06), (0.115, 0.06), (0.07, 0.12), (-0.06, 0.12), (-0.115, 0.06)]), IVORY),
        (poly([(-0.13, -0.06), (0.13, -0.06), (0.126, -0.02), (-0.126, -0.02)]), TERRA),
    ],
    "lamp": [
        (poly([(-0.11, -0.2), (0.11, -0.2), (0.09, -0.16), (-0.09, -0.16)]), IVORY),
        (poly([(-0.022, -0.16), (0.022, -0.16), (0.022, 0.0), (-0.022, 0.0)]), IVORY),
        (poly([(-0.18, 0.0), (0.18, 0.0), (0.15, 0.1), (0.07, 0.18), (-0.07, 0.18), (-0.15, 0.1)]), MUSTARD),
    ],
    "picture": [
        (poly([(-0.2, -0.17), (0.2, -0.17), (0.2, 0.17), (-0.2, 0.17)]), rgb("d9a441")),
        (poly([(-0.16, -0.13), (0.16, -0.13), (0.16, 0.13), (-0.16, 0.13)]), rgb("bcd6df")),
        (oval(0.07, 0.05, 0.045, 0.045, 10), rgb("ee8a4c")),
        (poly([(-0.16, -0.13), (0.16, -0.13), (0.16, -0.04), (0.04, 0.0), (-0.08, 0.04), (-0.16, 0.0)]), LEAF),
    ],
    "loquat": [
        (oval(-0.07, -0.05, 0.115, 0.125, 12), rgb("f0a030")), (oval(0.1, -0.02, 0.105, 0.115, 12), rgb("f4b64a")),
        (poly([(-0.02, 0.08), (0.08, 0.06), (0.2, 0.12), (0.24, 0.2), (0.1, 0.19)]), LEAF * 1.2),
        (poly([(-0.02, 0.08), (-0.05, 0.18), (-0.16, 0.22), (-0.2, 0.17), (-0.12, 0.1)]), LEAF * 0.9),
    ],
    "cup": [
        (oval(0.17, 0.0, 0.09, 0.085, 12), IVORY), (oval(0.165, 0.0, 0.05, 0.05, 10), rgb("7b8f5a")),
        (poly([(-0.1, -0.13), (0.1, -0.13), (0.16, -0.04), (0.17, 0.09), (-0.17, 0.09), (-0.16, -0.04)]), IVORY),
        (poly([(-0.2, -0.16), (0.2, -0.16), (0.17, -0.13), (-0.17, -0.13)]), IVORY),
        (poly([(-0.05, 0.12), (-0.02, 0.12), (0.0, 0.18), (-0.03, 0.24), (-0.05, 0.18)]), IVORY),
        (poly([(0.05, 0.12), (0.08, 0.12), (0.1, 0.18), (0.07, 0.24), (0.05, 0.18)]), IVORY),
    ],
    "book": [
        (poly([(-0.22, -0.12), (0.0, -0.16), (0.0, 0.12), (-0.22, 0.16)]), IVORY),
        (poly([(0.0, -0.16), (0.22, -0.12), (0.22, 0.16), (0.0, 0.12)]), rgb("e2d3b4")),
        (poly([(-0.012, -0.17), (0.012, -0.17), (0.012, 0.12), (-0.012, 0.12)]), TERRA),
    ],
    "bread": [
        (poly([(-0.2, -0.13), (0.2, -0.13), (0.24, 0), (0.18, 0.1), (0, 0.15), (-0.18, 0.1), (-0.24, 0)]), CRUST),
        (poly([(-0.16, -0.03), (-0.12, -0.03), (-0.08, 0.09), (-0.12, 0.09)]), CRUMB),
        (poly([(-0.04, -0.03), (0, -0.03), (0.04, 0.09), (0, 0.09)]), CRUMB),
        (poly([(0.08, -0.03), (0.12, -0.03), (0.16, 0.09), (0.12, 0.09)]), CRUMB),
    ],
    "letter": [
        (poly([(-0.22, -0.14), (0.22, -0.14), (0.22, 0.14), (-0.22, 0.14)]), IVORY),
        (poly([(-0.2, 0.13), (0, -0.04), (0.2, 0.13)]), rgb("dcc9a4")),
        (oval(0, -0.01, 0.045, 0.045, 9), rgb("b5392c")),
    ],
    "flower": [
        (poly([(-0.012, -0.22), (0.012, -0.22), (0.012, 0.0), (-0.012, 0.0)]), LEAF),
        (poly([(0.01, -0.2), (0.12, -0.12), (0.14, -0.04), (0.04, -0.1)]), LEAF * 1.15),
        (poly([(-0.01, -0.2), (-0.04, -0.1), (-0.14, -0.04), (-0.12, -0.12)]), LEAF * 0.9),
        (poly([(-0.05, -0.03), (0.05, -0.03), (0.12, 0.06), (0.12, 0.2), (-0.12, 0.2), (-0.12, 0.06)]), rgb("d8584c")),
        (poly([(-0.05, 0.2), (0.05, 0.2), (0.0, 0.08)][::-1]), rgb("f0a58c")),
    ],
}  # fmt: skip
