"""The benchmark: this archive beside others doing the same work, as ratios (docs/benchmarks.md).

An engine is a class with the methods of `engines.Engine`, named in `others`; a class of queries is a row of
`queries.CLASSES`. No figure is given unless all answers agree: a quick wrong answer is a failure.
"""
