"""Make the game's sounds out of arithmetic: footsteps, hands, cloth, coins, a door. Mono, 32 kHz, OGG Vorbis.

    python assets/studio/sounds.py

Each sound is quiet and round: nothing begins with a click, nothing is brighter than a knuckle on wood. The same
seeds give the same samples.
"""

from pathlib import Path

import numpy as np
import soundfile

Wave = np.ndarray  # float64 samples, about -1..1

RATE_HZ = 32_000
SOUNDS = Path(__file__).resolve().parents[2] / "assets" / "sounds"
WANTED_BYTES = 400_000
FOOTSTEPS = 4
KNOCKS = 5  # from ripe to green


def seconds(length_secs: float) -> Wave:
    """Times of the samples of a sound."""
    return np.arange(round(length_secs * RATE_HZ)) / RATE_HZ


def swell(times: Wave, rise_secs: float, fall_secs: float) -> Wave:
    """An envelope that rises softly and then dies away; `fall_secs` is the time in which it loses 63 %."""
    return (1.0 - np.exp(-times / max(rise_secs, 1e-4))) * np.exp(-times / fall_secs)


def noise(length: int, low_hz: float, high_hz: float, seed: int) -> Wave:
    """Noise between two frequencies, with soft edges."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    hz = np.fft.rfftfreq(length, 1 / RATE_HZ)
    keep = 1 / (1 + (low_hz / np.maximum(hz, 1)) ** 4) / (1 + (hz / high_hz) ** 4)
    wave = np.fft.irfft(spectrum * keep, length)
    return wave / np.abs(wave).max()


def tones(times: Wave, partials: list[tuple[float, float, float]], rise_secs: float = 0.004) -> Wave:
    """A struck body: (hertz, loudness, fall in seconds) for each of its partials."""
    return sum(loud * np.sin(2 * np.pi * hz * times) * swell(times, rise_secs, fall) for hz, loud, fall in partials)


def later(wave: Wave, delay_secs: float, length: int) -> Wave:
    """A sound that begins after a delay, cut or filled to `length` samples."""
    out = np.zeros(length)
    start = round(delay_secs * RATE_HZ)
    part = wave[: max(0, length - start)]
    out[start : start + len(part)] = part
    return out


def finished(wave: Wave, loudness: float) -> Wave:
    """Bring a sound to its loudness and let its ends meet silence."""
    wave = wave - wave.mean()
    edge = min(len(wave) // 8, RATE_HZ // 100)
    wave[:16] *= np.linspace(0, 1, 16)
    wave[-edge:] *= np.linspace(1, 0, edge) ** 2
    return wave / np.abs(wave).max() * loudness


def footstep(floor: str, number: int) -> Wave:
    """Heel and then sole on wood, stone, tiles or earth."""
    times, rng = seconds(0.26), np.random.default_rng(100 * ("wood", "stone", "tile", "earth").index(floor) + number)
    tune = 1 + 0.07 * rng.standard_normal()
    if floor == "tile":
        body = tones(times, [(300 * tune, 0.4, 0.014), (640 * tune, 0.28, 0.010), (1180 * tune, 0.10, 0.007)], 0.001)
        grit = noise(len(times), 1200, 4200, 27 + number) * swell(times, 0.001, 0.012) * 0.3
    elif floor == "earth":
        body = tones(times, [(70 * tune, 0.8, 0.04)], 0.006)
        grit = noise(len(times), 250, 2400, 37 + number) * swell(times, 0.012, 0.05) * 0.8
    elif floor == "stone":
        body = tones(times, [(210 * tune, 0.5, 0.018), (420 * tune, 0.25, 0.012)], 0.001)
        grit = noise(len(times), 900, 3600, 7 + number) * swell(times, 0.002, 0.022) * 0.5
    else:
        body = tones(times, [(96 * tune, 1.0, 0.05), (178 * tune, 0.6, 0.034), (327 * tune, 0.2, 0.02)], 0.002)
        grit = noise(len(times), 200, 1500, 17 + number) * swell(times, 0.003, 0.028) * 0.35
    step = body + grit
    return finished(step + later(step * 0.55, 0.055 + 0.012 * rng.random(), len(step)), 0.5)


def pick() -> Wave:
    """Lifted off a shelf: a short breath upwards and a soft wooden tick."""
    times = seconds(0.28)
    glide = np.sin(2 * np.pi * (330 * times + 420 * times**2)) * swell(times, 0.02, 0.06) * 0.5
    return finished(glide + tones(times, [(880, 0.35, 0.03), (1320, 0.12, 0.02)])
                    + noise(len(times), 600, 2600, 3) * swell(times, 0.03, 0.05) * 0.2, 0.5)  # fmt: skip


def put() -> Wave:
    """Set down on wood."""
    times = seconds(0.26)
    return finished(tones(times, [(142, 1.0, 0.06), (286, 0.6, 0.04), (590, 0.22, 0.022)], 0.002)
                    + noise(len(times), 300, 1800, 5) * swell(times, 0.002, 0.02) * 0.3, 0.5)  # fmt: skip


def basket() -> Wave:
    """Into a wicker basket: a creak of reeds and a knock."""
    times = seconds(0.42)
    reeds = sum(
        later(noise(1400, 900, 3400, 20 + n) * swell(seconds(1400 / RATE_HZ), 0.003, 0.012), 0.028 * n, len(times))
        * (0.5 - 0.06 * n) for n in range(6)
    )  # fmt: skip
    knock = later(tones(times, [(196, 0.8, 0.06), (392, 0.4, 0.04)]), 0.1, len(times))
    return finished(reeds * 0.6 + knock, 0.5)


def coin() -> Wave:
    """Paid: two small bells a fourth apart, far from shrill."""
    times = seconds(1.1)
    bell = [(784.0, 0.6, 0.28), (1568.0, 0.22, 0.16), (2349.0, 0.06, 0.08)]
    second = [(1046.5, 0.6, 0.36), (2093.0, 0.2, 0.18), (3136.0, 0.05, 0.09)]
    return finished(tones(times, bell) + later(tones(times, second), 0.11, len(times)), 0.45)


def cloth() -> Wave:
    """Cloth pulled over an arm."""
    times = seconds(0.5)
    rub = noise(len(times), 500, 4200, 31) * (0.4 + 0.6 * np.sin(2 * np.pi * 5.5 * times) ** 2)
    return finished(rub * swell(times, 0.06, 0.14) * np.sin(np.pi * np.minimum(times / 0.5, 1)) ** 0.6, 0.32)


def door() -> Wave:
    """A latch, and a shop bell that hangs over the door."""
    times = seconds(1.2)
    latch = tones(times, [(180, 0.8, 0.03), (410, 0.4, 0.02)], 0.001) + noise(len(times), 400, 2200, 41) * swell(
        times, 0.002, 0.018
    ) * 0.3  # fmt: skip
    bell = [(1174.7, 0.4, 0.3), (1760.0, 0.2, 0.22), (2960.0, 0.05, 0.1)]
    ring = later(tones(times, bell), 0.16, len(times)) + later(tones(times, bell) * 0.5, 0.31, len(times))
    return finished(latch * 0.7 + ring, 0.4)


def page() -> Wave:
    """A leaf of paper turned."""
    times = seconds(0.3)
    leaf = noise(len(times), 1200, 5200, 51) * swell(times, 0.05, 0.05)
    return finished(leaf + later(noise(len(times), 800, 3000, 52) * swell(times, 0.004, 0.02) * 0.7, 0.16, len(times)),
                    0.28)  # fmt: skip


def refuse() -> Wave:
    """No: two low notes downwards, kindly."""
    times = seconds(0.5)
    first, second = ([(hz, 0.7, 0.1), (2 * hz, 0.18, 0.06)] for hz in (293.7, 233.1))
    return finished(tones(times, first, 0.012) + later(tones(times, second, 0.012), 0.13, len(times)), 0.4)


def chime() -> Wave:
    """Something good begins: three notes upwards that ring into each other."""
    times = seconds(1.5)
    notes = [tones(times, [(hz, 0.5, 0.42), (2 * hz, 0.12, 0.24), (3 * hz, 0.03, 0.1)], 0.01)
             for hz in (523.3, 659.3, 784.0)]  # fmt: skip
    return finished(sum(later(note, 0.12 * n, len(times)) for n, note in enumerate(notes)), 0.4)


def knock(ripe: float) -> Wave:
    """A knuckle on a fruit: green ones ring high and long, ripe ones are low and soft."""
    times, hz = seconds(0.24), 210 + 560 * (1.0 - ripe) ** 1.3
    fall = 0.018 + 0.05 * (1.0 - ripe)
    body = tones(times, [(hz, 1.0, fall), (2.3 * hz, 0.35 * (1.0 - ripe) + 0.05, fall * 0.7)], 0.0015 + 0.004 * ripe)
    return finished(body + noise(len(times), 150, 900, 61) * swell(times, 0.002, 0.012) * (0.15 + 0.5 * ripe), 0.5)


def tug() -> Wave:
    """A twig pulled down and let go: it creaks, and the leaves rustle."""
    times = seconds(0.5)
    creak = np.sin(2 * np.pi * (170 + 60 * times) * times) * (0.5 + 0.5 * np.sin(2 * np.pi * 31 * times))
    leaves = noise(len(times), 1500, 5200, 71) * (0.5 + 0.5 * np.sin(2 * np.pi * 9 * times + 1.0) ** 2)
    return finished(creak * swell(times, 0.05, 0.09) * 0.35 + leaves * swell(times, 0.08, 0.16) * 0.6, 0.36)


def snap() -> Wave:
    """A stalk gives way cleanly: a small snap, and leaves that swing back."""
    times = seconds(0.42)
    crack = tones(times, [(620, 0.7, 0.012), (1240, 0.3, 0.008)], 0.0008)
    crack = crack + noise(len(times), 900, 3800, 81) * swell(times, 0.001, 0.01) * 0.5
    leaves = noise(len(times), 1800, 5000, 82) * swell(times, 0.05, 0.1) * 0.3
    return finished(crack + later(leaves, 0.03, len(times)), 0.5)


def bruise() -> Wave:
    """Torn off: a rip and a soft thud."""
    times = seconds(0.36)
    rip = noise(len(times), 500, 2600, 91) * swell(times, 0.012, 0.045)
    return finished(rip * 0.5 + later(tones(times, [(88, 1.0, 0.07), (150, 0.4, 0.04)], 0.006), 0.06, len(times)), 0.5)


def main() -> None:
    SOUNDS.mkdir(parents=True, exist_ok=True)
    alone = (pick, put, basket, coin, cloth, door, page, refuse, chime, tug, snap, bruise)
    waves = {make.__name__: make() for make in alone}
    waves |= {f"knock_{step}": knock(1.0 - (step - 1) / (KNOCKS - 1)) for step in range(1, KNOCKS + 1)}
    for number in range(1, FOOTSTEPS + 1):
        waves |= {f"step_{floor}_{number}": footstep(floor, number) for floor in ("wood", "stone", "tile", "earth")}
    for name, wave in sorted(waves.items()):
        soundfile.write(SOUNDS / f"{name}.ogg", wave.astype(np.float32), RATE_HZ, format="OGG", subtype="VORBIS")
    total = sum(path.stat().st_size for path in SOUNDS.glob("*.ogg"))
    print(f"{len(waves)} sounds, {total:,} bytes")
    if total > WANTED_BYTES:
        raise SystemExit(f"{SOUNDS}: the sounds weigh more than {WANTED_BYTES:,} bytes; make them shorter")


if __name__ == "__main__":
    main()
