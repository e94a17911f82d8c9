"""What one file may cost. A file beyond a bound is refused or read in part, and always named."""

from __future__ import annotations

MAX_BINARY_BYTES = 256 * 1024**2
"""Size of a PDF, OFD, sheet, slide file, mail or archive; pictures make them larger than text files."""
PARSE_LIMIT_S = 180.0
"""Seconds for one file without recognition."""
PARSE_PAGE_LIMIT_S = 0.1
"""What each page of a long PDF adds to that."""
PARSE_MB_LIMIT_S = 10.0
"""What each megabyte of a file adds to that."""
PAGE_LIMIT_S = 120.0
"""Seconds to recognise one scanned page."""
MEMORY_MB = 2048
"""Address space of a parsing process."""
PARSING_CHILDREN = 2
"""How many of them there are at most: an update reads one file after the other, a page beside it may be drawn."""
KEPT_SHARE = 0.4
"""A child process that holds more than this share of its bound after a file is replaced before the next one."""
OCR_MEMORY_MB = 6144
"""Address space of the recognising process, the models included (it uses about 1 GB)."""
MAX_PAGES = 20_000
MAX_OCR_PAGES = 2_000
MAX_CELLS = 1_000_000

MAX_UNPACKED_BYTES = 1024**3
"""What one archive or zipped document may unpack to, all members together."""
MAX_MEMBER_BYTES = 256 * 1024**2
MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Unpacked over packed size of a member above which it is taken for a bomb; small members are let be."""
RATIO_FREE_BYTES = 8 * 1024**2
