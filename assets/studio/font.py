"""Cut the game's two fonts out of Noto Sans CJK (OFL): the regular face for everything, the bold one for headings.

Run with the folder that holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian: package fonts-noto-cjk,
/usr/share/fonts/opentype/noto):

    python assets/studio/font.py FOLDER

Both hold Latin, punctuation, GB 2312's first level (the 3,755 most common Han characters) and every character of
our texts. Run it again when a test says that a character has no glyph.
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
NARROWED = {"×": 620, "·": 340, "•": 440, "←": 800, "→": 800, "↑": 620, "↓": 620}

LATIN = "".join(chr(code) for first, last in ((0x20, 0x7E), (0xA0, 0x17F)) for code in range(first, last + 1))
SIGNS = "–—‘’“”„†•…‰′″‹›€→←↑↓↔×÷−≈≠≤≥✓✗●○■□▲△▼▽◆◇★☆ΔΩμπ℃№™©®"
CJK_SIGNS = "".join(chr(code) for code in range(0x3000, 0x3020)) + "".join(chr(code) for code in range(0xFF01, 0xFF5F))


def han_level_one() -> str:
    """The 3,755 characters of GB 2312's rows 16 to 55, chosen there for how often they are used."""
    rows = range(0xB0, 0xD8)
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


def narrow(face: TTFont, character: str, advance: int) -> None:
    """Give a glyph another width, its outline in the middle of it."""
    name = face.getBestCmap()[ord(character)]
    before, bearing = face["hmtx"][name]
    shift = (advance - before) // 2
    outlines = face["CFF "].cff.topDictIndex[0].CharStrings
    pen = T2CharStringPen(advance, None)
    face.getGlyphSet()[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
    old = outlines[name]
    outlines[name] = pen.getCharString(old.private, old.globalSubrs)
    face["hmtx"][name] = (advance, bearing + shift)


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
    for character, advance in NARROWED.items():
        narrow(face, character, advance)
    subset.save_font(face, str(out), options)
    print(f"{out.relative_to(ROOT)}: {len(face.getBestCmap())} characters, {out.stat().st_size:,} bytes")


def main(folder: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    characters = LATIN + SIGNS + CJK_SIGNS + han_level_one() + own_characters()
    for weight, name in (("Regular", "loquat_sans.otf"), ("Bold", "loquat_sans_bold.otf")):
        cut(folder / f"NotoSansCJK-{weight}.ttc", characters, FONTS / name)
    if sum(path.stat().st_size for path in FONTS.glob("*.otf")) > WANTED_BYTES:
        raise SystemExit(f"{FONTS}: the fonts weigh more than {WANTED_BYTES:,} bytes; leave characters out")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
