"""The parts that judge, judged: triage, answerability and support against people's labels.

Their labels come with the program and are the same in every report, whatever data set is run.
"""

from eval.meta.measuring import measure_parts

__all__ = ["measure_parts"]
