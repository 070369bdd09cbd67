"""How well what is found agrees with hand-made truth: figures with their intervals, and every row that disagrees.

>>> from pipeline.evaluate import CorpusReadings, evaluate_readings, read
>>> found = evaluate_readings(read([Path("gold")]), CorpusReadings(Path("corpus")))  # doctest: +SKIP
>>> found.one("references", "overlap").f1  # doctest: +SKIP
0.98
"""

from pipeline.evaluate.evaluation import Evaluation, evaluate_readings
from pipeline.evaluate.gold import Gold, read
from pipeline.evaluate.readings import CorpusReadings, RunReadings

__all__ = ["CorpusReadings", "Evaluation", "Gold", "RunReadings", "evaluate_readings", "read"]
