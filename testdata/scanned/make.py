#!/usr/bin/env python3
"""Makes notice.pdf: a page that is a picture of an invented notice, as a scanner leaves it (CCITT, 150 dpi).

    make.py [FONT]      needs Pillow 11 or newer, and a Chinese font: WenQuanYi Micro Hei by default
"""
import pathlib, sys
from PIL import Image, ImageDraw, ImageFont

FONT = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
LINES = [
    (50, 350, 160, "清河镇供水公告"),
    (36, 222, 300, "为检修河东泵站，定于三月五日上午八时"),
    (36, 150, 360, "至下午四时停止向南岸各村供水。请居民提前"),
    (36, 150, 420, "储水，并关好家中的水龙头。"),
    (36, 654, 540, "清河镇供水所"),
    (36, 654, 600, "二月二十八日"),
]

page = Image.new("1", (1240, 1754), 1)
draw = ImageDraw.Draw(page)
for size, x, y, text in LINES:
    draw.text((x, y), text, font=ImageFont.truetype(FONT, size), fill=0)
page.save(pathlib.Path(__file__).parent / "notice.pdf", resolution=150, creationDate=None, modDate=None)
