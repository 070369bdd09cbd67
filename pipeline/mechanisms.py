"""The tables about the mechanisms themselves: positions, what they address, profile, partners, areas and the list."""

from __future__ import annotations

import pandas as pd

from pipeline import addressed, areas, claims, partnerships, positions, profile
from pipeline.evidence import Evidence
from pipeline.table import Table


def mechanism_tables(evidence: Evidence, objectives: pd.DataFrame) -> list[Table]:
    """The tables of the ISCM Review and the background note, from the corpus and the rows of objectives.csv.

    The table of printed and found objectives is left out where no document of the corpus prints any.
    """
    found = positions.positions(evidence)
    addresses = addressed.addressed(evidence, objectives)
    partnered = partnerships.partnerships(evidence)
    answers = profile.profile(evidence, found, addresses, partnered)
    tables = [
        positions.positions_table(evidence, found),
        addressed.common_table(evidence, addresses),
        addressed.addressed_table(evidence, addresses),
        profile.overview_table(answers),
        profile.profile_table(evidence, answers),
        partnerships.matrix_table(partnered),
        partnerships.partnerships_table(evidence, partnered),
        areas.focus_table(evidence),
        areas.registry_table(evidence),
    ]
    evidence.forget()
    differences = claims.claims_table(evidence, claims.claims(evidence))
    return [*tables, differences] if differences else tables
