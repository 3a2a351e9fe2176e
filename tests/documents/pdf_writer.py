"""A small writer of PDF files, so that tests can say in a line what a page looks like.

Letters stand in Helvetica, which every reader has. Letters of other scripts have a font whose table
ToUnicode says which letter each number is; how they look does not matter to what is read.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (0, 0, 595, 842)
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
BEYOND = "𝑥"  # a letter whose number has more than 16 bits; the other font has it at 1
_LIGATURES = {"ﬁ": 0x80, "ﬂ": 0x81}  # where the encoding below has them
_DIFFERENCES = "/Differences [128 /fi /fl]"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """What is written of a page.

    Attributes:
        content: its content stream; `line` and `letters` write parts of it.
        media, crop: left, bottom, right and top of its boxes.
        rotate: degrees clockwise.
        images: names and object texts of pictures that the content draws.
    """

    content: str = ""
    media: tuple[float, ...] = A4
    crop: tuple[float, ...] = ()
    rotate: int = 0
    images: dict[str, bytes] = field(default_factory=dict)


def line(x: float, y: float, text: str, size: float = 12) -> str:
    """A line of text that begins at a point, in points from the lower left."""
    codes = "".join(f"{_LIGATURES.get(sign) or sign.encode('cp1252')[0]:02x}" for sign in text)
    return f"BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n"


def lines(x: float, top: float, texts: Sequence[str], size: float = 12) -> str:
    """Lines below each other."""
    return "".join(line(x, top - i * size * 1.25, text, size) for i, text in enumerate(texts))


def letters(x: float, y: float, text: str, size: float = 12) -> str:
    """Letters of any script, from left to right on the paper, each half as wide as high."""
    codes = "".join(f"{1 if sign == BEYOND else ord(sign):04x}" for sign in text)
    return f"BT /F2 {size} Tf {x} {y} Td <{codes}> Tj ET\n"


def scan(width: int = 8, height: int = 8) -> PageSource:
    """A page that is a picture."""
    pixels = bytes((x * y) % 256 for y in range(height) for x in range(width))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length %d >>\nstream\n%s\nendstream"
        % (width, height, len(pixels), pixels)
    )
    return PageSource(content="q 595 0 0 842 0 0 cm /Picture Do Q", images={"Picture": image})


def write(
    pages: Sequence[PageSource], *, password: str | None = None, forms: Sequence[bytes] = ()
) -> bytes:
    """The file; with a password it is encrypted (RC4, 40 bits).

    `forms` are the names X0, X1 … that contents draw with `Do`.
    """
    objects: list[bytes] = [b""] * 6  # catalogue, tree of pages, and four of the fonts
    form_names = []
    for text in forms:
        objects.append(_stream(text, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]"))
        form_names.append(len(objects))
    resources = b"<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << %s %s >> >>"
    drawn = b" ".join(b"/X%d %d 0 R" % (i, number) for i, number in enumerate(form_names))
    kids = []
    for page in pages:
        images = []
        for name, image in page.images.items():
            objects.append(image)
            images.append(b"/%s %d 0 R" % (name.encode(), len(objects)))
        objects.append(_stream(page.content.encode("ascii")))
        crop = b"/CropBox %s" % _box(page.crop) if page.crop else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s /Rotate %d /Contents %d 0 R "
            b"/Resources %s >>"
            % (
                _box(page.media),
                crop,
                page.rotate,
                len(objects),
                resources % (drawn, b" ".join(images)),
            )
        )
        kids.append(b"%d 0 R" % len(objects))
    for number, form in zip(form_names, forms, strict=True):  # forms may draw each other
        dictionary = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources %s"
        objects[number - 1] = _stream(form, dictionary % (resources % (drawn, b"")))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects[2] = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding "
        b"/BaseEncoding /WinAnsiEncoding %s >> >>" % _DIFFERENCES.encode()
    )
    objects[3] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Other /Encoding /Identity-H "
        b"/DescendantFonts [5 0 R] /ToUnicode 6 0 R >>"
    )
    objects[4] = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Other /DW 500 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type "
        b"/FontDescriptor /FontName /Other /Flags 4 /FontBBox [0 -200 500 800] /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >> >>"
    )
    objects[5] = _stream(_to_unicode())
    trailer = b""
    if password is not None:
        trailer, objects = _encrypt(objects, password)
    return _assemble(objects, trailer)


def _assemble(objects: Sequence[bytes], trailer: bytes) -> bytes:
    file = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    file += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(file)


def _box(numbers: Sequence[float]) -> bytes:
    return b"[%s]" % " ".join(map(str, numbers)).encode()


def _stream(content: bytes, dictionary: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def _to_unicode() -> bytes:
    """Each number of the other font is its letter: ranges, of which 100 may stand in a list."""
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(1, 0x100)]
    ranges += ["<0001> <0001> <d835dc65>", "<0020> <007e> <0020>"]
    parts = [ranges[at : at + 100] for at in range(0, len(ranges), 100)]
    listed = "\n".join(
        f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange" for part in parts
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{listed}\nendcmap end end"
    ).encode()


# ── encryption, as the standard's revision 2 has it ───────────────────────────────────────────────


def _rc4(key: bytes, content: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def _encrypt(objects: Sequence[bytes], password: str) -> tuple[bytes, list[bytes]]:
    """The trailer's part, and the objects with their streams encrypted and the list of rights."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)  # noqa: S324  # what the format asks for
    rights = -4
    seed = padded + owner + rights.to_bytes(4, "little", signed=True) + b"waymark waymark "
    key = hashlib.md5(seed).digest()[:5]  # noqa: S324  # same
    user = _rc4(key, _PADDING)
    encrypted = []
    for number, body in enumerate(objects, start=1):
        head, mark, rest = body.partition(b"\nstream\n")
        if mark:
            salt = number.to_bytes(3, "little") + b"\0\0"
            own_key = hashlib.md5(key + salt).digest()[:10]  # noqa: S324  # same
            content = rest.removesuffix(b"\nendstream")
            body = head + mark + _rc4(own_key, content) + b"\nendstream"  # noqa: PLW2901
        encrypted.append(body)
    encrypted.append(
        b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), rights)
    )
    identity = b"waymark waymark ".hex().encode()
    return b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (len(encrypted), identity, identity), encrypted
