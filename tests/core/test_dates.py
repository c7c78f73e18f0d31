"""Dates: read where they can mean one thing only, refused with the way to write them otherwise."""

import itertools
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import overlap, parse, words
from core.errors import Refused

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "said"),
    [
        ("2014", "2014-01-01", "2014-12-31", "2014"),
        ("2014-06", "2014-06-01", "2014-06-30", "June 2014"),
        ("2014-06-14", "2014-06-14", "2014-06-14", "14 June 2014"),
        ("2016-02", "2016-02-01", "2016-02-29", "February 2016"),
        ("2014/2015", "2014-01-01", "2015-12-31", "2014 to 2015"),
        ("2014-06/2014", "2014-06-01", "2014-12-31", "June 2014 to 2014"),
        ("2014-06~", "2014-06-01", "2014-06-30", "about June 2014"),
        ("2014?", "2014-01-01", "2014-12-31", "possibly 2014"),
        ("2014-06-14%", "2014-06-14", "2014-06-14", "possibly about 14 June 2014"),
        ("2014~/2015?", "2014-01-01", "2015-12-31", "about 2014 to possibly 2015"),
        ("201X", "2010-01-01", "2019-12-31", "2010s"),
        ("201X~", "2010-01-01", "2019-12-31", "about 2010s"),
        ("200X", "2000-01-01", "2009-12-31", "2000–2009"),
        ("19XX", "1900-01-01", "1999-12-31", "1900–1999"),
        ("2014-XX", "2014-01-01", "2014-12-31", "2014"),
        ("2016-02-XX", "2016-02-01", "2016-02-29", "February 2016"),
        ("2014-XX-XX", "2014-01-01", "2014-12-31", "2014"),
        ("2014-06-14/..", "2014-06-14", None, "14 June 2014 or later"),
        ("../2015", None, "2015-12-31", "2015 or earlier"),
        ("2014-06-14/", "2014-06-14", None, "14 June 2014 to unknown"),
        ("/2015", None, "2015-12-31", "unknown to 2015"),
        ("2015-01-01/..", "2015-01-01", None, "after 2014"),
        ("2014-07-01/..", "2014-07-01", None, "after June 2014"),
        ("../2014-12-31", None, "2014-12-31", "before 2015"),
        ("../2014-06-30", None, "2014-06-30", "before July 2014"),
        ("2014-21", "2014-03-01", "2014-05-31", "spring 2014 (March–May)"),
        ("2014-22~", "2014-06-01", "2014-08-31", "about summer 2014 (June–August)"),
        ("2014-29", "2014-09-01", "2014-11-30", "spring 2014 (September–November)"),
        ("2014-33", "2014-01-01", "2014-03-31", "January–March 2014"),
        ("2014-21/2014-22", "2014-03-01", "2014-08-31",
         "spring 2014 (March–May) to summer 2014 (June–August)"),
        ("0001", "0001-01-01", "0001-12-31", "0001"),
        ("../9999-12-31", None, "9999-12-31", "31 December 9999 or earlier"),
        ("0001-01-01/..", "0001-01-01", None, "1 January 0001 or later"),
    ],
)  # fmt: skip
def test_the_format_is_read_and_said_in_words(text: str, earliest: str | None, latest: str | None, said: str) -> None:
    dates = parse(text)
    assert (dates.text, dates.earliest, dates.latest) == (text, earliest, latest)
    assert words(text) == said


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2014", False, False),
        ("2014-06~", True, False),
        ("2014?", False, True),
        ("2014-06-14%", True, True),
        ("201X?", False, True),
        ("2014-22~", True, False),
        ("2014~/2015?", True, True),
        ("2014/2015~", True, False),
        ("../2015?", False, True),
    ],
)
def test_a_date_says_whether_it_is_approximate_or_uncertain(text: str, approximate: bool, uncertain: bool) -> None:
    assert (parse(text).approximate, parse(text).uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2014-6-4", "2014-06-04"),
        ("2014/06/14", "2014-06-14"),
        ("2014.06.14", "2014-06-14"),
        ("20140614", "2014-06-14"),
        (" 201x ", "201X"),
        ("2014-06-14T12:30:00Z", "2014-06-14"),
        ("2014-06-14 00:30", "2014-06-14"),
        ("2014-06-14T23:30:00.5+02:00", "2014-06-14"),
        ("2014:06:14 12:30:00", "2014-06-14"),  # as cameras write it
        ("circa 2014", "2014~"),
        ("c. 2014", "2014~"),
        ("c2014", "2014~"),
        ("ca. June 2014", "2014-06~"),
        ("approx. 2014", "2014~"),
        ("~2014", "2014~"),
        ("possibly 2014", "2014?"),
        ("2014 ?", "2014?"),
        ("2014?~", "2014%"),
        ("perhaps about 2014", "2014%"),
        ("about 2014?", "2014%"),
        ("June 2014", "2014-06"),
        ("jun. 2014", "2014-06"),
        ("Sept 2014", "2014-09"),
        ("14 June 2014", "2014-06-14"),
        ("14th of June, 2014", "2014-06-14"),
        ("14-Jun-2014", "2014-06-14"),
        ("June 14, 2014", "2014-06-14"),
        ("2014 June 14", "2014-06-14"),
        ("14/06/2014", "2014-06-14"),  # no month 14
        ("06/14/2014", "2014-06-14"),
        ("6.6.2014", "2014-06-06"),
        ("the 1980s", "198X"),
        ("2014–2015", "2014/2015"),
        ("2014-2015", "2014/2015"),
        ("2014 — 2015", "2014/2015"),
        ("2014 to 2015", "2014/2015"),
        ("between 2014 and 2015", "2014/2015"),
        ("from 2014 through 2015", "2014/2015"),
        ("circa 2014–2015", "2014~/2015~"),
        ("about 2014 to 2015", "2014~/2015"),
        ("2014? – 2015", "2014?/2015"),
        ("June–August 2014", "2014-06/2014-08"),
        ("from June to August 2014", "2014-06/2014-08"),
        ("14–16 June 2014", "2014-06-14/2014-06-16"),
        ("14-16 June 2014", "2014-06-14/2014-06-16"),
        ("30 June to 2 July 2014", "2014-06-30/2014-07-02"),
        ("2014/06/14 - 2014/06/20", "2014-06-14/2014-06-20"),
        ("before 2015", "../2014-12-31"),
        ("before 14 June 2014", "../2014-06-13"),
        ("after 2014", "2015-01-01/.."),
        ("later than February 2016", "2016-03-01/.."),
        ("since 2014", "2014/.."),
        ("2014 onwards", "2014/.."),
        ("June 2014 or earlier", "../2014-06"),
        ("unknown to 2015", "/2015"),
        ("٢٠١٤-٠٦", "2014-06"),
        ("２０１４", "2014"),
        ("\u200f2014\u200e", "2014"),
    ],
)
def test_what_is_written_every_day_is_understood_where_it_means_one_thing(written: str, meant: str) -> None:
    assert parse(written) == parse(meant)
    assert parse(written).text == meant


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("04/06/2014", r"“04/06/2014” cannot .* it can be 6 April or 4 June; please write 2014-04-06 or 2014-06-04\.$"),
        ("4.6.2014", r"it can be 6 April or 4 June"),
        ("14/06/14", r"the year needs its four digits"),
        ("14 June 14", r"the year needs its four digits"),
        ("2014-6", r"“6” can be a month or the last of several years.* 2014-06 or 2014/2016"),
        ("2014–15", r"“15” can be a month or the last of several years"),
        ("2014-13", r"“13” can be a month or the last"),
        ("spring 2014", r"a season is not the same months everywhere"),
        ("early 2014", r"readers differ"),
        ("until 2015", r"does not say whether that day still belongs to it"),
        ("1900s", r"ten years or a hundred; please write 190X or 19XX"),
        ("2014-24", r"^The winter of 2014 .* December 2013 or in December 2014; .* 2013-12/2014-02\.$"),
        ("2014-30", r"^The summer of 2014 "),
        ("2014-06-31", r"no date of the calendar"),
        ("2014-02-29", r"no date of the calendar"),
        ("20141314", r"no date of the calendar"),
        ("0000", r"no date of the calendar"),
        ("2015/2014", r"“2015/2014” ends before it begins"),
        ("2014-12/2014-06", r"ends before it begins"),
        ("16–14 June 2014", r"ends before it begins"),
        ("2014/2015-02-29", r"no date of the calendar"),
        ("../..", r"names no day"),
        ("/", r"names no day"),
        ("before about 2015", r"has no exact limit"),
        ("before 0001", r"leaves no day"),
        ("after 9999", r"leaves no day"),
        ("", r"cannot be read as a date; .* 2014, 2014-06, 2014-06-14, 2014/2015, 2014-06~"),
        ("..", r"cannot be read as a date"),
        ("XXXX", r"cannot be read as a date"),
        ("2014-06-14T25:00:00Z", r"cannot be read as a date"),
        ("2014-06?-14", r"cannot be read as a date"),
        ("14 to 2015", r"cannot be read as a date"),
        ("99/99/2014", r"cannot be read as a date"),
        ("[2014,2015]", r"cannot be read as a date"),
        ("tomorrow", r"cannot be read as a date"),
        ("2014" * 30, r"no longer than 100 characters"),
    ],
)
def test_what_can_mean_several_things_or_none_is_refused_and_never_guessed(written: str, because: str) -> None:
    with pytest.raises(Refused, match=because):
        parse(written)
    with pytest.raises(Refused):
        words(written)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("2014", "2014-06-14", True),
        ("2014", "2015", False),
        ("2014-06/2014-08", "2014-08-31/2015", True),
        ("2014-06/2014-08", "2014-09", False),
        ("2014/..", "../2013", False),
        ("2014/..", "../2014-01-01", True),
        ("2014/", "2020", True),
        ("2014~", "2015", True),
        ("2014~", "2016", False),
        ("2014?", "2013", True),
        ("2014-06~", "2014-07", True),
        ("2014-06~", "2014-08", False),
        ("2014~/2015", "2013", True),
        ("2014~/2015", "2016", False),
        ("0001~", "9999~", False),
        ("../2015~", "2016-06", True),
    ],
)
def test_two_dates_overlap_where_one_day_can_make_both_true(one: str, other: str, both: bool) -> None:
    assert overlap(parse(one), parse(other)) is both
    assert overlap(parse(other), parse(one)) is both


