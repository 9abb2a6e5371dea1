"""Which measures can be had from what is said about the groups, one rule after another."""


def measures_from(*, reference: bool, group: bool, best: bool, order: bool, bounds: bool) -> set[str]:
    """By their names in the enumeration."""
    names = {"BGV", "BGSD", "COV", "MDM", "MDM_UNWEIGHTED", "IDIS", "IDIS_UNWEIGHTED", "TI", "MLD"}
    if reference:
        names |= {"MDR", "MDR_UNWEIGHTED", "PAR", "PAF"}
    if reference and group:
        names |= {"D", "R"}
    if best:
        names |= {"MDB", "MDB_UNWEIGHTED"}
    if order:
        names |= {"SII", "RII", "ACI", "RCI"}
    if order and bounds:
        names |= {"WAGSTAFF", "ERREYGERS"}
    return names
