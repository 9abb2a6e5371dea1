"""A measure that is a part of another is protected together with it, and so is what is left of the whole."""

import pytest
from tests.unit.publication.conftest import GROUPS
from tests.unit.publication.made_releases import edited, made, refused

from evenhand.datasets.counts import CellStatus


@pytest.fixture
def proportions(recipe_folder):
    """Of those who finished treatment, how many improved: the counts of restraint under other names."""
    for name in ("source.csv", "mapping.yaml"):
        edited(
            recipe_folder / name,
            ("people_restrained", "reliable_improvement"),
            ("bed_days", "finished_course_of_treatment"),
        )
    edited(recipe_folder / "recipe.yaml", ("[restraint]", "[talking_therapies_reliable_improvement]"))
    return recipe_folder


def test_a_part_and_its_whole_are_protected_together(proportions, tmp_path):
    edited(proportions / "source.csv", (",300", ",20"))
    release = made(proportions, tmp_path)
    assert release.certificate.cells == 30
    everybody = next(row for row in release.observations if row.group == "white_british")
    assert (everybody.numerator.value, everybody.denominator.value) == (75, 2400)
    assert everybody.value.method == "Wilson"
    # 17 of 20 improved, so 3 did not: the three would be seen if both counts were printed exactly.
    assert release.certificate.narrowest is None or release.certificate.narrowest >= 2


def test_a_part_larger_than_its_whole_is_refused(proportions):
    edited(proportions / "source.csv", (",300", ",10"))
    message = refused(proportions)
    assert "finished_course_of_treatment without reliable_improvement" in message
    assert "negative" in message


def test_a_mapping_tells_which_measures_are_parts_of_others(proportions, tmp_path):
    edited(
        proportions / "mapping.yaml",
        (
            "id: reliable_improvement}",
            "id: reliable_improvement, part_of: finished_course_of_treatment}",
        ),
    )
    release = made(proportions, tmp_path)
    assert release.package.adding.parts == (("reliable_improvement", "finished_course_of_treatment"),)


def test_a_part_of_something_that_is_not_released_is_no_link(recipe_folder, tmp_path):
    edited(
        recipe_folder / "mapping.yaml",
        ("id: people_restrained}", "id: people_restrained, part_of: people_in_hospital}"),
    )
    assert made(recipe_folder, tmp_path).package.adding.parts == ()


# Of those who finished, how many improved, how many were well at the start, and how many recovered of the others.
TREATED = {
    "finished_course_of_treatment": (400, 90, 60),
    "reliable_improvement": (260, 55, 40),
    "well_at_start": (50, 20, 10),
    "recovery": (170, 30, 25),
}


@pytest.fixture
def treatment(recipe_folder):
    """Recovery is out of those who were unwell at the start: a difference that the mapping takes."""
    lines = ["month,code,name,measure,group,count"]
    for measure, counts in TREATED.items():
        for group, count in zip(GROUPS, counts, strict=True):
            lines += [f"2024-03-01,{code},Service,{measure},{group},{count}" for code in ("TST-A", "TST-B")]
    (recipe_folder / "source.csv").write_text("\n".join(lines) + "\n")
    values = "".join(f"    - {{values: [{measure}], id: {measure}}}\n" for measure in TREATED)
    edited(
        recipe_folder / "mapping.yaml",
        ("    - {values: [people_restrained], id: people_restrained}\n", values),
        ("    - {values: [bed_days], id: bed_days}\n", ""),
    )
    edited(
        recipe_folder / "recipe.yaml",
        ("[restraint]", "[talking_therapies_recovery, talking_therapies_reliable_improvement]"),
    )
    return recipe_folder


def with_difference(folder, minus):
    with (folder / "mapping.yaml").open("a") as file:
        whole = "finished_course_of_treatment"
        file.write(f"differences: [{{id: finished_unwell_at_start, whole: {whole}, minus: {minus}}}]\n")
    return folder


def test_a_difference_is_a_part_of_what_it_is_taken_from(treatment, tmp_path):
    release = made(with_difference(treatment, "well_at_start"), tmp_path)
    assert set(release.package.adding.parts) == {
        ("finished_unwell_at_start", "finished_course_of_treatment"),
        ("recovery", "finished_unwell_at_start"),
        ("reliable_improvement", "finished_course_of_treatment"),
    }


