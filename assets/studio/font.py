"""Cut the game's two fonts out of Noto Sans CJK (OFL): the regular face for everything, the bold one for headings.

Run with the folder that holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian: package fonts-noto-cjk,
/usr/share/fonts/opentype/noto):

    python assets/studio/font.py FOLDER

Both hold Latin, punctuation and every character of our texts; the bold face the 3,755 most common Han characters
(GB 2312's first level), the regular one all 6,763 of GB 2312. Run it again when a test says that a character has no
glyph.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "assets" / "fonts"
TEXT_FOLDERS = ("assets/texts", "scenes")
FACE_NAME = "Noto Sans CJK SC"
WANTED_BYTES = 2_500_000

# Signs that Chinese type sets as wide as a character and English does not; both can live with these widths.
PROPORTIONAL = "…‘’“”"
NARROWED = {"×": (640, 0.78), "·": (340, 1), "•": (440, 1), "←": (800, 1), "→": (800, 1), "↑": (620, 1), "↓": (620, 1)}
MATHS_AXIS = 380  # height of the middle of signs, in units of the face

LATIN = "".join(chr(code) for first, last in ((0x20, 0x7E), (0xA0, 0x17F)) for code in range(first, last + 1))
SIGNS = "–—‘’“”„†•…‰′″‹›€→←↑↓↔×÷−≈≠≤≥✓✗●○■□▲△▼▽◆◇★☆ΔΩμπ℃№™©®"
CJK_SIGNS = "".join(chr(code) for code in range(0x3000, 0x3020)) + "".join(chr(code) for code in range(0xFF01, 0xFF5F))


def han(last_row: int) -> str:
    """The Han characters of GB 2312 from row 16: to row 55 the most common 3,755, to row 87 all 6,763."""
    rows = range(0xB0, 0xA1 + last_row)
    cells = range(0xA1, 0xFF)
    return b"".join(bytes((row, cell)) for row in rows for cell in cells).decode("gb2312", errors="ignore")


def own_characters() -> str:
    """Every character of our catalogues and scenes."""
    files = (path for folder in TEXT_FOLDERS for path in sorted((ROOT / folder).rglob("*.toml")))
    return "".join(sorted({char for path in files for char in path.read_text(encoding="utf-8") if char > " "}))


def use_proportional(face: TTFont) -> None:
    """Point PROPORTIONAL at the glyphs that the face's own pwid feature puts in their place."""
    substitutes = face["GSUB"].table
    swaps: dict[str, str] = {}
    for record in substitutes.FeatureList.FeatureRecord:
        if record.FeatureTag == "pwid":
            for number in record.Feature.LookupListIndex:
                for table in substitutes.LookupList.Lookup[number].SubTable:
                    swaps.update(getattr(table, "ExtSubTable", table).mapping)
    for table in face["cmap"].tables:
        for character in PROPORTIONAL:
            if hasattr(table, "cmap") and ord(character) in table.cmap:
                glyph = table.cmap[ord(character)]  # several tables may share one map: swap once
                table.cmap[ord(character)] = swaps.get(glyph, glyph)


def narrow(face: TTFont, character: str, advance: int, scale: float) -> None:
    """Give a glyph another width and size, its outline in the middle of it."""
    name = face.getBestCmap()[ord(character)]
    before, bearing = face["hmtx"][name]
    shift = (advance - before * scale) / 2
    outlines = face["CFF "].cff.topDictIndex[0].CharStrings
    pen = T2CharStringPen(advance, None)
    face.getGlyphSet()[name].draw(TransformPen(pen, (scale, 0, 0, scale, shift, MATHS_AXIS * (1 - scale))))
    old = outlines[name]
    outlines[name] = pen.getCharString(old.private, old.globalSubrs)
    face["hmtx"][name] = (advance, round(bearing * scale + shift))


def cut(collection: Path, characters: str, out: Path) -> None:
    """Write the Simplified Chinese face of a collection, cut down to `characters`, as an OpenType font."""
    faces = TTCollection(collection).fonts
    face = next(face for face in faces if face["name"].getDebugName(16) == FACE_NAME or
                face["name"].getDebugName(1) == FACE_NAME)
    use_proportional(face)
    options = subset.Options(
        layout_features=["kern"], hinting=True, desubroutinize=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14],
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "GSUB", "DSIG"],
    )  # fmt: skip
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(face)
    for character, (advance, scale) in NARROWED.items():
        narrow(face, character, advance, scale)
    subset.save_font(face, str(out), options)
    print(f"{out.relative_to(ROOT)}: {len(face.getBestCmap())} characters, {out.stat().st_size:,} bytes")


def main(folder: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    common = LATIN + SIGNS + CJK_SIGNS + own_characters()
    for weight, name, last_row in (("Regular", "loquat_sans.otf", 87), ("Bold", "loquat_sans_bold.otf", 55)):
        cut(folder / f"NotoSansCJK-{weight}.ttc", common + han(last_row), FONTS / name)
        if (FONTS / name).stat().st_size > WANTED_BYTES:
            raise SystemExit(f"{FONTS / name}: weighs more than {WANTED_BYTES:,} bytes; leave characters out")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
