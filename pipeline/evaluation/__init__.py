"""How well what is found agrees with hand-made truth: figures with their intervals, and every row that disagrees.

>>> from pipeline.evaluation import CorpusReadings, evaluate, read
>>> found = evaluate(read([Path("gold")]), CorpusReadings(Path("corpus")))  # doctest: +SKIP
>>> found.one("references", "overlap").f1  # doctest: +SKIP
0.98
"""

from pipeline.evaluation.evaluation import Evaluation, evaluate
from pipeline.evaluation.gold import Gold, read
from pipeline.evaluation.reading import CorpusReadings, RunReadings

__all__ = ["CorpusReadings", "Evaluation", "Gold", "RunReadings", "evaluate", "read"]
