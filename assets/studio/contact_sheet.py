"""One picture of every good: `python -m assets.studio.contact_sheet [OUT]`; of every kit piece with `--kit`."""

import sys
import tomllib
from pathlib import Path

import numpy as np
import panda3d.core as p
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from assets.studio.glb import read_glb
from assets.studio.view import MODELS, ROOT, Viewer

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


def sheet(out: Path, scenes: str = "goods", models: str = "goods", by: str = "kind") -> None:
    """Draw everything under scenes/<scenes> that has a model in models/<models>, sorted by a key, with its name."""
    files = sorted((ROOT / "scenes" / scenes).glob("*.toml"))
    found = [{"id": f.stem, **tomllib.loads(f.read_text(encoding="utf-8"))} for f in files]
    path_of = {each["id"]: MODELS / models / f"{each['id']}.glb" for each in found}
    shown = sorted((each for each in found if path_of[each["id"]].exists()), key=lambda each: (each[by], each["id"]))
    rows = -(-len(shown) // COLUMNS)
    width = COLUMNS * (TILE + MARGIN) + MARGIN
    page = Image.new("RGB", (width, rows * (TILE + LABEL + MARGIN) + MARGIN), PAPER)
    font = ImageFont.truetype(str(ROOT / "assets" / "fonts" / "loquat_sans.otf"), 17)
    viewer = Viewer((TILE * SAMPLES, TILE * SAMPLES))
    viewer.base.set_background_color(*(q / 255 for q in CARD), 1)
    viewer.base.render.set_shader_inputs(tone=(0.8, 0, 0, 0), fog=(1, 1, 1))
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = out.with_suffix(".part.png")
    for k, each in enumerate(shown):
        x, y = MARGIN + k % COLUMNS * (TILE + MARGIN), MARGIN + k // COLUMNS * (TILE + LABEL + MARGIN)
        tile = portrait(viewer, path_of[each["id"]], scratch).resize((TILE, TILE), Image.Resampling.LANCZOS)
        corners = Image.new("L", (TILE, TILE), 0)
        ImageDraw.Draw(corners).rounded_rectangle((0, 0, TILE - 1, TILE - 1), 14, fill=255)
        page.paste(tile, (x, y), corners)
        ImageDraw.Draw(page).text((x + TILE / 2, y + TILE + 8), each["name"]["en"], INK, font, "ma")
    scratch.unlink(missing_ok=True)
    page.save(out, optimize=True)
    print(f"{out}: {len(shown)} of {scenes}")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--kit"]
    kit = "--kit" in sys.argv
    place = Path(words[0]) if words else ROOT / "docs" / "pictures" / ("kit.jpg" if kit else "goods.jpg")
    sheet(place, "kit", "kit", "group") if kit else sheet(place)
