"""Cut the faces that the grower's papers fall back on: addresses come in more scripts than the game's own texts.

Run with the folders that hold NotoSans-Regular.ttf and NotoSans-Bold.ttf (Debian: fonts-noto-core,
/usr/share/fonts/truetype/noto) and NotoSansCJK-Regular.ttc (fonts-noto-cjk, /usr/share/fonts/opentype/noto):

    python -m assets.studio.paper_fonts SANS_FOLDER CJK_FOLDER

`paper_sans*.ttf` have all of Latin, Greek and Cyrillic; `paper_east.otf` traditional Chinese (Big5's first level),
kana and the 2,350 common Hangul syllables.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
WANTED_BYTES = 2_500_000
BLOCKS = ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x52F), (0x1E00, 0x1FFF), (0x2010, 0x2026), (0x20A0, 0x20BF))
LETTERS = "".join(chr(code) for first, last in BLOCKS for code in range(first, last + 1))
KANA = "".join(chr(code) for code in range(0x3040, 0x3100))


def of_rows(encoding: str, first: int, last: int, cells: range) -> str:
    """All characters of some rows of a double-byte character set."""
    rows = range(first, last + 1)
    return b"".join(bytes((row, cell)) for row in rows for cell in cells).decode(encoding, errors="ignore")


def traditional() -> str:
    """The 5,401 common characters of traditional Chinese."""
    return of_rows("big5", 0xA4, 0xC6, range(0x40, 0x7F)) + of_rows("big5", 0xA4, 0xC6, range(0xA1, 0xFF))


def hangul() -> str:
    """The 2,350 common syllables of Korean."""
    return of_rows("euc_kr", 0xB0, 0xC8, range(0xA1, 0xFF))


def cut(face: TTFont, characters: str, out: Path) -> None:
    """Write a face cut down to `characters`, bare outlines without layout tables."""
    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14],
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF", "DSIG"],
    )  # fmt: skip
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(face)
    subset.save_font(face, str(out), options)
    print(f"{out.name}: {len(face.getBestCmap())} characters, {out.stat().st_size:,} bytes")
    if out.stat().st_size > WANTED_BYTES:
        raise SystemExit(f"{out}: weighs more than {WANTED_BYTES:,} bytes; leave characters out")


def main(sans: Path, cjk: Path) -> None:
    cut(TTFont(sans / "NotoSans-Regular.ttf"), LETTERS, FONTS / "paper_sans.ttf")
    cut(TTFont(sans / "NotoSans-Bold.ttf"), LETTERS, FONTS / "paper_sans_bold.ttf")
    faces = TTCollection(cjk / "NotoSansCJK-Regular.ttc").fonts
    face = next(each for each in faces if each["name"].getDebugName(1) == "Noto Sans CJK TC")
    cut(face, KANA + traditional() + hangul(), FONTS / "paper_east.otf")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
