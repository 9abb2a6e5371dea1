import pytest
from django.db import IntegrityError, transaction

from evenhand.apps.core.queries import history
from evenhand.apps.organisations.actions import OrganisationDiffers, establish
from evenhand.apps.organisations.models import Kind, Level, Organisation
from evenhand.apps.organisations.queries import named
from evenhand.datasets.observations import Organisation as Named
from evenhand.datasets.observations import OrganisationLevel

TRUST = Named("RT5", "Leicestershire Partnership NHS Trust", OrganisationLevel.TRUST)


def test_a_new_organisation_is_added_and_recorded(administrator):
    added = establish(organisation=TRUST, invented=False, by=administrator)
    assert named(added) == TRUST
    assert [(line.what, line.details) for line in history(added)] == [("organisation_added", {"code": "RT5"})]
    assert str(added) == TRUST.name


def test_a_known_organisation_keeps_its_name(administrator):
    first = establish(organisation=TRUST, invented=False, by=administrator)
    shouted = Named("RT5", TRUST.name.upper(), OrganisationLevel.TRUST)
    assert establish(organisation=shouted, invented=False, by=administrator) == first
    assert Organisation.objects.get().name == TRUST.name
    assert len(history(first)) == 1


def test_a_code_stands_for_one_level(administrator):
    establish(organisation=TRUST, invented=False, by=administrator)
    with pytest.raises(OrganisationDiffers, match="given as icb; here it is trust"):
        establish(organisation=Named("RT5", "x", OrganisationLevel.ICB), invented=False, by=administrator)


@pytest.mark.parametrize("real_first", [True, False])
def test_invented_figures_are_never_laid_at_a_real_organisation(real_first, administrator):
    establish(organisation=TRUST, invented=not real_first, by=administrator)
    with pytest.raises(OrganisationDiffers, match="a code of its own"):
        establish(organisation=TRUST, invented=real_first, by=administrator)


def test_every_level_of_the_library_has_words_here():
    assert {level.value for level in OrganisationLevel} == set(Level.values)


@pytest.mark.parametrize(
    ("level", "kind"), [(Level.COUNTRY, Kind.AREA), (Level.ICB, Kind.AREA), (Level.TRUST, Kind.CARE)]
)
def test_figures_are_about_those_who_live_there_or_those_who_are_cared_for(level, kind):
    assert Organisation(code="x", name="x", level=level).kind is kind


@pytest.mark.parametrize("fault", [{"code": ""}, {"name": ""}, {"level": "village"}])
def test_the_database_refuses_an_organisation_without_code_name_or_level(fault, db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**{"code": "X", "name": "X", "level": Level.TRUST, **fault})