def test_a_difference_whose_whole_is_not_released_is_no_link(treatment, tmp_path):
    edited(treatment / "recipe.yaml", (", talking_therapies_reliable_improvement", ""))
    release = made(with_difference(treatment, "well_at_start"), tmp_path)
    assert release.package.adding.parts == (("recovery", "finished_unwell_at_start"),)


def test_whole_part_and_difference_are_not_all_protected_at_once(treatment):
    message = refused(with_difference(treatment, "reliable_improvement"))
    assert "finished_unwell_at_start is finished_course_of_treatment less reliable_improvement" in message


def test_a_source_that_counts_the_whole_as_well_is_refused(recipe_folder):
    with (recipe_folder / "source.csv").open("a") as file:
        for group in GROUPS:
            file.write(f"2024-03-01,TST,Test Trust,people_restrained,{group},99\n")
    assert "the source counts 'TST' itself, which the recipe adds up from its parts" in refused(recipe_folder)


def test_unknown_ethnicity_counted_under_two_classifications_is_refused(recipe_folder):
    edited(
        recipe_folder / "mapping.yaml",
        (
            "        all: {group: all,",
            "        also: {group: unknown, classification: nhs_2001}\n        all: {group: all,",
        ),
    )
    with (recipe_folder / "source.csv").open("a") as file:
        file.write("2024-03-01,TST-A,Service A,people_restrained,also,3\n")
    assert "people_restrained, TST-A, group unknown: is counted twice" in refused(recipe_folder)


# ------------------------------------------------------------------------- a denominator printed beside its numerator


@pytest.fixture
def pupils(recipe_folder):
    """Pupils who reached the expected standard, with all pupils in the same row."""
    lines = ["month,code,name,group,reached,pupils"]
    for code, share in (("TST-A", 60), ("TST-B", 75)):
        for group, count in zip(GROUPS, (200, 40, 20), strict=True):
            lines.append(f"2024-03-01,{code},School {code[-1]},{group},{count * share // 100},{count}")
    (recipe_folder / "source.csv").write_text("\n".join(lines) + "\n")
    text = (recipe_folder / "mapping.yaml").read_text("utf-8")
    start, end = text.index("measure:"), text.index("groups:")
    text = text[:start] + "measure: {fixed: reading_writing_maths_expected}\n" + text[end:]
    text = text.replace("figures: {count: count}", "figures: {count: reached, denominator: pupils}")
    (recipe_folder / "mapping.yaml").write_text(text)
    edited(recipe_folder / "recipe.yaml", ("[restraint]", "[key_stage_2_attainment]"))
    return recipe_folder


def test_a_denominator_printed_beside_its_numerator_is_protected_with_it(pupils, tmp_path):
    release = made(pupils, tmp_path)
    beside = "reading_writing_maths_expected (denominator)"
    assert release.package.adding.parts == (("reading_writing_maths_expected", beside),)
    everybody = next(row for row in release.observations if row.group == "white_british")
    assert (everybody.numerator.value, everybody.denominator.value) == (270, 400)
    assert release.certificate.cells == 30


def test_a_denominator_that_the_source_leaves_out_cannot_be_protected(pupils):
    edited(pupils / "source.csv", (",150,200", ",150,"))
    assert "reading_writing_maths_expected (denominator), TST-B, group white_british" in refused(pupils)


def test_a_denominator_that_the_source_does_not_count_leaves_the_value_unknown(recipe_folder, tmp_path):
    """Figures as published, of which the bed days of one group are missing."""
    edited(recipe_folder / "source.csv", ("2024-03-01,TST-B,Service B,bed_days,unknown,300\n", ""))
    text = (recipe_folder / "recipe.yaml").read_text("utf-8")
    start, end = text.index("  kind: protect"), text.index("licence:")
    text = text[:start] + "  {kind: as_published, publisher: Nobody, rule: None}\n" + text[end:]
    (recipe_folder / "recipe.yaml").write_text(text)
    release = made(recipe_folder, tmp_path)
    unknown = {row.organisation.code: row for row in release.observations if row.group == "unknown"}
    assert unknown["TST-A"].value is not None
    assert unknown["TST-B"].value_status is CellStatus.UNKNOWN