def test_loading_the_module_does_not_load_the_parser_even_where_warnings_are_errors() -> None:
    asked = "import sys, core.dates; assert 'edtf' not in sys.modules; print(core.dates.parse('2014~/2015').text)"
    run = subprocess.run([sys.executable, "-W", "error", "-c", asked], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("2014~/2015\n", "")


days = st.dates(EARLIEST, LATEST)
plain = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    days.map(lambda day: f"{day.isoformat()[:3]}X").filter(lambda text: text > "001X"),
    days.map(lambda day: f"{day.isoformat()[:7]}-XX"),
)
singles = st.tuples(plain, st.sampled_from(["", "?", "~", "%"])).map("".join)
ranges = st.tuples(singles.filter(lambda text: "X" not in text), singles.filter(lambda text: "X" not in text)).map(
    lambda ends: "/".join(sorted(ends, key=lambda end: parse(end).earliest or ""))
)
sides = st.tuples(singles.filter(lambda text: "X" not in text), st.sampled_from(["{}/..", "../{}", "{}/", "/{}"])).map(
    lambda parts: parts[1].format(parts[0])
)
formats = st.one_of(singles, ranges, sides)


@given(formats)
def test_what_was_read_reads_itself_again(text: str) -> None:
    assert parse(parse(text).text) == parse(text)


