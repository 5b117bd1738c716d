"""Pictures that nobody took: hills in several lights, by ffmpeg; faces of a few squares, by hand."""

import random
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

# Sky at the top, sky at the horizon, hills from far to near.
LIGHTS = {
    "morning": ("9cc4e4", "fbe3c0", "8fa3b5", "5f7f78", "2f4a3f"),
    "evening": ("3b2a63", "e8a13c", "8a4f6b", "5a2f55", "241a35"),
    "fog": ("c9d3d6", "eef1ee", "a9b8b6", "7f9490", "4a5f5c"),
    "winter": ("7fa0c0", "f5f0ea", "c8d4df", "92a7bb", "4d6178"),
}
FACES = 120


def hills(light, seed, size=(1200, 800)):
    """A landscape as JPEG: three ridges below a sky, each a sum of waves."""
    width, height = size
    colours = [tuple(int(one[i:i + 2], 16) for i in (0, 2, 4)) for one in LIGHTS[light]]
    chance = random.Random(seed)
    ridges = []
    for at, (low, tall) in enumerate(((0.52, 0.07), (0.64, 0.08), (0.79, 0.06))):
        waves = "+".join(f"{tall * height / (wave + 1):.1f}*sin(X/{chance.uniform(60, 260) / (wave + 1):.1f}+{chance.uniform(0, 6):.2f})"
                         for wave in range(3))
        ridges.append((f"({low * height:.0f}+{waves})", colours[2 + at]))

    def channel(at):
        top, horizon = colours[0][at], colours[1][at]
        expression = f"{top}+({horizon}-{top})*min(1\\,Y/{height * 0.55:.0f})"
        for ridge, colour in ridges:
            expression = f"if(gt(Y\\,{ridge})\\,{colour[at]}+18*sin(X/37+Y/23)/4\\,{expression})"
        return expression
    with tempfile.TemporaryDirectory(prefix="posy-demo-picture-") as folder:
        path = Path(folder) / "hills.jpg"
        graph = f"geq=r='{channel(0)}':g='{channel(1)}':b='{channel(2)}'"
        subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
                        f"color=c=black:s={width}x{height}:d=1:r=1,format=gbrp", "-vf", graph, "-frames:v", "1", "-q:v", "4",
                        str(path)], check=True, timeout=120)
        return path.read_bytes()


def face(seed, side=72):
    """A small PNG: a mirrored pattern of five by five, in two colours of one family."""
    chance = random.Random(seed)
    hue = [chance.randrange(40, 200) for _ in range(3)]
    back = [255 - (255 - one) // 4 for one in hue]
    cells = [[chance.random() < 0.5 for _ in range(3)] for _ in range(5)]
    rows = []
    for y in range(side):
        row = bytearray(b"\0")
        for x in range(side):
            across, down = (x - 6) * 5 // (side - 12), (y - 6) * 5 // (side - 12)
            inside = 6 <= x < side - 6 and 6 <= y < side - 6
            row += bytes(hue if inside and cells[down][min(across, 4 - across)] else back)
        rows.append(bytes(row))

    def chunk(name, data):
        head = name + data
        return struct.pack(">I", len(data)) + head + struct.pack(">I", zlib.crc32(head))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b""))
