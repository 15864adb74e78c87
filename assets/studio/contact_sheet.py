"""One picture of every model of a sort: `python -m assets.studio.contact_sheet [goods|kit|places|people] [OUT]`."""

import sys
import tomllib
from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import panda3d.core as p
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from assets.studio.glb import read_glb
from assets.studio.view import MODELS, ROOT, SHOTS, Viewer

TILE, LABEL, COLUMNS, MARGIN = 216, 40, 8, 12
SAMPLES = 2  # drawn larger and reduced
PAPER, CARD, INK = (243, 234, 217), (251, 246, 236), (70, 58, 52)
KEY, FILL, BOUNCE = (1.75, 1.6, 1.35), (0.62, 0.70, 0.82), (0.42, 0.34, 0.27)
CUBE = (KEY, FILL, FILL, KEY, KEY, BOUNCE)  # lit from the right, the front (-Y) and above


def portrait(viewer: Viewer, model: Path, path: Path) -> Image.Image:
    """One model from its front, a little above, on a card with a soft shadow; TILE * SAMPLES square."""
    viewer.root.node().remove_all_children()
    node = viewer.model(model, "PROBE")
    node.set_shader_input("cube", [p.LVecBase3f(*c) for c in CUBE])
    for glow in node.find_all_matches("**/glow"):
        viewer.shade(glow, "GLOW")
    for name in ("words", "picture"):
        for blank in node.find_all_matches(f"**/{name}"):
            blank.stash()
    glb = read_glb(model)
    centre, radius = (glb.lo + glb.hi) / 2, float(np.linalg.norm(glb.hi - glb.lo)) / 2
    away = np.array([-0.42, -1.0, 0.36])
    eye = centre + away / np.linalg.norm(away) * radius * 3.5
    viewer.shoot(tuple(eye.tolist()), tuple(centre.tolist()), 34, path, quiet=True)
    side = TILE * SAMPLES
    drawn = np.asarray(Image.open(path).convert("RGB").resize((side, side)), np.int16)
    mask = Image.fromarray((np.abs(drawn - drawn[2, 2]).max(2) > 4).astype(np.uint8) * 255)
    card = Image.new("RGB", (side, side), CARD)
    box = mask.getbbox() or (0, 0, side, side)
    shadow = Image.new("L", (side, side), 0)
    wide, low = (box[2] - box[0]) * 0.44, box[3]
    middle = (box[0] + box[2]) / 2
    flat = wide * 0.22
    ImageDraw.Draw(shadow).ellipse((middle - wide, low - 1.6 * flat, middle + wide, low + 0.5 * flat), fill=90)
    card.paste((150, 128, 108), mask=shadow.filter(ImageFilter.GaussianBlur(side / 40)))
    card.paste(Image.fromarray(drawn.astype(np.uint8)), mask=mask.filter(ImageFilter.GaussianBlur(0.6)))
    return card


def of_place(viewer: Viewer, shell: Path, path: Path) -> Image.Image:
    """A place by day, as one comes in; TILE * SAMPLES square."""
    place, side = shell.parent.name, TILE * SAMPLES
    viewer.place(place, "day")
    if place in SHOTS:
        eye, target, fov_deg = next(iter(SHOTS[place].values()))
    else:
        spawn = tomllib.loads((ROOT / "scenes" / "places" / f"{place}.toml").read_text(encoding="utf-8"))["spawn"]
        (x, y, _), yaw = spawn["at_m"], radians(spawn["yaw_deg"])
        eye, target, fov_deg = (x, y, 1.62), (x - 5 * sin(yaw), y + 5 * cos(yaw), 1.5), 80
    viewer.shoot(eye, target, fov_deg, path, quiet=True)
    return Image.open(path).convert("RGB").resize((side, side))


def goods() -> list[tuple[Path, str]]:
    """Models and names of all goods, sorted by kind."""
    return _named("goods", "kind")


def kit() -> list[tuple[Path, str]]:
    """Models and names of all kit pieces, sorted by group."""
    return _named("kit", "group")


def places() -> list[tuple[Path, str]]:
    """The shells of all places and rooms, which their props and what glows there go with."""
    return [(shell, shell.parent.name.replace("_", " ")) for shell in sorted(MODELS.glob("places/*/shell.glb"))]


def people() -> list[tuple[Path, str]]:
    """The person, hair and beards, all that is worn as it is worn, and what stands in places by itself."""
    files = [path for part in ("avatar", "worn", "fixtures") for path in sorted((MODELS / part).glob("*.glb"))]
    return [(path, path.stem.replace("_", " ")) for path in files]


def _named(folder: str, by: str) -> list[tuple[Path, str]]:
    files = sorted((ROOT / "scenes" / folder).glob("*.toml"))
    found = [(MODELS / folder / f"{f.stem}.glb", tomllib.loads(f.read_text(encoding="utf-8"))) for f in files]
    shown = sorted((each for each in found if each[0].exists()), key=lambda each: (each[1][by], each[0].stem))
    return [(path, facts["name"]["en"]) for path, facts in shown]


SHEETS: dict[str, tuple[Callable[[], list[tuple[Path, str]]], Callable[[Viewer, Path, Path], Image.Image]]] = {
    "goods": (goods, portrait), "kit": (kit, portrait), "places": (places, of_place), "people": (people, portrait),
}  # fmt: skip


def sheet(sort: str, out: Path) -> None:
    """Draw every model of a sort with its name."""
    find, drawn = SHEETS[sort]
    shown = find()
    rows = -(-len(shown) // COLUMNS)
    width = COLUMNS * (TILE + MARGIN) + MARGIN
    page = Image.new("RGB", (width, rows * (TILE + LABEL + MARGIN) + MARGIN), PAPER)
    font = ImageFont.truetype(str(ROOT / "assets" / "fonts" / "loquat_sans.otf"), 17)
    viewer = Viewer((TILE * SAMPLES, TILE * SAMPLES))
    viewer.base.set_background_color(*(q / 255 for q in CARD), 1)
    viewer.base.render.set_shader_inputs(tone=(0.8, 0, 0, 0), fog=(1, 1, 1))
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = out.with_suffix(".part.png")
    for k, (model, name) in enumerate(shown):
        x, y = MARGIN + k % COLUMNS * (TILE + MARGIN), MARGIN + k // COLUMNS * (TILE + LABEL + MARGIN)
        tile = drawn(viewer, model, scratch).resize((TILE, TILE), Image.Resampling.LANCZOS)
        corners = Image.new("L", (TILE, TILE), 0)
        ImageDraw.Draw(corners).rounded_rectangle((0, 0, TILE - 1, TILE - 1), 14, fill=255)
        page.paste(tile, (x, y), corners)
        ImageDraw.Draw(page).text((x + TILE / 2, y + TILE + 8), name, INK, font, "ma")
    scratch.unlink(missing_ok=True)
    page.save(out, optimize=True)
    print(f"{out}: {len(shown)} {sort}")


if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = words.pop(0) if words and words[0] in SHEETS else "goods"
    sheet(chosen, Path(words[0]) if words else ROOT / "docs" / "pictures" / f"{chosen}.jpg")
