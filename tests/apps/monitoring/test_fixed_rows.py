"""What a release states cannot be changed in the database; a row that says two things at once cannot be written."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, ReleaseFile, State


def taken(write: Callable[[], object]) -> bool:
    """Whether the database takes what ``write`` writes."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return False
    return True


def test_no_row_of_a_release_is_deleted(loaded):
    for model in (Release, ReleasedFigure, QualityRecord, ReleaseFile):
        before = model.objects.count()
        assert before
        with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
            model.objects.all()._raw_delete("default")
        assert model.objects.count() == before


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (ReleasedFigure, [{"numerator": 1}, {"value": 0.0}, {"verdict": "lower"}]),
        (QualityRecord, [{"completeness": 1.0}]),
        (ReleaseFile, [{"sha256": "0" * 64}]),
        (Release, [{"title": "Another"}, {"certificate": {}}, {"loaded_by": 1}]),
    ],
)
def test_what_a_release_states_is_not_changed(model, changes, loaded):
    for change in changes:
        with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
            model.objects.update(**change)


def test_a_figure_is_not_replaced_by_a_newer_row(loaded):
    """On SQLite REPLACE, on PostgreSQL ON CONFLICT: both put a row in the place of one that is there."""
    figure = loaded.figures.first()
    figure.pk = None
    figure.group_label = "Forged"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleasedFigure.objects.bulk_create(
            [figure],
            update_conflicts=True,
            unique_fields=["release", "position"],
            update_fields=["group_label"],
        )
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
            columns = ", ".join(f'"{field.column}"' for field in ReleasedFigure._meta.concrete_fields[1:])
            table = ReleasedFigure._meta.db_table
            cursor.execute(f"REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}")  # noqa: S608 (own names)
    assert not ReleasedFigure.objects.filter(group_label="Forged").exists()


def test_a_figure_that_contradicts_itself_is_refused(loaded):
    figure = loaded.figures.filter(value__isnull=False, ratio__isnull=False, verdict__in=["higher", "lower"]).first()
    figure.group, figure.position = "a_group_of_its_own", 9_999
    as_it_should_be = {name: value for name, value in vars(figure).items() if not name.startswith("_")}

    def with_fault(fault: dict[str, object]) -> bool:
        return taken(ReleasedFigure(**{**as_it_should_be, "id": None, **fault}).save)

    faults = [
        {"numerator": None},
        {"numerator_status": "suppressed"},
        {"numerator_status": "zero"},
        {"numerator_rounded_to": 0},
        {"denominator": None, "denominator_status": "published"},
        {"value": None},
        {"value_status": "suppressed"},
        {"value_status": "maybe"},
        {"method": ""},
        {"lower": None},
        {"lower": 1e9},
        {"upper_with_rounding": 0.0},
        {"ratio_method": "", "ratio": 1.0},
        {"ratio": None},
        {"comparator": ""},
        {"verdict": "worse"},
        {"period_end": "2000-01-01"},
    ]
    assert [fault for fault in faults if with_fault(fault)] == []
    assert with_fault({}), "and without a fault it is taken"


def test_a_quality_record_that_contradicts_itself_is_refused(loaded):
    record = loaded.quality_records.filter(known__isnull=False, total__isnull=False).first()
    as_it_should_be = {name: value for name, value in vars(record).items() if not name.startswith("_")}

    def with_fault(fault: dict[str, object]) -> bool:
        return taken(QualityRecord(**{**as_it_should_be, "id": None, "position": 9_999, **fault}).save)

    faults = [{"known": None}, {"total_status": "unknown"}, {"completeness": 1.1}, {"period_end": "2000-01-01"}]
    assert [fault for fault in faults if with_fault(fault)] == []
    assert with_fault({}), "and without a fault it is taken"


def test_a_release_is_not_withdrawn_by_halves(loaded):
    half_done = [
        {"state": State.WITHDRAWN},
        {"state": State.WITHDRAWN, "withdrawn_because": "wrong", "withdrawn_at": "2026-01-01T00:00Z"},
        {"withdrawn_because": "wrong"},
        {"state": "deleted"},
    ]
    assert [state for state in half_done if taken(lambda state=state: Release.objects.update(**state))] == []


def test_a_file_has_a_plain_name(loaded):
    def make(name: str) -> bool:
        return taken(lambda: ReleaseFile.objects.create(release=loaded, name=name, size=0, sha256="0" * 64))

    assert [name for name in ("", "../secret", ".hidden") if make(name)] == []
    assert make("plain.csv")


def test_rows_have_names_for_a_person_who_debugs(loaded):
    assert str(loaded.figures.first()).startswith(loaded.figures.first().indicator)
    assert str(loaded.quality_records.first()).startswith(loaded.quality_records.first().measure)
    assert str(loaded.files.first()) == loaded.files.first().name
