"""The tables about the mechanisms themselves: positions, what they address, profile, partners, areas and the list."""

from __future__ import annotations

from pipeline.tables import printed_objectives
from pipeline.tables.mechanisms import areas, partnerships, positions, questionnaire
from pipeline.tables.mechanisms import objectives as addressed
from pipeline.tables.sentences import Evidence
from pipeline.tables.table import Table


def mechanism_tables(evidence: Evidence) -> list[Table]:
    """The tables of the ISCM Review and the background note, from the corpus.

    The table of printed and found objectives is left out where no document of the corpus prints any.
    """
    stated = positions.positions(evidence)
    addresses = addressed.addressed(evidence)
    partnered = partnerships.partnerships(evidence)
    answers = questionnaire.profile(evidence, stated, addresses, partnered)
    tables = [
        positions.positions_table(evidence, stated),
        addressed.common_table(evidence, addresses),
        addressed.addressed_table(evidence, addresses),
        questionnaire.overview_table(answers),
        questionnaire.profile_table(evidence, answers),
        partnerships.matrix_table(partnered),
        partnerships.partnerships_table(evidence, partnered),
        areas.focus_table(evidence),
        areas.registry_table(evidence),
    ]
    evidence.forget()
    differences = printed_objectives.claims_table(evidence, printed_objectives.claims(evidence))
    return [*tables, differences] if differences else tables
