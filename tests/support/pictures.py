"""Pictures and recordings, made on the spot: by hand, by ffmpeg, and by the libvips that the server uses."""

import ctypes
import os
import struct
import subprocess
import tempfile
import zlib


def png(width, height, pixel=lambda x, y: (90, 60, 160)):
    rows = b"".join(b"\0" + b"".join(bytes(pixel(x, y)) for x in range(width)) for y in range(height))
    return png_of(width, height, zlib.compress(rows))


def png_of(width, height, compressed, kind=2):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", compressed) + chunk(b"IEND", b"")


def bomb(side):
    """A few kilobytes that claim, and would unpack to, side times side pixels of nothing."""
    packer = zlib.compressobj(9)
    row = b"\0" * (side + 1)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return png_of(side, side, packed, kind=0)


def ffmpeg(suffix, *arguments):
    """What ffmpeg writes for `ffmpeg ARGUMENTS file.SUFFIX`; None where it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "made" + suffix)
        done = subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *arguments, path],
                              capture_output=True, check=False, timeout=60)
        if done.returncode != 0 or not os.path.exists(path):
            return None
        with open(path, "rb") as file:
            return file.read()


def test_picture(suffix, size="96x64"):
    """Colour bars; for .jpg, .webp, .avif, .gif ..."""
    return ffmpeg(suffix, "-f", "lavfi", "-i", f"testsrc=size={size}:rate=1", "-frames:v", "1")


def photo(seed=0, size="1200x800"):
    """A large JPEG that looks a little like something: a soft gradient of two colours."""
    colours = ("0x3b2a63", "0xe8a13c", "0x2f7d6b", "0xd86a8b", "0x9cc4e4", "0x28304a")
    one, two = colours[seed % 6], colours[(seed + 1) % 6]
    return ffmpeg(".jpg", "-f", "lavfi", "-i", f"gradients=size={size}:c0={one}:c1={two}:seed={seed + 1}:duration=1",
                  "-frames:v", "1", "-q:v", "3")


def video(seconds=2, sound=True):
    arguments = ["-f", "lavfi", "-i", f"testsrc=size=320x240:rate=15:duration={seconds}"]
    if sound:
        arguments += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}", "-c:a", "aac"]
    return ffmpeg(".mp4", *arguments, "-metadata", "location=+40.0-074.0/", "-metadata", "title=my secret title",
                  "-pix_fmt", "yuv420p")


def heic(jpeg):
    """Through libvips, as ffmpeg writes none; None where it was built without."""
    vips = ctypes.CDLL("libvips.so.42")
    vips.vips_image_new_from_file.restype = ctypes.c_void_p
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "a.jpg"), os.path.join(folder, "a.heic")
        with open(source, "wb") as file:
            file.write(jpeg)
        vips.vips_init(b"posy-tests")
        image = vips.vips_image_new_from_file(source.encode(), None)
        if not image or vips.vips_image_write_to_file(ctypes.c_void_p(image), target.encode(), None) != 0:
            return None
        with open(target, "rb") as file:
            return file.read()


def with_exif(jpeg, orientation=6, text=b"MADE BY ME", gps=True):
    """The same JPEG with an Exif block (Exif 2.32, section 4.6): orientation, a name, and where it was taken."""
    entries = [(0x0112, 3, 1, struct.pack("<HH", orientation, 0))]
    ifd_bytes = 2 + 12 * (3 if gps else 2) + 4
    data_at = 8 + ifd_bytes
    entries.append((0x013B, 2, len(text) + 1, struct.pack("<I", data_at)))
    data = text + b"\0"
    if gps:
        gps_at = data_at + len(data)
        entries.append((0x8825, 4, 1, struct.pack("<I", gps_at)))
        degrees_at = gps_at + 2 + 12 * 2 + 4
        data += struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0")
        data += struct.pack("<HHII", 2, 5, 3, degrees_at) + struct.pack("<I", 0)
        data += struct.pack("<IIIIII", 48, 1, 51, 1, 30, 1)
    ifd = struct.pack("<H", len(entries))
    for tag, kind, count, value in entries:
        ifd += struct.pack("<HHI4s", tag, kind, count, value)
    block = b"Exif\0\0" + b"II*\0" + struct.pack("<I", 8) + ifd + struct.pack("<I", 0) + data
    comment = b"my secret comment"
    return (jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
            + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:])


def jpeg_size(jpeg):
    """Width and height from the start of frame."""
    at = 2
    while at < len(jpeg):
        marker, size = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", jpeg[at + 5:at + 9])
            return width, height
        at += 2 + size
    raise ValueError("no frame")
