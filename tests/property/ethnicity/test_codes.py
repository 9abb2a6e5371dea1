"""Each valid code is in exactly one group of every grouping; nothing else ever is; nothing is lost."""

from collections import Counter
from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from evenhand.ethnicity import (
    UNRECORDED,
    CodeKind,
    Coding,
    classification,
    classifications,
    coding_quality,
    count_groups,
    crosswalk,
    split_categories,
)

POLICE = "W1 W2 W9 M1 M2 M3 M9 A1 A2 A3 A9 B1 B2 B9 O1 O9"
VALID_CODES = {
    "nhs_2001": [*"ABCDEFGHJKLMNPRS"],
    "ons_2021": [str(number) for number in range(1, 20)],
    "home_office_16": POLICE.split(),
}
JOINS = [
    (source, each.id)
    for source in VALID_CODES
    for each in classifications()
    if each.id == source or not split_categories(source, each.id)
]

joins = st.sampled_from(JOINS)
unusable = st.sampled_from(["", " ", "Z", "z", "99", "X", "NS", "-1", "-8", "NA", "I", "ſ"])
anything = st.none() | st.text(max_size=4) | unusable


@st.composite
def recorded(draw: st.DrawFn) -> tuple[str, str, list[str | None]]:
    source, grouping = draw(joins)
    code = st.sampled_from(VALID_CODES[source]) | anything
    return source, grouping, draw(st.lists(code, max_size=40))


@given(joins, st.data())
def test_each_valid_code_is_in_exactly_one_group_of_each_grouping(join: tuple[str, str], data: st.DataObject):
    source, grouping = join
    code = data.draw(st.sampled_from(VALID_CODES[source]))
    counts = count_groups([code], grouping=grouping, coding=Coding(source))
    assert [group for group, count in counts.items() if count] == [
        crosswalk(source, grouping).target(Coding(source).read(code).group)
    ]


@given(joins, anything)
def test_not_stated_not_known_and_invalid_never_enter_a_group(join: tuple[str, str], code: str | None):
    source, grouping = join
    counts = count_groups([code], grouping=grouping, coding=Coding(source))
    in_groups = sum(counts[category] for category in classification(grouping).category_ids)
    usable = {written for valid in VALID_CODES[source] for written in (valid, valid.lower())}
    assert in_groups == ((code or "").strip() in usable)


@given(recorded())
def test_groups_and_unknown_are_the_total(recording: tuple[str, str, list[str | None]]):
    source, grouping, codes = recording
    counts = count_groups(codes, grouping=grouping, coding=Coding(source))
    assert set(counts) == {*classification(grouping).category_ids, *UNRECORDED}
    assert sum(counts.values()) == len(codes)


@given(recorded())
def test_counting_by_distinct_code_is_counting_one_record_after_another(recording: tuple[str, str, list[str | None]]):
    source, grouping, codes = recording
    one_by_one: Counter[str] = Counter()
    for code in codes:
        reading = Coding(source).read(code)
        if reading.kind is CodeKind.VALID:
            one_by_one[crosswalk(source, grouping).target(reading.group)] += 1
        else:
            one_by_one[reading.group] += 1
    counted = count_groups(codes, grouping=grouping, coding=Coding(source))
    assert {group: count for group, count in counted.items() if count} == dict(one_by_one)


def quality_one_by_one(codes: list[str | None], people: list[Hashable], defaults: set[str]) -> dict[str, int]:
    """The plainest statement of what coding quality counts, for NHS codes."""
    counts = dict.fromkeys(["valid", "not_stated", "not_known", "default", "invalid", "missing", "residual_other"], 0)
    seen: dict[Hashable, set[str]] = {}
    for code, person in zip(codes, people, strict=True):
        written = "" if code is None else code.strip()
        written = written.upper() if written.isascii() else written
        if written == "":
            counts["missing"] += 1
        elif written in defaults:
            counts["default"] += 1
        elif written == "Z":
            counts["not_stated"] += 1
        elif written in ("99", "X"):
            counts["not_known"] += 1
        elif written in VALID_CODES["nhs_2001"]:
            counts["valid"] += 1
            counts["residual_other"] += written in ("C", "G", "L", "P", "S")
            seen.setdefault(person, set()).add(written)
        else:
            counts["invalid"] += 1
    counts["conflicting"] = sum(len(written) > 1 for written in seen.values())
    return counts


@given(
    st.lists(st.tuples(st.sampled_from(VALID_CODES["nhs_2001"]) | anything, st.integers(0, 8)), max_size=60),
    st.sets(st.sampled_from(["S", "UN", "Z", "99", "-1"])),
)
def test_coding_quality_is_what_one_record_after_another_gives(
    records: list[tuple[str | None, int]], defaults: set[str]
):
    codes, people = [code for code, _ in records], [person for _, person in records]
    quality = coding_quality(codes, people=people, coding=Coding(default_codes=defaults))
    assert quality.conflicting is not None
    counted = {
        name: getattr(quality, name).count
        for name in (
            "valid",
            "not_stated",
            "not_known",
            "default",
            "invalid",
            "missing",
            "residual_other",
            "conflicting",
        )
    }
    assert counted == quality_one_by_one(codes, people, defaults)


@given(recorded())
def test_the_six_kinds_add_up_to_all_records(recording: tuple[str, str, list[str | None]]):
    source, _, codes = recording
    quality = coding_quality(codes, coding=Coding(source))
    assert sum(getattr(quality, kind.value).count for kind in CodeKind) == len(codes)
    assert sum(part.count for part in quality.vodim.values()) == len(codes)
