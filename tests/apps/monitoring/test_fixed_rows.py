"""What a release states cannot be changed in the database; a row that says two things at once cannot be written."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from evenhand.apps.monitoring.models import QualityRecord, Release, ReleasedFigure, ReleaseFile, State


@pytest.mark.parametrize("model", [Release, ReleasedFigure, QualityRecord, ReleaseFile])
def test_no_row_of_a_release_is_deleted(model, loaded):
    before = model.objects.count()
    assert before
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic():
        model.objects.all()._raw_delete("default")
    assert model.objects.count() == before


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (ReleasedFigure, {"numerator": 1}),
        (ReleasedFigure, {"value": 0.0}),
        (ReleasedFigure, {"verdict": "lower"}),
        (QualityRecord, {"completeness": 1.0}),
        (ReleaseFile, {"sha256": "0" * 64}),
        (Release, {"title": "Another"}),
        (Release, {"certificate": {}}),
        (Release, {"loaded_by": 1}),
    ],
)
def test_what_a_release_states_is_not_changed(model, change, loaded):
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


@pytest.mark.parametrize(
    "fault",
    [
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
    ],
    ids=str,
)
def test_a_figure_that_contradicts_itself_is_refused(fault, loaded):
    figure = loaded.figures.filter(value__isnull=False, ratio__isnull=False, verdict__in=["higher", "lower"]).first()
    figure.pk, figure.group, figure.position = None, "a_group_of_its_own", 9_999
    figure.save()  # without a fault it is taken
    figure.pk, figure.group, figure.position = None, "another", 9_998
    for name, value in fault.items():
        setattr(figure, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()


@pytest.mark.parametrize(
    "fault",
    [{"known": None}, {"total_status": "unknown"}, {"completeness": 1.1}, {"period_end": "2000-01-01"}],
    ids=str,
)
def test_a_quality_record_that_contradicts_itself_is_refused(fault, loaded):
    record = loaded.quality_records.filter(known__isnull=False, total__isnull=False).first()
    record.pk, record.position = None, 9_999
    for name, value in fault.items():
        setattr(record, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


@pytest.mark.parametrize(
    "half_done",
    [
        {"state": State.WITHDRAWN},
        {"state": State.WITHDRAWN, "withdrawn_because": "wrong", "withdrawn_at": "2026-01-01T00:00Z"},
        {"withdrawn_because": "wrong"},
        {"state": "deleted"},
    ],
    ids=str,
)
def test_a_release_is_not_withdrawn_by_halves(half_done, loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(**half_done)


@pytest.mark.parametrize("name", ["", "../secret", ".hidden"])
def test_a_file_has_a_plain_name(name, loaded):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleaseFile.objects.create(release=loaded, name=name, size=0, sha256="0" * 64)


def test_rows_have_names_for_a_person_who_debugs(loaded):
    assert str(loaded.figures.first()).startswith(loaded.figures.first().indicator)
    assert str(loaded.quality_records.first()).startswith(loaded.quality_records.first().measure)
    assert str(loaded.files.first()) == loaded.files.first().name
