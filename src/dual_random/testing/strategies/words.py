"""Strategies for single texts: clean text, ids, unified social credit identifiers, seeds."""

from collections.abc import Iterable
from functools import cache, partial
from typing import Final

from hypothesis import strategies as st

from dual_random.errors import Note
from dual_random.forms import count_faults, positive_faults, refuse, words
from dual_random.ids import PLACEHOLDERS, folded
from dual_random.text import text_fault, text_faults
from dual_random.uscc import CHARACTERS, DIGITS, INNER_CHECKS, fault, make

SEED_FORM: Final = "00 00 00 00 00 00 + 00"

_LETTERS: Final = "abcAB019海曙é.'\"\\-{}\ue000Ａ𠮷"
_ENDS: Final = st.one_of(st.sampled_from(_LETTERS), st.characters(categories=["L", "N", "P", "S"]))
_INNER: Final = st.one_of(_ENDS, st.sampled_from(" \u3000"))
_CATEGORIES: Final = ("91", "92", "93", "11", "12", "51", "52", "53", "N2", "Y1")
_REGIONS: Final = ("330203", "330212", "110105", "310115", "440305", "510104", "350100", "540102")
_STRANGE: Final = "IOSVZ*?"
_TO_FULL_WIDTH: Final = {ord(character): ord(character) + 0xFEE0 for character in CHARACTERS}


def size_faults(at_least: object, at_most: object) -> list[Note]:
    """Why two bounds of a size cannot be used."""
    faults = count_faults(at_least, "at_least") + count_faults(at_most, "at_most")
    if not faults and isinstance(at_least, int) and isinstance(at_most, int) and at_most < at_least:
        faults.append(Note("bounds-crossed", "at_most", {"low": at_least, "high": at_most}))
    return faults


# ---- clean text


def clean_texts(*, at_most: int = 8) -> st.SearchStrategy[str]:
    """Clean text, not empty: what names, labels and ids may be.

    Besides letters and Chinese characters it has what breaks code around a draw: quotes, braces, backslashes, inner
    spaces of both widths, private use, full width, characters beyond the basic plane. All of it is in NFC, without
    control and format characters, without outer spaces; a system that changes one of these texts changes a draw.

    Args:
        at_most: characters of a text.

    Raises:
        InputError: no length from 1.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(clean_texts(), lambda _: True, settings=first)
    'a'
    """
    refuse(positive_faults(at_most, "at_most"))
    return _clean_texts(at_most)


@cache  # hypothesis looks through a strategy when it first draws from it, which takes longer than a draw
def _clean_texts(most: int) -> st.SearchStrategy[str]:
    longer = st.builds(_between, _ENDS, st.lists(_INNER, max_size=max(0, most - 2)), _ENDS)
    texts = _ENDS if most == 1 else st.one_of(_ENDS, longer)
    return texts.filter(lambda text: len(text) <= most and text_fault(text) is None)


def _between(first: str, parts: list[str], last: str) -> str:
    return "".join([first, *parts, last])


def ids(
    *, of: st.SearchStrategy[str] | None = None, at_least: int = 1, at_most: int = 8
) -> st.SearchStrategy[list[str]]:
    """Lists of ids that one register can hold: unlike each other, none that says there is none.

    Two ids are alike if only case, width or signs differ; a register refuses them. The lists are in no order.

    Args:
        of: one id; by default any clean text. What cannot stand beside the others is left out.
        at_least, at_most: ids of a list.

    Raises:
        InputError: bounds that cross.

    >>> from hypothesis import Phase, find, settings
    >>> small = settings(phases=[Phase.generate, Phase.shrink])
    >>> find(ids(), lambda _: True, settings=small)
    ['a']
    """
    refuse(size_faults(at_least, at_most))
    return st.lists(usable_ids(of), min_size=at_least, max_size=at_most, unique_by=id_rest)


def usable_ids(of: st.SearchStrategy[str] | None) -> st.SearchStrategy[str]:
    """Ids that are not refused by themselves."""
    return (clean_texts() if of is None else of).filter(lambda text: text not in PLACEHOLDERS)


def id_rest(id: str) -> bytes:
    """What is left of an id where alike ones are one."""
    return folded(f"{id}\n".encode())


# ---- unified social credit identifiers


def usccs(
    *, categories: Iterable[str] = _CATEGORIES, regions: Iterable[str] = (), nobodys: bool = False
) -> st.SearchStrategy[str]:
    """Unified social credit identifiers (统一社会信用代码) of which both check characters are right.

    Random ones may be those of real firms. Where examples are printed, say in the log of a public test run, take
    ``nobodys=True``: the organisation codes PDY00001 to PDY99999, which GB 11714 sets aside for internal use.

    Args:
        categories: registering authority and kind, two characters each.
        regions: six digits each; by default some of GB/T 2260 and any six digits.
        nobodys: whether organisation codes are only those that no organisation bears.

    Raises:
        InputError: parts of another form.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(usccs(), lambda _: True, settings=first)
    '91330203PDY00001XE'
    """
    kinds, places = words(categories), words(regions)
    refuse(text_faults({f"categories[{i}]": kind for i, kind in enumerate(kinds)}))
    for kind in kinds:
        make(kind, places[0] if places else _REGIONS[0], "PDY00001")
    for place in places:
        make(_CATEGORIES[0], place, "PDY00001")
    region = st.sampled_from(places) if places else st.one_of(st.sampled_from(_REGIONS), _of(DIGITS, 6))
    return st.builds(make, st.sampled_from(kinds), region, _nobodys() if nobodys else _organisations())


