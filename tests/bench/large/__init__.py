"""The benchmark at full size: twenty years of London, 300,000 items with three million pages (docs/benchmarks.md).

An archive is filled in steps, and at each step brought into the same index, asked, and given one meeting more. All that
was measured is kept beside it, so that a run that was stopped goes on where it was.
"""
