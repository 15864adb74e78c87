"""Compose the music and the ambience of places out of arithmetic, as seamless loops. Mono, 32 kHz, OGG Vorbis.

    python assets/studio/music.py

Music: a slow progression, a plucked or struck voice that improvises on it by a seeded walk along the scale, a soft bass
and a pad. Ambience: wind, leaves, birds, crickets, rain, the murmur of a market, the tone of a room. Whatever rings
over the end of a loop is laid over its beginning. The same seeds give the same samples.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import soundfile

from assets.studio.sounds import RATE_HZ, SOUNDS, Wave, noise, seconds, swell

WANTED_BYTES = 3_000_000
QUALITY = 0.85  # of soundfile's compression: 0 is the largest file
SCALES = {"major": (0, 2, 4, 7, 9), "dorian": (0, 2, 3, 7, 9), "lydian": (0, 2, 4, 6, 9), "minor": (0, 3, 5, 7, 10)}


@dataclass(frozen=True, slots=True)
class Piece:
    """One place's music: root in hertz, scale, chords as degrees, beats a minute, voice, and how busy it is, 0..1."""

    root_hz: float
    scale: str
    chords: tuple[int, ...]
    bpm: float
    voice: str
    busy: float
    seed: int
    bars: int = 12


MUSIC = {
    "street": Piece(196.0, "major", (0, 3, 4, 0, 5, 3, 1, 4, 0, 3, 4, 0), 84, "pluck", 0.55, 3),
    "boutique": Piece(220.0, "lydian", (0, 1, 0, 4, 0, 1, 5, 4, 0, 1, 0, 4), 96, "vibes", 0.45, 11),
    "homeware": Piece(174.6, "major", (0, 5, 3, 4, 0, 5, 1, 4, 0, 5, 3, 0), 72, "wood", 0.50, 23),
    "gallery": Piece(146.8, "dorian", (0, 0, 3, 0, 5, 3, 4, 0, 0, 3, 5, 0), 56, "bowl", 0.30, 31),
    "market": Piece(246.9, "major", (0, 4, 3, 4, 0, 4, 5, 4, 0, 3, 4, 0), 108, "pluck", 0.65, 47),
    "orchard": Piece(164.8, "major", (0, 3, 0, 5, 3, 0, 4, 0, 0, 3, 5, 0), 66, "wood", 0.40, 59),
}


def voice(kind: str, hz: float, length_secs: float) -> Wave:
    """One note of an instrument that rings out by itself."""
    times = seconds(length_secs)
    if kind == "pluck":
        parts = [(1, 0.5, 0.42), (2, 0.22, 0.24), (3, 0.12, 0.15), (4, 0.05, 0.1)]
        attack = 0.004
    elif kind == "vibes":
        parts = [(1, 0.5, 0.9), (4, 0.10, 0.25), (10, 0.02, 0.06)]
        attack = 0.006
    elif kind == "wood":
        parts = [(1, 0.6, 0.24), (3.9, 0.16, 0.08), (9.2, 0.04, 0.03)]
        attack = 0.002
    else:  # a singing bowl
        parts = [(1, 0.4, 1.8), (1.003, 0.3, 1.7), (2.71, 0.14, 0.9), (5.1, 0.04, 0.4)]
        attack = 0.03
    rung = [loud * np.sin(2 * np.pi * hz * n * times) * swell(times, attack, fall) for n, loud, fall in parts]
    return np.sum(rung, axis=0)


