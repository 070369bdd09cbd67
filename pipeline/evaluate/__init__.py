"""How well what is found agrees with hand-made truth: figures with their intervals, and every row that disagrees.

>>> from pipeline.evaluate import CorpusReadings, evaluate, read
>>> found = evaluate(read([Path("gold")]), CorpusReadings(Path("corpus")))  # doctest: +SKIP
>>> found.one("references", "overlap").f1  # doctest: +SKIP
0.98
"""

from pipeline.evaluate.evaluate import Evaluation, evaluate
from pipeline.evaluate.found import CorpusReadings, RunReadings
from pipeline.evaluate.gold import Gold, read

__all__ = ["CorpusReadings", "Evaluation", "Gold", "RunReadings", "evaluate", "read"]
