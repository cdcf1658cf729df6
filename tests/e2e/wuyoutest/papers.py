# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Wuyou authors
"""Papers as a customer brings them: pictures of fictional invoices, policies and vouchers, and scans of signed pages."""
import os

from .process import run_command

WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dots an inch


def _font():
    return run_command("fc-match", "-f", "%{file}", "Noto Sans CJK SC").strip()


def write_jpeg(path, title, lines, footer="本件为测试样张，内容纯属虚构"):
    """A page with a title, rows of two columns in a frame, and a round seal."""
    drawing = [
        "-size", f"{WIDTH}x{HEIGHT}", "xc:#fdfcf8", "-font", _font(), "-fill", "#5a3a1a", "-pointsize", "52",
        "-gravity", "north", "-annotate", "+0+110", title, "-gravity", "northwest", "-pointsize", "30",
        "-stroke", "#5a3a1a", "-strokewidth", "2", "-fill", "none", "-draw",
        f"rectangle 90,230 {WIDTH - 90},{260 + 74 * len(lines)}", "-stroke", "none",
    ]  # fmt: skip
    for number, (label, value) in enumerate(lines):
        y = 250 + 74 * number
        drawing += ["-fill", "#5a3a1a", "-annotate", f"+120+{y}", label]
        drawing += ["-fill", "#1a1a2a", "-annotate", f"+430+{y}", value]
    drawing += [
        "-stroke", "#c02020", "-strokewidth", "6", "-fill", "none", "-draw", f"circle 960,{HEIGHT - 380} 960,{HEIGHT - 520}",
        "-stroke", "none", "-fill", "#c02020", "-pointsize", "34", "-annotate", f"+870+{HEIGHT - 400}", "业务专用章",
        "-fill", "#888888", "-pointsize", "24", "-gravity", "south", "-annotate", "+0+70", footer,
    ]  # fmt: skip
    run_command("convert", *drawing, "-quality", "82", path)
    return path


def write_pdf(path, jpegs):
    """A PDF of one page per picture, as a scanner makes it."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    pages = []
    for jpeg in jpegs:
        with open(jpeg, "rb") as file:
            data = file.read()
        width, height = run_command("identify", "-format", "%w %h", jpeg).split()
        first = len(objects) + 1
        content = b"q 595 0 0 842 0 0 cm /Im Do Q"
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width %s /Height %s /ColorSpace /DeviceRGB /BitsPerComponent 8 "
            b"/Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
            % (width.encode(), height.encode(), len(data), data)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /XObject << /Im %d 0 R >> >> >>" % (first + 1, first)
        )
        pages.append(b"%d 0 R" % (first + 2))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(pages))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    with open(path, "wb") as file:
        file.write(out)
    return path


def write_scan(path, printed, signature):
    """What a scanner makes of printed pages once they are signed: pictures, a little grey, with ink on the last one."""
    stem = os.path.splitext(path)[0]
    run_command("pdftoppm", "-r", "100", "-jpeg", printed, stem)
    folder, name = os.path.split(stem)
    pages = sorted(os.path.join(folder, page) for page in os.listdir(folder) if page.startswith(name + "-"))
    for page in pages:
        ink = []
        if page == pages[-1]:
            ink = ["-font", _font(), "-fill", "#18328c", "-pointsize", "40", "-gravity", "southeast",
                   "-annotate", "-8x-8+110+210", signature]  # fmt: skip
        run_command("convert", page, "-modulate", "98", *ink, "-quality", "70", page)
    write_pdf(path, pages)
    for page in pages:
        os.remove(page)
    return path