def degree(piece: Piece, step: int) -> float:
    """The frequency of a step of the scale, over octaves."""
    scale = SCALES[piece.scale]
    return piece.root_hz * 2 ** (scale[step % len(scale)] / 12 + step // len(scale))


def add(loop: Wave, wave: Wave, at_secs: float) -> None:
    """Lay a sound over a loop; what reaches over its end comes back at its beginning."""
    start = round(at_secs * RATE_HZ) % len(loop)
    np.add.at(loop, (start + np.arange(len(wave))) % len(loop), wave)


def compose(piece: Piece) -> Wave:
    """The loop of a piece: bars of four beats."""
    rng = np.random.default_rng(piece.seed)
    beat = 60 / piece.bpm
    loop = np.zeros(round(piece.bars * 4 * beat * RATE_HZ))
    step, motif = 5, rng.random(8) < piece.busy
    for bar in range(piece.bars):
        chord = piece.chords[bar % len(piece.chords)]
        start = bar * 4 * beat
        add(loop, pad(degree(piece, chord), 4.6 * beat) * 0.16, start)
        for n, share in ((0, 0.30), (2, 0.18)):
            add(loop, voice("wood", degree(piece, chord) / 2, 1.6) * share, start + n * beat)
        if bar % 4 == 3:
            motif = rng.random(8) < piece.busy
        for eighth in range(8):
            if not motif[eighth] or (bar % 4 == 3 and eighth > 5):
                continue  # every fourth bar breathes out
            towards = chord + 5 * int(rng.integers(1, 3)) + int(rng.choice((0, 2, 4)))
            step += int(np.sign(towards - step)) * int(rng.integers(1, 3))
            swung = (eighth // 2 + (0.58 if eighth % 2 else 0.0)) * beat
            loud = 0.34 * (1.0 if eighth % 2 == 0 else 0.7) * (0.85 + 0.3 * rng.random())
            late = 0.008 * rng.standard_normal()
            add(loop, voice(piece.voice, degree(piece, step), 2.4) * loud, start + swung + late)
    return level(loop, 0.30)


def pad(hz: float, length_secs: float) -> Wave:
    """A soft chord of root, fifth and octave that swells and fades."""
    times = seconds(length_secs)
    shape = np.sin(np.pi * times / length_secs) ** 1.4
    return shape * sum(
        0.5 / n**1.3 * np.sin(2 * np.pi * hz * ratio * n * times * (1 + 0.0007 * n))
        for ratio in (1.0, 1.498, 2.0) for n in (1, 2)
    )  # fmt: skip


def level(loop: Wave, loudness: float) -> Wave:
    """Bring a loop to its loudness (root mean square), softly bounded."""
    loop = loop - loop.mean()
    return np.tanh(loop / np.sqrt((loop**2).mean()) * loudness * 0.55)


# --- ambience ---------------------------------------------------------------------------------------------------------

LONG_SECS = 20.0


def bed(low_hz: float, high_hz: float, seed: int, sway: float = 0.5) -> Wave:
    """Noise between two frequencies that comes and goes; made in the spectrum, so it has no seam."""
    length = round(LONG_SECS * RATE_HZ)
    times = np.arange(length) / RATE_HZ
    rng = np.random.default_rng(seed)
    slow = sum(np.sin(2 * np.pi * n * times / LONG_SECS + rng.uniform(0, 6.28)) / n for n in (1, 2, 3, 5))
    return noise(length, low_hz, high_hz, seed) * (1 - sway / 2 + sway / 4 * slow)


def chirps(loop: Wave, seed: int, count: int, low_hz: float, high_hz: float, loud: float) -> None:
    """Birds: short glides, in little phrases."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        at, hz = rng.uniform(0, LONG_SECS), rng.uniform(low_hz, high_hz)
        far = rng.uniform(0.3, 1.0) * loud
        for n in range(int(rng.integers(2, 6))):
            times = seconds(rng.uniform(0.05, 0.13))
            glide = hz * (1 + rng.uniform(-0.25, 0.3) * times / times[-1])
            note = np.sin(2 * np.pi * np.cumsum(glide) / RATE_HZ) * np.sin(np.pi * times / times[-1]) ** 2
            add(loop, note * far, at + 0.16 * n)


def crickets(loop: Wave, seed: int, hz: float, loud: float) -> None:
    """Three pulses, a rest, and again, all night."""
    rng = np.random.default_rng(seed)
    at = rng.uniform(0, 0.5)
    while at < LONG_SECS - 0.3:
        for n in range(3):
            times = seconds(0.028)
            add(loop, np.sin(2 * np.pi * hz * times) * np.sin(np.pi * times / times[-1]) ** 2 * loud, at + 0.045 * n)
        at += rng.uniform(0.42, 0.62)


def murmur(loop: Wave, seed: int, voices: int, loud: float) -> None:
    """People who talk at a distance: syllables of noise in the bands of speech; no word is ever said."""
    rng = np.random.default_rng(seed)
    for _ in range(voices):
        at, pitch = rng.uniform(0, LONG_SECS), rng.uniform(95, 210)
        for _ in range(int(rng.integers(4, 12))):
            length = rng.uniform(0.09, 0.24)
            times = seconds(length)
            hz = pitch * (1 + 0.12 * rng.standard_normal())
            vowel = rng.uniform(350, 750), rng.uniform(900, 1900)
            tone = sum(
                np.sin(2 * np.pi * hz * n * times) / n
                * sum(np.exp(-(((hz * n - formant) / 160) ** 2)) for formant in vowel) for n in range(1, 16)
            )  # fmt: skip
            add(loop, tone * np.sin(np.pi * times / length) * loud * rng.uniform(0.4, 1.0), at)
            at += length + rng.uniform(0.02, 0.12)


def drops(loop: Wave, seed: int, count: int, loud: float) -> None:
    """Single drops near by."""
    rng = np.random.default_rng(seed)
    for at in rng.uniform(0, LONG_SECS, count):
        times, hz = seconds(0.06), rng.uniform(900, 2600)
        drop = np.sin(2 * np.pi * hz * (times + 3 * times**2)) * swell(times, 0.002, 0.012)
        add(loop, drop * loud * rng.random(), at)


def street() -> Wave:
    loop = bed(120, 700, 1) * 0.5 + bed(1500, 4200, 2, 0.9) * 0.10
    chirps(loop, 3, 14, 2300, 4200, 0.10)
    murmur(loop, 4, 5, 0.03)
    return level(loop, 0.16)


def market() -> Wave:
    loop = bed(150, 900, 11) * 0.35 + bed(1500, 4200, 12, 0.9) * 0.08
    chirps(loop, 13, 18, 2100, 3900, 0.09)
    murmur(loop, 14, 34, 0.06)
    return level(loop, 0.18)


def night() -> Wave:
    loop = bed(90, 500, 21) * 0.4
    crickets(loop, 22, 4300, 0.05)
    crickets(loop, 23, 3900, 0.03)
    return level(loop, 0.11)


def rain() -> Wave:
    loop = bed(500, 6500, 31, 0.25) * 0.7 + bed(90, 400, 32) * 0.3
    drops(loop, 33, 260, 0.35)
    return level(loop, 0.20)


def rain_inside() -> Wave:
    loop = bed(200, 1400, 41, 0.3) * 0.6 + bed(70, 300, 42) * 0.4
    drops(loop, 43, 40, 0.10)
    return level(loop, 0.11)


def shop() -> Wave:
    loop = bed(80, 420, 51, 0.3) * 0.7
    rng = np.random.default_rng(52)
    for n in range(round(LONG_SECS)):  # a clock on the wall
        times = seconds(0.03)
        tick = np.sin(2 * np.pi * (1750 if n % 2 else 1500) * times) * swell(times, 0.001, 0.004)
        add(loop, tick * 0.07 * (0.9 + 0.2 * rng.random()), float(n))
    return level(loop, 0.07)


def gallery() -> Wave:
    return level(bed(60, 320, 61, 0.4) + bed(900, 1600, 62, 0.9) * 0.04, 0.07)


AMBIENCE: dict[str, Callable[[], Wave]] = {
    make.__name__: make for make in (street, market, night, rain, rain_inside, shop, gallery)
}


def main() -> None:
    total = 0
    waves = {f"music/{name}": compose(piece) for name, piece in MUSIC.items()}
    waves |= {f"ambience/{name}": make() for name, make in AMBIENCE.items()}
    for name, wave in waves.items():
        path = SOUNDS / f"{name}.ogg"
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(
            path, wave.astype(np.float32), RATE_HZ, format="OGG", subtype="VORBIS", compression_level=QUALITY
        )
        total += path.stat().st_size
        print(f"{name}: {len(wave) / RATE_HZ:.1f} s, {path.stat().st_size:,} bytes")
    if total > WANTED_BYTES:
        raise SystemExit(f"{SOUNDS}: music and ambience weigh {total:,} bytes, more than {WANTED_BYTES:,}")


if __name__ == "__main__":
    main()
