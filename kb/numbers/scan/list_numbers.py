"""Numbers of lists whose point touches the number that the entry begins with: ``3．28眼机井`` is entry 3, 28 wells."""

import re

_NUMBER = re.compile(r"^[ \t>\u3000]{0,20}(?P<number>[1-9]\d?)(?P<point>[．.、])(?P<behind>\S)", re.MULTILINE)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def with_list_points(text: str) -> str:
    """``text`` with a comma of lists (、) for each point that ends the number of an entry, so that none is decimal.

    A digit behind the point leaves it open whether it is decimal. The entries around it tell: 3.28 is entry 3 behind
    an entry 2 that begins with a word; an entry 1 is known by its entry 2. Lists with a blank behind the point show by
    themselves, and are left alone.
    """
    if not _HAN.search(text):
        return text
    entries = list(_NUMBER.finditer(text))
    last, places = 0, []
    for at, entry in enumerate(entries):
        number, begins_with_digit = int(entry["number"]), entry["behind"].isdigit()
        following = entries[at + 1] if at + 1 < len(entries) else None
        opens = number == 1 and following is not None and following["number"] == "2"
        if not begins_with_digit:
            last = number
        elif number == last + 1 and (last or opens):
            last = number
            places.append(entry.start("point"))
    if not places:
        return text
    letters = list(text)
    for place in places:
        letters[place] = "、"
    return "".join(letters)