def _nobodys() -> st.SearchStrategy[str]:
    return st.integers(1, 99_999).map("PDY{:05d}".format)


def _organisations() -> st.SearchStrategy[str]:
    """Bodies of organisation codes: set aside, of the time of digits, of today, any."""
    today = _of(CHARACTERS, 6).map("MA{}".format)
    return st.one_of(_nobodys(), today, _of(DIGITS, 8), _of(CHARACTERS, 8))


def _of(characters: str, length: int) -> st.SearchStrategy[str]:
    return st.text(characters, min_size=length, max_size=length)


def faulty_usccs(*, of: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[tuple[str, str]]:
    """Identifiers with one fault each, and the code of that fault as `dual_random.uscc.fault` gives it.

    What stands in real registers: a character lost or doubled, the old registration number of 15 digits, a letter that
    the standard does not use, two characters exchanged, a wrong check character, an organisation code whose own check
    character is wrong under a right last one, hyphens, small letters, full width.

    Args:
        of: identifiers without a fault, to be damaged.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(faulty_usccs(), lambda _: True, settings=first)
    ('91330203PDY00001XF', 'uscc-check')
    """
    valid = usccs() if of is None else of
    return st.one_of(
        st.tuples(st.builds(_with_wrong_check, valid, st.integers(1, 30)), st.just("uscc-check")),
        st.tuples(st.builds(_with_exchange, valid, st.integers(8, 16)), st.just("uscc-check")),
        st.tuples(st.builds(_with_wrong_organisation, valid, st.integers(1, 10)), st.just("uscc-organisation")),
        st.tuples(st.one_of(valid.flatmap(_of_other_length), _of(DIGITS, 15)), st.just("uscc-length")),
        st.tuples(st.builds(_with, valid, st.integers(0, 17), st.sampled_from(_STRANGE)), st.just("uscc-character")),
        st.tuples(st.builds(_with, valid, st.integers(2, 7), st.sampled_from("AHMY")), st.just("uscc-region")),
        st.tuples(valid.flatmap(_written_otherwise), st.just("uscc-not-canonical")),
    )


def _with(id: str, place: int, character: str) -> str:
    return f"{id[:place]}{character}{id[place + 1 :]}"


def _with_wrong_check(id: str, steps: int) -> str:
    return id[:-1] + CHARACTERS[(CHARACTERS.index(id[-1]) + steps) % 31]


def _with_exchange(id: str, place: int) -> str:
    """Two neighbours exchanged; where the two are equal, a wrong check character."""
    exchanged = f"{id[:place]}{id[place + 1]}{id[place]}{id[place + 2 :]}"
    return exchanged if exchanged != id else _with_wrong_check(id, 1)


def _with_wrong_organisation(id: str, steps: int) -> str:
    """Another inner check character, and the last character that fits: one of 31 does."""
    wrong = _with(id, 16, INNER_CHECKS[(INNER_CHECKS.index(id[16]) + steps) % 11])
    return next(made for last in CHARACTERS if fault(made := _with(wrong, 17, last)) != "uscc-check")


def _of_other_length(id: str) -> st.SearchStrategy[str]:
    return st.integers(0, 17).flatmap(
        lambda place: st.sampled_from([id[:place] + id[place + 1 :], id[: place + 1] + id[place:]])
    )


def _written_otherwise(id: str) -> st.SearchStrategy[str]:
    written = (f"{id[:8]}-{id[8:]}", f"{id[:2]} {id[2:]}", id.translate(_TO_FULL_WIDTH), id.lower())
    return st.sampled_from([text for text in written if text != id])


# ---- seeds


def seeds(*, form: str = SEED_FORM) -> st.SearchStrategy[str]:
    """Texts that fit the form of a seed: every outcome of the announced event, in its one writing.

    Args:
        form: as of a `dual_random.SeedSource`: ``0`` a digit, ``x`` a lower-case hex digit, the rest as it stands.

    Raises:
        InputError: a form that is not clean text.

    >>> from hypothesis import Phase, find, settings
    >>> first = settings(phases=[Phase.generate])
    >>> find(seeds(), lambda _: True, settings=first)
    '00 00 00 00 00 00 + 00'
    """
    refuse(text_faults({"form": form}))
    return st.builds(partial(_filled, form), _of(DIGITS, form.count("0")), _of(f"{DIGITS}abcdef", form.count("x")))


def _filled(form: str, digits: str, hex_digits: str) -> str:
    """A form with digits in its places."""
    texts = {"0": iter(digits), "x": iter(hex_digits)}
    return "".join(next(texts[place]) if place in texts else place for place in form)