@given(formats)
def test_the_words_of_a_date_mean_the_same_days(text: str) -> None:
    read, said = parse(text), parse(words(text))
    assert (said.earliest, said.latest) == (read.earliest, read.latest)
    assert (said.approximate, said.uncertain) == (read.approximate, read.uncertain)


@given(days)
def test_a_day_is_within_its_month_and_its_month_within_its_year(day: date) -> None:
    text = day.isoformat()
    spans = [parse(text[:length]) for length in (10, 7, 4)]
    assert spans[0].earliest == spans[0].latest == text
    for inner, outer in itertools.pairwise(spans):
        assert str(outer.earliest) <= str(inner.earliest) <= str(inner.latest) <= str(outer.latest)
        assert overlap(inner, outer)


@given(days.filter(lambda day: day < LATEST))
def test_before_a_day_is_all_that_since_it_is_not(day: date) -> None:
    following = day + timedelta(days=1)
    before, since = parse(f"before {following.isoformat()}"), parse(f"since {following.isoformat()}")
    assert (before.latest, since.earliest) == (day.isoformat(), following.isoformat())
    assert not overlap(before, since)


@given(st.text() | st.text("0123456789X?~%/-. abceghijlnoprtuy"))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        dates = parse(text)
    except Refused:
        return
    assert dates.earliest or dates.latest
    assert not dates.earliest or not dates.latest or dates.earliest <= dates.latest
